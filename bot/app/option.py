"""Builds what the views of the sync option call, and what leaves an account with what was written there."""

from datetime import timedelta

from bot.app.foundation import Foundation
from bot.clients.slack_directory import SlackDirectory
from bot.clients.system import new_id
from bot.jobs import Job
from bot.usecases.finish_leaving import FinishLeaving
from bot.usecases.learn_colleagues import LearnColleagues
from bot.usecases.leave_account import LeaveAccount, LookAtCopies
from bot.usecases.preview_option import PreviewOption
from bot.usecases.show_status import RequestSync
from bot.usecases.switch_option import ShowSwitch, SwitchOption
from bot.usecases.undo_switch import UndoSwitch
from handlers.commands.disconnect import LeavingCases
from handlers.views.settings_option import OptionCases


def leaving_cases(base: Foundation) -> LeavingCases:
    """What is asked and done about events that Daybook wrote."""
    return LeavingCases(LookAtCopies(base.store, base.clock), LeaveAccount(base.store, base.clock))


def leaving_job(base: Foundation) -> Job:
    """What removes them."""
    finish = FinishLeaving(base.store, base.copies, base.end_grant, base.notifier, base.clock, new_id)
    return Job("finish_leaving", finish, every=timedelta(seconds=5), grace=timedelta(minutes=1))


def option_cases(base: Foundation, request_sync: RequestSync) -> OptionCases:
    """The preview, the switch and its undo."""
    learn = LearnColleagues(base.store, SlackDirectory(base.slack), base.clock)
    preview = PreviewOption(base.store, base.clock, learn)
    return OptionCases(
        preview=preview,
        switch=SwitchOption(base.store, preview, base.clock, new_id),
        show_switch=ShowSwitch(base.store),
        undo=UndoSwitch(base.store, base.clock),
        request_sync=request_sync,
    )
