"""Sends what is stored of a member, or of a contact, to the one who asked for it."""

from uuid import UUID

from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import PrivacyMessages, Store


class ExportMember:
    """The actor's own data, into his direct messages."""

    def __init__(self, store: Store, messages: PrivacyMessages) -> None:
        self._store = store
        self._messages = messages

    def __call__(self, actor: Actor) -> bool:
        """False where it was too long and was cut; raises `ProviderError` where Slack takes no message."""
        with self._store.reading() as work:
            exported = work.erasures.export_member(actor)
        return self._messages.exported(actor, "you", exported)


class ExportContact:
    """What is stored of a contact of the actor's workspace, as far as it is the actor's to read."""

    def __init__(self, store: Store, messages: PrivacyMessages) -> None:
        self._store = store
        self._messages = messages

    def __call__(self, actor: Actor, contact_id: UUID) -> bool:
        """Raises `NotFound`; otherwise as for a member."""
        require_full_member(actor)
        with self._store.reading() as work:
            name = work.contacts.get(actor, contact_id).name
            exported = work.erasures.export_contact(actor, contact_id)
        return self._messages.exported(actor, name, exported)
