"""The buttons of digests: look at one, pause it, delete it, and say a word on one's own days."""

from collections.abc import Sequence
from typing import assert_never

from bot.domain.digest_views import Answered
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.rendering.digests.modals import deleted_view, digest_modal, digests_modal, opening_digest
from bot.rendering.digests.preview import preview_modal
from bot.rendering.digests.questions import answered_message
from bot.rendering.digests.ref import DigestDeed, DigestRef, digest_asking, digest_ref
from bot.rendering.loading import loading
from bot.rendering.names import ActionId
from bot.rendering.surfaces import Modal
from bot.usecases.ask_to_connect import AskedAlready, AskToConnect, ConnectedMeanwhile
from handlers.digest_cases import DigestCases
from handlers.home import RefreshHome
from handlers.identifiers import id_in
from handlers.interaction import Action, Surface
from handlers.registry import Handler, on_action
from handlers.reply import Reply

_ANSWERS = (DigestDeed.JOIN, DigestDeed.STAY, DigestDeed.LEAVE)


def handlers(cases: DigestCases, ask_to_connect: AskToConnect, refresh_home: RefreshHome) -> Sequence[Handler]:
    """Everything that is pressed about one digest, and the answers to its question."""

    def open_one(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.update(digest_modal(cases.show(actor, id_in(pressed.value))))

    def preview(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.update(preview_modal(cases.preview(actor, id_in(pressed.value)), actor.member_id))

    def ask(actor: Actor, pressed: Action, reply: Reply) -> None:
        asking = digest_asking(pressed.value)
        edition, whom = cases.preview(actor, asking.digest_id), asking.slack_user_id
        try:
            # Whoever has one by now is shown with it.
            if whom in [member.slack_user_id for member in edition.without_calendar]:
                ask_to_connect(actor, whom)
        except (AskedAlready, ConnectedMeanwhile) as refused:
            reply.update(preview_modal(edition, actor.member_id, told=str(refused)))
        else:
            reply.update(preview_modal(edition, actor.member_id, asked=[whom]))

    def do(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.update(_done(cases, actor, digest_ref(pressed.value)))
        reply.update_below(digests_modal(cases.show_all(actor)))
        refresh_home(actor)

    def answer(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.replace(answered_message(_answered(cases, actor, digest_ref(pressed.value))))
        refresh_home(actor)

    return (
        on_action(ActionId.DIGEST_OPEN, open_one, loading=opening_digest(), is_dear=True),
        on_action(ActionId.DIGEST_PREVIEW, preview, loading=loading("Preview"), is_dear=True),
        on_action(ActionId.DIGEST_ASK, ask, is_dear=True),
        on_action(ActionId.DIGEST_DO, do, loading=_loading_outside, is_dear=True),
        on_action(ActionId.DIGEST_ANSWER, answer),
    )


def _loading_outside(pressed: Action) -> Modal | None:
    """In a message there is no view yet that could show what was done."""
    return None if pressed.surface is Surface.MODAL else opening_digest()


def _done(cases: DigestCases, actor: Actor, ref: DigestRef) -> Modal:
    """What is on the screen once it was done, with what that was on top."""
    match ref.deed:
        case DigestDeed.DELETE:
            return deleted_view(cases.delete(actor, ref.digest_id))
        case DigestDeed.PAUSE:
            cases.pause(actor, ref.digest_id)
            note = "Paused."
        case DigestDeed.RESUME:
            goes_on = cases.resume(actor, ref.digest_id).next_due_at is not None
            note = "It goes on." if goes_on else "It stays paused."
        case DigestDeed.TAKE_OVER:
            goes_on = cases.take_over(actor, ref.digest_id).next_due_at is not None
            note = "It is yours now, and goes on." if goes_on else "It is yours now, and stays paused."
        case DigestDeed.JOIN | DigestDeed.STAY | DigestDeed.LEAVE:
            is_shown = _answered(cases, actor, ref).agreed is not None
            note = (
                "Your days are shown from the next one on." if is_shown else "Your days are not shown there any more."
            )
        case _:
            assert_never(ref.deed)
    return digest_modal(cases.show(actor, ref.digest_id), note=note)


def _answered(cases: DigestCases, actor: Actor, ref: DigestRef) -> Answered:
    """What the presser's word is now; raises `NotFound` for a button that is no answer."""
    if ref.deed not in _ANSWERS:
        raise NotFound
    return cases.answer(actor, ref.digest_id, ref.level, is_at_most=ref.deed is DigestDeed.STAY)
