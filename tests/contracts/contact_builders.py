"""What contacts are found by, for tests of what is stored of them."""

from bot.domain.contacts import Contact
from bot.domain.people import Actor
from bot.ports import Store


def found(store: Store, actor: Actor, words: str) -> list[str]:
    with store.reading() as work:
        return [contact.email for contact in work.contacts.search(actor, words, limit=10)]


def with_address(store: Store, actor: Actor, contact: Contact, email: str) -> None:
    with store.writing() as work:
        work.contacts.add_address(actor, contact.id, email)
        work.commit()
