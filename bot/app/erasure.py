"""Builds what forgetting needs: the use-cases behind its views, and the job that finishes members."""

from datetime import timedelta

from bot.app.foundation import Foundation
from bot.clients.slack_installation import SlackInstallation
from bot.clients.slack_privacy import SlackPrivacy
from bot.jobs import Job
from bot.usecases.cancel_named import CancelNamed
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.delete_contact import LookAtDelete
from bot.usecases.export_data import ExportContact, ExportMember
from bot.usecases.forget_address import ForgetAddress, WhoHasAddress
from bot.usecases.forget_contact import ForgetContact
from bot.usecases.forget_member import FinishForgetting, ForgetMember, LookAtForgetting
from bot.usecases.leave_workspace import LeaveWorkspace
from handlers.views.forget import ForgetCases


def forget_cases(base: Foundation) -> ForgetCases:
    """What the views of `/daybook forget` call."""
    store, clock, messages = base.store, base.clock, SlackPrivacy(base.slack)
    return ForgetCases(
        look_at_me=LookAtForgetting(store, clock),
        look_at_contact=LookAtDelete(store, clock),
        forget_me=ForgetMember(store, clock),
        forget_contact=ForgetContact(store, clock),
        forget_address=ForgetAddress(store, clock),
        who_has=WhoHasAddress(store),
        cancel=CancelNamed(CancelAppointment(store, clock, lambda: None)),
        export_me=ExportMember(store, messages),
        export_contact=ExportContact(store, messages),
    )


def leave_workspace(base: Foundation) -> LeaveWorkspace:
    """What is done where Daybook was removed."""
    return LeaveWorkspace(base.store, SlackInstallation(base.slack), base.end_grant)


def forgetting_job(base: Foundation) -> Job:
    """What erases members in the background."""
    finish = FinishForgetting(base.store, base.end_grant, SlackPrivacy(base.slack), base.clock)
    return Job("finish_forgetting", finish, every=timedelta(seconds=5), grace=timedelta(minutes=1))
