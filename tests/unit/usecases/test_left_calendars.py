"""Events in a calendar that its host chose no longer: they are followed there until they are over."""

from contextlib import suppress
from datetime import timedelta

import pytest

from bot.domain.appointment_log import Deed
from bot.domain.appointments import Appointment, AppointmentStatus, Question, QuestionKind
from bot.domain.cards import Progress
from bot.domain.effects import EffectKind, LinkState
from bot.usecases.delivering import LOOK_EVERY
from tests.builders import span
from tests.unit.rendering.answers import ana
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.delivery_house import DeliveryHouse

NEW = "new@group.test"


def in_the_left_one() -> tuple[DeliveryHouse, Appointment]:
    """An appointment at 15:00 whose event is in the calendar that Ana chose before."""
    house = DeliveryHouse()
    one = house.delivered()
    house.choose_only(NEW)
    house.pass_by(2)
    return house, one


def after_a_while(house: DeliveryHouse) -> None:
    house.clock.time += LOOK_EVERY
    house.pass_by(2)


def test_a_move_in_a_calendar_that_was_left_is_followed_within_minutes() -> None:
    house, one = in_the_left_one()
    house.copies.change(house.calendar, house.event_id(one), span=span("16:00-16:30"))
    after_a_while(house)
    house.copies.change(house.calendar, house.event_id(one), span=span("17:00-17:30"))
    after_a_while(house)

    assert house.now_of(one).span == span("17:00-17:30")
    assert house.in_zoom()[0][0] == span("17:00-17:30").start
    link = house.links(one)[EffectKind.EVENT]
    assert (link.container, link.calendar_id) == (house.calendar, None)


def test_looking_is_no_news_and_ends_with_the_appointment() -> None:
    house, one = in_the_left_one()
    after_a_while(house)  # then nothing can be undone any more, and the card says so
    cards = house.cards.posted.copy()
    looks = house.copies.requests.count("get")
    after_a_while(house)

    assert house.copies.requests.count("get") == looks + 1
    assert house.cards.posted == cards
    card = next(card for card in house.cards.posted.values() if card.event is not None)
    assert card.event is not None
    assert card.event.progress is Progress.DONE

    house.clock.time = one.ends_at
    house.pass_by(2)
    assert house.effects(one)[EffectKind.EVENT].due_at is None


def test_a_deletion_in_a_calendar_that_was_left_asks_and_what_comes_back_settles_it() -> None:
    house, one = in_the_left_one()
    house.copies.delete(house.calendar, house.event_id(one))
    after_a_while(house)
    assert house.now_of(one).question == Question(QuestionKind.DELETED)

    house.copies.restore(house.calendar, house.event_id(one))
    after_a_while(house)
    assert house.now_of(one).question is None
    assert house.deeds(one) == [Deed.BOOKED, Deed.DELETED_IN_GOOGLE, Deed.PUT_BACK]


def test_a_collision_in_a_calendar_that_was_left_ends_when_it_is_moved_back() -> None:
    house, one = in_the_left_one()
    house.copies.change(house.calendar, house.event_id(one), span=None)
    after_a_while(house)
    assert house.now_of(one).question == Question(QuestionKind.COLLIDES)

    house.copies.change(house.calendar, house.event_id(one), span=span("15:00-15:30"))
    after_a_while(house)
    assert house.now_of(one).question is None


def test_a_cancelled_one_is_taken_away_there_and_not_looked_at_again() -> None:
    house, one = in_the_left_one()
    house.cancel(one)
    house.pass_by(2)

    assert (house.in_google(), house.now_of(one).status) == ([], AppointmentStatus.CANCELLED)
    assert house.links(one)[EffectKind.EVENT].state is LinkState.REMOVED
    assert house.effects(one)[EffectKind.EVENT].due_at is None


def test_a_calendar_that_is_chosen_again_is_read_so_that_nobody_looks_by_the_clock() -> None:
    house, one = in_the_left_one()
    house.choose_only(house.calendar)
    after_a_while(house)

    assert house.links(one)[EffectKind.EVENT].calendar_id is not None
    assert house.effects(one)[EffectKind.EVENT].due_at is None


def test_an_event_in_a_calendar_that_is_in_use_is_not_looked_at_by_the_clock() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana))

    assert house.effects(one)[EffectKind.EVENT].due_at is None
    assert timedelta(minutes=5) < LOOK_EVERY


class PowerCut(Exception):
    """The process dies."""


@pytest.mark.parametrize("commits", range(3))
def test_a_choice_that_is_stored_is_followed_by_a_look_wherever_the_process_dies(commits: int) -> None:
    house = DeliveryHouse()
    one = house.delivered()
    left = iter(range(commits))

    def dies() -> None:
        if next(left, None) is None:
            raise PowerCut

    house.store.before_commit = dies
    with suppress(PowerCut):
        house.choose_only(NEW)
    house.store.before_commit = lambda: None
    house.copies.change(house.calendar, house.event_id(one), span=span("16:00-16:30"))
    after_a_while(house)

    is_chosen = house.links(one)[EffectKind.EVENT].calendar_id is None
    assert (is_chosen, house.now_of(one).span == span("16:00-16:30")) == (commits > 0, commits > 0)
