"""Words written to Daybook: the same parser as the commands, windows behind buttons, and people's own words alone."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.named_people import Called
from bot.domain.people import Actor, Standing
from bot.domain.reading_habits import OwnHabits
from bot.ports import Store
from bot.rendering.help import FOR_EXAMPLE
from bot.usecases.find_change_meant import FindChangeMeant
from bot.usecases.read_words import ReadWords
from handlers.commands.daybook import Router
from handlers.events import message
from handlers.interaction import Command
from handlers.payload import Payload
from tests.fakes.clock import SettableClock
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import run
from tests.unit.handlers.message_desk import (
    WINDOW,
    answer,
    echo,
    event,
    lines,
    written,
)
from tests.unit.rendering.answers import NOON, ana, ben
from tests.unit.rendering.screen import buttons_of, read_message

SATURDAY, SUNDAY = 5, 6


class CountedLookups(ReadWords):
    """Remembers the words in which names were looked up."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.words: list[str] = []

    def __call__(self, actor: Actor, words: str, *, with_contacts: bool = False) -> Called:
        self.words.append(words)
        return super().__call__(actor, words, with_contacts=with_contacts)


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


@pytest.mark.parametrize("text", ["", "  ", "/daybook", "help", "HELP", "help me"])
def test_nothing_at_all_gets_the_help(text: str) -> None:
    assert lines(text)[0] == "*What Daybook can do*"


@pytest.mark.parametrize("text", ["hi", "Hello!", "hey.", "Guten Morgen"])
def test_a_greeting_gets_one_and_the_help(text: str) -> None:
    assert lines(text)[:2] == ["Hello.", "*What Daybook can do*"]


def test_a_word_that_is_none_gets_the_nearest() -> None:
    assert lines("slost ben fri") == ["Daybook does not know *slost*. Did you mean *slots*?", "[Slots] [Help]"]


def test_a_question_gets_its_answer() -> None:
    assert lines("how do I undo?")[0] == "*Can I undo?*"
    assert lines("Why is my colleague not free?")[0] == "*Why is my colleague not free?*"
    assert lines("Why does a Free event not block?")[0] == "*Why does a Free event not block?*"


@pytest.mark.parametrize("text", ["Thanks!", "thank you, daybook", "ok", "Great, thanks."])
def test_thanks_are_answered_in_a_line(text: str) -> None:
    assert lines(text) == ["Gladly. `help` lists what Daybook can do."]


@pytest.mark.parametrize("text", ["xyzzy", "is it raining?", "I am ill today", "call olga"])
def test_what_is_not_understood_gets_ways_on_and_no_word_is_blamed(text: str) -> None:
    said = answer(run(written(event(text))))
    assert read_message(said) == [
        "Daybook did not understand that.",
        "[Agenda] [Find a time] [Help]",
        f"_ {FOR_EXAMPLE}",
    ]
    assert buttons_of(said) == {"Agenda": "agenda", "Find a time": "slots", "Help": "help everything"}


def test_who_is_free_asks_whose_time_is_meant() -> None:
    said = answer(run(written(event("Who is free tomorrow?"))))
    assert read_message(said) == [
        "Whose time do you mean? Daybook looks at the people whom you name.",
        "[Find a time] [My own time]",
        "_ Or write for example *slots @ana @ben any tomorrow*.",
    ]
    assert buttons_of(said) == {"Find a time": "<@U1> any 2026-11-25", "My own time": "slots tomorrow"}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("who is free", "<@U1> any 2026-11-24"),
        ("who is free for 45m on friday", "<@U1> any 45m 2026-11-27"),
        ("who is free fri 15:00", "<@U1> any 2026-11-27"),
        ("who is free next week", "<@U1> any 2026-11-30"),
        ("who is free next friday", "<@U1> any 2026-11-27"),
    ],
)
def test_find_a_time_opens_for_the_day_that_was_asked_about(text: str, form: str) -> None:
    assert buttons_of(answer(run(written(event(text)))))["Find a time"] == form


@pytest.mark.parametrize(
    ("first_day", "first"), [(SUNDAY, "2026-11-29"), (SATURDAY, "2026-11-28"), (None, "2026-11-30")]
)
def test_who_is_free_next_week_opens_the_week_that_begins_as_the_askers_do(first_day: int | None, first: str) -> None:
    asker = replace(ana, own_habits=OwnHabits(first_day=first_day))
    said = answer(run(written(event("who is free next week")), asker))
    assert buttons_of(said)["Find a time"] == f"<@U1> any {first}"


def test_a_name_is_looked_up_once() -> None:
    acme = Acme()
    router = Router((echo("slots"),), bare="slots", read_words=(lookups := CountedLookups(acme.store)))
    payload = Payload({"team_id": "T1", "event": event("slots ben")})
    prepared = message.handler(router, SettableClock(NOON), FindChangeMeant(acme.store, acme.clock)).prepare(payload)
    assert read_message(answer(run(prepared))) == ["slots [<@U2>]"]
    assert lookups.words == ["ben"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("agenda fri", "agenda [fri]"),
        ("when is ben free next week?", "slots [<@U2> next week]"),
        ("how do I undo", "*Can I undo?*"),
    ],
)
def test_what_is_asked_in_a_thread_is_answered_in_it(text: str, told: str) -> None:
    asked = written(event(text, ts="2.0", thread_ts="1.0"))
    assert asked.interaction.thread_ts == "1.0"
    assert read_message(answer(run(asked)))[0] == told


@pytest.mark.parametrize(
    "text", ["thanks, moved it", "Thanks!", "call with maya went well", "tomorrow", "hi", "no idea?"]
)
def test_notes_in_a_thread_are_left_alone(text: str) -> None:
    noted = written(event(text, ts="2.0", thread_ts="1.0"))
    assert run(noted).shown == []
    assert not isinstance(noted.interaction, Command)


# fault 10
def test_a_guest_learns_no_names() -> None:
    with pytest.raises(NotAllowed):
        run(written(event("slots ben fri")), replace(ana, standing=Standing.GUEST))


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
        (event("", attachments=[{"text": "Slots tomorrow?"}]), "Daybook reads no messages of others."),
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
    assert [written(event(words)).is_dear for words in ("slots ben fri", "agenda ben fri")] == [True, False]


def test_the_words_of_whoever_wrote_them_are_his() -> None:
    asker = written(event("agenda", user_team="T9")).interaction.asker
    assert (asker.user_id, asker.team_id, asker.installed_team_id) == (ana.slack_user_id, "T9", "T1")
