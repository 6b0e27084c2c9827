"""Asking for a week: the command, the weeks beside it, one calendar alone, and where the picture goes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import pytest

from bot.domain.errors import NotFound
from bot.domain.people import Actor
from bot.domain.week import Week
from bot.rendering.surfaces import Message
from bot.usecases.resolve_actor import Asker
from bot.usecases.send_week import SendWeek
from bot.usecases.show_week import ShowWeek
from bot.usecases.week_link import MakeWeekLink
from handlers.actions import week as week_actions
from handlers.commands.week import week_work
from handlers.interaction import Command
from handlers.registry import Handler
from storage.vault import Vault, new_key
from tests.fakes.calendar_rows import CalendarRow
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import RecordingReply, pressed, run
from tests.unit.rendering.answers import actor, ana
from tests.unit.rendering.screen import read_message

OWN_MESSAGES = "D1"


@dataclass
class RecordedPictures:
    """Implements `ports.WeekPictures` by keeping what was posted."""

    posted: list[tuple[str, Week, str]] = field(default_factory=list)

    def is_there(self, actor: Actor, channel_id: str) -> bool:
        return channel_id == OWN_MESSAGES

    def post(self, actor: Actor, week: Week, link: str) -> None:
        self.posted.append((actor.slack_user_id, week, link))


@dataclass
class House:
    """The use-cases on Acme, and every handler of the week."""

    acme: Acme
    send: SendWeek
    pictures: RecordedPictures
    handlers: Sequence[Handler]

    def type(self, words: str, channel: str = "C1") -> list[tuple[str, list[str]]]:
        """What Ana reads after `/daybook week` with words."""
        reply = RecordingReply()
        asker = Asker("U1", "T1", "T1")
        week_work(self.send)(actor(), Command(asker=asker, name="/daybook", text=words, channel_id=channel), reply)
        return lines_of(reply)

    def press(self, action_id: str, value: str, channel: str = "C1") -> list[tuple[str, list[str]]]:
        """A button of the week pressed, or an option picked, by Ana."""
        return lines_of(run(pressed(self.handlers, action_id, value, channel=channel)))


@pytest.fixture
def house() -> House:
    acme, pictures = Acme(), RecordedPictures()
    show = ShowWeek(acme.store, acme.clock, acme.resolve_members())
    make_link = MakeWeekLink(Vault([new_key()]), acme.clock, "https://daybook.example.com")
    send = SendWeek(show, make_link, pictures)
    return House(acme, send, pictures, week_actions.handlers(send))


def lines_of(reply: RecordingReply) -> list[tuple[str, list[str]]]:
    """What was shown, and how."""
    return [(way, read_message(shown)) for way, shown in reply.shown if isinstance(shown, Message)]


def test_the_text_is_said_in_the_channel_and_the_picture_goes_to_ones_own_messages(house: House) -> None:
    house.acme.add_event(ana, "15:00-16:00", "Doctor")
    [(way, lines)] = house.type("")
    assert way == "say"
    assert lines[0] == "*Your week, 23 to 29 November* (Berlin)"
    assert "15:00-16:00 ▪ grey  Doctor" in lines
    [(who, week, link)] = house.pictures.posted
    assert (who, week.first.isoformat()) == ("U1", "2026-11-23")
    assert link.startswith("https://daybook.example.com/week/")


def test_in_ones_own_messages_the_picture_says_it_all(house: House) -> None:
    assert house.type("next week", OWN_MESSAGES) == []
    assert [week.first.isoformat() for _, week, _ in house.pictures.posted] == ["2026-11-30"]


def test_without_anything_to_draw_it_is_said_wherever_one_is(house: House) -> None:
    [(way, lines)] = house.type("<@U3>", OWN_MESSAGES)
    assert (way, lines[1]) == ("say", "Cara has no calendar connected, so nobody can say when Cara is free.")
    assert house.pictures.posted == []


def test_a_button_puts_another_week_in_its_place_and_draws_it(house: House) -> None:
    [(way, lines)] = house.press("week:1", "2026-12-02 U2 all")
    assert (way, lines[0]) == (
        "replace",
        "*Ben's week, 30 November to 6 December* (Berlin; in brackets New York, where Ben is)",
    )
    assert len(house.pictures.posted) == 1


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("2020-12-02 U1 all", "Daybook knows the last 30 days"),
        ("2026-12-02 U3 all", "Cara has no calendar connected"),
    ],
)
def test_a_picture_is_replaced_by_no_refusal(house: House, value: str, told: str) -> None:
    [(way, lines)] = house.press("week:1", value, OWN_MESSAGES)
    assert way == "say"
    assert any(line.startswith(told) for line in lines)
    [(way, _)] = house.press("week:1", value)
    assert way == "replace"


def test_one_calendar_alone_is_drawn(house: House) -> None:
    family = replace(house.acme.calendars[ana.id], id=UUID(int=77), name="Family", remote_id="family")
    house.acme.store.tables.calendars[family.id] = CalendarRow(family)
    [(_, lines)] = house.press("week_calendar", f"2026-11-23 U1 {family.id}")
    assert "[Family ▾] [? Colours]" in lines
    [(_, week, _)] = house.pictures.posted
    assert week.chosen == family.id


def test_words_that_could_mean_two_weeks_are_asked_about(house: House) -> None:
    [(way, lines)] = house.type("next tue")
    assert way == "say"
    assert lines[-1] == "[Week of Mon 30 Nov] [Week of Mon 7 Dec]"
    assert house.pictures.posted == []


def test_a_value_of_no_button_of_ours_finds_nothing(house: House) -> None:
    with pytest.raises(NotFound):
        house.press("week:1", "x")
