"""Google's JSON of calendars, and what they are called."""

from typing import Any

import pytest

from bot.clients.google.parsing import remote_calendar
from bot.domain.calendars import AccessRole, RemoteCalendar


def test_a_calendar_is_called_as_its_owner_calls_it() -> None:
    calendar = remote_calendar(
        {
            "id": "team@group.calendar.google.com",
            "summary": "Team",
            "summaryOverride": "Our team",
            "timeZone": "America/New_York",
            "accessRole": "writerWithoutPrivateAccess",
        }
    )
    assert calendar == RemoteCalendar(
        remote_id="team@group.calendar.google.com",
        name="Our team",
        zone="America/New_York",
        access_role=AccessRole.WRITER_WITHOUT_PRIVATE_ACCESS,
        is_primary=False,
    )


def test_a_calendar_that_hides_everything_is_called_by_its_id_and_may_be_read_at_most() -> None:
    calendar = remote_calendar({"id": "ben@acme.test", "accessRole": "somethingNew", "timeZone": "Mars/Olympus"})
    assert calendar == RemoteCalendar(
        remote_id="ben@acme.test",
        name="ben@acme.test",
        zone="UTC",
        access_role=AccessRole.FREE_BUSY_READER,
        is_primary=False,
    )


@pytest.mark.parametrize("entry", [{"id": "old@acme.test", "deleted": True}, {"summary": "nameless"}, "primary"])
def test_a_calendar_that_is_gone_or_unreadable_is_left_out(entry: Any) -> None:
    assert remote_calendar(entry) is None
