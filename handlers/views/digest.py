"""The form of a digest: it is saved, or shown again with why it was not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from bot.domain.digest_form import DigestField, DigestWish, mistakes_in
from bot.domain.digest_views import DigestShown
from bot.domain.digests import DigestThere, Level, Rhythm
from bot.domain.errors import DaybookError, NotFound
from bot.domain.people import Actor
from bot.domain.preference_changes import SLACK_ZONE
from bot.rendering.digests.form import QUIET, digest_form, saving_digest
from bot.rendering.digests.modals import digest_modal, digests_modal, opening_digest, saved_note
from bot.rendering.digests.ref import DigestMark, digest_mark
from bot.rendering.names import ActionId, CallbackId
from handlers.digest_cases import DigestCases
from handlers.home import RefreshHome
from handlers.identifiers import id_in
from handlers.interaction import Action, FormOutdated, Submission, Values
from handlers.registry import Handler, on_action, on_submission
from handlers.reply import Reply

# Until it is known whose form it is; "as in Slack" is that one's zone.
_ANY_ZONE = "UTC"


def handlers(cases: DigestCases, refresh_home: RefreshHome) -> Sequence[Handler]:
    """*New digest*, *Edit*, and *Save*."""

    def new(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = DigestMark(pressed.trigger_id, below=pressed.view.id if pressed.view else "")
        reply.update(digest_form(cases.form_of(actor, None), mark))

    def edit(actor: Actor, pressed: Action, reply: Reply) -> None:
        digest_id = id_in(pressed.value)
        form = cases.form_of(actor, digest_id)
        was_listed = actor.slack_user_id in form.wish.people
        below = pressed.view.id if pressed.view else ""
        reply.update(digest_form(form, DigestMark(pressed.trigger_id, digest_id, below=below, was_listed=was_listed)))

    def save(actor: Actor, submitted: Submission, reply: Reply) -> None:
        mark = digest_mark(submitted.private_metadata)
        wish = wish_in(submitted.values, mark, actor.zone)
        try:
            digest = cases.save(actor, wish, origin=mark.opened, digest_id=mark.digest_id, was_listed=mark.was_listed)
        except NotFound:
            raise
        except DaybookError as refused:
            form = cases.form_of(actor, mark.digest_id, wish)
            there = cases.in_channel(actor, wish.channel_id) if isinstance(refused, DigestThere) else None
            if isinstance(there, DigestShown):
                reply.update(digest_form(form, replace(mark, channel_id=""), there=there))
                return
            reply.update(digest_form(form, replace(mark, channel_id=""), mistake=str(refused)))
            return
        view = cases.show(actor, digest.id)
        shown = digest_modal(view, note=saved_note(view))
        reply.update(shown)
        if mark.below and submitted.view.previous_id == mark.below:
            reply.update_below(shown if mark.digest_id is not None else digests_modal(cases.show_all(actor)))
        refresh_home(actor)

    return (
        on_action(ActionId.DIGEST_NEW, new, loading=opening_digest()),
        on_action(ActionId.DIGEST_EDIT, edit, loading=opening_digest()),
        on_submission(CallbackId.DIGEST, save, loading=saving_digest(), validate=mistakes, is_dear=True),
    )


def mistakes(submitted: Submission) -> dict[str, str]:
    """What is wrong with what was entered stands on its field; the rest needs somebody to be asked."""
    try:
        wish = wish_in(submitted.values, digest_mark(submitted.private_metadata), _ANY_ZONE)
        return {str(name): sentence for name, sentence in mistakes_in(wish).items()}
    except (FormOutdated, NotFound):
        return {}  # told by the work, where there is a place for a sentence


def wish_in(values: Values, mark: DigestMark, slack_zone: str) -> DigestWish:
    """What the form asks for; `slack_zone` is what "as in Slack" means.

    Raises `FormOutdated` where the form lacks what every form of ours has, and `NotFound` for what none of ours holds.
    """
    if not values.has_block(DigestField.RHYTHM) or not values.has_block(DigestField.PEOPLE):
        raise FormOutdated
    zone, at = values.in_block(DigestField.ZONE), values.in_block(DigestField.TIME)
    try:
        return DigestWish(
            zone=slack_zone if zone == SLACK_ZONE else zone,
            channel_id=mark.channel_id or values.in_block(DigestField.CHANNEL),
            rhythm=Rhythm(values.in_block(DigestField.RHYTHM)),
            weekdays=frozenset(_weekday(one) for one in values.all_in_block(DigestField.WEEKDAYS)),
            at=time.fromisoformat(at) if at else None,
            people=values.all_in_block(DigestField.PEOPLE),
            level=Level(values.in_block(DigestField.LEVEL)),
            is_quiet=QUIET in values.all_in_block(DigestField.QUIET),
        )
    except ValueError as error:
        raise NotFound from error


def _weekday(written: str) -> int:
    """Raises `ValueError`."""
    number = int(written)
    if number not in range(7):
        raise ValueError(f"{number} is no weekday")
    return number
