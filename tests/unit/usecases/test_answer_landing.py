"""A host moves the appointment on which something landed, or keeps both."""

from dataclasses import replace

import pytest

from bot.domain.appointments import EditedMeanwhile, NotPossible
from bot.domain.booking import NotOffered
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.people import Standing
from bot.usecases.answer_landing import LandingMove
from bot.usecases.move_appointment import MoveRequest
from tests.builders import second, span
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.landing_house import LandingHouse


def a_told_house() -> LandingHouse:
    """A call landed on Ana's appointment at three, and she was told."""
    house = LandingHouse()
    house.booked("15:00")
    house.lands("15:00-16:00")
    house.tell()
    return house


def wanted(house: LandingHouse, start: str = "16:00", *, number: int = 1, version: int = 1) -> LandingMove:
    return LandingMove(house.batch().id, number, version, second(start))


def test_moving_it_settles_the_question() -> None:
    house = a_told_house()
    moved = house.answer.move(actor(ana), wanted(house))
    assert (moved.span, moved.version) == (span("16:00-16:30"), 2)
    assert house.states() == ["moved"]
    with pytest.raises(NotPossible, match="settled already"):
        house.answer.move(actor(ana), wanted(house, version=2))
    with pytest.raises(NotPossible, match="settled already"):
        house.answer.keep(actor(ana), house.batch().id, 1)


def test_a_time_that_was_taken_meanwhile_is_refused_with_the_nearest() -> None:
    house = a_told_house()
    house.add_event(ana, "16:00-16:30", "Another call")
    with pytest.raises(NotOffered) as refused:
        house.answer.move(actor(ana), wanted(house))
    assert refused.value.nearest
    assert house.states() == ["told"]


def test_an_appointment_that_somebody_changed_meanwhile_is_refused() -> None:
    house = a_told_house()
    [appointment] = house.stored()
    house.move(actor(ana), MoveRequest(appointment.id, 1, second("15:15"), overrides=True))
    with pytest.raises(EditedMeanwhile):
        house.answer.move(actor(ana), wanted(house))
    assert house.states() == ["told"]


def test_keeping_both_is_for_good() -> None:
    house = a_told_house()
    house.answer.keep(actor(ana), house.batch().id, 1)
    assert house.states() == ["kept"]
    assert house.reads() == 0
    assert house.tell() == 0


def test_all_of_a_message_are_kept_at_once() -> None:
    house = LandingHouse()
    for hour in (13, 14, 15):
        house.booked(f"{hour}:00")
    house.lands("13:00-17:00", "Workshop")
    house.tell()
    house.answer.keep(actor(ana), house.batch().id, 2)
    house.answer.keep(actor(ana), house.batch().id, 0)
    assert house.states() == ["kept", "kept", "kept"]


# fault 11
def test_nobody_else_answers() -> None:
    house = a_told_house()
    for call in (
        lambda: house.answer.move(actor(ben), wanted(house)),
        lambda: house.answer.keep(actor(ben), house.batch().id, 1),
        lambda: house.show(actor(ben), house.batch().id),
    ):
        with pytest.raises(NotFound):
            call()
    assert house.states() == ["told"]


# fault 13
def test_a_guest_answers_nothing() -> None:
    house = a_told_house()
    guest = actor(replace(ana, standing=Standing.GUEST))
    with pytest.raises(NotAllowed):
        house.answer.keep(guest, house.batch().id, 1)


@pytest.mark.parametrize("number", [2, 99])
def test_a_number_that_is_not_there_is_not_found(number: int) -> None:
    house = a_told_house()
    with pytest.raises(NotFound):
        house.answer.move(actor(ana), wanted(house, number=number))
