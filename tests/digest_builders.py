"""Digests for tests, each made with one visible difference: weekdays at 8:30 in Berlin, of Ana and Ben, from #sales."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time
from uuid import UUID

from bot.domain.digest_times import first_turn
from bot.domain.digests import Digest, Level, Plan, Rhythm
from tests.builders import ANA, BERLIN

SALES = "C0SALES"
ACME_ID, DIGEST = UUID(int=100), UUID(int=700)
WEEKDAYS = frozenset(range(5))
EVERY_DAY = frozenset(range(7))
LONG_AGO = datetime(2026, 11, 1, 12, tzinfo=UTC)


def a_plan(
    at: str = "8:30", zone: str = BERLIN, *, weekdays: Iterable[int] = WEEKDAYS, rhythm: Rhythm = Rhythm.DAILY
) -> Plan:
    hour, minute = map(int, at.split(":"))
    return Plan(rhythm, time(hour, minute), frozenset(weekdays), zone)


def a_digest(
    plan: Plan | None = None,
    *,
    workspace_id: UUID = ACME_ID,
    creator_id: UUID = ANA,
    digest_id: UUID = DIGEST,
    channel_id: str = SALES,
    now: datetime = LONG_AGO,
    **fields: object,
) -> Digest:
    """One that was just made; what comes next follows from its plan."""
    turn = first_turn(plan or a_plan(), now)
    digest = Digest(
        id=digest_id,
        workspace_id=workspace_id,
        creator_id=creator_id,
        channel_id=channel_id,
        channel_name="sales",
        plan=plan or a_plan(),
        level=Level.TITLES,
        is_quiet=False,
        created_at=now,
        next_day=turn.day,
        next_due_at=turn.due_at,
    )
    return replace(digest, **fields)  # type: ignore[arg-type]  # by name
