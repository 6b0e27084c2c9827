"""Builds what booking needs: the use-cases behind its forms and cards, and the deliveries behind those."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.app.foundation import DELIVERIES, Foundation
from bot.clients.system import new_id
from bot.domain.effects import EffectKind
from bot.domain.errors import Overloaded
from bot.jobs import Job
from bot.usecases.announce_broken_accounts import AnnounceBrokenAccounts
from bot.usecases.answer_question import AnswerQuestion
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.booking_form import BookAgain, ShowBookingForm
from bot.usecases.change_appointment import CancelAppointment, ChangeVenue, ConfirmHold, SettleAppointment
from bot.usecases.check_links import CheckLinks
from bot.usecases.deliver_card import DeliverCard
from bot.usecases.deliver_effects import DeliverEffects
from bot.usecases.deliver_event import DeliverEvent
from bot.usecases.deliver_meeting import DeliverMeeting
from bot.usecases.deliver_messages import DeliverMessages
from bot.usecases.expire_holds import ExpireHolds
from bot.usecases.find_contacts import FindContacts
from bot.usecases.find_slots import FindSlots
from bot.usecases.move_appointment import MoveAppointment
from bot.usecases.move_form import ShowMoveForm
from bot.usecases.offer_slots import ClaimOffer, OfferSlots, WithdrawOffer
from bot.usecases.read_live import ReadLive
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.retry_delivery import RetryDelivery
from bot.usecases.show_appointment import ShowAppointment
from bot.usecases.sync_calendar import SyncCalendar
from bot.usecases.undo_change import UndoChange
from handlers.actions.card import CardCases
from handlers.booking_catalogue import BookingCases


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What is written outside for appointments; `soon` has what is due delivered, and never fails."""

    deliver: DeliverEffects
    soon: Callable[[], None]


def deliveries(base: Foundation, announce: AnnounceBrokenAccounts) -> Deliveries:
    """The deliveries to Zoom, Google and Slack."""
    store, clock = base.store, base.clock
    deliver = DeliverEffects(
        store,
        {
            EffectKind.MEETING: DeliverMeeting(store, base.meetings, clock),
            EffectKind.EVENT: DeliverEvent(store, base.copies, clock),
            EffectKind.CARD: DeliverCard(store, base.cards, clock),
            EffectKind.MESSAGES: DeliverMessages(store, base.cards, clock),
        },
        announce,
        base.deliveries,
        clock,
        jitter=random.SystemRandom().random,
        limit=2 * DELIVERIES,
    )

    def tick() -> None:
        deliver()

    def soon() -> None:
        with suppress(Overloaded):  # the job of that name comes by within a second
            base.work.submit(tick)

    return Deliveries(deliver, soon)


def booking_cases(
    base: Foundation, find_slots: FindSlots, resolve: ResolveMembers, sync: SyncCalendar, outward: Deliveries
) -> BookingCases:
    """What the forms, cards and offers call."""
    store, clock, soon = base.store, base.clock, outward.soon
    read_live = ReadLive(store, sync, base.syncs, clock, outward.deliver.follow)
    book = BookAppointment(store, clock, new_id, resolve, read_live, soon)
    return BookingCases(
        book=book,
        booking_form=ShowBookingForm(store, clock, resolve),
        card=CardCases(
            answer=AnswerQuestion(store, clock, soon),
            book_again=BookAgain(store),
            cancel=CancelAppointment(store, clock, soon),
            change_venue=ChangeVenue(store, clock, soon),
            confirm=ConfirmHold(store, clock, soon),
            retry=RetryDelivery(store, clock, soon),
            settle=SettleAppointment(store, clock, soon),
            show=ShowAppointment(store, clock),
            undo=UndoChange(store, clock, soon),
        ),
        claim_offer=ClaimOffer(store, clock, book),
        find_contacts=FindContacts(store),
        find_slots=find_slots,
        move=MoveAppointment(store, clock, read_live, soon),
        move_form=ShowMoveForm(store, clock),
        offer_slots=OfferSlots(store, clock, new_id, resolve),
        withdraw_offer=WithdrawOffer(store),
    )


def booking_jobs(base: Foundation, outward: Deliveries) -> tuple[Job, ...]:
    """What runs by the clock for appointments."""
    check_links = CheckLinks(base.store, base.meetings, base.copies, base.deliveries, base.clock, limit=2 * DELIVERIES)
    expire_holds = ExpireHolds(base.store, base.clock)
    return (
        Job("deliver_effects", outward.deliver, every=timedelta(seconds=1), grace=timedelta(seconds=30)),
        Job("expire_holds", expire_holds, every=timedelta(seconds=15), grace=timedelta(minutes=5)),
        Job("check_links", check_links, every=timedelta(minutes=1), grace=timedelta(minutes=5)),
    )
