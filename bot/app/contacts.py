"""Builds what contacts need: the use-cases behind their views, and the job that asks about invitees."""

from datetime import timedelta

from bot.app.foundation import Foundation
from bot.clients.system import new_id
from bot.jobs import Job
from bot.usecases.answer_invitee import AnswerInvitee
from bot.usecases.ask_about_invitees import AskAboutInvitees
from bot.usecases.cancel_named import CancelNamed
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.delete_contact import DeleteContact, LookAtDelete
from bot.usecases.edit_contact import CreateContact, EditContact
from bot.usecases.leave_out import AllowAgain, NameDomains, ShowLeftOut
from bot.usecases.list_contacts import ListContacts
from bot.usecases.merge_contacts import LookAtMerge, MergeContacts
from bot.usecases.show_contact import ShowContact
from bot.usecases.take_off_address import TakeOffAddress
from handlers.actions.contacts import ContactCases


def contact_cases(base: Foundation) -> ContactCases:
    """What the views of contacts call."""
    store, clock = base.store, base.clock
    return ContactCases(
        allow_again=AllowAgain(store),
        answer_invitee=AnswerInvitee(store, clock, new_id),
        cancel=CancelNamed(CancelAppointment(store, clock, _soon_enough)),
        create=CreateContact(store, clock, new_id),
        delete=DeleteContact(store, clock),
        edit=EditContact(store),
        list=ListContacts(store),
        look_at_delete=LookAtDelete(store, clock),
        look_at_merge=LookAtMerge(store, clock),
        merge=MergeContacts(store),
        name_domains=NameDomains(store, clock),
        show=ShowContact(store, clock),
        show_left_out=ShowLeftOut(store),
        take_off=TakeOffAddress(store),
    )


def _soon_enough() -> None:
    """`deliver_effects` looks every second."""


def contact_jobs(base: Foundation) -> tuple[Job, ...]:
    """What runs by the clock for contacts."""
    ask = AskAboutInvitees(base.store, base.notifier, base.clock)
    return (Job("ask_about_invitees", ask, every=timedelta(seconds=20), grace=timedelta(minutes=5)),)
