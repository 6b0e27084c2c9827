"""Words written to Daybook: the same parser as the commands, windows behind buttons, and people's own words alone."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.people import Actor
from bot.rendering.blocks import section
from bot.rendering.help import FOR_EXAMPLE, HelpEntry
from bot.rendering.loading import loading
from bot.rendering.names import EventName
from bot.rendering.surfaces import Message, Modal
from bot.usecases.read_words import ReadWords
from handlers.commands.daybook import Router, Subcommand
from handlers.commands.help import help_work, start_work
from handlers.events import message
from handlers.interaction import Command
from handlers.limits import DEAR, cost_of
from handlers.payload import Payload
from handlers.registry import Handler, Prepared
from handlers.reply import Reply
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import RecordingReply, run
from tests.unit.rendering.answers import ana, ben
from tests.unit.rendering.screen import buttons_of, read_message

WINDOW = "Slots open in a window."


def entry(word: str) -> HelpEntry:
    return HelpEntry(word, word.capitalize(), word, f"does {word}")


def echo(word: str) -> Subcommand:
    def work(_actor: Actor, command: Command, reply: Reply) -> None:
        told = f"{word} [{command.text}]"
        reply.say(Message(told, (section(told),)))

    def opened(command: Command) -> Modal | None:
        return None if command.text else loading("Find a time")

    is_about_people = word in ("slots", "agenda")
    return Subcommand(
        word, work, entry(word), loading=opened if word == "slots" else None, takes_people=is_about_people
    )


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
        echo("contacts"),
        opening("settings"),
        Subcommand("help", help_work(lambda: entries), entry("help")),
        Subcommand("start", start_work(lambda: entries, lambda _actor: None)),
    )
    return message.handler(Router(subcommands, bare="start"), ReadWords(acme.store))


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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("slots ben tomorrow", "slots [<@U2> tomorrow]"),
        ("Slots @ben, 30m", "slots [<@U2> 30m]"),
        ("slots <@U2> today", "slots [<@U2> today]"),
        ("slots   ben\n30m  fri", "slots [<@U2> 30m fri]"),
        ("`slots ben fri`", "slots [<@U2> fri]"),
        ("/daybook slots ben", "slots [<@U2>]"),
        ("daybook, agenda fri", "agenda [fri]"),
        ("/daybook-slots ben", "slots [<@U2>]"),
        ("<@UBOT> agenda fri", "agenda [fri]"),
        ("agenda", "agenda []"),
        ("contacts ben", "contacts [ben]"),
        ("slots zoe tomorrow", "slots [zoe tomorrow]"),
    ],
)
def test_words_do_what_the_command_does(text: str, told: str) -> None:
    assert lines(text) == [told]


@pytest.mark.parametrize("text", ["hi", "Hello!", "hey.", "", "  ", "/daybook", "help", "HELP"])
def test_a_greeting_gets_the_help(text: str) -> None:
    assert lines(text)[0] == "*What Daybook can do*"


def test_a_word_that_is_none_gets_the_nearest() -> None:
    assert lines("slost ben fri") == ["Daybook does not know *slost*. Did you mean *slots*?", "[Slots] [Help]"]


def test_a_question_gets_its_answer() -> None:
    assert lines("how do I undo?")[0] == "*Can I undo?*"
    assert lines("Thanks!") == ["Daybook does not know *thanks*.", "[Help]", f"_ {FOR_EXAMPLE}"]


def test_marks_at_the_end_of_a_sentence_are_no_part_of_a_word() -> None:
    assert lines("agenda?") == ["agenda []"]


def test_what_opens_a_window_is_answered_with_the_button_that_opens_it() -> None:
    said = answer(run(written(event("slots"))))
    assert read_message(said) == [WINDOW, "[Open Slots]"]
    assert buttons_of(said) == {"Open Slots": "slots"}


def test_so_is_what_turns_out_to_open_one() -> None:
    said = answer(run(written(event("settings video"))))
    assert read_message(said) == ["Settings open in a window.", "[Open Settings]"]
    assert buttons_of(said) == {"Open Settings": "settings video"}


def test_a_name_that_two_have_is_asked_about() -> None:
    acme = Acme()
    other = replace(ben, id=UUID(int=77), slack_user_id="U77", name="Ben <!channel>")
    acme.store.tables.members |= {ben.id: replace(ben, name="Ben Adams"), other.id: other}
    said = answer(run(written(event("slots ben tomorrow"), acme)))
    first, second, _ = read_message(said)
    assert first == "2 people here are called ben. Whom do you mean?"
    assert second == "[Ben <!channel>] [Ben Adams]"
    assert buttons_of(said) == {"Ben Adams": "slots <@U2> tomorrow", "Ben <!channel>": "slots <@U77> tomorrow"}


def test_a_member_of_another_workspace_is_nobody_here() -> None:
    acme = Acme()
    acme.store.tables.members[ben.id] = replace(ben, workspace_id=UUID(int=999))
    assert lines("slots ben fri", acme) == ["slots [ben fri]"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (event("look", subtype="file_share", files=[{"id": "F1"}]), "Daybook reads no files."),
        (event("slots", files=[{"id": "F1"}]), "Daybook reads no files."),
        (event("slots " + "x" * 10_000), "That is more than Daybook reads at once."),
        (event("slots <!channel> fri"), "Daybook calls no channels and no groups."),
    ],
)
def test_what_daybook_does_not_read_is_refused_kindly(content: dict[str, object], told: str) -> None:
    said = read_message(answer(run(written(content))))
    assert said[0].startswith(told)
    assert said[1] == "_ `help` lists everything, as does `/daybook`."


@pytest.mark.parametrize(
    "content",
    [
        event("slots", bot_id="B1"),
        event("slots", app_id="A1"),
        event("slots", user="USLACKBOT"),
        event("slots", user=""),
        event("slots", subtype="message_changed", message={"user": "U1", "text": "slots"}),
        event("slots", subtype="message_deleted"),
        event("slots", subtype="channel_join"),
        event("slots", channel_type="channel", channel="C1"),
        event("slots", channel_type="mpim", channel="G1"),
    ],
)
def test_what_is_no_new_message_of_a_persons_is_passed_over(content: dict[str, object]) -> None:
    prepared = written(content)
    assert run(prepared).shown == []
    assert not isinstance(prepared.interaction, Command)


def test_words_cost_what_the_command_costs() -> None:
    assert cost_of(written(event("slots ben fri")).interaction) == DEAR


def test_the_words_of_whoever_wrote_them_are_his() -> None:
    asker = written(event("agenda", user_team="T9")).interaction.asker
    assert (asker.user_id, asker.team_id, asker.installed_team_id) == (ana.slack_user_id, "T9", "T1")
