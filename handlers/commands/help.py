"""`/daybook` alone, and `/daybook help`."""

from collections.abc import Callable, Sequence

from bot.domain.people import Actor
from bot.rendering.help import COMMAND, EVERYTHING, HelpEntry, help_message, welcome
from bot.rendering.questions import ALL, SURE, entry_message, found_questions, no_question, questions_message
from handlers.interaction import Command, Interaction
from handlers.registry import Work
from handlers.reply import Reply
from handlers.typed_text import as_shown

FirstSteps = Callable[[Actor], str | None]
"""Where the actor connects his first calendar (empty where nothing can be connected), or None once he has."""


def help_work(entries: Callable[[], Sequence[HelpEntry]], *, support: str = "") -> Work[Command]:
    """Everything there is, with examples, or the answers to a question; asked for anew each time, because help is one
    of the entries."""

    def show_help(_actor: Actor, asked: Command, reply: Reply) -> None:
        words = asked.text.strip().lower()
        if words in ("", EVERYTHING):
            reply.say(help_message(entries(), support))
        elif words == ALL:
            reply.say(questions_message())
        elif entry := _entry_called(words, entries()):
            reply.say(entry_message(entry, found_questions(words, least=SURE)))
        elif found := found_questions(words):
            reply.say(questions_message(found))
        else:
            reply.say(no_question(as_shown(asked.text)))

    return show_help


def _entry_called(words: str, entries: Sequence[HelpEntry]) -> HelpEntry | None:
    """The subcommand that is asked about by its word or its button."""
    name = words.strip(" ?!.,`").removeprefix(COMMAND).strip()
    return next((one for one in entries if name in (one.word, f"{one.word}s", one.label.lower())), None)


def start_work(
    entries: Callable[[], Sequence[HelpEntry]], first_steps: FirstSteps, *, support: str = ""
) -> Work[Interaction]:
    """The first words to a newcomer, and the help to everybody else."""

    def start(actor: Actor, _asked: Interaction, reply: Reply) -> None:
        connect_url = first_steps(actor)
        reply.say(help_message(entries(), support) if connect_url is None else welcome(connect_url))

    return start
