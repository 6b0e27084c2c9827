"""The Zoom meeting of an appointment: made once, moved with it, taken away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.appointment_log import Deed
from bot.domain.appointments import Venue, Where
from bot.domain.cards import CardButton, Progress
from bot.domain.effects import EFFECT_LEASE, EffectKind, LinkState
from bot.domain.errors import ProviderDown
from bot.domain.meetings import DailyLimitReached
from bot.usecases.change_appointment import ChangeVenue, ConfirmHold
from tests.builders import at, span
from tests.unit.rendering.answers import actor, ana
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.delivery_house import MEET, ZOOM, DeliveryHouse

TITLE = "Maya Ortiz and Ana"
LINK = "https://zoom.test/j/91"


def failing(house: DeliveryHouse, error: Exception, times: int = 1, *, after: bool = False) -> None:
    """Zoom fails so often, ahead of its work or `after` it."""
    left = iter(range(times))

    def fail(_name: str) -> None:
        house.nobody_waits(_name)
        if next(left, None) is not None:
            raise error

    if after:
        house.meetings.after = fail
    else:
        house.meetings.before = fail


DOWN = ProviderDown("Zoom did not answer.")
SILENT = ProviderDown("Zoom did not answer.", is_silent=True)


def test_the_event_waits_for_the_link_so_that_its_guests_are_mailed_once() -> None:
    house = DeliveryHouse()
    house.delivered()

    assert house.in_zoom() == [(span("15:00-15:30").start, TITLE)]
    assert house.in_google() == [(span("15:00-15:30"), TITLE, LINK)]
    assert house.copies.requests.count("insert") == 1
    assert "patch" not in house.copies.requests
    [card] = house.cards.posted.values()
    assert (card.join_url, card.buttons[0]) == (LINK, CardButton.JOIN)


def test_a_held_appointment_gets_its_meeting_when_it_is_confirmed() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, venue=ZOOM, holds=True))
    assert house.in_zoom() == []

    ConfirmHold(house.store, house.clock, house.deliver_soon)(actor(ana), one.id, version=1)
    house.pass_by(15)

    assert len(house.in_zoom()) == 1
    assert house.in_google() == [(span("15:00-15:30"), TITLE, LINK)]


def test_a_move_changes_the_same_meeting() -> None:
    house = DeliveryHouse()
    one = house.delivered()
    house.move(one, "16:00-16:30")
    house.pass_by(2)

    assert house.in_zoom() == [(span("16:00-16:30").start, TITLE)]
    assert house.meetings.requests == ["create", "change"]
    assert house.in_google() == [(span("16:00-16:30"), TITLE, LINK)]


def test_nothing_is_written_to_zoom_while_it_says_what_it_should() -> None:
    house = DeliveryHouse()
    one = house.delivered()
    house.notice(one)
    house.pass_by(5)
    house.move(one, "16:00-16:30")
    house.move(one, "15:00-15:30")
    house.pass_by(5)

    assert house.meetings.requests == ["create"]


def test_a_cancelled_appointment_leaves_no_meeting() -> None:
    house = DeliveryHouse()
    one = house.delivered()
    house.cancel(one)
    house.pass_by(2)

    assert house.in_zoom() == []
    assert house.links(one)[EffectKind.MEETING].state is LinkState.REMOVED


# fault 33
def test_a_zoom_that_is_down_leaves_a_confirmed_booking_that_says_so_and_mends_itself() -> None:
    house = DeliveryHouse()
    failing(house, DOWN, times=20)
    one = house.booked()
    house.pass_by(15)

    [card] = house.cards.posted.values()
    assert (card.lacks_link, CardButton.USE_MEET in card.buttons) == (True, True)
    assert card.meeting is not None
    assert (card.meeting.progress, card.meeting.problem) == (Progress.FAILING, "Zoom did not answer.")
    assert house.in_google() == [(span("15:00-15:30"), TITLE, "")]

    house.pass_by(60)

    [card] = house.cards.posted.values()
    assert (card.lacks_link, card.join_url) == (False, LINK)
    assert house.in_google() == [(span("15:00-15:30"), TITLE, LINK)]
    assert [mail.kind for mail in house.copies.mails] == ["invitation"]
    assert house.deeds(one) == [Deed.BOOKED, Deed.LINK_ADDED]


# fault 32
def test_a_create_whose_answer_was_lost_is_found_by_its_reference() -> None:
    house = DeliveryHouse()
    failing(house, DOWN, after=True)
    house.delivered()

    assert house.meetings.requests == ["create", "find"]
    assert house.in_google() == [(span("15:00-15:30"), TITLE, LINK)]


# fault 32
def test_a_cancellation_finds_the_meeting_whose_answer_was_lost() -> None:
    house = DeliveryHouse()
    failing(house, DOWN, after=True)
    one = house.booked()
    house.tick()
    house.cancel(one)
    house.pass_by(5)

    assert (house.meetings.requests, house.in_zoom()) == (["create", "find", "remove"], [])


def test_a_meeting_that_somebody_deleted_is_made_anew_at_the_next_change() -> None:
    house = DeliveryHouse()
    one = house.delivered()
    house.meetings.delete("91")
    house.move(one, "16:00-16:30")
    house.pass_by(5)

    assert house.in_zoom() == [(span("16:00-16:30").start, TITLE)]
    assert house.in_google() == [(span("16:00-16:30"), TITLE, "https://zoom.test/j/92")]
    assert house.deeds(one) == [Deed.BOOKED, Deed.MOVED, Deed.LINK_REPAIRED]


@pytest.mark.parametrize("hours_until_midnight", [12, 1])
def test_the_daily_limit_parks_until_the_next_utc_day_and_says_so(hours_until_midnight: int) -> None:
    house = DeliveryHouse()
    one = house.booked(a_request("2026-11-26 15:00", ana, venue=ZOOM))
    house.clock.time = at("2026-11-25 0:00", "UTC") - timedelta(hours=hours_until_midnight)
    failing(house, DailyLimitReached("Zoom makes no more meetings today.", 60.0))
    house.pass_by(15)

    effect = house.effects(one)[EffectKind.MEETING]
    assert (effect.due_at, effect.attempts) == (at("2026-11-25 0:00", "UTC"), 0)
    [card] = house.cards.posted.values()
    assert card.meeting is not None
    assert (card.meeting.progress, card.meeting.problem) == (Progress.PARKED, "Zoom makes no more meetings today.")

    house.clock.time = at("2026-11-25 0:00", "UTC")
    house.pass_by(2)

    assert len(house.in_zoom()) == 1


def test_meet_takes_the_place_of_a_zoom_that_does_not_answer() -> None:
    house = DeliveryHouse()
    failing(house, DOWN, times=5)
    one = house.booked()
    house.tick()
    ChangeVenue(house.store, house.clock, house.deliver_soon)(actor(ana), one.id, MEET, version=1)
    house.pass_by(60)

    [card] = house.cards.posted.values()
    assert card.join_url == "https://meet.google.com/abc-defg-hij"
    assert house.in_zoom() == []


def test_another_place_takes_the_meeting_away() -> None:
    house = DeliveryHouse()
    one = house.delivered()
    venue = Venue(Where.PHONE, "+49 30 1234")
    ChangeVenue(house.store, house.clock, house.deliver_soon)(actor(ana), one.id, venue, version=1)
    house.pass_by(5)

    assert house.in_zoom() == []
    [event] = house.copies.living().values()
    assert (event.place, event.description) == ("+49 30 1234", "Phone: +49 30 1234\n\nBooked with Daybook.")


# fault 32
def test_a_zoom_that_makes_its_meeting_late_is_not_asked_for_another_one_at_once() -> None:
    house = DeliveryHouse()
    failing(house, SILENT)
    house.booked()
    house.pass_by(70)

    assert house.meetings.requests.count("create") == 1
    house.pass_by(80)
    assert house.meetings.requests.count("create") > 1


# fault 33
def test_a_zoom_that_answers_with_a_failure_is_asked_again_within_seconds() -> None:
    house = DeliveryHouse()
    failing(house, DOWN)
    house.booked()
    house.pass_by(10)

    assert house.meetings.requests.count("create") > 1


# fault 32
def test_of_several_meetings_of_one_appointment_one_is_kept_and_none_stays_when_it_is_cancelled() -> None:
    house = DeliveryHouse()
    failing(house, DOWN, after=True)
    one = house.booked()
    house.tick()
    [(reference, made)] = house.meetings.meetings.values()
    house.meetings.meetings["77"] = (reference, replace(made, id="77"))
    house.pass_by(15)
    assert list(house.meetings.meetings) == ["91"]

    house.meetings.meetings["78"] = (reference, replace(made, id="78"))
    house.cancel(one)
    house.pass_by(5)
    assert house.in_zoom() == []


def test_a_meeting_is_made_under_a_whole_lease_however_long_the_look_for_it_took() -> None:
    house = DeliveryHouse()
    failing(house, DOWN)
    one = house.booked()
    house.tick()
    house.clock.time += timedelta(seconds=80)
    held: list[bool] = []

    def slow(name: str) -> None:
        if name == "find":
            house.clock.time += timedelta(seconds=80)
        if name == "create":
            house.clock.time += timedelta(seconds=60)
            with house.store.writing() as work:
                claims = work.effects.claim_due(house.clock.now(), limit=50, lease=EFFECT_LEASE)
            held.append(EffectKind.MEETING not in {claim.effect.kind for claim in claims})

    house.meetings.before = slow
    house.tick()

    assert (held, house.effects(one)[EffectKind.MEETING].delivered) == ([True], 1)
