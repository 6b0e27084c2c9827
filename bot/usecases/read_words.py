"""Reads what somebody wrote to Daybook: people are marked up, as Slack does it with colleagues in commands."""

from bot.domain.named_people import Called, Named, bare_name, called, is_name, with_contact, with_unknown
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.slots_request import is_own_word
from bot.domain.when import joined_halves
from bot.ports import Store, UnitOfWork

_ONESELF = "me"
_NAMES_LOOKED_UP = 8
_CONTACTS_OF_A_NAME = 200
# Whoever mistypes a name hardly ever mistypes how it begins.
_BEGINNING = 2


class ReadWords:
    """Finds those whom names mean, among the full members that Daybook knows in the actor's workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, words: str, *, with_contacts: bool = False) -> Called:
        """The words after a subcommand that takes people, contacts too where it books; raises `NotAllowed`.

        `me` is the actor. Contacts who are named where it does not are told of as such.
        """
        require_full_member(actor)
        words = joined_halves(words)
        with self._store.reading() as work:
            members = work.members.full(actor.workspace_id)
            people = [Named(one.name, f"<@{one.slack_user_id}>") for one in members]
            contacts = _contacts_in(work, actor, words)
        oneself = Named(_ONESELF, f"<@{actor.slack_user_id}>")
        if with_contacts:
            people += contacts
        found = called(words, [oneself, *people], is_own_word)
        if not with_contacts:
            found = with_contact(found, contacts, is_own_word)
        return with_unknown(found, people, is_own_word)


def _contacts_in(work: UnitOfWork, actor: Actor, words: str) -> list[Named]:
    """The contacts who may be meant by one of the words, or by one that it is a slip for."""
    names = [name for word in words.split() if is_name(name := bare_name(word)) and not is_own_word(name.lower())]
    found = {
        contact.id: Named(contact.name, contact.email, contact.email)
        for name in dict.fromkeys(part for name in names[:_NAMES_LOOKED_UP] for part in (name, name[:_BEGINNING]))
        for contact in work.contacts.search(actor, name, limit=_CONTACTS_OF_A_NAME)
    }
    return list(found.values())
