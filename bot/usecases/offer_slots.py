"""Offers a few starts of one's own time in a channel, books the one that somebody takes first, and takes them back."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.appointments import NOWHERE, Appointment, Venue, Where
from bot.domain.booking import BadBooking, BookingRequest, SlotTaken
from bot.domain.booking_rules import require_free, require_length, require_to_come
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.explanation import ReasonKind
from bot.domain.offers import (
    MOST_OFFERED,
    Claimed,
    Offer,
    Offered,
    OfferOver,
    OfferRequest,
    OfferTaken,
    TakerNotFree,
    WithdrawnTooLate,
)
from bot.domain.people import Actor, Member
from bot.domain.permissions import require_full_member
from bot.domain.preferences import Audience
from bot.ports import Clock, NewId, Store, UnitOfWork
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.gather_times import preferences_of
from bot.usecases.host_places import host_places, require_places
from bot.usecases.judge_start import Wish, look_at, telling_nearest
from bot.usecases.resolve_members import ResolveMembers


class OfferSlots:
    """Nothing is kept free for an offer: what is taken by somebody else meanwhile is refused when it is chosen."""

    def __init__(self, store: Store, clock: Clock, new_id: NewId, resolve_members: ResolveMembers) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._resolve = resolve_members

    def __call__(self, actor: Actor, request: OfferRequest, *, origin: str) -> Offered:
        """The offer, the same for the same submission; what shows it is up to the caller.

        Raises `BadBooking`, `NotOffered` or `SlotTaken` for a start that is not free, and `NotAllowed` where nobody
        may book the actor, so that nobody could take one.
        """
        require_full_member(actor)
        now, starts = self._clock.now(), tuple(sorted(set(request.starts)))
        require_length(request.minutes)
        if not 1 <= len(starts) <= MOST_OFFERED:
            raise BadBooking("start", f"Offer one start at least, and {MOST_OFFERED} at most.")
        [host] = self._resolve(actor, ())
        with self._store.reading() as work:
            own = preferences_of(work, actor, [host])[host.id]
            if own.audience is Audience.NOBODY:
                raise NotAllowed("By your Calendar Settings nobody may book you, so nobody could take these times.")
            places = require_places(work, actor, [host], NOWHERE)
        for start in starts:
            self._require_free(actor, host, start, request.minutes, now)
        offer = Offer(
            id=self._new_id(),
            workspace_id=actor.workspace_id,
            host_id=host.id,
            starts=starts,
            minutes=request.minutes,
            created_at=now,
            venue=own.venue_of(places.venues),
        )
        with self._store.writing() as work:
            stored = work.offers.add(offer, origin=origin)
            work.commit()
        return Offered(stored, host, own.schedule.zone)

    def _require_free(self, actor: Actor, host: Member, start: int, minutes: int, now: datetime) -> None:
        require_to_come(start, now)
        wish = Wish(actor, (host,), start, minutes)
        with telling_nearest(self._store, wish, now), self._store.reading() as work:
            _, reasons = look_at(work, wish, now)
            require_free(reasons, actor.member_id, overrides=False)


class ClaimOffer:
    """Whoever is first has the start that he chose, and the others are gone with it.

    He is a host of it too, where he has a calendar; what he chose himself, his own hours and limits do not forbid.
    """

    def __init__(self, store: Store, clock: Clock, book: BookAppointment) -> None:
        self._store = store
        self._clock = clock
        self._book = book

    def __call__(self, actor: Actor, offer_id: UUID, start: int) -> Claimed:
        """What was booked, also where he has taken it before.

        Raises `OfferOver` where it was withdrawn or all its times have passed, `OfferTaken` with the name of whoever
        was quicker, `NotAllowed` for one's own offer, `TakerNotFree`, and what `BookAppointment` raises where the
        start is not free any more: the offer stands then.
        """
        require_full_member(actor)
        with self._store.reading() as work:
            offer = _offer(work, actor, offer_id)
            host = work.members.get(actor.workspace_id, offer.host_id)
            claimer = work.members.get(actor.workspace_id, actor.member_id)
            _require_open(work, actor, offer)
            joins = host_places(work, claimer).calendar is not None
            venue = _venue_now(work, actor, offer, host)
        if actor.member_id == offer.host_id:
            raise NotAllowed("This is your own offer, so somebody else has to take it.")
        if offer.claimer_id is None and offer.has_passed(self._clock.now()):
            raise OfferOver
        if start not in offer.starts:
            raise NotFound("That time was not offered. Nothing was booked.")
        request = BookingRequest(
            (host.slack_user_id, claimer.slack_user_id) if joins else (host.slack_user_id,),
            None,
            start,
            offer.minutes,
            title=offer.title,
            venue=venue,
            note=offer.note,
            overrides=joins,
        )
        own = Wish(actor, (claimer,), start, offer.minutes)

        def claim(work: UnitOfWork, appointment: Appointment) -> None:
            if joins:
                self._require_free(work, replace(own, without=appointment.id))
            if not work.offers.claim(offer.id, claimer_id=actor.member_id, appointment_id=appointment.id):
                _require_open(work, actor, _offer(work, actor, offer.id))
                raise OfferTaken("Somebody")

        try:
            booked = self._book(actor, request, origin=f"offer:{offer.id}", together_with=claim)
        except SlotTaken:
            if joins:
                with self._store.reading() as work:
                    self._require_free(work, own)
            raise
        with self._store.reading() as work:
            return Claimed(work.offers.get(actor, offer.id), host, claimer, booked)

    def _require_free(self, work: UnitOfWork, own: Wish) -> None:
        _, reasons = look_at(work, own, self._clock.now())
        busy = tuple(reason for reason in reasons if reason.kind is ReasonKind.BUSY)
        if busy:
            raise TakerNotFree(own.hosts[0], busy)


class WithdrawOffer:
    """Takes an offer back, as long as nobody has taken a time of it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, offer_id: UUID) -> None:
        """Raises `NotAllowed` unless it is the actor's own, `WithdrawnTooLate`, and `OfferOver` where it is gone."""
        require_full_member(actor)
        with self._store.writing() as work:
            offer = _offer(work, actor, offer_id)
            host = work.members.get(actor.workspace_id, offer.host_id)
            if host.id != actor.member_id:
                raise NotAllowed(f"Only {host.name} can withdraw this offer.")
            if not work.offers.withdraw(offer.id):
                taken = _offer(work, actor, offer_id)
                if taken.claimer_id is not None:
                    raise WithdrawnTooLate(work.members.get(actor.workspace_id, taken.claimer_id).name)
            work.commit()


def _offer(work: UnitOfWork, actor: Actor, offer_id: UUID) -> Offer:
    try:
        return work.offers.get(actor, offer_id)
    except NotFound as error:
        raise OfferOver from error


def _venue_now(work: UnitOfWork, actor: Actor, offer: Offer, host: Member) -> Venue:
    """As it was offered, or as its host usually meets people where he has left Zoom since; his card says how."""
    venues = host_places(work, host).venues
    if offer.venue.where is not Where.ZOOM or Where.ZOOM in venues:
        return offer.venue
    return preferences_of(work, actor, [host])[host.id].venue_of(venues)


def _require_open(work: UnitOfWork, actor: Actor, offer: Offer) -> None:
    """Raises `OfferTaken`, unless it is the actor himself who took it."""
    if offer.claimer_id is not None and offer.claimer_id != actor.member_id:
        raise OfferTaken(work.members.get(actor.workspace_id, offer.claimer_id).name)
