"""The sync option: its form, what will change, the switch, and the way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.domain.calendars import SyncOption
from bot.domain.connections import Status
from bot.domain.errors import NotFound
from bot.domain.option_change import ChangeUntold, OptionChange, OptionKept
from bot.domain.people import Actor
from bot.rendering.names import ActionId, CallbackId, SettingsTab
from bot.rendering.settings.frame import settings_modal
from bot.rendering.settings.option_preview import option_preview, wanted_option
from bot.rendering.settings.sync_option import (
    OptionField,
    counting,
    kept_as_it_is,
    option_from,
    switch_mark,
    switched,
    switching,
    undone_text,
    undone_view,
)
from bot.usecases.preview_option import PreviewOption
from bot.usecases.show_settings import ShowSettings
from bot.usecases.show_status import RequestSync, ShowStatus
from bot.usecases.switch_option import ShowSwitch, SwitchOption
from bot.usecases.undo_switch import UndoSwitch
from handlers.interaction import Action, Submission
from handlers.registry import Handler, on_action, on_submission
from handlers.reply import Reply
from handlers.views.settings_below import Refresh
from handlers.waiting import WaitForSync


@dataclass(frozen=True, slots=True)
class OptionCases:
    """What the sync option's views call."""

    preview: PreviewOption
    switch: SwitchOption
    show_switch: ShowSwitch
    undo: UndoSwitch
    request_sync: RequestSync


ShowPreview = Callable[[Actor, Reply, SyncOption, str], None]
"""Shows what will change by an option, over the view with that id."""


def show_preview_with(cases: OptionCases, show_status: ShowStatus, wait_for_sync: WaitForSync) -> ShowPreview:
    """What cannot be told yet is shown anew as soon as the calendar was read."""

    def show(actor: Actor, reply: Reply, option: SyncOption, below: str) -> None:
        change = cases.preview(actor, option)
        if change.before == change.after:
            reply.update(kept_as_it_is(change.before))
            return
        reply.update(option_preview(change, below))
        if not change.is_read:
            _look_when_read(actor, reply, change, below)

    def _look_when_read(actor: Actor, reply: Reply, change: OptionChange, below: str) -> None:
        def again(_latest: Status, _is_reading: bool) -> None:
            found = cases.preview(actor, change.after)
            if found.is_read:
                reply.update(option_preview(found, below))

        wait_for_sync(actor, show_status(actor), again)

    return show


def handlers(
    cases: OptionCases,
    show_settings: ShowSettings,
    show_status: ShowStatus,
    show_preview: ShowPreview,
    refresh: Refresh,
    wait_for_sync: WaitForSync,
) -> Sequence[Handler]:
    """*Next* on the form, *Switch* on the preview, *Look again* and *Undo*."""

    def wanted(actor: Actor, submitted: Submission, reply: Reply) -> None:
        show_preview(actor, reply, _option(submitted), submitted.private_metadata)

    def switch(actor: Actor, submitted: Submission, reply: Reply) -> None:
        asked = wanted_option(submitted.private_metadata)
        try:
            progress = cases.switch(actor, asked.option, agreed=asked.agreed)
        except OptionKept:
            reply.update(kept_as_it_is(asked.option))
            return
        except ChangeUntold as untold:
            reply.update(option_preview(untold.change, asked.below, is_news=bool(asked.agreed)))
            return
        reply.update(switched(progress, asked.below))
        refresh(actor, submitted, reply, asked.below, SettingsTab.CALENDARS)

        def done(_latest: Status, _is_reading: bool) -> None:
            reply.update(switched(cases.show_switch(actor, progress.switch.id), asked.below))
            refresh(actor, submitted, reply, asked.below, SettingsTab.CALENDARS)

        cases.request_sync(actor)
        wait_for_sync(actor, show_status(actor), done)

    def look_again(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = switch_mark(pressed.value)
        below = mark.below or ""
        reply.update(switched(cases.show_switch(actor, mark.switch_id), below))
        refresh(actor, pressed, reply, below, SettingsTab.CALENDARS)

    def undo(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = switch_mark(pressed.value)
        undone = cases.undo(actor, mark.switch_id)
        cases.request_sync(actor)
        if mark.below is not None:
            reply.update(undone_view(undone))
        else:
            reply.update(settings_modal(show_settings(actor), SettingsTab.CALENDARS, note=undone_text(undone)))
        refresh(actor, pressed, reply, mark.below or "", SettingsTab.CALENDARS)

    return (
        on_submission(CallbackId.SYNC_OPTION, wanted, loading=counting()),
        on_submission(CallbackId.SWITCH_OPTION, switch, loading=switching(), is_dear=True),
        on_action(ActionId.SWITCH_PROGRESS, look_again),
        on_action(ActionId.UNDO_SWITCH, undo),
    )


def _option(submitted: Submission) -> SyncOption:
    style, policy, triggers = (
        next(iter(submitted.values.given(ActionId.SETTING, block_id=name)), "") for name in OptionField
    )
    option = option_from(style, policy, triggers)
    if option is None:
        raise NotFound
    return option
