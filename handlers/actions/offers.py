"""Free times of one's own, offered in a channel, and taken there by whoever is first."""

from collections.abc import Sequence

from bot.domain.booking_form import spread
from bot.domain.errors import NotFound
from bot.domain.offers import MOST_OFFERED, OfferOver, OfferRequest, TakerNotFree
from bot.domain.people import Actor
from bot.rendering.names import ActionId
from bot.rendering.offers import (
    alone_message,
    not_free_message,
    offer_message,
    offer_ref,
    over_message,
    taken_message,
)
from bot.rendering.problem import problem
from bot.usecases.find_slots import FindSlots
from bot.usecases.offer_slots import ClaimOffer, OfferSlots, WithdrawOffer
from handlers.commands.slots import slots_request_in
from handlers.identifiers import id_in
from handlers.interaction import Action
from handlers.registry import Handler, Work, on_action
from handlers.reply import Reply


def handlers(
    find_slots: FindSlots, offer_slots: OfferSlots, claim_offer: ClaimOffer, withdraw_offer: WithdrawOffer
) -> Sequence[Handler]:
    """*Offer in channel* under one's own free times, *Take it*, and *Withdraw*.

    Whoever presses a button of an offer that is over has it vanish for everybody.
    """

    def offer(actor: Actor, pressed: Action, reply: Reply) -> None:
        found = find_slots(actor, slots_request_in(pressed.value))
        if [member.id for member in found.members] != [actor.member_id] or not found.slots:
            raise NotFound
        starts = spread([slot.start for slot in found.slots], None, MOST_OFFERED)
        # A press offers once, however often it is delivered.
        reply.share(offer_message(offer_slots(actor, OfferRequest(starts, found.minutes), origin=pressed.trigger_id)))

    def withdraw(actor: Actor, pressed: Action, reply: Reply) -> None:
        try:
            withdraw_offer(actor, id_in(pressed.value))
        except OfferOver:
            reply.replace(over_message())
        else:
            reply.replace(over_message(actor.name))

    return (
        on_action(ActionId.OFFER_SLOTS, offer),
        on_action(ActionId.TAKE_OFFER, _take(claim_offer)),
        on_action(ActionId.WITHDRAW_OFFER, withdraw),
    )


def _take(claim_offer: ClaimOffer) -> Work[Action]:
    def take(actor: Actor, pressed: Action, reply: Reply) -> None:
        ref = offer_ref(pressed.value)
        try:
            claimed = claim_offer(actor, ref.offer_id, ref.start)
        except OfferOver as over:
            reply.replace(over_message())
            reply.say(problem(str(over)))
        except TakerNotFree as refused:
            reply.say(not_free_message(refused, ref.start, actor.zone))
        else:
            reply.replace(taken_message(claimed))
            if not claimed.takes_claimers_time:
                reply.say(alone_message())

    return take
