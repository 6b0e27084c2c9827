"""One parser behind `/daybook`, the direct commands and the buttons that stand for them."""

from collections.abc import Sequence

import pytest

from bot.domain.people import Actor
from bot.rendering.help import FOR_EXAMPLE, HelpEntry
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CommandName
from bot.rendering.problem import problem
from bot.rendering.surfaces import Message, Modal
from bot.usecases.read_words import ReadWords
from handlers.commands.daybook import Router, Subcommand, handlers
from handlers.commands.help import help_work, start_work
from handlers.commands.privacy import privacy_work
from handlers.interaction import Command, Surface
from handlers.payload import Payload
from handlers.registry import Handler, Kind, Prepared, Registry
from handlers.reply import Reply
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import RecordingReply, pressed, run
from tests.unit.rendering.answers import ACME
from tests.unit.rendering.screen import buttons_of, read_message

ENTRIES = (HelpEntry("status", "Status", "status", "how the sync is doing"),)


def echo(_actor: Actor, command: Command, reply: Reply) -> None:
    reply.say(problem(f"status of [{command.text}]"))


def form(_actor: Actor, _command: Command, reply: Reply) -> None:
    reply.open(loading("Settings"))


def registered(connect_url: str | None = None) -> Sequence[Handler]:
    subcommands = (
        Subcommand("start", start_work(lambda: ENTRIES, lambda _actor: connect_url)),
        Subcommand("help", help_work(lambda: ENTRIES)),
        Subcommand("privacy", privacy_work),
        Subcommand("slots", echo, loading=lambda command: None if command.text else loading("Find a time")),
        Subcommand("settings", form, loading=loading("Settings")),
        Subcommand("status", echo, aliases=("sync", "troubleshoot")),
    )
    return handlers(Router(subcommands, bare="start"), {CommandName.SETTINGS: "settings", CommandName.SLOTS: "slots"})


def typed(text: str, command: str = "/daybook", connect_url: str | None = None) -> Prepared:
    handler = Registry(registered(connect_url)).find(Kind.COMMAND, command)
    assert handler is not None
    form = {"team_id": ACME.slack_team_id, "user_id": "U1", "command": command, "text": text, "trigger_id": "1.2"}
    return handler.prepare(Payload(form))


def shown(reply: RecordingReply) -> list[str]:
    [(way, message)] = reply.shown
    assert way == "say"
    assert isinstance(message, Message)
    return read_message(message)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("agenda ben tomorrow", "status of [&lt;@U2&gt; tomorrow]"),
        ("agenda zed tomorrow", "status of [zed tomorrow]"),
        ("agenda may 3", "status of [may 3]"),
    ],
)
def test_names_are_read_without_at(text: str, answer: str) -> None:
    router = Router((Subcommand("agenda", echo, takes_people=True),), bare="agenda", read_words=ReadWords(Acme().store))
    [command] = [one for one in handlers(router, {}) if one.kind is Kind.COMMAND]
    form = {"team_id": ACME.slack_team_id, "user_id": "U1", "command": "/daybook", "text": text, "trigger_id": "1.2"}
    assert shown(run(command.prepare(Payload(form)))) == [answer]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("status", "status of []"),
        ("  STATUS  ", "status of []"),
        ("sync now", "status of [now]"),
        ("troubleshoot", "status of []"),
        ("status <@U2|ben>  30m", "status of [&lt;@U2|ben&gt; 30m]"),
    ],
)
def test_a_word_runs_its_subcommand_on_the_rest(text: str, answer: str) -> None:
    assert shown(run(typed(text))) == [answer]


@pytest.mark.parametrize(
    ("text", "nearest", "runs"),
    [
        ("statsu", "status", "status"),
        ("setings", "settings", "settings"),
        ("synk now", "status", "status now"),
        ("<@u2|ben> 30m", "slots", "slots <@U2|ben> 30m"),
    ],
)
def test_a_misspelt_word_offers_the_nearest_as_a_button(text: str, nearest: str, runs: str) -> None:
    text = text.replace("u2", "U2")
    [(_, message)] = run(typed(text)).shown
    assert isinstance(message, Message)
    assert f"Did you mean *{nearest}*?" in message.text
    assert buttons_of(message)[nearest.capitalize()] == runs


def test_a_word_like_no_other_offers_help() -> None:
    assert shown(run(typed("xyzzy"))) == [
        "Daybook does not know *xyzzy*.",
        "[Help]",
        f"_ {FOR_EXAMPLE}",
    ]


# fault 46
def test_a_word_is_shown_as_it_was_typed() -> None:
    assert shown(run(typed("&lt;!here&gt;")))[0] == "Daybook does not know *&lt;!here&gt;*."
    assert shown(run(typed("&amp;lt;b")))[0] == "Daybook does not know *&amp;lt;b*."
    assert (
        shown(run(typed("<mailto:maya@ortiz.test|maya@ortiz.test>")))[0] == "Daybook does not know *maya@ortiz.test*."
    )
    assert shown(run(typed("<#C1|sales> 30m")))[0] == "Daybook does not know *#sales*."
    assert shown(run(typed("<@U2|ben> 30m")))[0] == "Daybook does not know *@ben*. Did you mean *slots*?"


def test_nothing_typed_shows_a_newcomer_where_to_start() -> None:
    reply = run(typed("", connect_url="https://daybook.test/connect/google?link=token"))
    assert shown(reply)[2] == "[Connect Google Calendar] [What can it do?]"


def test_nothing_typed_shows_everybody_else_the_help() -> None:
    assert shown(run(typed("")))[0] == "*What Daybook can do*"


def test_help_is_help_before_anything_is_connected() -> None:
    assert shown(run(typed("help everything", connect_url="")))[0] == "*What Daybook can do*"


def test_a_direct_command_is_the_subcommand() -> None:
    assert shown(run(typed("<@U2> 30m", "/daybook-slots"))) == ["status of [&lt;@U2&gt; 30m]"]


@pytest.mark.parametrize(
    ("text", "command", "title"),
    [
        ("settings", "/daybook", "Settings"),
        ("", "/daybook-settings", "Settings"),
        ("slots", "/daybook", "Find a time"),
        ("", "/daybook-slots", "Find a time"),
    ],
)
def test_what_is_answered_in_a_modal_opens_one_at_once(text: str, command: str, title: str) -> None:
    opened = typed(text, command).loading
    assert isinstance(opened, Modal)
    assert opened.title == title


@pytest.mark.parametrize(
    ("text", "command"),
    [("slots 30m", "/daybook"), ("30m", "/daybook-slots"), ("status", "/daybook"), ("x", "/daybook")],
)
def test_what_is_answered_in_the_channel_opens_none(text: str, command: str) -> None:
    assert typed(text, command).loading is None


def test_a_button_does_what_could_be_typed() -> None:
    button = pressed(registered(), f"{ActionId.RUN}:status", "status now")
    assert button.loading is None
    assert shown(run(button)) == ["status of [now]"]


@pytest.mark.parametrize("surface", [Surface.HOME, Surface.MODAL])
def test_a_button_without_a_channel_opens_a_view_for_the_answer(surface: Surface) -> None:
    button = pressed(registered(), f"{ActionId.RUN}:status", "status", surface)
    assert button.loading == loading()


def test_a_button_that_opens_a_page_does_nothing_else() -> None:
    assert run(pressed(registered(), f"{ActionId.OPEN_LINK}:1", "")).shown == []
