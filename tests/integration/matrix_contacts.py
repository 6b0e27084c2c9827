"""What strangers could send to the views of contacts, with the ids of Ana's contact and of a question to her.

Contacts are the workspace's, so that a colleague may well change them: what is sent here is what he may not, or what
comes too late.
"""

from collections.abc import Callable
from typing import Any

from bot.domain.contact_edits import ContactField
from bot.rendering.contacts.mark import ContactDeed
from bot.rendering.invitees import InviteeDeed
from bot.rendering.names import ActionId, CallbackId
from tests.form_fields import option, typed
from tests.integration import deliveries
from tests.integration.deliveries import Who

MARKS = [
    *(f"{deed} {{hers.contact}} 1 {{hers.contact}} 1 0 maya" for deed in ContactDeed),
    "list - 0 - 0 7 canary",
    "{hers.contact}",
]
"""What a button of theirs could carry."""

QUESTIONS = [*(f"{deed} 1 0 {{hers.question}}" for deed in InviteeDeed), "{hers.question}"]
"""What a button of the question about invitees could carry."""

Form = Callable[[str], tuple[dict[str, Any], str]]
"""The fields and the metadata, by the id of the contact."""


def contact_form(contact: str) -> tuple[dict[str, Any], str]:
    """Another name for the contact, in a version that nobody was shown."""
    values = {
        ContactField.NAME: typed("Evil"),
        ContactField.PHONE: typed(""),
        ContactField.ZONE: option("Asia/Tokyo"),
        ContactField.TAGS: typed("evil"),
        ContactField.NOTE: typed("evil"),
        ContactField.EMAIL: typed("no address"),
    }
    return {str(name): held for name, held in values.items()}, f"edit {contact} 0 - 0 0 "


def merge_form(contact: str) -> tuple[dict[str, Any], str]:
    """The contact and himself."""
    values = {str(ContactField.OTHER): option(contact), str(ContactField.STAYS): option(contact)}
    return values, f"merge {contact} 1 {contact} 1 0 "


def delete_form(contact: str) -> tuple[dict[str, Any], str]:
    """The contact, who has an appointment to come."""
    never = {ActionId.SETTING: {"type": "checkboxes", "selected_options": [{"value": "never"}]}}
    return {str(ContactField.NEVER): never}, f"delete {contact} 1 - 0 0 "


def domains_form(_contact: str) -> tuple[dict[str, Any], str]:
    """A domain that is to be the team's own, by somebody who is no admin."""
    return {str(ContactField.DOMAINS): typed("evil.test")}, "left_out - 0 - 0 0 "


def search_form(_contact: str) -> tuple[dict[str, Any], str]:
    """Words to look for."""
    return {str(ContactField.WORDS): typed("maya")}, "list - 0 - 0 0 "


FORMS: dict[CallbackId, Form] = {
    CallbackId.CONTACTS: search_form,
    CallbackId.CONTACT_NEW: contact_form,
    CallbackId.CONTACT_EDIT: contact_form,
    CallbackId.CONTACT_MERGE: merge_form,
    CallbackId.CONTACT_DELETE: delete_form,
    CallbackId.LEFT_OUT: domains_form,
}


def searched(who: Who, contact: str) -> tuple[bytes, str]:
    """Enter in the field to search by."""
    values, metadata = search_form(contact)
    return deliveries.change(who, ActionId.CONTACTS_SEARCH, "maya", values, metadata)


def other_chosen(who: Who, contact: str) -> tuple[bytes, str]:
    """Somebody to merge with."""
    values, metadata = merge_form(contact)
    return deliveries.change(who, ActionId.CONTACT_OTHER, contact, values, metadata)


def linked(who: Who, contact: str, question: str) -> tuple[bytes, str]:
    """The contact, in place of somebody about whom Ana is asked."""
    name = f"{ActionId.INVITEE_LINK}:link_1_0_{question}"
    return deliveries.action(who, name, "", selected_option={"value": contact})
