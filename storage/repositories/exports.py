"""What is stored of somebody, as values that JSON knows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Connection, Row, Table, func, or_, select

from bot.domain.people import Actor
from storage.tables import (
    ACCOUNTS,
    APPOINTMENT_LOG,
    APPOINTMENTS,
    CALENDARS,
    CHANGE_SETS,
    CONTACT_ADDRESSES,
    CONTACTS,
    DIGEST_QUESTIONS,
    DIGEST_REFUSALS,
    DIGEST_SHARES,
    DIGESTS,
    EVENTS,
    HOMES,
    HOSTS,
    IGNORED,
    INVITEE_QUESTIONS,
    LANDINGS,
    MEMBERS,
    OFFERS,
    REMINDER_CHOICES,
    REMINDER_MINUTES,
    REMINDERS,
    ROUND_TRIPS,
    SCHEDULES,
    TAKEN,
    TAKEN_CONTACTS,
    TRIGGER_RULES,
)

Rows = Sequence[dict[str, object]]

# What says nothing about a person, or would be as good as a password.
_LEFT_OUT = frozenset(
    {
        "workspace_id", "sealed_credential", "sealed_webhook", "absorbed_id", "refresh_fence", "refresh_lease_until",
        "sync_token", "lease_until", "fence", "generation", "attempts", "findable", "origin", "checked_start",
        "next_sync_at", "not_before", "decide_after", "longest_seconds", "interval_seconds", "expanded_until",
        "fuse_number", "fuse_gone", "fuse_coming", "fuse_approved", "fuse_asked_at", "fuse_ask_at", "notified_at",
        "external_id", "nudges", "nudge_at",
    }
)  # fmt: skip
_WHEN = ("id", "start_at", "end_at", "zone", "status")


def export_member(connection: Connection, actor: Actor) -> dict[str, Rows]:
    """All that is his own, and the appointments that he hosts or booked."""
    me = actor.member_id
    calendars = select(CALENDARS.c.id).where(CALENDARS.c.member_id == me)
    hosted = select(HOSTS.c.appointment_id).where(HOSTS.c.host_id == me)
    mine = or_(APPOINTMENTS.c.id.in_(hosted), APPOINTMENTS.c.booker_id == me)
    ids = select(APPOINTMENTS.c.id).where(mine)
    number = connection.execute(select(func.count()).where(EVENTS.c.calendar_id.in_(calendars))).scalar_one()
    return {
        "member": _rows(connection, MEMBERS, MEMBERS.c.id == me),
        "accounts": _rows(connection, ACCOUNTS, ACCOUNTS.c.member_id == me),
        "calendars": _rows(connection, CALENDARS, CALENDARS.c.member_id == me),
        "events_read_from_google": [{"number": number}],
        "ignored_events": _rows(connection, IGNORED, IGNORED.c.calendar_id.in_(calendars)),
        "schedule": _rows(connection, SCHEDULES, SCHEDULES.c.member_id == me),
        "appointments": _rows(connection, APPOINTMENTS, mine),
        "appointment_history": _rows(connection, APPOINTMENT_LOG, APPOINTMENT_LOG.c.appointment_id.in_(ids)),
        "offers": _rows(connection, OFFERS, OFFERS.c.host_id == me),
        "triggers": _rows(connection, TRIGGER_RULES, TRIGGER_RULES.c.owner_id == me),
        "digests": _rows(connection, DIGESTS, DIGESTS.c.creator_id == me),
        "digests_that_may_show_you": _rows(connection, DIGEST_SHARES, DIGEST_SHARES.c.member_id == me),
        "digests_that_you_paused": _rows(connection, DIGESTS, DIGESTS.c.paused_by == me),
        "digest_questions": _rows(connection, DIGEST_QUESTIONS, DIGEST_QUESTIONS.c.member_id == me),
        "channels_that_may_not_show_you": _rows(connection, DIGEST_REFUSALS, DIGEST_REFUSALS.c.member_id == me),
        "sync_option_changes": _rows(connection, CHANGE_SETS, CHANGE_SETS.c.member_id == me),
        "round_trip_check": _rows(connection, ROUND_TRIPS, ROUND_TRIPS.c.member_id == me),
        "events_on_appointments": _rows(connection, LANDINGS, LANDINGS.c.member_id == me),
        "reminder_choice": _rows(connection, REMINDER_CHOICES, REMINDER_CHOICES.c.member_id == me),
        "reminder_minutes": _rows(connection, REMINDER_MINUTES, REMINDER_MINUTES.c.member_id == me),
        "reminders": _rows(connection, REMINDERS, REMINDERS.c.member_id == me),
        "home_tab": _rows(connection, HOMES, HOMES.c.member_id == me, only=("opened_at",)),
        "people_asked_about": _rows(connection, INVITEE_QUESTIONS, INVITEE_QUESTIONS.c.host_id == me),
    }


def export_contact(connection: Connection, actor: Actor, contact_id: UUID) -> dict[str, Rows]:
    """What the workspace knows of him, and his times; titles and notes of those alone that are the actor's."""
    hosted = select(HOSTS.c.appointment_id).where(HOSTS.c.host_id == actor.member_id)
    his = APPOINTMENTS.c.contact_id == contact_id
    own = or_(APPOINTMENTS.c.id.in_(hosted), APPOINTMENTS.c.booker_id == actor.member_id)
    taken = select(TAKEN_CONTACTS.c.taken_id).where(TAKEN_CONTACTS.c.contact_id == contact_id)
    return {
        "contact": _rows(connection, CONTACTS, CONTACTS.c.id == contact_id),
        "other_addresses": _rows(connection, CONTACT_ADDRESSES, CONTACT_ADDRESSES.c.contact_id == contact_id),
        "appointments_of_yours": _rows(connection, APPOINTMENTS, his & own),
        "appointments_of_colleagues": _rows(connection, APPOINTMENTS, his & ~own, only=_WHEN),
        "meetings_in_google": _rows(connection, TAKEN, TAKEN.c.id.in_(taken), only=("start_at", "end_at", "repeats")),
    }


def _rows(connection: Connection, table: Table, which: Any, *, only: Sequence[str] = ()) -> Rows:
    columns = [column for column in table.columns if (column.name in only if only else column.name not in _LEFT_OUT)]
    found = connection.execute(select(*columns).where(which).order_by(*table.primary_key.columns))
    return [_row(columns, row) for row in found]


def _row(columns: Sequence[Column[Any]], row: Row[Any]) -> dict[str, object]:
    told = {column.name: _plain(column.name, getattr(row, column.name)) for column in columns}
    return {name: value for name, value in told.items() if value not in (None, "")}


def _plain(name: str, value: object) -> object:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int):
        return datetime.fromtimestamp(value, UTC).isoformat() if name.endswith("_at") else value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
