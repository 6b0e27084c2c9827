"""Offers a few starts of one's own time in a channel, and books the one that somebody takes first."""

from datetime import datetime
from uuid import UUID

from bot.domain.appointments import NOWHERE, Appointment
from bot.domain.booking import BadBooking, BookingRequest
from bot.domain.booking_rules import require_free, require_length, require_to_come
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.offers import MOST_OFFERED, Claimed, Offer, Offered, OfferRequest, OfferTaken
from bot.domain.people import Actor, Member
from bot.domain.permissions import require_full_member
from bot.ports import Clock, NewId, Store, UnitOfWork
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.gather_times import preferences_of
from bot.usecases.host_places import require_places
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

        Raises `BadBooking`, and `NotOffered` or `SlotTaken` for a start that is not free.
        """
        require_full_member(actor)
        now, starts = self._clock.now(), tuple(sorted(set(request.starts)))
        require_length(request.minutes)
        if not 1 <= len(starts) <= MOST_OFFERED:
            raise BadBooking("start", f"Offer one start at least, and {MOST_OFFERED} at most.")
        [host] = self._resolve(actor, ())
        with self._store.reading() as work:
            own = preferences_of(work, actor, [host])[host.id]
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
    """Whoever is first has the start that he chose, and the others are gone with it."""

    def __init__(self, store: Store, book: BookAppointment) -> None:
        self._store = store
        self._book = book

    def __call__(self, actor: Actor, offer_id: UUID, start: int) -> Claimed:
        """What was booked, also where he has taken it before.

        Raises `NotFound`, `OfferTaken` with the name of whoever was quicker, `NotAllowed` for one's own offer, and
        what `BookAppointment` raises where the start is not free any more: the offer stands then.
        """
        require_full_member(actor)
        with self._store.reading() as work:
            offer = work.offers.get(actor, offer_id)
            host = work.members.get(actor.workspace_id, offer.host_id)
            claimer = work.members.get(actor.workspace_id, actor.member_id)
            _require_open(work, actor, offer)
        if actor.member_id == offer.host_id:
            raise NotAllowed("This is your own offer, so somebody else has to take it.")
        if start not in offer.starts:
            raise NotFound("That time was not offered. Nothing was booked.")
        request = BookingRequest(
            (host.slack_user_id,),
            None,
            start,
            offer.minutes,
            title=offer.title,
            venue=offer.venue,
            note=offer.note,
        )

        def claim(work: UnitOfWork, appointment: Appointment) -> None:
            if not work.offers.claim(offer.id, claimer_id=actor.member_id, appointment_id=appointment.id):
                _require_open(work, actor, work.offers.get(actor, offer.id))
                raise OfferTaken("Somebody")

        booked = self._book(actor, request, origin=f"offer:{offer.id}", together_with=claim)
        with self._store.reading() as work:
            return Claimed(work.offers.get(actor, offer.id), host, claimer, booked)


def _require_open(work: UnitOfWork, actor: Actor, offer: Offer) -> None:
    """Raises `OfferTaken`, unless it is the actor himself who took it."""
    if offer.claimer_id is not None and offer.claimer_id != actor.member_id:
        raise OfferTaken(work.members.get(actor.workspace_id, offer.claimer_id).name)
