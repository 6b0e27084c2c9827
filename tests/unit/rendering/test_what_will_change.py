"""What is said before something is taken away, and after."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.choice_effects import ChoiceEffects, Dropped
from bot.domain.connections import Ended, Revocation
from bot.domain.errors import NotFound
from bot.rendering.disconnect import NOTHING, disconnect_message, disconnected
from bot.rendering.names import SettingsTab
from bot.rendering.settings.frame import settings_modal
from bot.rendering.settings.what_will_change import WantedChoice, wanted_choice, what_will_change
from bot.rendering.surfaces import Message, Modal
from tests.unit.rendering.a_members_settings import settings_of
from tests.unit.rendering.connections import HOME, WORK
from tests.unit.rendering.screen import read_message, read_view


def question_of(shown: Message | Modal) -> str:
    """What is asked before the first [Disconnect]."""
    accessories: list[Any] = [block["accessory"] for block in shown.blocks if "accessory" in block]
    return next(str(one["confirm"]["text"]["text"]) for one in accessories if "confirm" in one)


def test_what_will_change_is_told_before_it_does() -> None:
    effects = ChoiceEffects("Ana", "Office", (Dropped("Family", 41), Dropped("Club", 1)), ("Gym",), moves_link=True)
    assert read_view(what_will_change(effects, WantedChoice("m", ()))) == [
        "· New appointments go to *Office* instead of *Ana*.",
        "· *Family* stops blocking your time; 41 events read from there are erased.",
        "· *Club* stops blocking your time; 1 event read from there is erased.",
        "· *Gym* is read, and what is Busy there blocks your time.",
        "_ Nothing in Google Calendar is changed.",
    ]


def test_a_linked_calendar_that_goes_without_another_is_told() -> None:
    effects = ChoiceEffects("Ana", None, (), (), moves_link=True)
    assert read_view(what_will_change(effects, WantedChoice(None, ())))[0] == (
        "· Appointments do not go to *Ana* any more, and have no other calendar to go to."
    )


@pytest.mark.parametrize("below", ["", "V0123456789"])
@pytest.mark.parametrize("linked", [None, "0" * 24])
def test_the_question_carries_the_whole_choice(below: str, linked: str | None) -> None:
    wanted = WantedChoice(linked, tuple(f"{number:024}" for number in range(100)), below, "0" * 16)
    assert wanted_choice(wanted.value()) == wanted
    assert len(wanted.value()) <= 3000


@pytest.mark.parametrize("value", ["", "-", "a  b"])
def test_what_no_question_carries_is_not_there(value: str) -> None:
    with pytest.raises(NotFound):
        wanted_choice(value)


def test_disconnecting_says_first_what_happens() -> None:
    assert question_of(disconnect_message(settings_of())) == (
        "ana@acme.test: Ana and Family stop blocking your time; 41 events read from there are erased. "
        "Appointments have no calendar to go to then. You are asked next about events that Daybook wrote for "
        "appointments to come."
    )
    assert question_of(settings_modal(settings_of(accounts=[HOME]), SettingsTab.CALENDARS)) == (
        "ana@home.test: Team holidays stops blocking your time; 0 events read from there are erased. "
        "You are asked next about events that Daybook wrote for appointments to come."
    )
    assert question_of(disconnect_message(settings_of(accounts=[], pending=[WORK], calendars=[]))) == (
        "ana@acme.test: nothing of it is in use. Its permission is given back to Google; nothing there is changed."
    )


def test_an_account_to_leave_is_named_with_what_it_may_do() -> None:
    assert read_message(disconnect_message(settings_of()))[2:] == [
        "*ana@acme.test* · Google Calendar [Disconnect]",
        "*ana@home.test* · Google Calendar · read-only [Disconnect]",
    ]


def test_nothing_to_disconnect_is_told() -> None:
    assert read_message(disconnect_message(settings_of(accounts=[], calendars=[]))) == [NOTHING]


def test_what_was_disconnected_is_told_after() -> None:
    ended = Ended(WORK, Revocation.DONE, ("Ana", "Family"), 41)
    assert read_message(disconnected(ended)) == [
        (
            "*ana@acme.test* is disconnected. Ana and Family do not block your time any more, and "
            "41 events read from there were erased. Nothing in Google Calendar was changed. "
            "The permission was given back to Google."
        )
    ]
    assert (
        "2 appointments to come keep their events there, which Daybook cannot move or remove until you connect it"
        in read_message(disconnected(replace(ended, appointments=2)))[0]
    )
    assert "Nothing of it was in use." in read_message(disconnected(Ended(WORK, Revocation.DONE)))[0]
