"""Members with a linked calendar each, whose sync option is switched and decided on any store."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.domain.calendars import Calendar, Role, SyncOption
from bot.domain.change_sets import ChangeSet, Undone
from bot.domain.events import Invitee, RemoteEvent, Response
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.shades import Shade
from bot.ports import Store
from bot.usecases.decide_events import DecideEvents
from bot.usecases.preview_option import PreviewOption
from bot.usecases.switch_option import SwitchOption
from bot.usecases.undo_switch import UndoSwitch
from tests.contracts.storage_builders import (
    LEASE,
    NOW,
    a_calendar,
    a_person,
    chosen,
    connected,
    happening,
    new_id,
)
from tests.event_builders import a_meeting
from tests.fakes.clock import SettableClock

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
MAYA = Invitee("maya@ortiz.test", "Maya Ortiz", Response.ACCEPTED)
LEE = Invitee("lee@chen.test", "Lee Chen")
BEN = Invitee("ben@acme.test", "Ben")
ROOM = Invitee("c_1@resource.calendar.google.com", "Room 4", is_room=True)
SOME_DAY = Interval(0, 2**40)


def meeting(
    event_id: str, *invitees: Invitee, hour: int = 9, uid: str = "", created_at: datetime = LONG_AGO
) -> RemoteEvent:
    """An hour on Tuesday 24 November with these people."""
    event = a_meeting(event_id, f"2026-11-24 {hour}:00-{hour + 1}:00")
    return replace(
        event, title=event_id, invitees=invitees, ical_uid=uid or f"{event_id}@google.com", created_at=created_at
    )


@dataclass(frozen=True)
class Owner:
    """A member with his linked calendar."""

    actor: Actor
    calendar_id: UUID


class Town:
    """The use-cases on a store; Slack has said that Ben is a colleague, and that the others are not."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = SettableClock(NOW)
        self.preview = PreviewOption(store, self.clock)
        self.switch_option = SwitchOption(store, self.preview, self.clock, new_id)
        self.undo_switch = UndoSwitch(store, self.clock)

    def pass_time(self, time: timedelta) -> None:
        self.clock.time += time

    def newcomer(self, user: str) -> Owner:
        """A member of Acme whose linked calendar was not read yet."""
        actor = a_person(self.store, "T1", user)
        account = connected(self.store, actor, f"{user}@acme.test".lower())
        [calendar] = chosen(self.store, actor, a_calendar(account, user, role=Role.LINKED, name=user))
        return Owner(actor, calendar.id)

    def reconnected(self, owner: Owner) -> Owner:
        """The same member once he connected and chose the same calendar anew."""
        account = connected(self.store, owner.actor, "ana@acme.test")
        [calendar] = chosen(self.store, owner.actor, a_calendar(account, "Ana", role=Role.LINKED, name="Ana"))
        return Owner(owner.actor, calendar.id)

    def owner(self, user: str, *events: RemoteEvent) -> Owner:
        """A member of Acme whose linked calendar was read with these events."""
        owner = self.newcomer(user)
        self.read(owner, *events)
        self.remember({"ben@acme.test": True, "maya@ortiz.test": False, "lee@chen.test": False}, owner.actor)
        return owner

    def read(self, owner: Owner, *events: RemoteEvent) -> None:
        """A sync of the calendar that meets these events."""
        with self.store.writing() as work:
            [claim] = work.calendars.claim_these([owner.calendar_id], self.clock.now(), lease=LEASE)
            work.commit()
        happening(self.store, claim, *events)
        with self.store.writing() as work:
            work.events.complete(claim, sync_token="s", zone=claim.calendar.zone)
            later = self.clock.now() + timedelta(hours=1)
            work.calendars.finish(claim, read_at=self.clock.now(), next_sync_at=later)
            work.commit()

    def remember(self, told: Mapping[str, bool], actor: Actor) -> None:
        with self.store.writing() as work:
            work.invitees.remember_colleagues(actor.workspace_id, told, self.clock.now())
            work.commit()

    def decide(self, *owners: Owner) -> None:
        """Have what is marked decided."""
        for owner in owners:
            with self.store.writing() as work:
                [claim] = work.calendars.claim_these([owner.calendar_id], self.clock.now(), lease=LEASE)
                work.commit()
            DecideEvents(self.store, self.clock, new_id)(claim)
            with self.store.writing() as work:
                work.calendars.keep(claim, self.clock.now())
                work.commit()
        self.pass_time(timedelta(seconds=1))

    def switch(self, owner: Owner, after: SyncOption, *, decides: bool = True) -> ChangeSet:
        """Agree to what is told, and let it be done."""
        told = self.preview(owner.actor, after)
        progress = self.switch_option(owner.actor, after, agreed=told.fingerprint)
        self.pass_time(timedelta(seconds=1))
        if decides:
            self.decide(owner)
        return progress.switch

    def undo(self, owner: Owner, switch: ChangeSet) -> Undone:
        """Take it back, and let the rest be decided."""
        undone = self.undo_switch(owner.actor, switch.id)
        self.pass_time(timedelta(seconds=1))
        self.decide(owner)
        return undone

    def option(self, owner: Owner) -> SyncOption:
        return self.calendar(owner).option

    def calendar(self, owner: Owner) -> Calendar:
        with self.store.reading() as work:
            return next(one for one in work.calendars.of(owner.actor) if one.id == owner.calendar_id)

    def contacts(self, owner: Owner) -> list[str]:
        """The names of the workspace's contacts."""
        with self.store.reading() as work:
            return [one.name for one in work.contacts.search(owner.actor, "", limit=100)]

    def shades(self, owner: Owner) -> dict[str, Shade | None]:
        """The colour of each event on the agenda."""
        with self.store.reading() as work:
            return {entry.title: entry.shade for entry in work.events.agenda(owner.actor, SOME_DAY)}

    def meetings(self, owner: Owner, name: str) -> list[str]:
        """The titles of the meetings that were taken from Google with a contact."""
        with self.store.reading() as work:
            [contact] = work.contacts.search(owner.actor, name, limit=2)
            return [one.title for one, _ in work.taken.with_contact(owner.actor, contact.id, SOME_DAY, limit=10)]

    def state(self, owner: Owner) -> tuple[SyncOption, list[str], dict[str, Shade | None]]:
        """What a switch changes, and an undo brings back."""
        return self.option(owner), self.contacts(owner), self.shades(owner)


def names(undone: Undone) -> list[tuple[str, str]]:
    """Who stays, and why."""
    return [(contact.name, str(reason)) for contact, reason in undone.kept]
