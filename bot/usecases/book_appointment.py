"""Books an appointment: all of its hosts or none of them, and never twice for one submission."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import HOLD, Appointment, AppointmentStatus, EditedMeanwhile
from bot.domain.booking import LONGEST_TITLE, BadBooking, Booked, BookingRequest, OwnAddress
from bot.domain.booking_form import usual_title
from bot.domain.booking_rules import tidied
from bot.domain.contact_occasions import NewcomerOccasion
from bot.domain.contacts import Contact, NewContact, is_one_of
from bot.domain.errors import NotFound
from bot.domain.intervals import Interval
from bot.domain.occasions import BookedIn
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.wall_time import MINUTE, moment
from bot.ports import Clock, NewId, Store, UnitOfWork
from bot.usecases.add_contact import add_contact
from bot.usecases.expire_holds import expire_holds_of
from bot.usecases.gather_times import require_shared_time
from bot.usecases.host_places import HostPlaces, require_places
from bot.usecases.invitation_quota import require_invitation
from bot.usecases.judge_start import Wish, require_bookable, telling_nearest
from bot.usecases.members_of import members_of
from bot.usecases.read_live import ReadLive
from bot.usecases.record_occasion import record_deed
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.want_delivery import plan_delivery

Also = Callable[[UnitOfWork, Appointment], None]


def _nothing_else(_work: UnitOfWork, _appointment: Appointment) -> None:
    """A booking by itself."""


class BookAppointment:
    """One transaction stores the appointment, its hosts' time, and what has to be written elsewhere.

    The hosts' calendars are read anew before it, never during it.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        new_id: NewId,
        resolve_members: ResolveMembers,
        read_live: ReadLive,
        deliver_soon: Callable[[], None],
    ) -> None:
        """Take what it works with; `deliver_soon` has the outbox looked at without waiting for its next tick."""
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._resolve = resolve_members
        self._read_live = read_live
        self._deliver_soon = deliver_soon

    def __call__(
        self, actor: Actor, request: BookingRequest, *, origin: str, together_with: Also = _nothing_else
    ) -> Booked:
        """What was booked, or what the same submission has booked before.

        Args:
            actor: who books.
            request: what the form asks for.
            origin: names the submission, the same however often it is delivered.
            together_with: what has to be stored in the same transaction; if it raises, nothing is booked.

        Raises:
            BadBooking: a field of the form cannot be so.
            SlotTaken: another live appointment of a host is there.
            NotOffered: the hosts' calendars or rules say no.
            NeedsAnyway: calendars could not be read just now.
            NotConnected: nobody can say when a host is free.
            NotAllowed: the actor may not book, or not these hosts.
        """
        require_full_member(actor)
        if (before := self._booked_before(actor, origin)) is not None:
            return before
        request = tidied(request, self._clock.now())
        hosts = self._resolve(actor, request.hosts)
        with self._store.reading() as work:
            require_shared_time(work, actor, hosts)
            require_places(work, actor, hosts, request.venue)
        unanswered = self._read_live(actor, [host.id for host in hosts])
        now = self._clock.now()
        wish = Wish(actor, hosts, request.start, request.minutes, unanswered=unanswered)
        try:
            with telling_nearest(self._store, wish, now), self._store.writing() as work:
                appointment = self._booked(work, request, wish, now, origin)
                together_with(work, appointment)
                work.commit()
        except EditedMeanwhile:
            # The same submission came in twice at the same moment, and the other one was quicker.
            if (before := self._booked_before(actor, origin)) is not None:
                return before
            raise
        self._deliver_soon()
        return Booked(appointment, hosts, is_new=True)

    def _booked_before(self, actor: Actor, origin: str) -> Booked | None:
        with self._store.reading() as work:
            appointment = work.appointments.by_origin(actor, origin)
            if appointment is None:
                return None
            return Booked(appointment, members_of(work, actor.workspace_id, appointment.hosts), is_new=False)

    def _booked(self, work: UnitOfWork, request: BookingRequest, wish: Wish, now: datetime, origin: str) -> Appointment:
        actor, host_ids = wish.actor, tuple(host.id for host in wish.hosts)
        work.appointments.lock_hosts(host_ids)
        if work.appointments.by_origin(actor, origin) is not None:
            raise EditedMeanwhile
        expire_holds_of(work, host_ids, now)
        gathered = require_bookable(work, wish, now, anyway=request.anyway, overrides=request.overrides)
        places = require_places(work, actor, wish.hosts, request.venue)
        if request.invites:
            require_invitation(work, actor, now, field="contact", instead="Book without one, or try again tomorrow.")
        contact = self._contact(work, wish, request, places, now)
        if contact is not None and is_one_of(contact.email, [one.address for one in work.accounts.of(actor)]):
            raise OwnAddress
        span = Interval(request.start, request.start + request.minutes * MINUTE)
        appointment = Appointment(
            id=self._new_id(),
            workspace_id=actor.workspace_id,
            hosts=host_ids,
            booker_id=actor.member_id,
            contact=contact,
            title=request.title or usual_title(contact, wish.hosts, actor.name)[:LONGEST_TITLE],
            span=span,
            zone=gathered.times[0].schedule.zone,
            venue=request.venue,
            note=request.note,
            status=AppointmentStatus.CONFIRMED,
            invites=request.invites,
            created_at=now,
            changed_at=now,
        )
        if request.holds:
            ends = min(now + HOLD, moment(span.start))
            appointment = replace(appointment, status=AppointmentStatus.HELD, expires_at=ends)
        work.appointments.add(appointment, origin=origin)
        deed = Deed.HELD if request.holds else Deed.BOOKED
        entry = LogEntry(now, deed, actor.member_id, after=span)
        work.appointments.write_log(appointment.id, entry)
        work.landings.accept(appointment)
        plan_delivery(work, appointment, places, now)
        record_deed(work, appointment, entry, places)
        if contact is not None:
            _remember_choice(work, actor, invites=request.invites)
        return appointment

    def _contact(
        self, work: UnitOfWork, wish: Wish, request: BookingRequest, places: HostPlaces, now: datetime
    ) -> Contact | None:
        match request.contact:
            case None:
                return None
            case NewContact() as new:
                hosts = tuple(host.id for host in wish.hosts)
                calendar_id = places.calendar.id if places.calendar else None
                arrival = NewcomerOccasion(self._new_id(), now, BookedIn.DAYBOOK, hosts, calendar_id)
                return add_contact(work, wish.actor, new, arrival)
            case contact_id:
                try:
                    return work.contacts.held(wish.actor, contact_id)
                except NotFound as error:
                    raise BadBooking("contact", "That contact is not there any more. Choose another one.") from error


def _remember_choice(work: UnitOfWork, actor: Actor, *, invites: bool) -> None:
    """The next form is filled with it."""
    own = work.schedules.of(actor, {actor.member_id: actor.zone})[actor.member_id]
    if own.invites is not invites:
        work.schedules.change(actor, lambda preferences: replace(preferences, invites=invites))
