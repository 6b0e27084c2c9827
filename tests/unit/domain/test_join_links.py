"""By which address a call is joined, of all that people write into events."""

import pytest

from bot.domain.appointments import NOWHERE, Venue, Where
from bot.domain.join_links import join_url_among, venue_of_link


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("https://meet.google.com/abc-defg-hij", Venue(Where.MEET)),
        ("https://zoom.us/j/123456789", Venue(Where.ZOOM)),
        ("https://acme.zoom.us/j/123456789?pwd=a1B2.3", Venue(Where.ZOOM)),
        ("https://acme.zoomgov.com/w/123456789", Venue(Where.ZOOM)),
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d", NOWHERE),
    ],
)
def test_the_address_of_a_call_is_found_wherever_it_stands(text: str, venue: Venue) -> None:
    written = f"Call: <{text}>, or the café"
    assert (join_url_among(["", written]), venue_of_link(text)) == (text, venue)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Room 3",
        "http://zoom.us/j/123456789",
        "https://zoom.us.evil.test/j/123456789",
        "https://evil.test/https://zoom.us@/j/123456789",
        "https://acme.zoom.us/my/maya.ortiz",
        "https://meet.google.com/lookup/maya",
        "https://zoom.us/j/123456789" + "?" + "x" * 600,
        "https://zoom.us/j/123\u202e456789",
    ],
)
def test_nothing_else_is_an_address_to_join_by(text: str) -> None:
    assert join_url_among([text]) == ""
