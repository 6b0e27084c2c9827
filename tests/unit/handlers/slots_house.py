"""Acme before the answers about free time, which are pressed as Slack would press them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rendering.surfaces import Message, Modal
from bot.usecases.ask_to_connect import AskToConnect
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.find_slots import FindSlots
from bot.usecases.resolve_actor import Asker
from handlers.actions import slots as slots_actions
from handlers.commands.slots import slots_work
from handlers.interaction import Command, Surface
from handlers.registry import Handler
from handlers.views import find_a_time
from tests.fakes.notifier import RecordingNotifier
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import RecordingReply
from tests.unit.rendering.answers import actor
from tests.unit.rendering.screen import read_message, read_view


@dataclass
class House:
    """The use-cases on Acme, and every handler of free time."""

    acme: Acme
    find_slots: FindSlots
    notifier: RecordingNotifier
    handlers: Sequence[Handler]

    def type(self, words: str, surface: Surface = Surface.CHANNEL) -> RecordingReply:
        """`/daybook slots` with words."""
        reply = RecordingReply()
        slots_work(self.find_slots, self.acme.clock)(actor(), command(words, surface), reply)
        return reply


def a_house() -> House:
    """Ana and Ben with calendars, and nobody asked yet."""
    acme = Acme()
    resolve = acme.resolve_members()
    notifier = RecordingNotifier()
    find_slots = FindSlots(acme.store, acme.clock, resolve)
    explain_slot = ExplainSlot(acme.store, acme.clock, resolve)
    ask_to_connect = AskToConnect(acme.store, notifier, resolve, acme.clock)
    handlers = (
        *slots_actions.handlers(find_slots, explain_slot, ask_to_connect),
        *find_a_time.handlers(find_slots, acme.clock),
    )
    return House(acme, find_slots, notifier, handlers)


def command(words: str, surface: Surface = Surface.CHANNEL) -> Command:
    """What Ana typed, or pressed for the same."""
    response_url = "https://slack.test/response" if surface is Surface.CHANNEL else ""
    asker = Asker("U1", "T1", "T1")
    return Command(asker=asker, surface=surface, response_url=response_url, name="/daybook", text=words)


def message_of(shown: Message | Modal) -> list[str]:
    """The lines of what has to be a message."""
    assert isinstance(shown, Message)
    return read_message(shown)


def modal_of(shown: Message | Modal) -> list[str]:
    """The lines of what has to be a modal."""
    assert isinstance(shown, Modal)
    return read_view(shown)
