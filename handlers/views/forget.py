"""The views of `/daybook forget`: whom, the question, and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.contacts import ContactChanged
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.rendering.contacts.forms import NOBODY, other_options
from bot.rendering.forgetting import (
    EXPORT_CUT,
    EXPORT_SENT,
    ME,
    WHO,
    begun,
    contact_forgotten,
    contact_gone,
    forget_contact_form,
    forget_me_form,
    forget_modal,
    opening_forget,
)
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Block, Modal
from bot.usecases.delete_contact import AppointmentsStand, LookAtDelete
from bot.usecases.export_data import ExportContact, ExportMember
from bot.usecases.find_contacts import FindContacts
from bot.usecases.forget_contact import ForgetContact
from bot.usecases.forget_member import ForgetMember, LookAtForgetting, YoursStand
from handlers.identifiers import id_in
from handlers.interaction import Action, Search, Submission
from handlers.registry import Handler, Work, on_action, on_search, on_submission
from handlers.reply import Reply


@dataclass(frozen=True, slots=True)
class ForgetCases:
    """What these views call."""

    look_at_me: LookAtForgetting
    look_at_contact: LookAtDelete
    forget_me: ForgetMember
    forget_contact: ForgetContact
    export_me: ExportMember
    export_contact: ExportContact


def handlers(cases: ForgetCases, find_contacts: FindContacts) -> Sequence[Handler]:
    """Every button, the search for a contact, and both confirmations."""

    def press(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.update(_answer(cases, actor, pressed.value))

    def choose(actor: Actor, picked: Action, reply: Reply) -> None:
        chosen = next(iter(picked.chosen), NOBODY)
        reply.update(forget_modal() if chosen == NOBODY else _of_contact(cases, actor, id_in(chosen)))

    def search(actor: Actor, typing: Search) -> Sequence[Block]:
        return other_options(find_contacts(actor, typing.typed).contacts, typing.typed)

    return (
        on_action(ActionId.FORGET, press),
        on_action(ActionId.FORGET_WHOM, choose),
        on_search(ActionId.FORGET_WHOM, search),
        on_submission(CallbackId.FORGET_ME, _forget_me(cases), loading=opening_forget()),
        on_submission(CallbackId.FORGET_CONTACT, _forget_contact(cases), loading=opening_forget()),
    )


def _answer(cases: ForgetCases, actor: Actor, value: str) -> Modal:
    """What a button leads to; raises `NotFound` for what no button of ours carries."""
    asked = value.removeprefix("export ")
    is_export = asked != value
    if asked == ME:
        note = _sent(cases.export_me(actor)) if is_export else ""
        return forget_me_form(cases.look_at_me(actor), actor.member_id, note=note)
    if asked == WHO and not is_export:
        return forget_modal()
    contact_id = id_in(asked.rpartition(" ")[2])
    try:
        note = _sent(cases.export_contact(actor, contact_id)) if is_export else ""
    except NotFound:
        return contact_gone()
    return _of_contact(cases, actor, contact_id, note=note)


def _of_contact(cases: ForgetCases, actor: Actor, contact_id: UUID, *, note: str = "", mistake: str = "") -> Modal:
    try:
        return forget_contact_form(cases.look_at_contact(actor, contact_id), note=note, mistake=mistake)
    except NotFound:
        return contact_gone()


def _sent(is_whole: bool) -> str:
    return EXPORT_SENT if is_whole else EXPORT_CUT


def _forget_me(cases: ForgetCases) -> Work[Submission]:
    def forget(actor: Actor, submitted: Submission, reply: Reply) -> None:
        if submitted.private_metadata != str(actor.member_id):
            raise NotFound
        try:
            cases.forget_me(actor)
        except YoursStand:
            reply.update(forget_me_form(cases.look_at_me(actor), actor.member_id))
            return
        reply.update(begun())

    return forget


def _forget_contact(cases: ForgetCases) -> Work[Submission]:
    def forget(actor: Actor, submitted: Submission, reply: Reply) -> None:
        told, _, version = submitted.private_metadata.partition(" ")
        contact_id = id_in(told)
        if not version.isdecimal():
            raise NotFound
        try:
            contact, done = cases.forget_contact(actor, contact_id, version=int(version))
        except (AppointmentsStand, ContactChanged) as refused:
            reply.update(_of_contact(cases, actor, contact_id, mistake=str(refused)))
        except NotFound:
            reply.update(contact_gone())
        else:
            reply.update(contact_forgotten(contact, done))

    return forget
