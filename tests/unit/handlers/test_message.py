"""Words written to Daybook: the same parser as the commands, windows behind buttons, and people's own words alone."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.contacts import Contact
from bot.domain.errors import NotAllowed
from bot.domain.named_people import Called
from bot.domain.people import Actor, Standing
from bot.ports import Store
from bot.rendering.blocks import actions, section
from bot.rendering.direct_words import with_left_out
from bot.rendering.help import FOR_EXAMPLE, HelpEntry
from bot.rendering.loading import loading
from bot.rendering.names import EventName
from bot.rendering.run_buttons import run as run_button
from bot.rendering.surfaces import Message, Modal
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
from tests.unit.rendering.answers import ACME, NOON, ana, ben
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
    return message.handler(Router(subcommands, bare="start", read_words=ReadWords(acme.store)), SettableClock(NOON))


class CountedLookups(ReadWords):
    """Remembers the words in which names were looked up."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.words: list[str] = []

    def __call__(self, actor: Actor, words: str, *, with_contacts: bool = False) -> Called:
        self.words.append(words)
        return super().__call__(actor, words, with_contacts=with_contacts)


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


def test_a_name_is_looked_up_once() -> None:
    acme = Acme()
    router = Router((echo("slots"),), bare="slots", read_words=(lookups := CountedLookups(acme.store)))
    payload = Payload({"team_id": "T1", "event": event("slots ben")})
    prepared = message.handler(router, SettableClock(NOON)).prepare(payload)
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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("What's on today?", "agenda [today]"),
        ("What do I have tomorrow?", "agenda [tomorrow]"),
        ("what is ben doing on friday?", "agenda [<@U2> friday]"),
        ("agenda ben next week", "agenda [<@U2> next week]"),
        ("ben's calendar tomorrow", "agenda [<@U2> tomorrow]"),
        ("Am I free friday 3pm?", "why [friday 3pm]"),
        ("am I free on friday", "slots [friday]"),
        ("Is Ben free tomorrow?", "slots [<@U2> tomorrow]"),
        ("why is ben not free tomorrow 3pm?", "why [<@U2> tomorrow 3pm]"),
        ("When is Ben free next week?", "slots [<@U2> next week]"),
        ("when can I meet ben tomorrow", "slots [<@U1> <@U2> tomorrow]"),
        ("free slots with ana and ben tomorrow", "slots [<@U1> with <@U1> and <@U2> tomorrow]"),
        ("Tomorrow", "agenda [Tomorrow]"),
        ("friday 15:00?", "why [friday 15:00]"),
    ],
)
def test_sentences_do_what_the_command_does(text: str, told: str) -> None:
    assert lines(text) == [told]


def test_parts_of_a_day_are_left_out_and_told() -> None:
    note, answered = lines("free slots of ana and ben tomorrow afternoon")
    assert note == (
        "_ Read as *slots ana and ben tomorrow*, without “afternoon”: Daybook knows days and times of the clock, "
        "but no parts of a day."
    )
    assert answered == "slots [<@U1> and <@U2> tomorrow]"


def test_so_they_are_told_above_an_answer_whose_buttons_stay() -> None:
    answered = Message("Ana", (section("Ana is free."), actions(run_button("Another day", "slots fri"))), ends=1)
    told = with_left_out(answered, "slots tomorrow", ("afternoon",))
    assert (told.ends, told.blocks[-1]) == (1, answered.blocks[-1])


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("book maya tue 15:00", "book maya@ortiz.test tue 15:00"),
        ("Can you book a 30m call with Maya Ortiz on tuesday?", "book 30m with maya@ortiz.test tuesday"),
        ("meeting with ben and maya tomorrow", "book <@U2> and maya@ortiz.test tomorrow"),
        ("book lee@chen.test fri", "book lee@chen.test fri"),
    ],
)
def test_a_booking_is_a_button_that_opens_the_form_filled(text: str, runs: str) -> None:
    said = answer(run(written(event(text), with_maya())))
    assert (read_message(said), buttons_of(said)) == (["Book opens in a window.", "[Open Book]"], {"Open Book": runs})


def test_a_contact_and_a_colleague_of_one_name_are_asked_about() -> None:
    acme = with_maya()
    acme.store.tables.members[ben.id] = replace(ben, name="Maya Berg")
    said = answer(run(written(event("book maya tue 15:00"), acme)))
    assert buttons_of(said) == {
        "Maya Berg": "book <@U2> tue 15:00",
        "Maya Ortiz (maya@ortiz.test)": "book maya@ortiz.test tue 15:00",
    }


def test_a_name_that_nobody_has_is_told_with_the_nearest() -> None:
    said = answer(run(written(event("agenda bem tomorrow"))))
    assert read_message(said)[0] == "Daybook knows nobody here called bem. Do you mean one of these?"
    assert buttons_of(said) == {"Ben": "agenda <@U2> tomorrow"}


def test_somebody_unknown_can_be_booked_with_in_the_form() -> None:
    said = answer(run(written(event("book xaver tue 15:00"))))
    assert read_message(said) == [
        "Daybook knows no contact and no colleague called xaver.",
        "[Open the form]",
        "_ Or write @ and pick a colleague from the list that Slack shows, or a contact's e-mail address.",
    ]
    assert buttons_of(said) == {"Open the form": "book tue 15:00"}


@pytest.mark.parametrize(
    ("text", "begins", "runs"),
    [
        ("cancel my 3pm", "An appointment is cancelled by *Cancel* on its card", "agenda"),
        ("please cancel my meeting with maya tomorrow", "An appointment is cancelled by", "agenda tomorrow"),
        ("move my 3pm to 4pm", "An appointment is moved by *Reschedule* on its card", "agenda"),
    ],
)
def test_how_an_appointment_is_changed_is_said_with_the_way_to_the_agenda(text: str, begins: str, runs: str) -> None:
    said = answer(run(written(event(text))))
    assert read_message(said)[0].startswith(begins)
    assert buttons_of(said) == {"Agenda": runs}


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
