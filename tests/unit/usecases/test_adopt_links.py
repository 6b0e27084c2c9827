"""What becomes of events and meetings whose account was left, once it is connected again."""

from bot.domain.accounts import Provider
from bot.domain.appointments import AppointmentStatus
from bot.domain.effects import EffectKind
from bot.usecases.delivering import LOOK_EVERY
from tests.builders import span
from tests.unit.usecases.delivery_house import DeliveryHouse


def without_google() -> DeliveryHouse:
    """One appointment, delivered before Ana disconnected Google."""
    house = DeliveryHouse()
    house.delivered()
    house.leave(Provider.GOOGLE)
    return house


def back_in_google(house: DeliveryHouse) -> None:
    house.come_back(Provider.GOOGLE)
    house.choose_only(house.calendar)
    house.pass_by(5)


def test_a_move_while_google_was_disconnected_says_that_it_waits_and_reaches_it_afterwards() -> None:
    house = without_google()
    [one] = house.stored()
    house.move(one, "17:00-17:30")
    house.pass_by(5)
    effect = house.effects(one)[EffectKind.EVENT]
    assert (effect.is_dead, effect.delivered) == (True, 1)
    assert effect.problem == "The Google account of its event is not connected any more."

    back_in_google(house)

    assert [when for when, _, _ in house.in_google()] == [span("17:00-17:30")]
    assert house.effects(one)[EffectKind.EVENT].problem == ""


def test_a_cancellation_while_google_was_disconnected_takes_the_event_away_afterwards() -> None:
    house = without_google()
    [one] = house.stored()
    house.cancel(one)
    house.pass_by(5)
    assert len(house.in_google()) == 1

    back_in_google(house)

    assert house.in_google() == []


def test_a_move_in_google_while_it_was_disconnected_is_followed_afterwards() -> None:
    house = without_google()
    [one] = house.stored()
    house.copies.change(house.calendar, house.event_id(one), span=span("16:00-16:30"))

    back_in_google(house)

    assert house.now_of(one).span == span("16:00-16:30")


def test_the_same_account_reaches_the_event_in_a_calendar_that_is_not_chosen_any_more() -> None:
    house = without_google()
    [one] = house.stored()
    house.move(one, "17:00-17:30")
    house.pass_by(5)

    house.come_back(Provider.GOOGLE)
    house.choose_only("new@group.test")
    house.pass_by(5)

    link = house.links(one)[EffectKind.EVENT]
    assert (link.container, link.generation) == (house.calendar, 0)
    assert [when for when, _, _ in house.in_google()] == [span("17:00-17:30")]
    house.cancel(one)
    house.pass_by(5)
    assert house.in_google() == []


def test_an_event_in_a_calendar_that_was_left_before_its_account_stays_the_only_one() -> None:
    house = DeliveryHouse()
    one = house.delivered()
    house.choose_only("new@group.test")
    house.pass_by(2)
    house.leave(Provider.GOOGLE)
    house.clock.time += 2 * LOOK_EVERY
    house.pass_by(2)
    assert house.effects(one)[EffectKind.EVENT].is_dead

    house.come_back(Provider.GOOGLE)
    house.choose_only("new@group.test")
    house.clock.time += LOOK_EVERY
    house.pass_by(2)

    assert (len(house.in_google()), house.links(one)[EffectKind.EVENT].generation) == (1, 0)


def test_a_cancellation_meanwhile_takes_the_event_away_although_its_calendar_is_not_chosen_any_more() -> None:
    house = without_google()
    [one] = house.stored()
    house.cancel(one)
    house.pass_by(5)

    house.come_back(Provider.GOOGLE)
    house.choose_only("new@group.test")
    house.pass_by(5)

    assert house.in_google() == []


def test_what_was_never_sent_goes_to_the_calendar_that_is_chosen_since() -> None:
    house = DeliveryHouse()
    one = house.booked()
    house.leave(Provider.GOOGLE)
    house.pass_by(20)

    house.come_back(Provider.GOOGLE)
    house.choose_only("new@group.test")
    house.pass_by(5)

    assert [container for container, _ in house.copies.living()] == ["new@group.test"]
    assert house.links(one)[EffectKind.EVENT].container == "new@group.test"


def test_what_waits_for_an_account_that_was_left_goes_to_another_ones_calendar() -> None:
    house = without_google()
    [one] = house.stored()
    house.move(one, "17:00-17:30")
    house.pass_by(5)

    house.come_back(Provider.GOOGLE, "ana@home.test")
    house.choose_only("new@group.test")
    house.pass_by(5)

    link = house.links(one)[EffectKind.EVENT]
    assert (link.container, link.generation) == ("new@group.test", 1)
    assert house.copies.living()["new@group.test", link.remote_id].span == span("17:00-17:30")


def test_zoom_connected_anew_keeps_its_meeting() -> None:
    house = DeliveryHouse()
    one = house.delivered()
    house.leave(Provider.ZOOM)
    house.come_back(Provider.ZOOM)
    house.move(one, "17:00-17:30")
    house.pass_by(5)

    assert house.in_zoom() == [(span("17:00-17:30").start, one.title)]
    assert house.meetings.requests.count("create") == 1


def test_zoom_connected_anew_takes_away_what_was_cancelled_meanwhile() -> None:
    house = DeliveryHouse()
    one = house.delivered()
    house.leave(Provider.ZOOM)
    house.cancel(one)
    house.pass_by(5)
    assert len(house.in_zoom()) == 1

    house.come_back(Provider.ZOOM)
    house.pass_by(5)

    assert (house.in_zoom(), house.now_of(one).status) == ([], AppointmentStatus.CANCELLED)
