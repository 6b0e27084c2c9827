"""The question to the host after the end, on every store."""

from dataclasses import replace

import pytest

from bot.domain.appointments import AppointmentStatus
from bot.domain.errors import ProviderDown
from bot.domain.reminders import REMINDER_LEASE
from bot.domain.schedule import Schedule
from bot.ports import Store
from bot.rendering.reminders import reminder_message
from tests.builders import at
from tests.contracts.reminder_town import ReminderTown

ASKED = "U1: How did it go with Maya Ortiz? Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"


@pytest.fixture
def town(store: Store) -> ReminderTown:
    return ReminderTown(store)


def test_the_host_is_asked_once_how_it_went(town: ReminderTown) -> None:
    town.chooses()
    town.books("15:00-15:30")
    assert town.at("15:29") == []
    assert town.at("15:31") == [ASKED]
    assert town.at("15:40") == []


def test_of_an_appointment_that_is_moved_after_the_question_the_host_is_asked_at_its_new_end(
    town: ReminderTown,
) -> None:
    town.chooses()
    appointment = town.books("10:00-10:30")
    [asked] = town.at("10:31")
    town.clock.time = at("11:00")
    town.moves(appointment, "15:00-15:30")
    assert town.at("11:01") == []
    assert town.shown() == ["Moved: Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"]
    assert town.at("15:31") == [ASKED]
    town.moves(appointment, "10:00-10:30")
    assert town.at("15:32") == []
    assert town.shown()[0] == asked.removeprefix("U1: ")


def test_of_an_appointment_that_is_moved_before_the_question_comes_the_host_is_asked_at_its_new_end_alone(
    town: ReminderTown,
) -> None:
    town.chooses()
    appointment = town.books("18:00-18:30")
    assert town.at("18:31") == []
    town.moves(appointment, "2026-11-25 11:00-11:30")
    assert town.at("2026-11-25 9:00") == []
    assert town.at("2026-11-25 11:31") == [ASKED.replace("Tue 24 Nov, 15:00-15:30", "Wed 25 Nov, 11:00-11:30")]


def test_the_first_host_alone_is_asked(town: ReminderTown) -> None:
    town.chooses()
    town.chooses(who=town.ben)
    town.books("15:00-15:30", town.ben)
    assert [one[:3] for one in town.at("15:31")] == ["U1:"]


def test_nobody_is_asked_about_a_meeting_without_a_contact_or_against_his_wish(town: ReminderTown) -> None:
    town.chooses(asks_after=False)
    town.books("14:00-14:30", contact=None)
    town.books("15:00-15:30")
    assert town.at("15:31") == []


def test_nobody_is_asked_about_what_was_marked_already(town: ReminderTown) -> None:
    town.chooses()
    appointment = town.books("15:00-15:30")
    town.clock.time = at("15:30")
    town.settles(appointment, AppointmentStatus.NO_SHOW)
    assert town.at("15:31") == []


@pytest.mark.parametrize(
    ("status", "reads"),
    [(AppointmentStatus.SHOWED, "showed"), (AppointmentStatus.NO_SHOW, "no-show")],
)
def test_an_answer_given_anywhere_takes_the_place_of_the_question(
    town: ReminderTown, status: AppointmentStatus, reads: str
) -> None:
    town.chooses()
    appointment = town.books("15:00-15:30")
    town.at("15:31")
    town.settles(appointment, status)
    town.at("15:32")
    assert town.shown() == [f"Maya Ortiz and Ana: {reads}"]
    [_, buttons] = reminder_message(next(iter(town.posts.standing.values()))).blocks
    assert [one["text"]["text"] for one in buttons["elements"]] == ["Book again"]  # type: ignore[attr-defined]


def test_what_ends_in_the_evening_is_asked_about_in_the_morning(town: ReminderTown) -> None:
    town.chooses()
    town.books("18:00-18:30")
    assert town.at("18:31") == town.at("2026-11-25 8:59") == []
    assert town.at("2026-11-25 9:00") == [ASKED.replace("15:00-15:30", "18:00-18:30")]


def test_what_ends_on_friday_evening_is_asked_about_on_monday(town: ReminderTown) -> None:
    town.chooses()
    town.books("2026-11-27 18:00-18:30")
    assert town.at("2026-11-27 18:31") == town.at("2026-11-28 12:00") == []
    assert len(town.at("2026-11-30 9:00")) == 1


def test_whoever_has_no_hours_all_week_is_not_asked(town: ReminderTown) -> None:
    town.chooses()
    appointment = town.books("15:00-15:30")
    with town.store.writing() as work:
        never = Schedule(zone="Europe/Berlin", hours={})
        work.schedules.change(town.ana, lambda preferences: replace(preferences, schedule=never))
        work.commit()
    assert town.at("15:31") == []
    assert town.states(appointment) == [("left_out", "")]


def test_after_an_outage_of_more_than_a_day_nobody_is_asked(town: ReminderTown) -> None:
    town.chooses()
    town.books("14:00-14:30")
    town.books("15:00-15:30")
    assert town.at("2026-11-25 15:00") == [ASKED]


def test_a_question_that_slack_does_not_take_for_a_day_is_given_up(town: ReminderTown) -> None:
    town.chooses()
    appointment = town.books("15:00-15:30")

    def refuse() -> None:
        raise ProviderDown("Slack could not be reached.")

    town.posts.before = refuse
    town.at("15:31")
    town.at("2026-11-25 15:29")
    town.posts.before = lambda: None
    assert town.at("2026-11-25 15:31") == []
    assert town.states(appointment) == [("left_out", "It was too late.")]


def test_a_claim_of_a_process_that_is_slow_sends_nothing_any_more(town: ReminderTown) -> None:
    town.books("15:00-15:30")
    town.clock.time = at("14:50")
    [late] = town.claims()
    town.clock.time += REMINDER_LEASE
    [claim] = town.claims()
    assert (town.sends(claim), town.sends(late)) == (True, False)
    assert len(town.said()) == 1
