"""`/daybook help` with words: the answer to a question, all of them, or the help."""

import pytest

from bot.rendering.help import HelpEntry
from bot.rendering.surfaces import Message
from bot.usecases.resolve_actor import Asker
from handlers.commands.help import help_work
from handlers.interaction import Command
from tests.unit.handlers.acting import RecordingReply
from tests.unit.rendering.answers import actor, ana

ENTRIES = [HelpEntry("slots", "Find a time", "slots", "when people are free")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "What Daybook can do"),
        ("everything", "What Daybook can do"),
        ("questions", "Questions"),
        ("Can I UNDO?", "Can I undo?"),
        ("who sees my titles", "Who sees my titles?"),
        ("slots", "Find a time: when people are free"),
        ("Find a time?", "Find a time: when people are free"),
        ("/daybook slots", "Find a time: when people are free"),
        ("pizza", "No answer is about pizza."),
        ("<@U1|ana> pizza", "No answer is about @ana pizza."),
    ],
)
def test_help_answers_what_was_typed(typed: str, said: str) -> None:
    reply = RecordingReply()
    command = Command(asker=Asker("U1", "T1", "T1"), name="/daybook", text=typed)
    help_work(lambda: ENTRIES)(actor(ana), command, reply)
    assert isinstance(reply.last, Message)
    assert reply.last.text == said
