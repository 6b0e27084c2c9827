"""Asking for a day: the command, the days beside it, one calendar alone, and the key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.slots_request import UnclearRequest
from bot.rendering.home import render_home
from bot.rendering.problem import problem
from bot.rendering.surfaces import Message
from bot.rendering.text import user_text
from bot.usecases.draw_home import DrawHome
from bot.usecases.resolve_actor import Asker
from bot.usecases.show_agenda import ShowAgenda
from bot.usecases.show_home import ShowHome
from bot.usecases.show_status import ShowStatus
from handlers.actions import agenda as agenda_actions
from handlers.commands.agenda import agenda_work
from handlers.interaction import Command, Surface
from handlers.registry import Handler
from handlers.reply import Reply
from tests.fakes.calendar_rows import CalendarRow
from tests.fakes.homes import FakeTabs
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import RecordingReply, pressed, run
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.rendering.screen import read_message, read_view


@dataclass
class House:
    """The use-cases on Acme, and every handler of the agenda."""

    acme: Acme
    show_agenda: ShowAgenda
    tabs: FakeTabs
    handlers: Sequence[Handler]

    def type(self, words: str) -> list[str]:
        """What Ana reads after `/daybook agenda` with words."""
        reply = RecordingReply()
        command = Command(asker=Asker("U1", "T1", "T1"), name="/daybook-agenda", text=words)
        agenda_work(self.show_agenda, a_week)(actor(), command, reply)
        return lines_of(reply, "say")

    def press(self, action_id: str, value: str, surface: Surface = Surface.CHANNEL) -> RecordingReply:
        """A button of the agenda pressed, or an option picked, by Ana."""
        return run(pressed(self.handlers, action_id, value, surface))


def a_week(_actor: Actor, command: Command, reply: Reply) -> None:
    """Stands for the subcommand of weeks."""
    reply.say(problem(f"a week of [{command.text}]"))


@pytest.fixture
def house() -> House:
    acme = Acme()
    show_agenda = ShowAgenda(acme.store, acme.clock, acme.resolve_members())
    show_home = ShowHome(acme.store, acme.clock, ShowStatus(acme.store, acme.clock))
    tabs = FakeTabs(lambda home: "\n".join(read_view(render_home(home))))
    draw_home = DrawHome(acme.store, show_home, tabs, acme.clock)
    return House(acme, show_agenda, tabs, agenda_actions.handlers(show_agenda, draw_home))


def lines_of(reply: RecordingReply, way: str) -> list[str]:
    """The lines of the one thing that was shown."""
    [(shown_way, shown)] = reply.shown
    assert shown_way == way
    return read_message(shown) if isinstance(shown, Message) else read_view(shown)


def add_family(acme: Acme) -> UUID:
    """A second calendar of Ana's."""
    family = replace(acme.calendars[ana.id], id=UUID(int=77), name="Family", remote_id="family")
    acme.store.tables.calendars[family.id] = CalendarRow(family)
    return family.id


def test_ones_own_day_is_said(house: House) -> None:
    house.acme.add_event(ana, "15:00-16:00", "Doctor")
    assert house.type("") == [
        "*Your day, Tuesday 24 November* (Berlin)",
        "15:00-16:00 ▪ grey  Doctor",
        "[? Colours]",
        "[Mon 23 Nov] [Wed 25 Nov]",
    ]


def test_somebody_elses_day_is_busy_and_nothing_more(house: House) -> None:
    house.acme.add_event(ben, "15:00-16:00", "Doctor")
    lines = house.type("<@U2> today")
    assert lines[1] == "busy 15:00-16:00 (9:00-10:00)"
    assert "Doctor" not in str(lines)


def test_a_day_that_could_be_two_is_asked_about(house: House) -> None:
    assert house.type("next fri <@U2>")[-1] == "[2026-11-27] [2026-12-04]"


@pytest.mark.parametrize("words", ["next week", "<@U2> this week", "week of 3 dec"])
def test_a_whole_week_is_the_weeks_to_answer(house: House, words: str) -> None:
    assert house.type(words) == [f"a week of [{user_text(words)}]"]


def test_words_for_more_than_a_day_are_refused(house: House) -> None:
    with pytest.raises(UnclearRequest):
        house.type("30m tomorrow")


@pytest.mark.parametrize("surface", [Surface.CHANNEL, Surface.MODAL])
def test_another_day_takes_the_place_of_this_one(house: House, surface: Surface) -> None:
    house.acme.add_event(ana, "2026-11-23 15:00-16:00", "Yesterday")
    lines = lines_of(house.press("agenda_day:2026-11-23", "2026-11-23 U1 all", surface), "replace")
    assert lines[:2] == ["*Your day, Monday 23 November* (Berlin)", "15:00-16:00 ▪ grey  Yesterday"]


def test_one_calendar_alone_is_shown_where_it_was_picked(house: House) -> None:
    family = add_family(house.acme)
    house.acme.add_event(ana, "15:00-16:00", "Doctor")
    assert lines_of(house.press("agenda_calendar", f"2026-11-24 U1 {family}"), "replace")[1:3] == [
        "Nothing on that day.",
        "[Family ▾] [? Colours]",
    ]
    house.press("agenda_calendar", f"2026-11-24 U1 {family}", Surface.HOME)
    [home] = house.tabs.published
    assert "[Family ▾] [? Colours] [Agenda] [Week picture]" in home
    assert "Doctor" not in home


# fault 11
def test_a_calendar_of_somebody_elses_shows_nothing_of_it(house: House) -> None:
    house.acme.add_event(ben, "15:00-16:00", "Stand-up")
    his = house.acme.calendars[ben.id].id
    for value in (f"2026-11-24 U1 {his}", f"2026-11-24 U2 {his}"):
        reply = house.press("agenda_calendar", value)
        assert "Stand-up" not in str(reply.shown)


def test_the_key_opens_at_once_and_there_is_nothing_to_wait_for(house: House) -> None:
    key = pressed(house.handlers, "colours", "")
    assert key.loading is not None
    assert read_view(key.loading)[0] == "*What the colours mean*"
    assert run(key).shown == []


# fault 10
@pytest.mark.parametrize("value", ["", "today", "2026-11-24 U1 mine", "2026-13-24 U1 all"])
def test_a_value_that_no_button_carries_is_not_there(house: House, value: str) -> None:
    for action in ("agenda_day:1", "agenda_calendar"):
        with pytest.raises(NotFound):
            house.press(action, value)
