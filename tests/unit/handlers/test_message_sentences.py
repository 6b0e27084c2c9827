"""Sentences that are written to Daybook: they do what the command does, or are a button that does."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from bot.domain.appointments import AppointmentStatus
from bot.domain.contacts import Contact
from bot.rendering.blocks import actions, section
from bot.rendering.card_words import reader_times
from bot.rendering.direct_words import NO_BLOCKING, with_left_out
from bot.rendering.run_buttons import run as run_button
from bot.rendering.surfaces import Message
from tests.builders import BERLIN, span
from tests.fakes.tables import AppointmentRow
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import run
from tests.unit.handlers.message_desk import (
    answer,
    event,
    lines,
    with_maya,
    written,
)
from tests.unit.rendering.answers import ACME, ana, ben
from tests.unit.rendering.bookings import MAYA, an_appointment
from tests.unit.rendering.screen import buttons_of, read_message


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
        ("book maya tomorrow 3:30 PM", "book maya@ortiz.test tomorrow 3:30pm"),
        ("meet maya tomorrow at 4 p.m.", "book maya@ortiz.test tomorrow at 4pm"),
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


@pytest.mark.parametrize("text", ["is maya free tomorrow", "agenda maya tomorrow", "why maya tomorrow"])
def test_a_contact_whose_time_is_asked_for_can_be_booked(text: str) -> None:
    said = answer(run(written(event(text), with_maya())))
    assert read_message(said) == ["Maya Ortiz is a contact; Daybook does not know the calendars of contacts.", "[Book]"]
    assert buttons_of(said) == {"Book": "book maya@ortiz.test tomorrow"}


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
        ("please cancel my meeting with maya tomorrow", "An appointment is cancelled by", "agenda 2026-11-25"),
        ("move my meeting tomorrow 4:30pm to thursday", "An appointment is moved by", "agenda 2026-11-25"),
        ("cancel my meeting tomorrow thursday", "An appointment is cancelled by", "agenda"),
        ("move my 3pm to 4pm", "An appointment is moved by *Reschedule* on its card", "agenda"),
    ],
)
def test_how_an_appointment_is_changed_is_said_with_the_way_to_the_agenda(text: str, begins: str, runs: str) -> None:
    said = answer(run(written(event(text))))
    assert read_message(said)[0].startswith(begins)
    assert buttons_of(said) == {"Agenda": runs}


LEE = Contact(UUID(int=601), ACME.id, "lee@chen.test", "Lee Chen")
CALLED_OFF = AppointmentStatus.CANCELLED


def with_appointments() -> Acme:
    """Acme with what Ana has with Maya and with Lee, and what she booked for Ben."""
    acme = Acme()
    tables = acme.store.tables
    tables.contacts |= {one.id: one for one in (MAYA, LEE)}
    made = (
        an_appointment("15:00-15:30", id=UUID(int=1)),
        an_appointment("2026-11-25 16:30-17:00", id=UUID(int=2), contact=LEE),
        an_appointment("2026-11-26 15:00-15:30", id=UUID(int=3)),
        an_appointment("16:00-16:30", id=UUID(int=4), hosts=(ben.id,), booker_id=ana.id, contact=LEE),
        an_appointment("17:00-17:30", id=UUID(int=5), hosts=(ben.id,), contact=LEE),
        an_appointment("17:30-18:00", id=UUID(int=6), status=CALLED_OFF),
    )
    tables.appointments |= {one.id: AppointmentRow(one, str(one.id)) for one in made}
    return acme


@pytest.mark.parametrize(
    ("text", "those"),
    [
        ("move maya to 4pm", [1, 3]),
        ("cancel Lee's meeting", [4, 2]),
        ("cancel my 3 PM", [1, 3]),
        ("cancel my 3pm today", [1]),
        ("move my meeting tomorrow 4:30pm to thursday", [2]),
        ("move my meeting", [1, 2, 3]),
        ("cancel lee@chen.test", [4, 2]),
    ],
)
def test_the_appointments_that_may_be_meant_are_offered_to_be_changed(text: str, those: list[int]) -> None:
    said = answer(run(written(event(text), with_appointments())))
    accessories: list[Any] = [block["accessory"] for block in said.blocks if "accessory" in block]
    does = "cancel" if text.startswith("cancel") else "reschedule"
    assert [button["value"] for button in accessories] == [f"{does} {UUID(int=one)} 1" for one in those]


def test_each_of_them_is_told_with_its_time_and_its_contact() -> None:
    said = answer(run(written(event("cancel maya today"), with_appointments())))
    assert read_message(said) == [
        "Which one is to be cancelled? What was made in Google is changed there.",
        f"{reader_times(span('15:00-15:30'), BERLIN)} · Maya Ortiz [Cancel]",
        "[Agenda]",
    ]
    assert buttons_of(said)["Agenda"] == "agenda 2026-11-24"


@pytest.mark.parametrize("text", ["block friday afternoon", "Can you block out tomorrow?"])
def test_time_is_not_blocked_by_words_and_where_it_is_blocked_is_told(text: str) -> None:
    assert lines(text)[0] == NO_BLOCKING
