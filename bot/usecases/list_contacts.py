"""A workspace's contacts, a page at a time."""

from bot.domain.contact_views import CONTACTS_A_PAGE, ContactsPage
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Store
from bot.usecases.answer_invitee import closed_by


class ListContacts:
    """Looks in the actor's workspace and in no other."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, words: str = "", first: int = 0) -> ContactsPage:
        """Those whose name, addresses or tags hold all the words, from the page on that holds number `first`.

        The last page stands in for one that is not there any more.
        """
        require_full_member(actor)
        words = " ".join(words.split())
        with self._store.reading() as work:
            total = work.contacts.count(actor, words)
            page = min(max(0, first), max(0, total - 1)) // CONTACTS_A_PAGE
            first = page * CONTACTS_A_PAGE
            contacts = work.contacts.search(actor, words, limit=CONTACTS_A_PAGE, offset=first)
            waiting = None if closed_by(work, actor) else work.invitees.waiting(actor)
        return ContactsPage(
            contacts=tuple(contacts),
            words=words,
            first=first,
            total=total,
            waiting=len(waiting.open) if waiting else 0,
        )
