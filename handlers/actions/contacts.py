"""The buttons in the views of contacts, each of which leads to another view in the same place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bot.domain.booking_form import FormAsked
from bot.domain.contact_edits import ContactTyped
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.rendering.booking import opening_booking
from bot.rendering.contacts.card import contact_card, gone_card
from bot.rendering.contacts.deleting import delete_form
from bot.rendering.contacts.forms import NOBODY, edit_form, typed_of
from bot.rendering.contacts.left_out import left_out_modal, left_out_name
from bot.rendering.contacts.listing import contacts_modal
from bot.rendering.contacts.mark import ContactDeed, ContactMark, contact_mark
from bot.rendering.contacts.merging import merge_form
from bot.rendering.invitees import invitees_message
from bot.rendering.names import ActionId
from bot.rendering.surfaces import Modal, modal_of
from bot.usecases.answer_invitee import AnswerInvitee
from bot.usecases.cancel_named import CancelNamed
from bot.usecases.delete_contact import DeleteContact, LookAtDelete
from bot.usecases.edit_contact import CreateContact, EditContact
from bot.usecases.leave_out import AllowAgain, NameDomains, ShowLeftOut
from bot.usecases.list_contacts import ListContacts
from bot.usecases.merge_contacts import LookAtMerge, MergeContacts
from bot.usecases.show_contact import ShowContact
from bot.usecases.take_off_address import TakeOffAddress
from handlers.actions.booking import OpenForm
from handlers.identifiers import id_in
from handlers.interaction import Action
from handlers.registry import Handler, on_action
from handlers.reply import Reply

Go = Callable[[Actor, Action, Reply, ContactMark], None]


@dataclass(frozen=True, slots=True)
class ContactCases:
    """What the views of contacts call."""

    allow_again: AllowAgain
    answer_invitee: AnswerInvitee
    cancel: CancelNamed
    create: CreateContact
    delete: DeleteContact
    edit: EditContact
    list: ListContacts
    look_at_delete: LookAtDelete
    look_at_merge: LookAtMerge
    merge: MergeContacts
    name_domains: NameDomains
    show: ShowContact
    show_left_out: ShowLeftOut
    take_off: TakeOffAddress


def handlers(cases: ContactCases, open_booking: OpenForm) -> Sequence[Handler]:
    """Every button, the field to search by, and the choice of whom to merge with."""
    ways = _ways(cases, open_booking)

    def press(actor: Actor, pressed: Action, reply: Reply) -> None:
        mark = contact_mark(pressed.value)
        try:
            ways[mark.deed](actor, pressed, reply, mark)
        except NotFound:
            if mark.contact_id is None:
                raise
            reply.update(gone_card(mark))

    def search(actor: Actor, entered: Action, reply: Reply) -> None:
        reply.update(contacts_modal(cases.list(actor, entered.value)))

    def choose_other(actor: Actor, picked: Action, reply: Reply) -> None:
        mark = contact_mark(picked.view.private_metadata if picked.view else "")
        chosen = next(iter(picked.chosen), NOBODY)
        other = None if chosen == NOBODY else id_in(chosen)
        reply.update(merge_form(cases.look_at_merge(actor, required(mark), other), mark))

    return (
        on_action(ActionId.CONTACTS, press, loading=_opening),
        on_action(ActionId.CONTACTS_SEARCH, search),
        on_action(ActionId.CONTACT_OTHER, choose_other),
    )


def required(mark: ContactMark) -> UUID:
    """The contact whom a button or form is about; raises `NotFound` where it names none."""
    if mark.contact_id is None:
        raise NotFound
    return mark.contact_id


def _opening(pressed: Action) -> Modal | None:
    try:
        return opening_booking() if contact_mark(pressed.value).deed is ContactDeed.BOOK else None
    except NotFound:
        return None  # told by the work


def _ways(cases: ContactCases, open_booking: OpenForm) -> Mapping[ContactDeed, Go]:
    def book(actor: Actor, pressed: Action, reply: Reply, mark: ContactMark) -> None:
        open_booking(actor, pressed, reply, FormAsked(contact=required(mark)))

    def questions(actor: Actor, _pressed: Action, reply: Reply, _mark: ContactMark) -> None:
        reply.open(modal_of(invitees_message(cases.answer_invitee.waiting(actor)), title="Invitees"))

    return {**_lists(cases), **_of_one(cases), ContactDeed.BOOK: book, ContactDeed.QUESTIONS: questions}


def _lists(cases: ContactCases) -> Mapping[ContactDeed, Go]:
    """The views that are about nobody in particular."""

    def listing(actor: Actor, _pressed: Action, reply: Reply, mark: ContactMark) -> None:
        reply.update(contacts_modal(cases.list(actor, mark.words, mark.first)))

    def new(_actor: Actor, _pressed: Action, reply: Reply, mark: ContactMark) -> None:
        reply.update(edit_form(replace(mark, contact_id=None), ContactTyped(), is_new=True))

    def left_out(actor: Actor, _pressed: Action, reply: Reply, mark: ContactMark) -> None:
        reply.update(left_out_modal(cases.show_left_out(actor), mark))

    def allow(actor: Actor, _pressed: Action, reply: Reply, mark: ContactMark) -> None:
        cases.allow_again(actor, mark.words)
        note = f"{left_out_name(mark.words)} may become a contact again, at the latest when an event of theirs changes."
        reply.update(left_out_modal(cases.show_left_out(actor), ContactMark(ContactDeed.LEFT_OUT), note=note))

    return {
        ContactDeed.LIST: listing,
        ContactDeed.NEW: new,
        ContactDeed.LEFT_OUT: left_out,
        ContactDeed.ALLOW: allow,
    }


def _of_one(cases: ContactCases) -> Mapping[ContactDeed, Go]:
    """The card of a contact, and its forms."""

    def card(actor: Actor, _pressed: Action, reply: Reply, mark: ContactMark) -> None:
        reply.update(contact_card(cases.show(actor, required(mark)), mark))

    def edit(actor: Actor, _pressed: Action, reply: Reply, mark: ContactMark) -> None:
        shown = cases.show(actor, required(mark))
        here = replace(mark, version=shown.contact.version)
        reply.update(edit_form(here, typed_of(shown.contact), others=shown.others))

    def take_off(actor: Actor, pressed: Action, reply: Reply, mark: ContactMark) -> None:
        cases.take_off(actor, required(mark), mark.words)
        edit(actor, pressed, reply, replace(mark, deed=ContactDeed.EDIT, words=""))

    def merge(actor: Actor, _pressed: Action, reply: Reply, mark: ContactMark) -> None:
        reply.update(merge_form(cases.look_at_merge(actor, required(mark)), mark))

    def delete(actor: Actor, _pressed: Action, reply: Reply, mark: ContactMark) -> None:
        reply.update(delete_form(cases.look_at_delete(actor, required(mark)), mark))

    return {
        ContactDeed.OPEN: card,
        ContactDeed.EDIT: edit,
        ContactDeed.TAKE_OFF: take_off,
        ContactDeed.MERGE: merge,
        ContactDeed.DELETE: delete,
    }
