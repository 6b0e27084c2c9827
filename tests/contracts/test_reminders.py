"""Reminders before appointments, from what is booked to what is said, on every store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.appointment_log import Deed
from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.people import Standing
from bot.ports import Store
from bot.rendering.reminders import reminder_message
from tests.builders import BERLIN, NEW_YORK, at
from tests.contracts.reminder_town import ReminderTown
from tests.contracts.storage_builders import a_profile, new_id

# What the databases are asked is asked of both of them in the other files.
pytestmark = pytest.mark.parametrize("store", ["memory", "sqlite"], indirect=True)

IN_TEN = "U1: Begins in 10 minutes: Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"


@pytest.fixture
def town(store: Store) -> ReminderTown:
    return ReminderTown(store)


def test_a_host_is_reminded_ten_minutes_before_and_only_once(town: ReminderTown) -> None:
    town.books("15:00-15:30")
    assert town.at("14:49") == []
    assert town.at("14:50") == [IN_TEN]
    assert town.at("14:51") == town.at("14:59") == []


def test_several_reminders_come_at_their_own_times(town: ReminderTown) -> None:
    town.chooses(60, 10)
    town.books("15:00-15:30")
    assert town.at("14:00") == ["U1: Begins in 1 hour: Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"]
    assert town.at("14:30") == []
    assert town.at("14:50") == [IN_TEN]


def test_whoever_wants_none_gets_none(town: ReminderTown) -> None:
    town.chooses()
    town.books("15:00-15:30")
    assert town.at("14:59") == []


def test_every_host_is_reminded_as_he_wants_it(town: ReminderTown) -> None:
    town.chooses(30, who=town.ben)
    town.books("15:00-15:30", town.ben)
    assert [one[:3] for one in town.at("14:30")] == ["U2:"]
    assert [one[:3] for one in town.at("14:50")] == ["U1:"]


def test_a_meeting_among_colleagues_is_reminded_of_too(town: ReminderTown) -> None:
    town.books("15:00-15:30", contact=None, title="Planning")
    assert town.at("14:50") == ["U1: Begins in 10 minutes: Planning, Tue 24 Nov, 15:00-15:30 Berlin"]


def test_what_is_only_held_is_not_reminded_of(town: ReminderTown) -> None:
    town.books("15:00-15:30", status=AppointmentStatus.HELD, expires_at=at("16:00"))
    assert town.at("14:55") == []


# fault 34
def test_a_cancelled_appointment_stays_silent_and_what_was_said_says_so(town: ReminderTown) -> None:
    town.chooses(60, 10)
    appointment = town.books("15:00-15:30")
    town.at("14:00")
    town.cancels(appointment)
    assert town.at("14:50") == []
    assert town.shown() == ["Cancelled: Maya Ortiz and Ana"]


# fault 34
def test_a_moved_appointment_is_reminded_of_at_its_new_time_alone(town: ReminderTown) -> None:
    town.chooses(60, 10)
    appointment = town.books("15:00-15:30")
    town.at("14:00")
    town.moves(appointment, "16:00-16:30")
    assert town.at("14:50") == []
    assert town.shown() == ["Moved: Maya Ortiz and Ana, Tue 24 Nov, 16:00-16:30 Berlin"]
    assert town.at("15:00") == ["U1: Begins in 1 hour: Maya Ortiz and Ana, Tue 24 Nov, 16:00-16:30 Berlin"]


# fault 34
def test_an_appointment_that_is_moved_and_back_is_reminded_of_once(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30")
    assert town.at("14:50") == [IN_TEN]
    town.moves(appointment, "16:00-16:30")
    town.moves(appointment, "15:00-15:30")
    assert town.at("14:52") == []
    assert town.shown() == [IN_TEN.removeprefix("U1: ")]


# fault 34
@pytest.mark.parametrize(
    ("change", "state", "why"),
    [
        (lambda town, appointment: town.cancels(appointment), "waiting", "It is cancelled."),
        (lambda town, appointment: town.moves(appointment, "16:00-16:30"), "waiting", "It was moved."),
        (lambda town, _appointment: town.chooses(), "left_out", "The host wants no such reminder any more."),
    ],
    ids=["cancelled", "moved", "not wanted any more"],
)
def test_what_changes_between_the_claim_and_the_message_stays_silent(
    town: ReminderTown, change: Callable[[ReminderTown, Appointment], None], state: str, why: str
) -> None:
    appointment = town.books("15:00-15:30")
    town.clock.time = at("14:50")
    [claim] = town.claims()
    change(town, appointment)
    town.sends(claim)
    assert town.said() == []
    assert town.states(appointment) == [(state, why)]
    assert town.at("14:55") == town.at("15:00") == []
    assert town.states(appointment)[0] == ("left_out", why)


# fault 34
def test_what_is_moved_as_it_is_about_to_be_said_and_back_is_said_and_not_called_late(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30")
    town.clock.time = at("14:50")
    [claim] = town.claims()
    town.moves(appointment, "16:00-16:30")
    town.sends(claim)
    town.clock.time = at("14:53")
    town.ticks()
    town.moves(appointment, "15:00-15:30")
    assert town.at("14:54") == ["U1: Begins in 6 minutes: Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"]
    assert "late" not in str(reminder_message(town.posts.said[-1]))
    assert town.at("14:56") == []


# fault 34
def test_what_is_cancelled_while_the_message_is_on_its_way_is_said_there_next(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30")

    def cancel() -> None:
        town.posts.after = lambda: None
        town.cancels(appointment)

    town.posts.after = cancel
    assert town.at("14:50") == [IN_TEN]
    town.ticks()
    assert town.shown() == ["Cancelled: Maya Ortiz and Ana"]


def test_a_move_to_a_time_that_is_near_leaves_out_what_had_passed_by_then(town: ReminderTown) -> None:
    town.chooses(240, 10)
    appointment = town.books("2026-11-30 15:00-15:30")
    town.clock.time = at("14:00")
    town.moves(appointment, "2026-11-24 15:00-15:30")
    assert town.at("14:01") == []
    assert town.at("14:50") == [IN_TEN]
    assert "late" not in str(reminder_message(town.posts.said[-1]))


def test_a_hold_that_is_confirmed_late_leaves_out_what_had_passed_by_then(town: ReminderTown) -> None:
    town.chooses(60, 10)
    held = town.books("15:00-15:30", status=AppointmentStatus.HELD, expires_at=at("16:00"))
    town.clock.time = at("14:30")
    town.records(held.confirmed(at("14:30")), Deed.CONFIRMED, after=held.span)
    assert town.at("14:31") == []
    assert town.at("14:50") == [IN_TEN]


def test_a_booking_for_in_five_minutes_reminds_nobody(town: ReminderTown) -> None:
    town.clock.time = at("14:55")
    appointment = town.books("15:00-15:30")
    assert town.at("14:56") == []
    assert town.states(appointment) == [("left_out", "")]


def test_a_wish_counts_from_when_it_was_made(town: ReminderTown) -> None:
    town.books("15:00-15:30")
    town.clock.time = at("14:30")
    town.chooses(60, 10)
    assert town.at("14:31") == []
    assert town.at("14:50") == [IN_TEN]


def test_nothing_that_was_due_before_the_first_start_is_made_up_for(store: Store) -> None:
    town = ReminderTown(store, morning="14:55")
    town.books("15:00-15:30", created_at=at("8:00"))
    town.books("14:00-14:30", created_at=at("8:00"))
    assert [town.at(when) for when in ("14:56", "15:01", "15:31")] == [
        [],
        [],
        ["U1: How did it go with Maya Ortiz? Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"],
    ]


def test_a_host_who_left_is_not_reminded(town: ReminderTown) -> None:
    appointment = town.books("15:00-15:30")
    gone = replace(a_profile("U1"), standing=Standing.DEACTIVATED)
    with town.store.writing() as work:
        work.members.save(town.ana.workspace_id, gone, new_id=new_id(), now=town.clock.now())
        work.commit()
    assert town.at("14:50") == []
    assert town.states(appointment) == [("left_out", "The host is no full member of this workspace any more.")]


@pytest.mark.parametrize(
    ("zone", "day", "reads"),
    [
        (BERLIN, "2026-10-25", "3:00-3:30 Berlin"),
        (BERLIN, "2027-03-28", "3:00-3:30 Berlin"),
        (NEW_YORK, "2026-11-01", "2:00-2:30 New York"),
        (NEW_YORK, "2027-03-14", "3:00-3:30 New York"),
    ],
)
def test_on_days_when_clocks_change_it_is_ten_minutes_all_the_same(
    store: Store, zone: str, day: str, reads: str
) -> None:
    hours, _, _city = reads.partition(" ")
    town = ReminderTown(store, morning=f"{day} 0:30", zone=zone)
    appointment = town.books(f"{day} {hours}")
    with store.writing() as work:
        profile = replace(a_profile("U1"), zone=zone)
        work.members.save(town.ana.workspace_id, profile, new_id=new_id(), now=town.clock.now())
        work.commit()
    town.clock.time = appointment.starts_at - timedelta(minutes=10, seconds=1)
    town.ticks()
    assert town.said() == []
    town.clock.time = appointment.starts_at - timedelta(minutes=10)
    town.ticks()
    [said] = town.said()
    assert said.endswith(reads)
    assert said.startswith("U1: Begins in 10 minutes: ")
