"""What became of meetings in Google after their hosts were reminded of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from bot.domain.calendars import Role
from bot.domain.occasions import BookedIn
from bot.domain.reminders import ReminderKind, ReminderState
from bot.domain.slots_request import LONGEST_MINUTES
from bot.domain.wall_time import MINUTE
from storage.tables import CALENDARS, EVENTS, OCCURRENCES, REMINDERS, TAKEN, TAKEN_PLACES

IN_CALENDAR = (OCCURRENCES.c.calendar_id == TAKEN_PLACES.c.calendar_id) & (
    OCCURRENCES.c.event_id == TAKEN_PLACES.c.event_id
)
OF_EVENT = (EVENTS.c.calendar_id == OCCURRENCES.c.calendar_id) & (EVENTS.c.id == OCCURRENCES.c.event_id)
# A whole day has no moment at which it begins.
STANDS = and_(~TAKEN_PLACES.c.is_gone, ~TAKEN.c.is_cancelled, EVENTS.c.start_day.is_(None))
_SERIES = TAKEN.alias("series")
_IS_LINKED = CALENDARS.c.role == Role.LINKED


def _by_itself(subject: Any, start: Any) -> ColumnElement[bool]:
    """The meeting itself; of a series that one time."""
    return and_(TAKEN.c.id == subject, or_(~TAKEN.c.repeats, OCCURRENCES.c.start_at == start))


def _apart(subject: Any, start: Any) -> ColumnElement[bool]:
    """One time of the series that was changed by itself, as its unique key has it."""
    workspace, uid = (
        select(column).where(_SERIES.c.id == subject).correlate(REMINDERS).scalar_subquery()
        for column in (_SERIES.c.workspace_id, _SERIES.c.ical_uid)
    )
    return and_(TAKEN.c.workspace_id == workspace, TAKEN.c.ical_uid == uid, TAKEN.c.original_at == start)


def _standing(found: Select[Any], member: Any) -> Select[Any]:
    """Of meetings, with their times, those in a host's linked calendar.

    From the meeting to its times, by keys alone: without a condition of its own the calendar is no way to begin.
    """
    is_his = (
        select(CALENDARS.c.id)
        .where(CALENDARS.c.id == TAKEN_PLACES.c.calendar_id, CALENDARS.c.member_id == member, _IS_LINKED)
        .correlate(TAKEN_PLACES, REMINDERS)
        .exists()
    )
    return (
        found.select_from(TAKEN)
        .join(TAKEN_PLACES, TAKEN_PLACES.c.taken_id == TAKEN.c.id)
        .join(EVENTS, (EVENTS.c.calendar_id == TAKEN_PLACES.c.calendar_id) & (EVENTS.c.id == TAKEN_PLACES.c.event_id))
        # By the series, which is how occurrences are found; one that outlived its series stands by itself.
        .join(OCCURRENCES, IN_CALENDAR & OCCURRENCES.c.series_id.in_([EVENTS.c.id, EVENTS.c.series_id]))
        .where(STANDS, is_his)
    )


def _called_off(subject: Any, member: Any) -> Select[Any]:
    """The meeting, where it was called off, or is a series that goes on without that time.

    One that was called off is still known by its events; what is no meeting any more for another reason is not.
    """
    places = (
        select(TAKEN_PLACES.c.taken_id)
        .join(CALENDARS, CALENDARS.c.id == TAKEN_PLACES.c.calendar_id)
        .where(TAKEN_PLACES.c.taken_id == TAKEN.c.id, ~TAKEN_PLACES.c.is_gone, _IS_LINKED)
        .correlate(TAKEN, REMINDERS)
    )
    goes_on = and_(TAKEN.c.repeats, places.where(CALENDARS.c.member_id == member).exists())
    return select(TAKEN).where(TAKEN.c.id == subject, or_(and_(TAKEN.c.is_cancelled, places.exists()), goes_on))


_SHOWN = select(
    TAKEN,
    OCCURRENCES.c.start_at.label("happens_at"),
    OCCURRENCES.c.end_at.label("happens_until"),
    EVENTS.c.link,
    EVENTS.c.join_url,
    EVENTS.c.is_private,
)
_ASKED = bindparam("subject", type_=TAKEN.c.id.type), bindparam("start", type_=OCCURRENCES.c.start_at.type)
_ASKED_HOST = bindparam("member", type_=CALENDARS.c.member_id.type)
TAKEN_THEN = _standing(_SHOWN, _ASKED_HOST).where(TAKEN.c.id == _ASKED[0], OCCURRENCES.c.start_at == _ASKED[1])
"""One time of such a meeting, in the calendar of one host."""
TAKEN_NOW = tuple(
    _standing(_SHOWN, _ASKED_HOST).where(which(*_ASKED)).order_by(OCCURRENCES.c.start_at).limit(1)
    for which in (_by_itself, _apart)
)
"""The same where it is by now: the first that finds something."""
CALLED_OFF = _called_off(_ASKED[0], _ASKED_HOST)
"""The same where it was called off."""

_OWN = REMINDERS.c.subject, REMINDERS.c.start_at
_BY_NOW = func.coalesce(
    *(
        _standing(select(func.min(OCCURRENCES.c.start_at)), REMINDERS.c.member_id)
        .where(which(*_OWN))
        .correlate(REMINDERS)
        .scalar_subquery()
        for which in (_by_itself, _apart)
    )
)
_TOLD = func.coalesce(REMINDERS.c.told_start_at, REMINDERS.c.start_at)
# While a calendar is being gone through, a changed time may stand nowhere for a moment. Each flag has an index.
_IS_IN_ORDER = and_(
    *(
        ~select(EVENTS.c.id)
        .join(CALENDARS, CALENDARS.c.id == EVENTS.c.calendar_id)
        .where(CALENDARS.c.member_id == REMINDERS.c.member_id, _IS_LINKED, flag)
        .correlate(REMINDERS)
        .exists()
        for flag in (EVENTS.c.needs_expansion, EVENTS.c.needs_decision)
    )
)
_IS_CALLED_OFF = _called_off(REMINDERS.c.subject, REMINDERS.c.member_id).correlate(REMINDERS).exists()


def told_wrongly(now: datetime) -> ColumnElement[bool]:
    """Messages about meetings in Google, not over yet, that tell another start than these have by now.

    What is no meeting with a contact any more, or not in a linked calendar, stays as it was said.
    """
    second = int(now.timestamp())
    return and_(
        REMINDERS.c.start_at > second - LONGEST_MINUTES * MINUTE,
        REMINDERS.c.end_at > second,
        REMINDERS.c.booked_in == BookedIn.GOOGLE,
        REMINDERS.c.kind == ReminderKind.BEFORE,
        REMINDERS.c.state == ReminderState.SENT,
        REMINDERS.c.message != "",
        REMINDERS.c.due_at.is_(None),
        or_(_BY_NOW != _TOLD, and_(_BY_NOW.is_(None), _TOLD != 0, _IS_CALLED_OFF)),
        _IS_IN_ORDER,
    )
