"""What stands on appointments, as rows, and these as values."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, true

from bot.domain.cards import PostedCard
from bot.domain.effects import EffectKind
from bot.domain.events import Certainty
from bot.domain.intervals import Interval
from bot.domain.landings import Landing, LandingBatch, LandingState
from storage.tables import (
    APPOINTMENTS,
    CALENDARS,
    EVENTS,
    HOSTS,
    LANDINGS,
    OCCURRENCES,
    REMOTE_LINKS,
    SCHEDULES,
)

LandingKey = tuple[UUID, UUID, str, int]
KEY = ("appointment_id", "calendar_id", "series_id", "start_at")
"""By which an overlap is known, and in whose order everybody locks."""


def takes_time() -> ColumnElement[bool]:
    """Whether an occurrence takes its owner's time, as he decided about what is uncertain."""
    tentative = and_(
        OCCURRENCES.c.certainty == Certainty.TENTATIVE, func.coalesce(SCHEDULES.c.tentative_blocks, true())
    )
    unanswered = and_(
        OCCURRENCES.c.certainty == Certainty.UNANSWERED, func.coalesce(SCHEDULES.c.unanswered_blocks, true())
    )
    return and_(OCCURRENCES.c.blocks, or_(OCCURRENCES.c.certainty == Certainty.SETTLED, tentative, unanswered))


# An appointment's own event, wherever it is met, is nothing that stands in its way.
_ITS_OWN = (
    select(REMOTE_LINKS.c.appointment_id)
    .where(
        REMOTE_LINKS.c.appointment_id == HOSTS.c.appointment_id,
        REMOTE_LINKS.c.kind == EffectKind.EVENT,
        REMOTE_LINKS.c.ical_uid == EVENTS.c.ical_uid,
        REMOTE_LINKS.c.ical_uid != "",
    )
    .exists()
)
_KNOWN = and_(
    LANDINGS.c.appointment_id == HOSTS.c.appointment_id,
    LANDINGS.c.calendar_id == OCCURRENCES.c.calendar_id,
    LANDINGS.c.series_id == OCCURRENCES.c.series_id,
    LANDINGS.c.start_at == OCCURRENCES.c.start_at,
)
LANDED = (
    select(
        HOSTS.c.appointment_id,
        HOSTS.c.workspace_id,
        HOSTS.c.host_id,
        APPOINTMENTS.c.version,
        OCCURRENCES.c.calendar_id,
        OCCURRENCES.c.series_id,
        OCCURRENCES.c.event_id,
        EVENTS.c.ical_uid,
        OCCURRENCES.c.start_at,
        OCCURRENCES.c.end_at,
        HOSTS.c.start_at.label("stands_from"),
        HOSTS.c.end_at.label("stands_to"),
        LANDINGS.c.state.label("known_as"),
        LANDINGS.c.end_at.label("known_to"),
        LANDINGS.c.batch_id,
    )
    .select_from(HOSTS)
    .join(APPOINTMENTS, APPOINTMENTS.c.id == HOSTS.c.appointment_id)
    .join(CALENDARS, CALENDARS.c.member_id == HOSTS.c.host_id)
    .outerjoin(SCHEDULES, SCHEDULES.c.member_id == HOSTS.c.host_id)
    .join(
        OCCURRENCES,
        and_(
            OCCURRENCES.c.calendar_id == CALENDARS.c.id,
            OCCURRENCES.c.start_at < HOSTS.c.end_at,
            # What began before and still lasts is looked for as far back as the longest may have begun.
            OCCURRENCES.c.start_at >= HOSTS.c.start_at - CALENDARS.c.longest_seconds,
            OCCURRENCES.c.end_at > HOSTS.c.start_at,
        ),
    )
    .join(EVENTS, and_(EVENTS.c.calendar_id == OCCURRENCES.c.calendar_id, EVENTS.c.id == OCCURRENCES.c.event_id))
    .outerjoin(LANDINGS, _KNOWN)
    .where(HOSTS.c.live, takes_time(), ~_ITS_OWN)
    .order_by(HOSTS.c.start_at, OCCURRENCES.c.start_at, OCCURRENCES.c.end_at)
)
"""Whatever stands on live appointments, in any calendar of their hosts, with how it is known already."""


def key_of(one: Landing | Row[*tuple[Any, ...]]) -> LandingKey:
    """The key of a row that holds an overlap, or of the overlap itself."""
    start = one.span.start if isinstance(one, Landing) else one.start_at
    return one.appointment_id, one.calendar_id, one.series_id, start


def is_at(key: LandingKey) -> ColumnElement[bool]:
    """Whether a stored one is the one of that key."""
    return and_(*(LANDINGS.c[name] == value for name, value in zip(KEY, key, strict=True)))


def noticed_columns(row: Row[*tuple[Any, ...]], state: LandingState, due_at: datetime) -> dict[str, object]:
    """A row of `LANDED` as one that is stored."""
    return {
        "appointment_id": row.appointment_id,
        "calendar_id": row.calendar_id,
        "series_id": row.series_id,
        "start_at": row.start_at,
        "end_at": row.end_at,
        "event_id": row.event_id,
        "workspace_id": row.workspace_id,
        "member_id": row.host_id,
        "version": row.version,
        "state": state,
        "due_at": due_at,
        "ical_uid": row.ical_uid,
    }


def known_from(row: Row[*tuple[Any, ...]]) -> Landing:
    """What was known of a row of `LANDED` that was met before."""
    return Landing(
        appointment_id=row.appointment_id,
        workspace_id=row.workspace_id,
        member_id=row.host_id,
        calendar_id=row.calendar_id,
        series_id=row.series_id,
        event_id=row.event_id,
        span=Interval(row.start_at, row.known_to),
        version=row.version,
        state=LandingState(row.known_as),
        ical_uid=row.ical_uid,
    )


def landing_from(row: Row[*tuple[Any, ...]]) -> Landing:
    """A stored one."""
    return Landing(
        appointment_id=row.appointment_id,
        workspace_id=row.workspace_id,
        member_id=row.member_id,
        calendar_id=row.calendar_id,
        series_id=row.series_id,
        event_id=row.event_id,
        span=Interval(row.start_at, row.end_at),
        version=row.version,
        state=LandingState(row.state),
        number=row.number,
        ical_uid=row.ical_uid,
    )


def batch_from(row: Row[*tuple[Any, ...]], landings: Sequence[Row[*tuple[Any, ...]]]) -> LandingBatch:
    """A stored message with what it tells."""
    return LandingBatch(
        id=row.id,
        workspace_id=row.workspace_id,
        member_id=row.member_id,
        landings=tuple(landing_from(one) for one in landings),
        wanted=row.wanted,
        posted=PostedCard(row.channel, row.message) if row.message else None,
    )
