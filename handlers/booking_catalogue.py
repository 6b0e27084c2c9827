"""Every handler of booking, put together from the use-cases that they call."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ports import Clock
from bot.usecases.ask_to_connect import AskToConnect
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.booking_form import ShowBookingForm
from bot.usecases.find_contacts import FindContacts
from bot.usecases.find_slots import FindSlots
from bot.usecases.move_appointment import MoveAppointment
from bot.usecases.move_form import ShowMoveForm
from bot.usecases.offer_slots import ClaimOffer, OfferSlots, WithdrawOffer
from handlers.actions import booking as booking_actions
from handlers.actions import card, offers
from handlers.home import RefreshHome
from handlers.options import booking_contacts
from handlers.registry import Handler
from handlers.views import booking as booking_views
from handlers.views import cancel, reschedule


@dataclass(frozen=True, slots=True)
class BookingCases:
    """What they call; `card` is what a card's buttons do."""

    book: BookAppointment
    booking_form: ShowBookingForm
    card: card.CardCases
    claim_offer: ClaimOffer
    find_contacts: FindContacts
    find_slots: FindSlots
    move: MoveAppointment
    move_form: ShowMoveForm
    offer_slots: OfferSlots
    withdraw_offer: WithdrawOffer


def booking_handlers(
    cases: BookingCases, ask_to_connect: AskToConnect, refresh_home: RefreshHome, clock: Clock
) -> Sequence[Handler]:
    """The form of booking, that of moving, the question before cancelling, the cards, and offers."""
    show = cases.card.show
    open_booking = booking_actions.opening_with(cases.booking_form)
    open_move = reschedule.opening_with(cases.move_form)
    return (
        *booking_actions.handlers(cases.booking_form, ask_to_connect),
        *booking_views.handlers(cases.booking_form, cases.book, show, refresh_home, clock),
        *reschedule.handlers(cases.move_form, cases.move, show, refresh_home, clock),
        *cancel.handlers(cases.card.cancel, cases.card.show, refresh_home),
        *card.handlers(cases.card, open_booking, open_move, refresh_home),
        *offers.handlers(cases.find_slots, cases.offer_slots, cases.claim_offer, cases.withdraw_offer),
        booking_contacts.handler(cases.find_contacts),
    )
