"""Moves or cancels one of the actor's own events in Google, one time of it where it repeats."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from bot.domain.contacts import normalised_emails
from bot.domain.errors import NotAllowed
from bot.domain.event_changes import EventShown, InTheWay, MoveOverlaps, moved_to, shown
from bot.domain.event_fixes import EventRef, ref_of, remote_id_of
from bot.domain.event_spans import written_zone
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.wall_start import start_on
from bot.domain.wall_time import epoch
from bot.ports import Clock, EventWriter, Store, UnitOfWork
from bot.usecases.find_own_event import find_own_event

NOT_HERE = "This event cannot be changed from Slack. Nothing was changed; open it in Google."


class _Target(NamedTuple):
    """Where to write, and what was read there; an empty etag where this one time was never read by itself."""

    account_id: UUID
    calendar: str
    event_id: str
    etag: str
    zone: str


class ShowEvent:
    """Finds among the actor's own events, and nowhere else."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, ref: EventRef) -> EventShown:
        """Raises `NotFound` for another's as for none, and for one that is not at that time any more."""
        require_full_member(actor)
        with self._store.reading() as work:
            return _find(work, actor, ref)[0]


class _ChangeEvent:
    """What moving and cancelling have in common: the calendar is read again, whatever came of it."""

    def __init__(self, store: Store, writer: EventWriter, clock: Clock) -> None:
        self._store = store
        self._writer = writer
        self._clock = clock

    def _changeable(self, actor: Actor, ref: EventRef) -> tuple[EventShown, _Target]:
        require_full_member(actor)
        with self._store.reading() as work:
            found, target = _find(work, actor, ref)
        if found.fixed is not None:
            raise NotAllowed(NOT_HERE)
        return found, target

    def _read_again(self, actor: Actor) -> None:
        with self._store.writing() as work:
            work.calendars.request_sync(actor, self._clock.now())
            work.commit()


class MoveEvent(_ChangeEvent):
    """Writes another time to Google; Google mails everybody on the event."""

    def __call__(
        self, actor: Actor, ref: EventRef, day: date, clock: str, *, anyway: bool = False
    ) -> tuple[EventShown, Interval]:
        """The event as it was, and when it is from now on.

        Args:
            actor: whose event it is.
            ref: of the event at the time that he was shown.
            day: on the actor's wall.
            clock: what the wall shows, like `9:00`.
            anyway: he was told what stands there.

        Raises:
            NotFound: it is not his own, or not there any more, or not at that time.
            NotAllowed: he may not change it from here.
            BadMove: it cannot be moved to there.
            MoveOverlaps: something that takes his time stands there, and it was not said that this is no matter.
            EventChanged, EventGone: it is not any more as it was read; nothing was written.
            ProviderError: the provider refused, or did not answer.
        """
        found, target = self._changeable(actor, ref)
        if not found.may_move:
            raise NotAllowed(NOT_HERE)
        span = moved_to(found.entry, start_on(day, clock, actor.zone), epoch(self._clock.now()))
        if not anyway:
            self._require_free(actor, ref, span)
        account_id, calendar, event_id, etag, zone = target
        try:
            self._writer.move(account_id, calendar, event_id, etag=etag, span=span, zone=zone)
        finally:
            # Whatever went wrong, what is shown here is older than what is there.
            self._read_again(actor)
        return found, span

    def _require_free(self, actor: Actor, ref: EventRef, span: Interval) -> None:
        with self._store.reading() as work:
            entries = [one for one in work.events.agenda(actor, span) if one.occurrence.blocks and ref_of(one) != ref]
            booked = work.appointments.between(actor, [actor.member_id], span)[actor.member_id]
        found = [InTheWay(one.occurrence.span, one.title) for one in entries]
        found += [
            InTheWay(one.span, one.contact.name if one.contact is not None else one.title)
            for one in booked
            if one.is_live
        ]
        if found:
            raise MoveOverlaps(sorted(found))


class CancelEvent(_ChangeEvent):
    """Calls an event off in Google; Google mails everybody on it."""

    def __call__(self, actor: Actor, ref: EventRef) -> EventShown:
        """The event as it was; raises as `MoveEvent` does."""
        found, target = self._changeable(actor, ref)
        try:
            self._writer.cancel(target.account_id, target.calendar, target.event_id, etag=target.etag)
        finally:
            self._read_again(actor)
        return found


def _find(work: UnitOfWork, actor: Actor, ref: EventRef) -> tuple[EventShown, _Target]:
    entry = find_own_event(work, actor, ref)
    calendar = next(one for one in work.calendars.of(actor) if one.id == ref.calendar_id)
    account = work.accounts.get(actor, calendar.account_id)
    event = work.events.get(actor, calendar.id, ref.event_id)
    etag = "" if event.recurrence else event.etag
    remote_id = remote_id_of(event, entry.occurrence, calendar.zone)
    target = _Target(account.id, calendar.remote_id, remote_id, etag, written_zone(event.start, calendar.zone))
    addresses = normalised_emails(one.email for one in event.invitees)
    contacts = work.contacts.by_address(actor.workspace_id, addresses)
    return shown(entry, event, calendar, account, actor.zone, contacts), target
