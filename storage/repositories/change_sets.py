"""Switches of a sync option, with what they made."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, exists, func, select, update
from sqlalchemy import insert as insert_into

from bot.domain.calendars import Calendar, Role, SyncOption
from bot.domain.change_sets import ChangeSet, MadeContact, SwitchProgress
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from storage.repositories.calendar_rows import SELECT_CALENDARS, calendar_from, owned_by
from storage.repositories.contact_rows import contact_from
from storage.repositories.locks import lock_member, lock_own_calendar
from storage.repositories.upserts import insert
from storage.tables import (
    APPOINTMENTS,
    CALENDARS,
    CHANGE_SETS,
    CONTACT_ADDRESSES,
    CONTACTS,
    EVENTS,
    INVITEE_QUESTIONS,
    MADE_CONTACTS,
    TAKEN_CONTACTS,
    TAKEN_PLACES,
)
from storage.text import storable

_STANDS = CHANGE_SETS.c.undone_at.is_(None)
_IS_BOOKED = exists().where(APPOINTMENTS.c.contact_id == CONTACTS.c.id).label("is_booked")
_HAS_OTHERS = exists().where(CONTACT_ADDRESSES.c.contact_id == CONTACTS.c.id).label("is_found_otherwise")


class SqlChangeSets:
    """Implements `ports.ChangeSets`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def one_at_a_time(self, actor: Actor) -> None:
        """No other switch, undo or choice of calendars of the actor's until the transaction ends."""
        lock_member(self._connection, actor)

    def held(self, actor: Actor, calendar_id: UUID) -> Calendar | None:
        """The actor's own linked calendar, for which nothing is decided until the transaction ends."""
        if not lock_own_calendar(self._connection, actor, calendar_id, CALENDARS.c.role == Role.LINKED):
            return None
        [row] = self._connection.execute(SELECT_CALENDARS.where(owned_by(actor), CALENDARS.c.id == calendar_id))
        return calendar_from(row)

    def is_read(self, calendar: Calendar) -> bool:
        """Whether everything in it was read: what is to be read from its start has no token."""
        token = self._connection.scalar(select(CALENDARS.c.sync_token).where(CALENDARS.c.id == calendar.id))
        return token is not None and calendar.read_at is not None

    def set_option(self, calendar: Calendar, option: SyncOption, since: datetime) -> None:
        """Let a calendar that is held have that option, chosen then."""
        self._connection.execute(
            update(CALENDARS)
            .where(CALENDARS.c.id == calendar.id)
            .values(
                event_style=option.event_style,
                contact_policy=option.contact_policy,
                fire_triggers=option.fire_triggers,
                option_since=since,
            )
        )

    def add(self, switch: ChangeSet) -> None:
        """Remember a switch."""
        values = {
            "id": switch.id,
            "workspace_id": switch.workspace_id,
            "member_id": switch.member_id,
            "calendar_id": switch.calendar_id,
            "name": storable(switch.name),
            "made_at": switch.made_at,
            "undone_at": switch.undone_at,
        }
        options = _columns(switch.before, "before") | _columns(switch.after, "after")
        self._connection.execute(insert_into(CHANGE_SETS).values(values | options))

    def get(self, actor: Actor, change_set_id: UUID) -> ChangeSet:
        """One of the actor's own; raises `NotFound`."""
        row = self._connection.execute(
            select(CHANGE_SETS).where(_of(actor), CHANGE_SETS.c.id == change_set_id)
        ).one_or_none()
        if row is None:
            raise NotFound
        return _change_set(row)

    def standing(self, actor: Actor) -> Sequence[ChangeSet]:
        """The actor's own that were not undone, the latest first."""
        found = select(CHANGE_SETS).where(_of(actor), _STANDS)
        rows = self._connection.execute(found.order_by(CHANGE_SETS.c.made_at.desc(), CHANGE_SETS.c.id))
        return [_change_set(row) for row in rows]

    def close(self, switch: ChangeSet, now: datetime) -> None:
        """It is undone, and with it those of the same calendar that came later."""
        self._connection.execute(update(CHANGE_SETS).where(_and_later(switch), _STANDS).values(undone_at=now))

    def made_contact(self, calendar_id: UUID, contact_id: UUID) -> None:
        """A contact was made as the calendar's last switch wants it."""
        last = self._connection.scalar(
            select(CHANGE_SETS.c.id)
            .where(CHANGE_SETS.c.calendar_id == calendar_id, _STANDS)
            .order_by(CHANGE_SETS.c.made_at.desc(), CHANGE_SETS.c.id)
            .limit(1)
        )
        if last is not None:
            self._connection.execute(
                insert(self._connection.dialect.name, MADE_CONTACTS)
                .values(change_set_id=last, contact_id=contact_id)
                .on_conflict_do_nothing()
            )

    def made(self, switch: ChangeSet) -> Sequence[MadeContact]:
        """The contacts that it made, and those after it of the same calendar, as they are now; by name."""
        sets = select(CHANGE_SETS.c.id).where(_and_later(switch), _STANDS)
        made = select(MADE_CONTACTS.c.contact_id).where(MADE_CONTACTS.c.change_set_id.in_(sets))
        rows = self._connection.execute(
            select(CONTACTS).add_columns(_IS_BOOKED, _HAS_OTHERS).where(CONTACTS.c.id.in_(made))
        ).all()
        elsewhere: dict[UUID, set[UUID]] = {row.id: set() for row in rows}
        for row in self._connection.execute(
            select(TAKEN_CONTACTS.c.contact_id, TAKEN_PLACES.c.calendar_id)
            .join(TAKEN_PLACES, TAKEN_PLACES.c.taken_id == TAKEN_CONTACTS.c.taken_id)
            .where(TAKEN_CONTACTS.c.contact_id.in_(made), TAKEN_PLACES.c.calendar_id != switch.calendar_id)
        ):
            elsewhere[row.contact_id].add(row.calendar_id)
        found = [
            MadeContact(contact_from(row), row.is_found_otherwise, row.is_booked, tuple(sorted(elsewhere[row.id])))
            for row in rows
        ]
        return sorted(found, key=lambda one: (one.contact.name.casefold(), one.contact.email))

    def progress(self, switch: ChangeSet) -> SwitchProgress:
        """How far it has come."""
        waiting = select(func.count()).where(EVENTS.c.calendar_id == switch.calendar_id, EVENTS.c.needs_decision)
        contacts = select(func.count()).where(MADE_CONTACTS.c.change_set_id == switch.id)
        return SwitchProgress(switch, self._connection.scalar(waiting) or 0, self._connection.scalar(contacts) or 0)

    def withdraw_questions(self, actor: Actor) -> None:
        """Nobody asks the actor any more about invitees of whom he was not asked yet."""
        question = INVITEE_QUESTIONS.c
        self._connection.execute(
            delete(INVITEE_QUESTIONS).where(
                question.workspace_id == actor.workspace_id,
                question.host_id == actor.member_id,
                question.batch.is_(None),
                question.answer.is_(None),
            )
        )

    def forget(self, before: datetime) -> int:
        """Forget the switches that were made before then."""
        return self._connection.execute(delete(CHANGE_SETS).where(CHANGE_SETS.c.made_at < before)).rowcount


def _of(actor: Actor) -> Any:
    return (CHANGE_SETS.c.workspace_id == actor.workspace_id) & (CHANGE_SETS.c.member_id == actor.member_id)


def _and_later(switch: ChangeSet) -> Any:
    is_later = (CHANGE_SETS.c.made_at > switch.made_at) | (CHANGE_SETS.c.id == switch.id)
    return (CHANGE_SETS.c.calendar_id == switch.calendar_id) & is_later


def _columns(option: SyncOption, when: str) -> dict[str, object]:
    return {
        f"event_style_{when}": option.event_style,
        f"contact_policy_{when}": option.contact_policy,
        f"fire_triggers_{when}": option.fire_triggers,
    }


def _change_set(row: Row[Any]) -> ChangeSet:
    return ChangeSet(
        id=row.id,
        workspace_id=row.workspace_id,
        member_id=row.member_id,
        calendar_id=row.calendar_id,
        name=row.name,
        before=SyncOption(row.event_style_before, row.contact_policy_before, fire_triggers=row.fire_triggers_before),
        after=SyncOption(row.event_style_after, row.contact_policy_after, fire_triggers=row.fire_triggers_after),
        made_at=row.made_at,
        undone_at=row.undone_at,
    )
