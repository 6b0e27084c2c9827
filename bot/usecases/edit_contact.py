"""Contacts by hand: a new one, and what is known of one changed."""

from dataclasses import replace
from uuid import UUID

from bot.domain.contact_edits import ContactEdit, ContactField, EditedByOthers
from bot.domain.contact_occasions import NewcomerOccasion
from bot.domain.contacts import Contact, ContactChanged, NewContact, new_contact
from bot.domain.errors import NotFound
from bot.domain.invitee_questions import question_id
from bot.domain.occasions import BookedIn
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.preference_changes import FieldMistakes
from bot.ports import Clock, NewId, Store, UnitOfWork
from bot.usecases.add_contact import add_contact


class CreateContact:
    """Adds somebody to the actor's workspace."""

    def __init__(self, store: Store, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def __call__(self, actor: Actor, email: str, edit: ContactEdit) -> Contact:
        """The new contact; raises `FieldMistakes` where somebody has that address.

        `email` is normalised.
        """
        require_full_member(actor)
        arrival = NewcomerOccasion(self._new_id(), self._clock.now(), BookedIn.DAYBOOK)
        with self._store.writing() as work:
            edit = _named_as_invited(work, actor, email, edit)
            new = NewContact(email, edit.name)
            contact = add_contact(work, actor, new, arrival, edit)
            if contact.id != arrival.new_id:
                raise FieldMistakes({ContactField.EMAIL: f"{contact.name} has this address already."})
            work.commit()
        return contact


def _named_as_invited(work: UnitOfWork, actor: Actor, email: str, edit: ContactEdit) -> ContactEdit:
    """With the name that an invitation gives, where the actor is asked about them and wrote none."""
    if edit.name != new_contact(email, "").name:
        return edit
    try:
        invited = work.invitees.question(actor, question_id(actor.workspace_id, actor.member_id, email))
    except NotFound:
        return edit
    return replace(edit, name=invited.name or edit.name)


class EditContact:
    """Changes one of the actor's workspace, unless somebody else did since its form was opened."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, contact_id: UUID, edit: ContactEdit, *, version: int) -> Contact:
        """The contact as it is now; raises `NotFound`, and `EditedByOthers` with how it stands.

        `version` is that of the contact which the form showed. Who writes what stands there already is told nothing.
        """
        require_full_member(actor)
        with self._store.writing() as work:
            contact = work.contacts.held(actor, contact_id)
            edited = edit.on(contact)
            if edited == contact:
                return contact
            if contact.version != version:
                raise EditedByOthers(contact)
            try:
                work.contacts.save(edited)
            except ContactChanged as error:
                raise EditedByOthers(work.contacts.get(actor, contact_id)) from error
            work.commit()
        return edited
