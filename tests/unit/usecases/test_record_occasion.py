"""What is done to appointments fires the triggers that wait for it, in the very transaction that stores it."""

from datetime import timedelta

import pytest

from bot.domain.appointments import Appointment
from bot.domain.occasions import BookedIn, What
from bot.domain.triggers import Trigger, TriggerFilter
from bot.usecases.change_appointment import CancelAppointment, ConfirmHold, SettleAppointment
from bot.usecases.expire_holds import ExpireHolds
from bot.usecases.move_appointment import MoveAppointment, MoveRequest
from bot.usecases.undo_change import UndoChange
from tests.builders import ANA, second, span
from tests.trigger_builders import MADE, a_trigger
from tests.unit.rendering.answers import actor, ben
from tests.unit.usecases.booking_house import MAYA, a_request
from tests.unit.usecases.trigger_house import TriggerHouse


class Scene(TriggerHouse):
    """A trigger of Ana's that waits for everything there is."""

    def __init__(self) -> None:
        super().__init__()
        self.at("12:00")
        self.trigger = self.has(a_trigger(actor(), *(what for what in What if what is not What.CONTACT_ADDED)))

    def fired(self, trigger: Trigger | None = None) -> list[tuple[str, int]]:
        """What it fired for, in order, with the version."""
        told = [(one.occasion.what.value, one.occasion.version) for one in self.ledger(trigger or self.trigger)]
        return sorted(told, key=lambda one: one[1])

    def undo(self, appointment: Appointment) -> Appointment:
        undo = UndoChange(self.store, self.clock, self.deliver_soon)
        return undo(actor(), appointment.id, version=appointment.version)

    def cancel(self, appointment: Appointment) -> Appointment:
        cancel = CancelAppointment(self.store, self.clock, self.deliver_soon)
        return cancel(actor(), appointment.id, version=appointment.version)

    def move(self, appointment: Appointment, when: str) -> Appointment:
        move = MoveAppointment(self.store, self.clock, self.read_live(), self.deliver_soon)
        return move(actor(), MoveRequest(appointment.id, appointment.version, second(when)))


def test_a_booking_fires_with_everything_there_is_to_say() -> None:
    scene = Scene()
    booked = scene.book(a_request("15:00", title="Fitting")).appointment
    [firing] = scene.ledger(scene.trigger)
    occasion = firing.occasion
    assert (occasion.what, occasion.subject, occasion.version) == (What.BOOKED, booked.id, 1)
    assert (occasion.at, occasion.booked_in) == (scene.clock.now(), BookedIn.DAYBOOK)
    assert (occasion.hosts, occasion.calendar_id) == ((ANA,), scene.calendars[ANA].id)
    assert ([one.email for one in occasion.contacts], occasion.title) == ([MAYA.email], "Fitting")
    assert (occasion.span, occasion.before, occasion.zone) == (span("15:00-15:30"), None, "Europe/Berlin")


def test_a_booking_that_is_delivered_twice_fires_once() -> None:
    scene = Scene()
    for _ in range(2):
        scene.book(a_request("15:00"), origin="once")
    assert scene.fired() == [("booked", 1)]


def test_somebody_elses_appointment_is_nothing_to_it() -> None:
    scene = Scene()
    scene.book(a_request("20:00", ben, overrides=True), by=ben)
    assert scene.fired() == []


def test_a_hold_fires_once_it_is_confirmed() -> None:
    scene = Scene()
    held = scene.book(a_request("15:00", holds=True)).appointment
    assert scene.fired() == []
    ConfirmHold(scene.store, scene.clock, scene.deliver_soon)(actor(), held.id, version=1)
    assert scene.fired() == [("booked", 2)]


def test_a_hold_that_ends_or_is_let_go_was_never_booked_nor_cancelled() -> None:
    scene = Scene()
    scene.book(a_request("15:00", holds=True))
    let_go = scene.book(a_request("16:00", holds=True)).appointment
    scene.cancel(let_go)
    scene.passes(timedelta(hours=1))
    assert ExpireHolds(scene.store, scene.clock)() == 1
    assert scene.fired() == []


def test_a_move_and_its_undoing_are_two_moves() -> None:
    scene = Scene()
    booked = scene.book(a_request("15:00")).appointment
    moved = scene.move(booked, "16:00")
    scene.undo(moved)
    assert scene.fired() == [("booked", 1), ("rescheduled", 2), ("rescheduled", 3)]
    told = {one.occasion.version: one.occasion for one in scene.ledger(scene.trigger)}
    assert (told[2].before, told[2].span) == (span("15:00-15:30"), span("16:00-16:30"))
    assert (told[3].before, told[3].span) == (span("16:00-16:30"), span("15:00-15:30"))


def test_a_cancellation_and_a_booking_that_is_undone_are_both_cancelled() -> None:
    scene = Scene()
    scene.cancel(scene.book(a_request("15:00")).appointment)
    scene.undo(scene.book(a_request("16:00")).appointment)
    assert scene.fired() == [("booked", 1), ("booked", 1), ("cancelled", 2), ("cancelled", 2)]


@pytest.mark.parametrize(("showed", "what"), [(True, "showed"), (False, "no_show")])
def test_what_came_of_it_fires(what: str, *, showed: bool) -> None:
    scene = Scene()
    booked = scene.book(a_request("15:00")).appointment
    scene.at("16:00")
    settle = SettleAppointment(scene.store, scene.clock, scene.deliver_soon)
    settle(actor(), booked.id, version=1, showed=showed)
    assert scene.fired() == [("booked", 1), (what, 2)]


def test_a_trigger_that_is_made_later_fires_for_what_follows_alone() -> None:
    scene = Scene()
    booked = scene.book(a_request("15:00")).appointment
    scene.passes(timedelta(minutes=1))
    everything = (What.BOOKED, What.RESCHEDULED)
    later = scene.has(a_trigger(actor(), *everything, created_at=scene.clock.now()))
    elsewhere = scene.has(a_trigger(actor(), *everything, only=TriggerFilter((ANA,), booked_in=BookedIn.GOOGLE)))
    scene.move(booked, "16:00")
    assert (scene.fired(later), scene.fired(elsewhere)) == ([("rescheduled", 2)], [])
    assert later.created_at > MADE


def test_what_is_not_stored_does_not_fire() -> None:
    scene = Scene()

    def lost() -> None:
        raise RuntimeError("the database is gone")

    scene.store.before_commit = lost
    with pytest.raises(RuntimeError):
        scene.book(a_request("15:00"))
    scene.store.before_commit = lambda: None
    assert scene.fired() == []
