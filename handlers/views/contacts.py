"""The forms of contacts, submitted: each is replaced by what came of it, with what was typed where nothing did."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.domain.contact_edits import (
    CannotMerge,
    ContactField,
    ContactTyped,
    EditedByOthers,
    read_edit,
    read_new,
)
from bot.domain.contacts import ContactChanged
from bot.domain.errors import NotFound
from bot.domain.mail_domains import BadDomain, domain_of, own_domains
from bot.domain.people import Actor
from bot.domain.preference_changes import FieldMistakes
from bot.rendering.contacts.card import contact_card, gone_card
from bot.rendering.contacts.deleting import NEVER_AGAIN, delete_form
from bot.rendering.contacts.forms import NO_ZONE, NOBODY, edit_form, saving
from bot.rendering.contacts.left_out import left_out_modal
from bot.rendering.contacts.listing import contacts_modal, opening_contacts
from bot.rendering.contacts.mark import ContactMark, contact_mark
from bot.rendering.contacts.merging import merge_form
from bot.rendering.contacts.words import contact_name
from bot.rendering.names import CallbackId
from bot.rendering.standing import CANCELLED_SOME, named_in
from bot.rendering.wording import were
from bot.usecases.delete_contact import AppointmentsStand
from handlers.actions.contacts import ContactCases, required
from handlers.identifiers import id_in
from handlers.interaction import FormOutdated, Submission, Values
from handlers.registry import Handler, Work, on_submission
from handlers.reply import Reply

Submit = Callable[[Actor, Submission, Reply, ContactMark], None]


def handlers(cases: ContactCases) -> Sequence[Handler]:
    """*Search*, *Add*, *Save*, *Merge*, *Delete* and *Save domains*."""
    return (
        on_submission(CallbackId.CONTACTS, _marked(_search(cases)), loading=opening_contacts()),
        on_submission(
            CallbackId.CONTACT_NEW,
            _marked(_add(cases)),
            loading=saving(),
            validate=_mistakes(lambda values: read_new(typed_in(values))),
        ),
        on_submission(
            CallbackId.CONTACT_EDIT,
            _marked(_save(cases)),
            loading=saving(),
            validate=_mistakes(lambda values: read_edit(typed_in(values))),
        ),
        on_submission(CallbackId.CONTACT_MERGE, _marked(_merge(cases)), loading=saving()),
        on_submission(CallbackId.CONTACT_DELETE, _marked(_delete(cases)), loading=saving()),
        on_submission(
            CallbackId.LEFT_OUT, _marked(_name_domains(cases)), loading=saving(), validate=_mistakes(_domains_in)
        ),
    )


def typed_in(values: Values) -> ContactTyped:
    """What stands in the form of a contact; raises `FormOutdated` where it is another form."""
    needed = (ContactField.NAME, ContactField.PHONE, ContactField.ZONE, ContactField.TAGS, ContactField.NOTE)
    if not all(map(values.has_block, needed)):
        raise FormOutdated
    zone = values.in_block(ContactField.ZONE)
    return ContactTyped(
        name=values.in_block(ContactField.NAME),
        phone=values.in_block(ContactField.PHONE),
        zone="" if zone == NO_ZONE else zone,
        tags=values.in_block(ContactField.TAGS),
        note=values.in_block(ContactField.NOTE),
        email=values.in_block(ContactField.EMAIL),
    )


def _marked(submit: Submit) -> Work[Submission]:
    """With what the form carries; whoever is not there any more is told so in his place."""

    def work(actor: Actor, submitted: Submission, reply: Reply) -> None:
        mark = contact_mark(submitted.private_metadata.partition("\n")[0])
        try:
            submit(actor, submitted, reply, mark)
        except NotFound:
            if mark.contact_id is None:
                raise
            reply.update(gone_card(mark))

    return work


def _mistakes(read: Callable[[Values], object]) -> Callable[[Submission], dict[str, str]]:
    def mistakes(submitted: Submission) -> dict[str, str]:
        try:
            read(submitted.values)
        except FieldMistakes as found:
            return found.by_field
        except BadDomain as bad:
            return {ContactField.DOMAINS: str(bad)}
        return {}

    return mistakes


def _domains_in(values: Values) -> object:
    return own_domains(values.in_block(ContactField.DOMAINS))


def _search(cases: ContactCases) -> Submit:
    def search(actor: Actor, submitted: Submission, reply: Reply, _mark: ContactMark) -> None:
        reply.update(contacts_modal(cases.list(actor, submitted.values.in_block(ContactField.WORDS))))

    return search


def _add(cases: ContactCases) -> Submit:
    def add(actor: Actor, submitted: Submission, reply: Reply, mark: ContactMark) -> None:
        typed = typed_in(submitted.values)
        try:
            added = cases.create(actor, *read_new(typed))
        except FieldMistakes as found:
            reply.update(edit_form(mark, typed, is_new=True, mistakes=found.by_field))
            return
        note = f"*{contact_name(added)}* is a contact now."
        barred = cases.show_left_out(actor).blocked
        left_out = next((one for one in (added.email, f"@{domain_of(added.email)}") if one in barred), "")
        reply.update(contact_card(cases.show(actor, added.id), mark, note=note, left_out=left_out))

    return add


def _save(cases: ContactCases) -> Submit:
    def save(actor: Actor, submitted: Submission, reply: Reply, mark: ContactMark) -> None:
        typed = typed_in(submitted.values)
        try:
            saved = cases.edit(actor, required(mark), read_edit(typed), version=mark.version)
        except EditedByOthers as meanwhile:
            # From now on the form shows that version, and saving it again is meant.
            reply.update(edit_form(replace(mark, version=meanwhile.now.version), typed, now=meanwhile.now))
            return
        reply.update(contact_card(cases.show(actor, saved.id), mark, note="Saved."))

    return save


def _merge(cases: ContactCases) -> Submit:
    def merge(actor: Actor, submitted: Submission, reply: Reply, mark: ContactMark) -> None:
        chosen = submitted.values.in_block(ContactField.OTHER) or NOBODY
        other = None if chosen == NOBODY else id_in(chosen)
        stays = submitted.values.in_block(ContactField.STAYS)
        asked = (required(mark), mark.version)
        if other is None or other != mark.other_id or not stays:
            reply.update(merge_form(cases.look_at_merge(actor, asked[0], other), mark, mistake=_whom(other, asked[0])))
            return
        there = (other, mark.other_version)
        kept, gone = (there, asked) if id_in(stays) == other else (asked, there)
        try:
            merged = cases.merge(actor, kept, gone)
        except (CannotMerge, ContactChanged) as refused:
            shown = cases.look_at_merge(actor, asked[0], other)
            reply.update(merge_form(shown, mark, stays=stays, mistake=str(refused)))
            return
        note = "They are one contact now."
        reply.update(contact_card(cases.show(actor, merged.id), mark, note=note))

    return merge


def _whom(other: object, asked: object) -> str:
    """What is wrong with the choice; nothing where it only was not looked at yet."""
    if other is None:
        return "Choose who is the same person."
    return "That is the same contact. Choose another one." if other == asked else ""


def _delete(cases: ContactCases) -> Submit:
    def delete(actor: Actor, submitted: Submission, reply: Reply, mark: ContactMark) -> None:
        never_again = NEVER_AGAIN in submitted.values.all_in_block(ContactField.NEVER)
        cancelled = cases.cancel(actor, named_in(submitted.private_metadata.partition("\n")[2]))
        try:
            gone = cases.delete(actor, required(mark), version=mark.version, never_again=never_again)
        except (AppointmentsStand, ContactChanged) as refused:
            shown = cases.look_at_delete(actor, required(mark))
            mistake = CANCELLED_SOME if cancelled and isinstance(refused, AppointmentsStand) else str(refused)
            reply.update(delete_form(shown, mark, mistake=mistake))
            return
        left_out = " and is never added again" if never_again else ""
        also = f" {were(cancelled, 'appointment')} cancelled." if cancelled else ""
        note = f"*{contact_name(gone)}* was deleted{left_out}.{also}"
        reply.update(contacts_modal(cases.list(actor, mark.words, mark.first), note=note))

    return delete


def _name_domains(cases: ContactCases) -> Submit:
    def name_domains(actor: Actor, submitted: Submission, reply: Reply, mark: ContactMark) -> None:
        cases.name_domains(actor, submitted.values.in_block(ContactField.DOMAINS))
        note = "Saved. Events with people at these domains are looked at again; others as they change."
        reply.update(left_out_modal(cases.show_left_out(actor), mark, note=note))

    return name_domains
