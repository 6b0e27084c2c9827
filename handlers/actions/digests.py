"""The buttons of digests: look at one, pause it, delete it, and say a word on one's own days."""

from collections.abc import Sequence

from bot.domain.digests import lowest
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.rendering.digests.messages import answered_message
from bot.rendering.digests.modals import deleted_view, digest_modal, digests_modal, opening_digest
from bot.rendering.digests.posted import preview_modal
from bot.rendering.digests.ref import DigestDeed, DigestRef, digest_answer, digest_ref
from bot.rendering.loading import loading
from bot.rendering.names import ActionId
from bot.rendering.surfaces import Modal
from handlers.digest_cases import DigestCases
from handlers.home import RefreshHome
from handlers.identifiers import id_in
from handlers.interaction import Action, Surface
from handlers.registry import Handler, on_action
from handlers.reply import Reply


def handlers(cases: DigestCases, refresh_home: RefreshHome) -> Sequence[Handler]:
    """*Open*, *Preview*, everything that can be done with one digest, and the answers to the question."""

    def open_one(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.update(digest_modal(cases.show(actor, id_in(pressed.value))))

    def preview(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.update(preview_modal(cases.preview(actor, id_in(pressed.value))))

    def do(actor: Actor, pressed: Action, reply: Reply) -> None:
        ref = digest_ref(pressed.value)
        if ref.deed is DigestDeed.DELETE:
            reply.update(deleted_view(cases.delete(actor, ref.digest_id)))
        else:
            note = _done(cases, actor, ref)
            reply.update(digest_modal(cases.show(actor, ref.digest_id), note=note))
        reply.update_below(digests_modal(cases.show_all(actor)))
        refresh_home(actor)

    def answer(actor: Actor, pressed: Action, reply: Reply) -> None:
        given = digest_answer(pressed.value)
        digest = cases.answer(actor, given.digest_id, given.level)
        reply.replace(answered_message(digest, given.level, has_calendar=cases.has_calendar(actor)))
        refresh_home(actor)

    return (
        on_action(ActionId.DIGEST_OPEN, open_one, loading=opening_digest()),
        on_action(ActionId.DIGEST_PREVIEW, preview, loading=loading("Preview")),
        on_action(ActionId.DIGEST_DO, do, loading=_loading_outside),
        on_action(ActionId.DIGEST_ANSWER, answer),
    )


def _loading_outside(pressed: Action) -> Modal | None:
    """In a message there is no view yet that could show what was done."""
    return None if pressed.surface is Surface.MODAL else opening_digest()


def _done(cases: DigestCases, actor: Actor, ref: DigestRef) -> str:
    """What was done, to be told on top."""
    match ref.deed:
        case DigestDeed.PAUSE:
            cases.pause(actor, ref.digest_id)
            return "Paused. Nothing is posted until it goes on."
        case DigestDeed.RESUME:
            cases.resume(actor, ref.digest_id)
            return "It goes on."
        case DigestDeed.TAKE_OVER:
            cases.take_over(actor, ref.digest_id)
            return "It is yours now, and goes on."
        case DigestDeed.JOIN:
            if ref.level is None:
                raise NotFound
            level_now = cases.show(actor, ref.digest_id).digest.level
            cases.answer(actor, ref.digest_id, lowest(ref.level, level_now))
            return "Your days are shown from the next one on."
        case DigestDeed.LEAVE | DigestDeed.DELETE:
            cases.answer(actor, ref.digest_id, None)
            return "Your days are not shown there any more."
