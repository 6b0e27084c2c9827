"""An in-memory repository of switches of a sync option, with the semantics of `bot.ports`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.calendars import Calendar, Role, SyncOption
from bot.domain.change_sets import ChangeSet, MadeContact, SwitchProgress
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from tests.fakes.tables import Tables, aware


class FakeChangeSets:
    """Implements `ports.ChangeSets`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def one_at_a_time(self, actor: Actor) -> None:
        """Nothing to do: one writer at a time anyway."""

    def held(self, actor: Actor, calendar_id: UUID) -> Calendar | None:
        for row in self._tables.own_calendars(actor):
            if row.calendar.id == calendar_id and row.calendar.role is Role.LINKED:
                return self._tables.read(row)
        return None

    def is_read(self, calendar: Calendar) -> bool:
        row = self._tables.calendars[calendar.id]
        return row.sync_token is not None and row.calendar.read_at is not None

    def set_option(self, calendar: Calendar, option: SyncOption, since: datetime) -> None:
        row = self._tables.calendars[calendar.id]
        changed = replace(row.calendar, option=option, option_since=aware(since))
        self._tables.calendars[calendar.id] = replace(row, calendar=changed)

    def add(self, switch: ChangeSet) -> None:
        aware(switch.made_at)
        self._tables.change_sets[switch.id] = switch

    def get(self, actor: Actor, change_set_id: UUID) -> ChangeSet:
        found = self._tables.change_sets.get(change_set_id)
        if found is None or (found.workspace_id, found.member_id) != (actor.workspace_id, actor.member_id):
            raise NotFound
        return found

    def standing(self, actor: Actor) -> Sequence[ChangeSet]:
        whose = (actor.workspace_id, actor.member_id)
        found = [
            one
            for one in self._tables.change_sets.values()
            if (one.workspace_id, one.member_id) == whose and one.undone_at is None
        ]
        return sorted(found, key=lambda one: (-one.made_at.timestamp(), one.id))

    def close(self, switch: ChangeSet, now: datetime) -> None:
        for one in self._and_later(switch):
            self._tables.change_sets[one.id] = replace(one, undone_at=aware(now))

    def made_contact(self, calendar_id: UUID, contact_id: UUID) -> None:
        found = [
            one for one in self._tables.change_sets.values() if one.calendar_id == calendar_id and one.undone_at is None
        ]
        if found:
            last = max(found, key=lambda one: one.made_at)
            self._tables.made_contacts.add((last.id, contact_id))

    def made(self, switch: ChangeSet) -> Sequence[MadeContact]:
        sets = {one.id for one in self._and_later(switch)}
        ids = {contact_id for of, contact_id in self._tables.made_contacts if of in sets}
        found = [self._made(one, switch) for one in ids & self._tables.contacts.keys()]
        return sorted(found, key=lambda one: (one.contact.name.casefold(), one.contact.email))

    def progress(self, switch: ChangeSet) -> SwitchProgress:
        events = self._tables.events.get(switch.calendar_id, {}).values()
        made = [key for key in self._tables.made_contacts if key[0] == switch.id and key[1] in self._tables.contacts]
        return SwitchProgress(switch, sum(row.needs_decision for row in events), len(made))

    def withdraw_questions(self, actor: Actor) -> None:
        for key, row in list(self._tables.invitee_questions.items()):
            question = row.question
            is_his = (question.workspace_id, question.host_id) == (actor.workspace_id, actor.member_id)
            if is_his and question.batch is None and question.answer is None:
                del self._tables.invitee_questions[key]

    def forget(self, before: datetime) -> int:
        gone = [key for key, one in self._tables.change_sets.items() if one.made_at < aware(before)]
        for key in gone:
            del self._tables.change_sets[key]
        return len(gone)

    def _and_later(self, switch: ChangeSet) -> list[ChangeSet]:
        return [
            one
            for one in self._tables.change_sets.values()
            if one.calendar_id == switch.calendar_id
            and one.undone_at is None
            and (one.id == switch.id or one.made_at > switch.made_at)
        ]

    def _made(self, contact_id: UUID, switch: ChangeSet) -> MadeContact:
        booked = (row.appointment.contact for row in self._tables.appointments.values())
        elsewhere = {
            calendar_id
            for (calendar_id, _event), place in self._tables.taken_places.items()
            if calendar_id != switch.calendar_id
            and any(one.contact.id == contact_id for one in self._tables.taken[place.taken_id].contacts)
        }
        return MadeContact(
            self._tables.contacts[contact_id],
            is_found_otherwise=contact_id in self._tables.contact_addresses.values(),
            is_booked=any(contact is not None and contact.id == contact_id for contact in booked),
            elsewhere=tuple(sorted(elsewhere)),
        )
