"""The page of the stand-in for Google on which a person puts an event into a calendar."""

import httpx
import pytest

from tests.contracts.google_desk import ANA, Desk
from tests.patience import PATIENCE

EVENT = {
    "calendar": ANA,
    "title": "Tasting <b>",
    "start": "2026-12-01T15:00",
    "minutes": "45",
    "guest": "olga@vist.test",
}


def put(desk: Desk, **changes: str) -> str:
    return httpx.post(f"{desk.url}/put", data=EVENT | changes, follow_redirects=True, timeout=PATIENCE).text


def events(desk: Desk) -> list[object]:
    found = desk.world.calendars[ANA].events.values()
    return [
        (one.fields["summary"], one.fields["start"]["dateTime"], one.fields["end"]["dateTime"], guests(one.fields))
        for one in found
    ]


def guests(fields: dict[str, object]) -> list[str]:
    attendees = fields.get("attendees", [])
    assert isinstance(attendees, list)
    return [one["email"] for one in attendees]


def test_an_event_that_is_put_in_stands_by_the_calendars_clock_with_its_guest(desk: Desk) -> None:
    assert "Tasting &lt;b&gt; is in ana@acme.test&#39;s calendar." in put(desk)
    assert events(desk) == [
        ("Tasting <b>", "2026-12-01T15:00:00+01:00", "2026-12-01T15:45:00+01:00", [ANA, "olga@vist.test"])
    ]


def test_without_a_guest_nobody_else_is_on_it(desk: Desk) -> None:
    put(desk, guest="")
    assert [one[3] for one in events(desk)] == [[]]  # type: ignore[index]


@pytest.mark.parametrize("changes", [{"calendar": "nobody@acme.test"}, {"minutes": "soon"}, {"start": "tomorrow"}])
def test_what_is_no_event_is_refused(desk: Desk, changes: dict[str, str]) -> None:
    assert "That is no event. Nothing was put in." in put(desk, **changes)
    assert events(desk) == []
