"""What is asked to find out who is to be reminded, and asked, by now. Built once, because it is asked all the time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select

from bot.domain.appointment_log import MOVES, MOVES_HERE, REVIVALS, Deed
from bot.domain.appointments import AppointmentStatus
from bot.domain.calendars import Role
from bot.domain.reminders import USUAL_MINUTES, ReminderKind
from bot.domain.slots_request import LONGEST_MINUTES
from bot.domain.wall_time import MINUTE
from storage.repositories.reminder_taken import IN_CALENDAR, OF_EVENT, STANDS
from storage.tables import (
    APPOINTMENT_LOG,
    APPOINTMENTS,
    CALENDARS,
    EVENTS,
    HOSTS,
    OCCURRENCES,
    REMINDER_CHOICES,
    REMINDER_MINUTES,
    REMINDERS,
    REMINDINGS,
    TAKEN,
    TAKEN_CONTACTS,
    TAKEN_PLACES,
    WORKSPACES,
)

WITHOUT_REMINDERS = (
    select(WORKSPACES.c.id)
    .outerjoin(REMINDINGS, REMINDINGS.c.workspace_id == WORKSPACES.c.id)
    .where(REMINDINGS.c.workspace_id.is_(None))
)
"""Workspaces that have no reminders yet."""

# Whoever decided nothing has one reminder, and whoever decided for none has none.
_WANTED = case((REMINDER_CHOICES.c.member_id.is_(None), USUAL_MINUTES), else_=REMINDER_MINUTES.c.minutes)
_WISHES = (
    _WANTED.label("minutes"),
    REMINDER_CHOICES.c.channel_id,
    REMINDER_CHOICES.c.since_at.label("chosen_at"),
    REMINDINGS.c.since_at.label("begun_at"),
)


def _with_wishes(found: Select[Any], subject: ColumnElement[UUID], start: ColumnElement[int], host: Any) -> Select[Any]:
    """Of meetings those whose hosts are to be reminded by now, and were not."""
    entered = select(REMINDERS.c.id).where(
        REMINDERS.c.subject == subject,
        REMINDERS.c.start_at == start,
        REMINDERS.c.member_id == host,
        REMINDERS.c.kind == ReminderKind.BEFORE,
        REMINDERS.c.minutes == _WANTED,
        REMINDERS.c.channel_id == "",
    )
    return (
        found.outerjoin(REMINDER_CHOICES, REMINDER_CHOICES.c.member_id == host)
        .outerjoin(REMINDER_MINUTES, REMINDER_MINUTES.c.member_id == host)
        .where(
            start > bindparam("now"),
            start <= bindparam("until"),
            _WANTED.is_not(None),
            start - _WANTED * MINUTE <= bindparam("now"),
            ~entered.exists(),
        )
        .order_by(start, subject)
    )


_LOG = APPOINTMENT_LOG.c


def _got_its_start(moves: Collection[Deed]) -> ColumnElement[datetime]:
    """When an appointment came to begin when it does, as far as these moves tell."""
    found = select(func.max(_LOG.at)).where(
        _LOG.appointment_id == APPOINTMENTS.c.id,
        _LOG.after_start_at == APPOINTMENTS.c.start_at,
        or_(_LOG.deed.in_(REVIVALS), and_(_LOG.deed.in_(moves), _LOG.before_start_at != _LOG.after_start_at)),
    )
    return func.coalesce(found.scalar_subquery(), APPOINTMENTS.c.created_at)


BOOKED_SOON = _with_wishes(
    select(
        APPOINTMENTS.c.id,
        APPOINTMENTS.c.workspace_id,
        APPOINTMENTS.c.version,
        APPOINTMENTS.c.start_at,
        APPOINTMENTS.c.end_at,
        _got_its_start(MOVES_HERE).label("made_at"),
        _got_its_start(MOVES).label("known_at"),
        HOSTS.c.host_id,
        *_WISHES,
    )
    .join(HOSTS, HOSTS.c.appointment_id == APPOINTMENTS.c.id)
    .join(REMINDINGS, REMINDINGS.c.workspace_id == APPOINTMENTS.c.workspace_id)
    .where(APPOINTMENTS.c.status == AppointmentStatus.CONFIRMED),
    APPOINTMENTS.c.id,
    APPOINTMENTS.c.start_at,
    HOSTS.c.host_id,
)
"""Appointments booked in Daybook of which a host is to be reminded by `now`, no later than `until`."""
TAKEN_SOON = _with_wishes(
    select(
        TAKEN.c.id,
        TAKEN.c.workspace_id,
        TAKEN.c.version,
        OCCURRENCES.c.start_at,
        OCCURRENCES.c.end_at,
        TAKEN.c.created_at.label("made_at"),
        func.coalesce(TAKEN.c.placed_at, TAKEN.c.created_at).label("known_at"),
        CALENDARS.c.member_id.label("host_id"),
        *_WISHES,
    )
    .select_from(CALENDARS)
    .join(OCCURRENCES, OCCURRENCES.c.calendar_id == CALENDARS.c.id)
    .join(TAKEN_PLACES, IN_CALENDAR)
    .join(TAKEN, TAKEN.c.id == TAKEN_PLACES.c.taken_id)
    .join(EVENTS, OF_EVENT)
    .join(REMINDINGS, REMINDINGS.c.workspace_id == TAKEN.c.workspace_id)
    .where(
        CALENDARS.c.role == Role.LINKED,
        STANDS,
        select(TAKEN_CONTACTS.c.contact_id).where(TAKEN_CONTACTS.c.taken_id == TAKEN.c.id).exists(),
    ),
    TAKEN.c.id,
    OCCURRENCES.c.start_at,
    CALENDARS.c.member_id,
)
"""The same of meetings taken from Google, each time of a series by itself."""
_LONGEST = int(timedelta(minutes=LONGEST_MINUTES).total_seconds())
ENDED = (
    select(
        APPOINTMENTS.c.id,
        APPOINTMENTS.c.workspace_id,
        APPOINTMENTS.c.version,
        APPOINTMENTS.c.start_at,
        APPOINTMENTS.c.end_at,
        HOSTS.c.host_id,
        REMINDER_CHOICES.c.asks_after,
    )
    .join(REMINDINGS, REMINDINGS.c.workspace_id == APPOINTMENTS.c.workspace_id)
    .join(HOSTS, (HOSTS.c.appointment_id == APPOINTMENTS.c.id) & (HOSTS.c.position == 0))
    .outerjoin(REMINDER_CHOICES, REMINDER_CHOICES.c.member_id == HOSTS.c.host_id)
    .where(
        APPOINTMENTS.c.status == AppointmentStatus.CONFIRMED,
        APPOINTMENTS.c.contact_id.is_not(None),
        # By the start, which has an index; nothing is longer than that.
        APPOINTMENTS.c.start_at > bindparam("earliest") - _LONGEST,
        APPOINTMENTS.c.start_at < bindparam("now"),
        APPOINTMENTS.c.end_at <= bindparam("now"),
        APPOINTMENTS.c.end_at > bindparam("earliest"),
        APPOINTMENTS.c.end_at > REMINDINGS.c.since_at,
        ~select(REMINDERS.c.id)
        .where(
            REMINDERS.c.subject == APPOINTMENTS.c.id,
            REMINDERS.c.start_at == APPOINTMENTS.c.start_at,
            REMINDERS.c.kind == ReminderKind.AFTER,
        )
        .exists(),
    )
    .order_by(APPOINTMENTS.c.end_at, APPOINTMENTS.c.id)
)
"""Appointments with contacts that ended after `earliest`, about which nobody is to be asked yet, by each start."""
