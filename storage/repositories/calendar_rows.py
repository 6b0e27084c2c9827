"""How a calendar is read from its row, and a claim from a calendar that was claimed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, func, literal, or_, select

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Calendar, SyncClaim, SyncOption
from bot.domain.fuse import Fuse
from bot.domain.people import Actor
from storage.tables import ACCOUNTS, CALENDARS, EVENTS, PUSH_CHANNELS, TAKEN_PLACES

# Counted where it is asked for, by an index that holds those events alone: no number to keep in step.
_UNREADABLE = (
    select(func.count())
    .select_from(EVENTS)
    .where(EVENTS.c.calendar_id == CALENDARS.c.id, EVENTS.c.is_unreadable)
    .scalar_subquery()
    .label("unreadable_events")
)

# With it a poll that finds nothing new need not look for what is to be expanded.
_HAS_MARKED = (
    select(EVENTS.c.id).where(EVENTS.c.calendar_id == CALENDARS.c.id, EVENTS.c.needs_expansion).exists()
).label("has_marked")

# The same for what waits to be decided.
_HAS_UNDECIDED = or_(
    select(EVENTS.c.id).where(EVENTS.c.calendar_id == CALENDARS.c.id, EVENTS.c.needs_decision).exists(),
    select(TAKEN_PLACES.c.event_id)
    .where(TAKEN_PLACES.c.calendar_id == CALENDARS.c.id, TAKEN_PLACES.c.is_gone)
    .exists(),
).label("has_undecided")

# Under another name, because claims join the accounts themselves.
_OWNERS = ACCOUNTS.alias("owners")
_IS_CUT_OFF = (
    select(_OWNERS.c.id)
    .where(_OWNERS.c.id == CALENDARS.c.account_id, _OWNERS.c.status == AccountStatus.NEEDS_RECONNECT)
    .exists()
).label("is_cut_off")

# As `bot.domain.channels.Channel.is_alive` has it.
_PUSHED_UNTIL = (
    select(func.max(PUSH_CHANNELS.c.expires_at))
    .where(
        PUSH_CHANNELS.c.calendar_id == CALENDARS.c.id,
        PUSH_CHANNELS.c.heard_at.is_not(None),
        PUSH_CHANNELS.c.missed_at.is_(None),
    )
    .scalar_subquery()
    .label("pushed_until")
)

SELECT_CALENDARS = select(CALENDARS, _UNREADABLE, _IS_CUT_OFF, _PUSHED_UNTIL)
SELECT_CLAIMED = SELECT_CALENDARS.add_columns(_HAS_MARKED, _HAS_UNDECIDED)


def owned_by(actor: Actor) -> ColumnElement[bool]:
    """The calendars that are the actor's own."""
    return and_(CALENDARS.c.workspace_id == actor.workspace_id, CALENDARS.c.member_id == actor.member_id)


def due_from(now: datetime) -> ColumnElement[datetime | None]:
    """Now, or as soon as the provider lets itself be asked again."""
    not_before = CALENDARS.c.not_before
    return case((not_before > now, not_before), else_=literal(now, not_before.type))


def calendar_from(row: Row[Any]) -> Calendar:
    """The calendar of a row of `SELECT_CALENDARS`."""
    return Calendar(
        id=row.id,
        workspace_id=row.workspace_id,
        member_id=row.member_id,
        account_id=row.account_id,
        remote_id=row.remote_id,
        name=row.name,
        zone=row.zone,
        access_role=row.access_role,
        role=row.role,
        option=SyncOption(row.event_style, row.contact_policy, fire_triggers=row.fire_triggers),
        read_at=row.read_at,
        next_sync_at=row.next_sync_at,
        problem=row.problem,
        unreadable_events=row.unreadable_events,
        interval=None if row.interval_seconds is None else timedelta(seconds=row.interval_seconds),
        is_lost=row.is_lost,
        fuse=_fuse(row),
        is_cut_off=row.is_cut_off,
        not_before=row.not_before,
        expanded_until=row.expanded_until,
        option_since=row.option_since,
        pushed_until=row.pushed_until,
    )


def claim_from(row: Row[Any], *, fence: int) -> SyncClaim:
    """The claim on the calendar of a row of `SELECT_CLAIMED`, under its new fence."""
    return SyncClaim(
        calendar=calendar_from(row),
        fence=fence,
        sync_token=row.sync_token,
        generation=row.generation,
        attempts=row.attempts,
        expanded_until=row.expanded_until,
        listed_at=row.listed_at,
        has_marked=row.has_marked,
        has_undecided=row.has_undecided,
    )


def _fuse(row: Row[Any]) -> Fuse | None:
    if row.fuse_number is None:
        return None
    return Fuse(row.fuse_number, row.fuse_gone, row.fuse_coming, is_approved=row.fuse_approved)
