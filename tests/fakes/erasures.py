"""An in-memory repository of what is forgotten, with the semantics of `bot.ports` as far as syncs and bookings ask.

What erasing does to every table is a matter of the databases, and told of them alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.erasure import LEASE, EndedGrant, ErasedContact, Forgetting, Outsider
from bot.domain.people import Actor
from bot.domain.reminders import USUAL_CHOICE, ReminderState
from bot.ports import Exported
from tests.fakes.tables import Tables


class FakeErasures:
    """Implements `ports.Erasures` but for what a database alone can show."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def begin(self, forgetting: Forgetting, now: datetime) -> None:
        self._tables.forgettings.setdefault(forgetting.member_id, (forgetting, now))
        self._leave_channels(forgetting.member_id)

    def is_under_way(self, actor: Actor) -> bool:
        return actor.member_id in self._tables.forgettings

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[Forgetting]:
        due = [one for one, due_at in self._tables.forgettings.values() if due_at <= now][:limit]
        claimed = [replace(one, attempts=one.attempts + 1) for one in due]
        self._tables.forgettings |= {one.member_id: (one, now + LEASE) for one in claimed}
        return claimed

    def known(self, member_id: UUID) -> Forgetting | None:
        found = self._tables.forgettings.get(member_id)
        return found[0] if found is not None else None

    def is_delivering(self, member_id: UUID) -> bool:
        raise NotImplementedError

    def put_off(self, member_id: UUID, due_at: datetime) -> None:
        self._tables.forgettings[member_id] = (self._tables.forgettings[member_id][0], due_at)

    def note(self, member_id: UUID, ended: EndedGrant, address: str) -> None:
        raise NotImplementedError

    def erase_member(self, forgetting: Forgetting) -> bool:
        raise NotImplementedError

    def done(self, member_id: UUID) -> None:
        self._tables.forgettings.pop(member_id, None)

    def connected_members(self, workspace_id: UUID) -> Sequence[UUID]:
        accounts = (row.account for row in self._tables.accounts.values())
        return sorted({one.member_id for one in accounts if one.workspace_id == workspace_id})

    def names(self, workspace_id: UUID, emails: Collection[str]) -> frozenset[str]:
        raise NotImplementedError

    def erase_invited(self, outsider: Outsider) -> int:
        raise NotImplementedError

    def erase_outsider(self, outsider: Outsider, now: datetime) -> ErasedContact:
        raise NotImplementedError

    def forgotten(self, workspace_id: UUID, emails: Collection[str]) -> frozenset[str]:
        return frozenset(email for email in emails if (workspace_id, email) in self._tables.forgotten_addresses)

    def welcome(self, workspace_id: UUID, email: str) -> None:
        self._tables.forgotten_addresses.discard((workspace_id, email))

    def export_member(self, actor: Actor) -> Exported:
        raise NotImplementedError

    def _leave_channels(self, member_id: UUID) -> None:
        for digest_id, _ in [key for key in self._tables.digest_shares if key[1] == member_id]:
            del self._tables.digest_shares[digest_id, member_id]
            held = self._tables.digests[digest_id]
            self._tables.digests[digest_id] = replace(held, fence=held.fence + 1, lease_until=None)
        self._tables.digest_refusals = {one for one in self._tables.digest_refusals if one[2] != member_id}
        self._leave_messages(member_id)
        if member_id in self._tables.reminder_choices:
            choice, since = self._tables.reminder_choices[member_id]
            nowhere = replace(choice, channel_id="", channel_name="", problem="")
            self._tables.reminder_choices[member_id] = nowhere, since

    def _leave_messages(self, member_id: UUID) -> None:
        """What his channel was told by another host's wish is looked at."""
        choice, _ = self._tables.reminder_choices.get(member_id, (USUAL_CHOICE, 0))
        for row in list(self._tables.reminders.values()):
            own = row.reminder
            is_theirs = own.member_id != member_id and own.channel_id == choice.channel_id != ""
            may_be_there = own.posted is not None or (own.state is ReminderState.WAITING and own.sent_at is not None)
            if is_theirs and may_be_there and own.subject in self._meetings_of(member_id):
                self._tables.reminders[own.id] = replace(row, reminder=replace(own, due_at=own.wanted_at))

    def _meetings_of(self, member_id: UUID) -> set[UUID]:
        booked = {key for key, row in self._tables.appointments.items() if member_id in row.appointment.hosts}
        return booked | {
            place.taken_id
            for (calendar_id, _), place in self._tables.taken_places.items()
            if self._tables.calendars[calendar_id].calendar.member_id == member_id
        }

    def export_contact(self, actor: Actor, contact_id: UUID) -> Exported:
        raise NotImplementedError
