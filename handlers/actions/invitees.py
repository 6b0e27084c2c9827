"""A host's answers about people in his calendar who are no contacts; each brings the question up to date."""

from collections.abc import Sequence

from bot.domain.errors import NotFound
from bot.domain.invitee_questions import InviteeAnswer, InviteeBatch
from bot.domain.people import Actor
from bot.rendering.contacts.forms import NOBODY
from bot.rendering.invitees import (
    InviteeDeed,
    InviteeMark,
    first_open,
    invitee_mark,
    invitees_message,
    link_mark,
    nothing_to_decide,
    page_of,
)
from bot.rendering.names import ActionId
from bot.usecases.answer_invitee import AnswerInvitee, NothingToDecide
from handlers.identifiers import id_in
from handlers.interaction import Action
from handlers.registry import Handler, Work, on_action
from handlers.reply import Reply

_ONE = {
    InviteeDeed.ADD: InviteeAnswer.ADDED,
    InviteeDeed.IGNORE: InviteeAnswer.IGNORED,
    InviteeDeed.NEVER: InviteeAnswer.NEVER,
}
_ALL = {InviteeDeed.ADD_ALL: InviteeAnswer.ADDED, InviteeDeed.IGNORE_ALL: InviteeAnswer.IGNORED}


def handlers(answer: AnswerInvitee) -> Sequence[Handler]:
    """*Add*, *Ignore*, *Never for this domain*, the same for all on a page, its pages, and *Link to*."""

    def press(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = invitee_mark(pressed.value)
        if mark.deed is InviteeDeed.TURN:
            reply.replace(invitees_message(answer.batch(actor, mark.batch), mark.first))
        elif mark.deed in _ALL:
            asked = [one.id for one in page_of(answer.batch(actor, mark.batch), mark.first)]
            _show(reply, answer.all(actor, mark.batch, asked, _ALL[mark.deed]), mark)
        elif mark.deed in _ONE:
            _show(reply, answer(actor, mark.question_id, _ONE[mark.deed]), mark)
        else:
            raise NotFound

    def link(actor: Actor, picked: Action, reply: Reply) -> None:
        mark = link_mark(picked.action_id)
        chosen = next(iter(picked.chosen), NOBODY)
        if chosen == NOBODY:
            _show(reply, answer.batch(actor, mark.batch), mark)
        else:
            batch = answer(actor, mark.question_id, InviteeAnswer.LINKED, contact_id=id_in(chosen))
            _show(reply, batch, mark)

    return (
        on_action(ActionId.INVITEE, _unless_closed(press)),
        on_action(ActionId.INVITEE_LINK, _unless_closed(link)),
    )


def _unless_closed(work: Work[Action]) -> Work[Action]:
    """The message loses its buttons where there is nothing to decide any more."""

    def guarded(actor: Actor, pressed: Action, reply: Reply) -> None:
        try:
            work(actor, pressed, reply)
        except NothingToDecide as closed:
            reply.replace(nothing_to_decide(closed.calendar))

    return guarded


def _show(reply: Reply, batch: InviteeBatch, mark: InviteeMark) -> None:
    reply.replace(invitees_message(batch, first_open(batch, mark.first)))
