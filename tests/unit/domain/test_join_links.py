"""By which address a call is joined, of all that people write into events."""

import pytest

from bot.domain.appointments import NOWHERE, Venue, Where
from bot.domain.join_links import is_personal_room, join_url_among, venue_of_link

MEET, ZOOM = Venue(Where.MEET), Venue(Where.ZOOM)
TEAMS = WEBEX = NOWHERE
MEETING = "cdedf9ae847b4f9993f87e62a8889dad"


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("https://meet.google.com/abc-defg-hij", MEET),
        ("https://meet.google.com/abc-defg-hij?authuser=0", MEET),
        ("https://zoom.us/j/123456789", ZOOM),
        ("https://acme.zoom.us/j/123456789?pwd=a1B2.3", ZOOM),
        ("https://acme.zoom.us/j/123456789?uname=prozak=1", ZOOM),
        ("https://us02web.zoom.us/w/123456789?tk=abc-1.d", ZOOM),
        ("https://acme.zoomgov.com/w/123456789", ZOOM),
        ("https://zoom.us/s/123456789", ZOOM),
        ("https://acme.zoom.us/wc/join/123456789", ZOOM),
        ("https://acme.zoom.us/wc/123456789/join", ZOOM),
        ("https://acme.zoom.us/my/maya.ortiz", ZOOM),
        ("https://zoom.us/my/maya_ortiz-1?pwd=a1B2", ZOOM),
        ("https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d", TEAMS),
        ("https://teams.microsoft.com/l/meetup-join/19:meeting_x@thread.v2/0?context=%7B%7D", TEAMS),
        ("https://teams.microsoft.com/meet/21234567890123?p=AbCdEf", TEAMS),
        ("https://teams.live.com/meet/9876543210123?p=AbCdEf", TEAMS),
        ("https://gov.teams.microsoft.us/l/meetup-join/19%3agcch%3ameeting_x%40thread.v2/0", TEAMS),
        ("https://acme.webex.com/meet/maya.ortiz", WEBEX),
        ("https://acme.webex.com/join/mortiz", WEBEX),
        ("https://acme.webex.com/acme/j.php?MTID=m905c71cb000dec77dc3a62d640e1d1ea", WEBEX),
        ("https://acme.webex.com/acme/k2/j.php?MTID=t905c71cb", WEBEX),
        (f"https://acme.webex.com/webappng/sites/acme/meeting/info/{MEETING}?isPopupRegisterView=true", WEBEX),
        (f"https://acme.webex.com/wbxmjs/joinservice/sites/acme/meeting/download/{MEETING}?siteurl=acme", WEBEX),
    ],
)
@pytest.mark.parametrize(
    "around", ["{}", "Call: <{}>, or the café", "Meet at {}.", "({}) or by phone", '<a href="{}">']
)
def test_the_address_of_a_call_is_found_wherever_it_stands(text: str, venue: Venue, around: str) -> None:
    assert (join_url_among(["", around.format(text)]), venue_of_link(text)) == (text, venue)


@pytest.mark.parametrize(
    ("url", "is_personal"),
    [
        ("https://acme.zoom.us/my/maya.ortiz", True),
        ("https://acme.webex.com/meet/maya.ortiz", True),
        ("https://acme.webex.com/join/mortiz", True),
        ("https://acme.zoom.us/j/123456789", False),
        ("https://teams.live.com/meet/9876543210123", False),
        ("", False),
    ],
)
def test_a_personal_room_is_told_from_a_call(url: str, is_personal: bool) -> None:
    assert is_personal_room(url) is is_personal


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Room 3",
        "http://zoom.us/j/123456789",
        "https://zoom.us.evil.test/j/123456789",
        "https://evilzoom.us/j/123456789",
        "https://evil.test/https://zoom.us@/j/123456789",
        "https://zoom.us@evil.test/my/maya",
        "https://zoom.us/s/123456789?zak=eyJ0eXAi",
        "https://zoom.us/profile",
        "https://zoom.us/my/",
        "https://meet.google.com/lookup/maya",
        "https://zoom.us/j/123456789" + "?" + "x" * 600,
        "https://zoom.us/j/123\u202e456789",
        "https://acme.zoom.us/my/maya\u202eortiz",
        "https://acme.zoom.us/my/../signin",
        "https://teams.microsoft.com.evil.test/l/meetup-join/19%3a",
        "https://teams.microsoft.com/l/channel/19%3a",
        "https://teams.live.com@evil.test/meet/9876543210123",
        "https://teams.microsoft.com/meet/../../dl/launcher?url=https://evil.test",
        "https://teams.microsoft.com/meet/%2e%2E/dl/launcher",
        "https://teams.microsoft.com/meet/@evil.test",
        "https://teams.microsoft.com/meet//evil.test",
        "https://teams.microsoft.com/l/meetup-join/../../dl/launcher?url=https://evil.test",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x/.%2e/%2e./dl/launcher",
        "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%2f..%2f..%2fdl",
        "https://teams.microsoft.com/l/meetup-join//evil.test",
        "https://acme.zoom.us/j/123456789?zak=eyJ0eXAi",
        "https://acme.zoom.us/w/123456789?pwd=a1B2.3&zak=eyJ0eXAi",
        "https://acme.zoom.us/my/maya.ortiz?ZAK=eyJ0eXAi",
        "https://webex.com/meet/maya",
        "https://acme.webex.com/",
        "https://acme.webex.com/webappng/sites/acme/dashboard",
        "https://acme.webex.com.evil.test/meet/maya",
        "https://acmewebex.com/meet/maya",
        "https://evil.test/acme.webex.com/meet/maya",
    ],
)
def test_nothing_else_is_an_address_to_join_by(text: str) -> None:
    assert join_url_among([text]) == ""
