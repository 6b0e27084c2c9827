"""The modal *Why not?*, submitted."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.answers import TimeUnknown
from bot.domain.day_words import UnclearWhen
from bot.domain.errors import NotAllowed
from bot.domain.people import Actor
from bot.domain.slots_request import SlotsRequest, parse_slots_request
from bot.rendering.explanation import checking, explanation_modal, unknown_message
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.question import MOST_PEOPLE
from bot.rendering.why_form import answered, why_form
from bot.usecases.explain_when import ExplainWhen
from handlers.interaction import Submission
from handlers.registry import Handler, on_submission
from handlers.reply import Reply


def handlers(explain_when: ExplainWhen) -> Sequence[Handler]:
    """*Look*: every reason in the place of the form, or the form again with what was wrong."""

    def look(actor: Actor, submitted: Submission, reply: Reply) -> None:
        asked, time = _request(submitted), submitted.values.one(ActionId.TIME)
        try:
            explained = explain_when(actor, replace(asked, when=f"{asked.when} {time}"))
        except UnclearWhen as unclear:
            reply.update(why_form(asked, time=time, mistake=unclear.question))
        except TimeUnknown as unknown:
            reply.update(answered(unknown_message(unknown, actor.member_id)))
        except NotAllowed as refused:
            reply.update(why_form(asked, time=time, mistake=str(refused)))
        else:
            reply.update(explanation_modal(explained, actor.member_id))

    return (on_submission(CallbackId.WHY, look, loading=checking(), validate=mistakes, is_dear=True),)


def mistakes(submitted: Submission) -> dict[str, str]:
    """What is wrong on the form, by block id, as far as the form alone shows it."""
    found: dict[str, str] = {}
    people = submitted.values.all(ActionId.PEOPLE)
    if not people:
        found[ActionId.PEOPLE] = "Choose at least one person."
    elif len(people) > MOST_PEOPLE:
        found[ActionId.PEOPLE] = f"Choose {MOST_PEOPLE} people at most."
    if not submitted.values.one(ActionId.DAY):
        found[ActionId.DAY] = "Choose a day."
    if not submitted.values.one(ActionId.TIME):
        found[ActionId.TIME] = "Choose a time."
    return found


def _request(submitted: Submission) -> SlotsRequest:
    """What is asked; `when` is the day alone."""
    kept = parse_slots_request(submitted.private_metadata)
    members, day = submitted.values.all(ActionId.PEOPLE), submitted.values.one(ActionId.DAY)
    return SlotsRequest(members, kept.mode, kept.minutes, day)
