"""When something is due, as the tables have it."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, bindparam, func, select

from bot.domain.accounts import AccountStatus
from bot.domain.appointments import AppointmentStatus
from bot.usecases.check_links import AHEAD
from storage.tables import (
    ACCOUNTS,
    APPOINTMENTS,
    CALENDARS,
    EFFECTS,
    EVENTS,
    FIRINGS,
    LEAVINGS,
    PUSH_CHANNELS,
    PUSH_PLANS,
    TAKEN_PLACES,
)


def _least(column: Any, *where: Any) -> Any:
    return select(func.min(column)).where(column.is_not(None), *where).scalar_subquery()


_ACTIVE = select(ACCOUNTS.c.id).where(ACCOUNTS.c.status == AccountStatus.ACTIVE)
_DUE = (
    ("sync_due_calendars", _least(CALENDARS.c.next_sync_at, CALENDARS.c.account_id.in_(_ACTIVE))),
    (
        "decide_events",
        _least(
            func.coalesce(CALENDARS.c.decide_after, CALENDARS.c.read_at),
            CALENDARS.c.account_id.in_(_ACTIVE),
            CALENDARS.c.id.in_(
                select(EVENTS.c.calendar_id)
                .where(EVENTS.c.needs_decision)
                .union(select(TAKEN_PLACES.c.calendar_id).where(TAKEN_PLACES.c.is_gone))
            ),
        ),
    ),
    ("deliver_effects", _least(EFFECTS.c.due_at)),
    (
        "renew_channels",
        _least(
            PUSH_PLANS.c.due_at,
            PUSH_PLANS.c.calendar_id.in_(select(CALENDARS.c.id).where(CALENDARS.c.account_id.in_(_ACTIVE))),
        ),
    ),
    ("renew_channels", _least(PUSH_CHANNELS.c.stop_at)),
    ("fire_triggers", _least(FIRINGS.c.due_at)),
    ("expire_holds", _least(APPOINTMENTS.c.expires_at, APPOINTMENTS.c.status == AppointmentStatus.HELD)),
    ("finish_leaving", _least(LEAVINGS.c.due_at)),
    (
        "check_links",
        _least(
            APPOINTMENTS.c.start_at,
            APPOINTMENTS.c.status == AppointmentStatus.CONFIRMED,
            APPOINTMENTS.c.start_at > bindparam("from"),
            APPOINTMENTS.c.checked_start.is_(None) | (APPOINTMENTS.c.checked_start != APPOINTMENTS.c.start_at),
        ),
    ),
)
_NAMES = tuple(name for name, _ in _DUE)
_DUES = select(*(least for _, least in _DUE))


def dues(engine: Engine, now: datetime) -> dict[str, datetime]:
    """When each job has something to do next, by its name; without those that have nothing."""
    with engine.connect() as connection:
        row = connection.execute(_DUES, {"from": int(now.timestamp())}).one()
    found: dict[str, datetime] = {}
    for name, told in zip(_NAMES, row, strict=True):
        when = datetime.fromtimestamp(told, UTC) - AHEAD if isinstance(told, int) else told
        if when is not None:
            found[name] = min(when, found.get(name, when))
    return found
