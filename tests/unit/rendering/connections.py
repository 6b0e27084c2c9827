"""Ana's two Google accounts and calendars of theirs."""

from datetime import datetime
from itertools import count
from uuid import UUID

from bot.domain.accounts import Access, Account, AccountStatus, Provider
from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, Role
from tests.builders import ANA, BERLIN
from tests.unit.rendering.answers import ACME, NOON

WORK = Account(UUID(int=201), ACME.id, ANA, Provider.GOOGLE, "ana@acme.test", Access.FULL, AccountStatus.ACTIVE, NOON)
HOME = Account(
    UUID(int=202), ACME.id, ANA, Provider.GOOGLE, "ana@home.test", Access.CONFLICT_ONLY, AccountStatus.ACTIVE, NOON
)
_numbers = count(301)


def a_calendar(
    name: str,
    *,
    account: Account = WORK,
    role: Role = Role.CONFLICT,
    read_at: datetime | None = None,
    next_sync_at: datetime | None = None,
    problem: str | None = None,
    unreadable_events: int = 0,
) -> Calendar:
    """A conflict calendar that was not read yet, unless told otherwise."""
    number = next(_numbers)
    return Calendar(
        id=UUID(int=number),
        workspace_id=ACME.id,
        member_id=ANA,
        account_id=account.id,
        remote_id=f"{number}@group.test",
        name=name,
        zone=BERLIN,
        access_role=AccessRole.OWNER,
        role=role,
        option=ONE_WAY,
        read_at=read_at,
        next_sync_at=next_sync_at,
        problem=problem,
        unreadable_events=unreadable_events,
    )


def a_linked_calendar(*, read_at: datetime | None = NOON, next_sync_at: datetime | None = None) -> Calendar:
    """The calendar that appointments go to, just read."""
    return a_calendar("Ana", role=Role.LINKED, read_at=read_at, next_sync_at=next_sync_at)
