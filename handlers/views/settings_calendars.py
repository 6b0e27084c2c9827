"""The form on which calendars are chosen, and the question that comes before something is taken away."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.calendar_choice import NOTHING_CHOSEN, ChoiceField, ChoiceRefused
from bot.domain.calendars import Role
from bot.domain.choice_effects import ChoiceNeedsAWord
from bot.domain.option_words import option_of
from bot.domain.people import Actor
from bot.rendering.names import ActionId, CallbackId, SettingsTab
from bot.rendering.set_up import chosen, saving, set_up_modal
from bot.rendering.settings.leaving import REMOVE
from bot.rendering.settings.what_will_change import WantedChoice, wanted_choice, what_will_change
from bot.usecases.choose_calendars import ChooseCalendars, OfferCalendars
from handlers.interaction import Submission
from handlers.registry import Handler, on_submission
from handlers.reply import Reply
from handlers.views.settings_below import Refresh
from handlers.views.settings_option import ShowPreview


def handlers(
    offer: OfferCalendars, choose: ChooseCalendars, show_preview: ShowPreview, refresh: Refresh
) -> Sequence[Handler]:
    """*Done* on the form, and *Change* on the question."""

    def keep(actor: Actor, submitted: Submission, reply: Reply, wanted: WantedChoice) -> None:
        try:
            removes = submitted.values.one(ActionId.SETTING, block_id=ChoiceField.COPIES) == REMOVE
            calendars = choose(actor, wanted.linked, wanted.conflicts, agreed=wanted.agreed, removes=removes)
        except ChoiceRefused as refused:
            there = offer(actor)
            preset = option_of(wanted.option) or there.option
            held = replace(there, linked=wanted.linked, conflicts=frozenset(wanted.conflicts), option=preset)
            reply.update(set_up_modal(held, mistake=str(refused), below=wanted.below))
        except ChoiceNeedsAWord as untold:
            reply.update(what_will_change(untold.effects, wanted))
        else:
            linked = next((one for one in calendars if one.role is Role.LINKED), None)
            option = option_of(wanted.option)
            if linked is None or option is None or option == linked.option:
                reply.update(chosen(calendars))
            else:
                show_preview(actor, reply, option, wanted.below)
            refresh(actor, submitted, reply, wanted.below, SettingsTab.CALENDARS)

    def done(actor: Actor, submitted: Submission, reply: Reply) -> None:
        keep(actor, submitted, reply, _wanted(submitted))

    def agree(actor: Actor, submitted: Submission, reply: Reply) -> None:
        keep(actor, submitted, reply, wanted_choice(submitted.private_metadata))

    return (
        on_submission(CallbackId.SET_UP, done, loading=saving(), validate=something_chosen),
        on_submission(CallbackId.AGREE_TO_CHOICE, agree, loading=saving()),
    )


def something_chosen(submitted: Submission) -> dict[str, str]:
    """Nothing at all cannot be kept: it stands on the field before anything is asked of Google."""
    wanted = _wanted(submitted)
    if wanted.linked or wanted.conflicts:
        return {}
    return {ChoiceField.CONFLICTS: NOTHING_CHOSEN}


def _wanted(submitted: Submission) -> WantedChoice:
    linked = submitted.values.one(ActionId.LINKED_CALENDAR, block_id=ChoiceField.LINKED) or None
    # Where there is nothing to choose from, the form has neither field.
    read = submitted.values.all if linked is None else submitted.values.given
    return WantedChoice(
        linked=linked,
        conflicts=read(ActionId.CONFLICT_CALENDARS, block_id=ChoiceField.CONFLICTS),
        below=submitted.private_metadata,
        option=submitted.values.one(ActionId.SETTING, block_id=ChoiceField.OPTION),
    )
