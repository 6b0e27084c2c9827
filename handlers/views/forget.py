"""The views of `/daybook forget`: whom, the question, and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.contacts import BadAddress, ContactChanged, normalised_email
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.rendering.contacts.forms import NOBODY, other_options
from bot.rendering.forgetting import (
    ADDRESS,
    EXPORT_CUT,
    EXPORT_SENT,
    ME,
    WHO,
    address_forgotten,
    address_option,
    bad_address,
    contact_forgotten,
    contact_gone,
    forget_address_form,
    forget_contact_form,
    forget_modal,
    opening_forget,
)
from bot.rendering.forgetting_me import begun, forget_me_form
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.standing import CANCELLED_SOME, named_in
from bot.rendering.surfaces import Block, Modal
from bot.usecases.cancel_named import CancelNamed
from bot.usecases.delete_contact import AppointmentsStand, LookAtDelete
from bot.usecases.export_data import ExportContact, ExportMember
from bot.usecases.find_contacts import FindContacts
from bot.usecases.forget_address import ForgetAddress, WhoHasAddress
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
    forget_address: ForgetAddress
    who_has: WhoHasAddress
    cancel: CancelNamed
    export_me: ExportMember
    export_contact: ExportContact


def handlers(cases: ForgetCases, find_contacts: FindContacts) -> Sequence[Handler]:
    """Every button, the search for a contact, and both confirmations."""

    def press(actor: Actor, pressed: Action, reply: Reply) -> None:
        reply.update(_answer(cases, actor, pressed.value))

    def choose(actor: Actor, picked: Action, reply: Reply) -> None:
        chosen = next(iter(picked.chosen), NOBODY)
        kind, _, email = chosen.partition(" ")
        if chosen == NOBODY:
            reply.update(forget_modal())
        elif kind == ADDRESS:
            reply.update(of_address(cases, actor, email))
        else:
            reply.update(_of_contact(cases, actor, id_in(chosen)))

    def search(actor: Actor, typing: Search) -> Sequence[Block]:
        found = find_contacts(actor, typing.typed).contacts
        return address_option(typing.typed) if not found else other_options(found, typing.typed)

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


def of_address(cases: ForgetCases, actor: Actor, typed: str) -> Modal:
    """The question about whoever has this address, a contact or not."""
    try:
        email = normalised_email(typed)
    except BadAddress:
        return bad_address(typed)
    contact = cases.who_has(actor, email)
    return forget_address_form(email) if contact is None else _of_contact(cases, actor, contact.id)


def _sent(is_whole: bool) -> str:
    return EXPORT_SENT if is_whole else EXPORT_CUT


def _forget_me(cases: ForgetCases) -> Work[Submission]:
    def forget(actor: Actor, submitted: Submission, reply: Reply) -> None:
        whose, _, named = submitted.private_metadata.partition(" ")
        if whose != str(actor.member_id):
            raise NotFound
        cancelled = cases.cancel(actor, named_in(named))
        try:
            cases.forget_me(actor)
        except YoursStand:
            note = CANCELLED_SOME if cancelled else ""
            reply.update(forget_me_form(cases.look_at_me(actor), actor.member_id, note=note))
            return
        reply.update(begun())

    return forget


def _forget_contact(cases: ForgetCases) -> Work[Submission]:
    def forget(actor: Actor, submitted: Submission, reply: Reply) -> None:
        told, _, rest = submitted.private_metadata.partition(" ")
        if told == ADDRESS:
            reply.update(_address_forgotten(cases, actor, rest))
            return
        version, _, named = rest.partition(" ")
        contact_id = id_in(told)
        if not version.isdecimal():
            raise NotFound
        cancelled = cases.cancel(actor, named_in(named))
        try:
            contact, done = cases.forget_contact(actor, contact_id, version=int(version))
        except (AppointmentsStand, ContactChanged) as refused:
            mistake = CANCELLED_SOME if cancelled and isinstance(refused, AppointmentsStand) else str(refused)
            reply.update(_of_contact(cases, actor, contact_id, mistake=mistake))
        except NotFound:
            reply.update(contact_gone())
        else:
            reply.update(contact_forgotten(contact, done, cancelled=cancelled))

    return forget


def _address_forgotten(cases: ForgetCases, actor: Actor, email: str) -> Modal:
    try:
        return address_forgotten(email, cases.forget_address(actor, normalised_email(email)))
    except BadAddress as error:
        raise NotFound from error
    except ContactChanged:
        return of_address(cases, actor, email)
