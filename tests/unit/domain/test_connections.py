"""What a member has connected: whether anything of it is still to be read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.connections import Status
from tests.unit.rendering.connections import WORK, a_calendar

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("due", "account", "expected"),
    [
        (NOW, AccountStatus.ACTIVE, True),
        (NOW + A_SECOND, AccountStatus.ACTIVE, False),
        (None, AccountStatus.ACTIVE, False),
        (NOW, AccountStatus.NEEDS_RECONNECT, False),
    ],
)
def test_a_member_waits_for_what_was_due_when_he_asked(
    due: datetime | None, account: AccountStatus, expected: bool
) -> None:
    calendars = (a_calendar("Family", next_sync_at=due), a_calendar("Club", next_sync_at=NOW + A_SECOND))
    latest = Status(NOW + A_SECOND, (replace(WORK, status=account),), (), calendars)
    assert latest.is_waiting(NOW) is expected
