"""Free times of one's own, offered in a channel, and taken there by whoever is first."""

from collections.abc import Sequence

from bot.domain.booking_form import spread
from bot.domain.errors import NotFound
from bot.domain.offers import MOST_OFFERED, OfferRequest
from bot.domain.people import Actor
from bot.rendering.names import ActionId
from bot.rendering.offers import offer_message, offer_ref, taken_message
from bot.usecases.find_slots import FindSlots
from bot.usecases.offer_slots import ClaimOffer, OfferSlots
from handlers.commands.slots import slots_request_in
from handlers.interaction import Action
from handlers.registry import Handler, on_action
from handlers.reply import Reply


def handlers(find_slots: FindSlots, offer_slots: OfferSlots, claim_offer: ClaimOffer) -> Sequence[Handler]:
    """*Offer in channel* under one's own free times, and *Take it*."""

    def offer(actor: Actor, pressed: Action, reply: Reply) -> None:
        found = find_slots(actor, slots_request_in(pressed.value))
        if [member.id for member in found.members] != [actor.member_id] or not found.slots:
            raise NotFound
        starts = spread([slot.start for slot in found.slots], None, MOST_OFFERED)
        # A press offers once, however often it is delivered.
        reply.share(offer_message(offer_slots(actor, OfferRequest(starts, found.minutes), origin=pressed.trigger_id)))

    def take(actor: Actor, pressed: Action, reply: Reply) -> None:
        ref = offer_ref(pressed.value)
        reply.replace(taken_message(claim_offer(actor, ref.offer_id, ref.start)))

    return (on_action(ActionId.OFFER_SLOTS, offer), on_action(ActionId.TAKE_OFFER, take))
