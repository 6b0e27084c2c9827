"""Asking who is free by the form: answered in its own modal, brought back with what is wrong."""

from dataclasses import replace

import pytest

from bot.domain.preference_changes import meetings
from bot.rendering.names import ActionId, CallbackId
from tests.unit.handlers.acting import run, shortcut, submitted
from tests.unit.handlers.slots_house import House, a_house, modal_of
from tests.unit.rendering.answers import ben

TODAY = "2026-11-24"


@pytest.fixture
def house() -> House:
    return a_house()


def form(**changed: dict[str, object]) -> dict[str, dict[str, object]]:
    """The form *Find a time* as it is submitted: Ana and Ben, everyone, 30 minutes, the usual day."""
    filled: dict[str, dict[str, object]] = {
        ActionId.PEOPLE: {"type": "multi_users_select", "selected_users": ["U1", "U2"]},
        ActionId.MODE: {"type": "radio_buttons", "selected_option": {"value": "all"}},
        ActionId.LENGTH: {"type": "static_select", "selected_option": {"value": "30"}},
        ActionId.DAY: {"type": "datepicker", "selected_date": TODAY},
    }
    return {**filled, **changed}


def test_the_form_is_answered_in_its_own_modal(house: House) -> None:
    found = submitted(house.handlers, CallbackId.FIND_A_TIME, form())
    assert found.mistakes == {}
    assert found.loading is not None
    reply = run(found)
    assert reply.ways == ["update"]
    assert modal_of(reply.last) == [
        "*Ana and Ben, 30 minutes, Tuesday 24 November* (Berlin; 9:00-11:00 for Ben)",
        "[15:00] [15:15] [15:30] [15:45] [16:00]",
        "[16:15] [16:30]",
        "[Another day]",
    ]


def test_a_form_that_leaves_the_length_open_is_answered_for_the_usual_one(house: House) -> None:
    house.acme.decide(ben, meetings("90", "30", "0", "0"))
    usual = form(people={"selected_users": ["U2"]}, length={"selected_option": {"value": "usual"}})
    found = submitted(house.handlers, CallbackId.FIND_A_TIME, usual)
    assert found.mistakes == {}
    assert modal_of(run(found).last)[0].startswith("*Ben, 1 hour 30 minutes, Tuesday 24 November*")


def test_a_form_without_people_or_day_says_so_on_the_fields(house: House) -> None:
    empty = form(
        people={"type": "multi_users_select", "selected_users": []}, day={"type": "datepicker", "selected_date": None}
    )
    assert submitted(house.handlers, CallbackId.FIND_A_TIME, empty).mistakes == {
        "people": "Choose at least one person.",
        "day": "Choose a day.",
    }


def test_a_day_that_has_passed_brings_the_form_back_with_all_that_was_chosen(house: House) -> None:
    past = form(day={"type": "datepicker", "selected_date": "2026-11-20"})
    reply = run(submitted(house.handlers, CallbackId.FIND_A_TIME, past))
    assert modal_of(reply.last) == [
        "Friday 20 November has passed. Choose another one.",
        "Who: ['U1', 'U2']",
        "Everyone or anyone: Everyone has to be free",
        "Length: 30 minutes",
        "Day: 2026-11-20",
    ]


def test_a_guest_chosen_on_the_form_brings_it_back(house: House) -> None:
    members = house.acme.store.tables.members
    members[ben.id] = replace(ben, standing=type(ben.standing).GUEST)
    reply = run(submitted(house.handlers, CallbackId.FIND_A_TIME, form()))
    assert (
        modal_of(reply.last)[0] == "Ben is not a full member of this workspace, so Daybook keeps no calendar for them."
    )


def test_the_shortcut_opens_the_form(house: House) -> None:
    opened = shortcut(house.handlers, CallbackId.FIND_A_TIME)
    assert opened.loading is not None
    assert modal_of(run(opened).last)[-1] == f"Day: {TODAY}"
