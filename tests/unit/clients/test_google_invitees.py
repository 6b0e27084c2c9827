"""Who is on an event, as far as Google tells of them in a way that can be read."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.clients.google.parsing import remote_event
from bot.domain.events import Invitee, RemoteEvent, Response

NINE = {"dateTime": "2026-11-24T09:00:00+01:00", "timeZone": "Europe/Berlin"}
TEN = {"dateTime": "2026-11-24T10:00:00+01:00", "timeZone": "Europe/Berlin"}


def parsed(**fields: Any) -> RemoteEvent:
    event = remote_event({"id": "demo", "status": "confirmed", "start": NINE, "end": TEN} | fields)
    assert event is not None
    return event


def test_everybody_with_an_address_is_told_with_his_part() -> None:
    people = [
        {"email": "ana@acme.test", "self": True, "organizer": True, "responseStatus": "accepted"},
        {"email": "maya@ortiz.test", "displayName": "Maya Ortiz", "responseStatus": "tentative"},
        {"email": "acme_7@resource.calendar.google.com", "resource": True, "responseStatus": "accepted"},
    ]
    assert parsed(attendees=people).invitees == (
        Invitee("ana@acme.test", "", Response.ACCEPTED, is_self=True, is_organizer=True),
        Invitee("maya@ortiz.test", "Maya Ortiz", Response.TENTATIVE),
        Invitee("acme_7@resource.calendar.google.com", "", Response.ACCEPTED, is_room=True),
    )


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"displayName": "Somebody"}, ()),
        ({"email": ""}, ()),
        ({"email": 7}, ()),
        ({"email": "maya@ortiz.test"}, (Invitee("maya@ortiz.test"),)),
        ({"email": "maya@ortiz.test", "responseStatus": "perhaps"}, (Invitee("maya@ortiz.test"),)),
        ({"email": "maya@ortiz.test", "displayName": ["Maya"]}, (Invitee("maya@ortiz.test"),)),
        ({"email": "maya@ortiz.test", "displayName": "May\x00a"}, (Invitee("maya@ortiz.test", "Maya"),)),
        ({"email": "m" * 400 + "@ortiz.test"}, (Invitee("m" * 320),)),
    ],
)
def test_what_is_not_well_formed_is_left_out_or_cut(told: dict[str, Any], kept: tuple[Invitee, ...]) -> None:
    event = parsed(attendees=[told])
    assert (event.invitees, event.problem) == (kept, None)


@pytest.mark.parametrize(
    ("told", "at"),
    [
        ("2026-11-20T08:30:00.000Z", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)),
        ("2026-11-20T09:30:00+01:00", datetime(2026, 11, 20, 8, 30, tzinfo=UTC)),
        ("2026-11-20T08:30:00", None),
        ("0000-12-30T00:00:00.000Z", None),
        ("yesterday", None),
        (1_763_000_000, None),
    ],
)
def test_when_it_was_made_is_known_where_that_can_be_read(told: object, at: datetime | None) -> None:
    assert parsed(created=told).created_at == at
