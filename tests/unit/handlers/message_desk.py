"""Words that are written to Daybook, with commands that echo them, and the answer."""

from uuid import UUID

from bot.domain.contacts import Contact
from bot.domain.people import Actor
from bot.rendering.blocks import section
from bot.rendering.help import HelpEntry
from bot.rendering.loading import loading
from bot.rendering.names import EventName
from bot.rendering.surfaces import Message, Modal
from bot.usecases.find_change_meant import FindChangeMeant
from bot.usecases.read_words import ReadWords
from handlers.commands.daybook import Router, Subcommand
from handlers.commands.help import help_work, start_work
from handlers.events import message
from handlers.interaction import Command
from handlers.payload import Payload
from handlers.registry import Handler, Prepared
from handlers.reply import Reply
from tests.fakes.clock import SettableClock
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import RecordingReply, run
from tests.unit.rendering.answers import ACME, NOON
from tests.unit.rendering.screen import read_message

WINDOW = "Slots open in a window."


def entry(word: str) -> HelpEntry:
    return HelpEntry(word, word.capitalize(), word, f"does {word}")


def echo(word: str) -> Subcommand:
    def work(_actor: Actor, command: Command, reply: Reply) -> None:
        told = f"{word} [{command.text}]"
        reply.say(Message(told, (section(told),)))

    def opened(command: Command) -> Modal | None:
        return None if command.text else loading("Find a time")

    is_about_people = word in ("slots", "agenda", "why")
    return Subcommand(
        word,
        work,
        entry(word),
        loading=opened if word == "slots" else None,
        takes_people=is_about_people,
        is_dear=word == "slots",
    )


def booking() -> Subcommand:
    """One that opens a window, and takes contacts too."""

    def work(_actor: Actor, _command: Command, reply: Reply) -> None:
        reply.open(loading("Book"))

    return Subcommand("book", work, entry("book"), loading=loading("Book"), takes_people=True, takes_contacts=True)


def opening(word: str) -> Subcommand:
    """One that opens a window, of which nobody says so ahead."""

    def work(_actor: Actor, _command: Command, reply: Reply) -> None:
        reply.open(loading("Settings"))

    return Subcommand(word, work, entry(word))


def a_handler(acme: Acme) -> Handler:
    entries = (entry("slots"),)
    subcommands = (
        echo("slots"),
        echo("agenda"),
        echo("why"),
        echo("contacts"),
        booking(),
        opening("settings"),
        Subcommand("help", help_work(lambda: entries), entry("help")),
        Subcommand("start", start_work(lambda: entries, lambda _actor: None)),
    )
    router = Router(subcommands, bare="start", read_words=ReadWords(acme.store))
    return message.handler(router, SettableClock(NOON), FindChangeMeant(acme.store, acme.clock))


def with_maya() -> Acme:
    """Acme with a contact."""
    acme = Acme()
    maya = Contact(UUID(int=55), ACME.id, "maya@ortiz.test", "Maya Ortiz")
    acme.store.tables.contacts[maya.id] = maya
    return acme


def event(text: str = "", **more: object) -> dict[str, object]:
    return {
        "type": EventName.MESSAGE,
        "channel_type": "im",
        "channel": "D1",
        "user": "U1",
        "team": "T1",
        "text": text,
        **more,
    }


def written(content: dict[str, object], acme: Acme | None = None) -> Prepared:
    envelope = {
        "team_id": "T1",
        "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
        "event": content,
    }
    return a_handler(acme or Acme()).prepare(Payload(envelope))


def answer(reply: RecordingReply) -> Message:
    [(way, shown)] = reply.shown
    assert way == "say"
    assert isinstance(shown, Message)
    return shown


def lines(text: str, acme: Acme | None = None, **more: object) -> list[str]:
    """What Ana reads in answer to what she wrote."""
    return read_message(answer(run(written(event(text, **more), acme))))
