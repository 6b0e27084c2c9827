"""Reads what somebody wrote to Daybook: colleagues are marked up, as Slack does it in commands."""

from bot.domain.named_people import Called, called
from bot.domain.people import Actor
from bot.domain.slots_request import is_own_word
from bot.ports import Store


class ReadWords:
    """Finds those whom names mean, among the full members that Daybook knows in the actor's workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, actor: Actor, words: str) -> Called:
        """The words after a subcommand that takes people."""
        with self._store.reading() as work:
            people = work.members.full(actor.workspace_id)
        return called(words, people, is_own_word)
