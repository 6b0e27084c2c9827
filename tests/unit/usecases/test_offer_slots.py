"""Starts offered in a channel: the first who chooses has his, and nobody has another."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.appointments import Venue, Where
from bot.domain.booking import BadBooking, NeedsAnyway, NotOffered, SlotTaken
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.offers import Claimed, Offered, OfferOver, OfferRequest, OfferTaken, TakerNotFree
from bot.domain.people import Member, Standing
from bot.domain.permissions import TimeWithheld
from bot.domain.preferences import Audience, default_preferences
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.offer_slots import ClaimOffer, OfferSlots, WithdrawOffer
from tests.builders import local, second, span
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.usecases.booking_house import BookingHouse, a_request

THREE = OfferRequest((second("16:00"), second("15:00"), second("15:30")), 30)


def offer(house: BookingHouse, request: OfferRequest = THREE, *, by: Member = ana, origin: str = "V1") -> Offered:
    use_case = OfferSlots(house.store, house.clock, house.new_id, house.resolve_members())
    return use_case(actor(by), request, origin=origin)


def claim(house: BookingHouse, offered: Offered, when: str, *, by: Member = ben) -> Claimed:
    book = BookAppointment(
        house.store, house.clock, house.new_id, house.resolve_members(), house.read_live(), house.deliver_soon
    )
    return ClaimOffer(house.store, house.clock, book)(actor(by), offered.offer.id, second(when))


def test_an_offer_holds_its_starts_in_order_and_is_made_once() -> None:
    house = BookingHouse()
    offered = offer(house)
    assert local(offered.offer.starts) == [
        "2026-11-24T15:00+01:00",
        "2026-11-24T15:30+01:00",
        "2026-11-24T16:00+01:00",
    ]
    assert (offered.host, offered.zone) == (ana, "Europe/Berlin")
    assert offer(house) == offered
    assert offer(house, origin="V2").offer.id != offered.offer.id


def test_the_first_click_books_and_the_others_find_it_taken() -> None:
    house = BookingHouse()
    offered = offer(house)

    taken = claim(house, offered, "15:30")

    appointment = taken.booked.appointment
    assert (appointment.span, appointment.hosts, appointment.booker_id) == (
        span("15:30-16:00"),
        (ana.id, ben.id),
        ben.id,
    )
    assert (appointment.title, taken.claimer, taken.offer.appointment_id) == ("Ana and Ben", ben, appointment.id)
    for when in ("15:00", "15:30"):
        with pytest.raises(OfferTaken, match="Ben has taken one of these already"):
            claim(house, offered, when, by=cara)
    assert house.stored() == [appointment]


# fault 5
def test_who_has_it_has_it_once_however_often_he_clicks() -> None:
    house = BookingHouse()
    offered = offer(house)
    first = claim(house, offered, "15:00")
    again = claim(house, offered, "16:00")
    assert (again.booked.appointment, again.booked.is_new) == (first.booked.appointment, False)
    assert len(house.stored()) == 1


# fault 6
def test_of_two_clicks_at_the_same_moment_one_books() -> None:
    house = BookingHouse()
    offered = offer(house)

    def clicks_too(_claim: object) -> None:
        house.on_sync = lambda _again: None
        claim(house, offered, "16:00", by=cara)

    house.on_sync = clicks_too
    with pytest.raises(OfferTaken, match="Cara"):
        claim(house, offered, "15:00")
    assert [one.booker_id for one in house.stored()] == [cara.id]


def test_a_start_that_was_taken_meanwhile_leaves_the_others() -> None:
    house = BookingHouse()
    offered = offer(house)
    house.book(a_request("15:00"))
    with pytest.raises(SlotTaken):
        claim(house, offered, "15:00")
    assert claim(house, offered, "15:30").booked.is_new


def test_only_what_is_free_is_offered() -> None:
    house = BookingHouse()
    house.add_event(ana, "15:00-15:30", "Doctor")
    with pytest.raises(NotOffered):
        offer(house)
    with pytest.raises(BadBooking, match="That time has passed"):
        offer(house, OfferRequest((second("11:00"),), 30))
    with pytest.raises(BadBooking, match="3 at most"):
        offer(house, OfferRequest(tuple(second(f"{hour}:00") for hour in (13, 14, 15, 16)), 30))
    with pytest.raises(BadBooking, match="no calendar"):
        offer(house, by=cara)


def test_nobody_takes_his_own_offer_or_what_was_not_offered() -> None:
    house = BookingHouse()
    offered = offer(house)
    with pytest.raises(NotAllowed, match="your own offer"):
        claim(house, offered, "15:00", by=ana)
    with pytest.raises(NotFound, match="was not offered"):
        claim(house, offered, "15:15")


# fault 11
def test_an_offer_does_not_widen_who_may_book() -> None:
    house = BookingHouse()
    offered = offer(house)
    with pytest.raises(NotAllowed):
        claim(house, offered, "15:00", by=replace(ben, standing=Standing.GUEST))
    house.store.tables.schedules[ana.id] = replace(default_preferences(ana.zone), audience=Audience.NOBODY)
    with pytest.raises(TimeWithheld):
        claim(house, offered, "15:00")


def test_who_lets_nobody_book_him_offers_nothing() -> None:
    house = BookingHouse()
    house.store.tables.schedules[ana.id] = replace(default_preferences(ana.zone), audience=Audience.NOBODY)
    with pytest.raises(NotAllowed, match="nobody may book you"):
        offer(house)


def test_one_of_its_times_that_has_passed_leaves_the_others() -> None:
    house = BookingHouse()
    offered = offer(house)
    house.set_read(ana, house.at("15:10"))
    house.set_read(ben, house.at("15:10"))
    with pytest.raises(BadBooking, match="That time has passed"):
        claim(house, offered, "15:00")
    assert claim(house, offered, "15:30").booked.is_new


def test_when_all_of_its_times_have_passed_it_is_over() -> None:
    house = BookingHouse()
    offered = offer(house)
    house.at("16:00")
    with pytest.raises(OfferOver):
        claim(house, offered, "16:00")


def test_a_calendar_that_could_not_be_read_leaves_the_offer_for_another_try() -> None:
    house = BookingHouse()
    offered = offer(house)
    house.unanswered = {ana.id}
    with pytest.raises(NeedsAnyway, match=r"nothing was booked\. Try again in a minute"):
        claim(house, offered, "15:00")
    house.unanswered = set()
    assert claim(house, offered, "15:00").booked.is_new


def test_who_has_an_appointment_then_is_not_booked_twice() -> None:
    house = BookingHouse()
    offered = offer(house)
    held = house.book(a_request("15:00", ben, zone="Europe/Berlin", overrides=True), by=ben).appointment
    with pytest.raises(TakerNotFree) as refused:
        claim(house, offered, "15:00")
    assert [(reason.member_id, reason.span) for reason in refused.value.reasons] == [(ben.id, span("15:00-15:30"))]
    assert house.stored() == [held]


def test_what_turns_up_as_the_calendars_are_read_counts() -> None:
    house = BookingHouse()
    offered = offer(house)
    house.on_sync = lambda _claim: house.add_event(ben, "15:00-15:30", "School run")
    with pytest.raises(TakerNotFree):
        claim(house, offered, "15:00")
    assert house.stored() == []


def test_his_own_hours_do_not_keep_anybody_from_taking_what_he_chose() -> None:
    house = BookingHouse()
    offered = offer(house, OfferRequest((second("2026-11-25 9:00"),), 30))
    taken = claim(house, offered, "2026-11-25 9:00")
    assert local([taken.booked.appointment.span.start], "America/New_York") == ["2026-11-25T03:00-05:00"]
    assert taken.takes_claimers_time


# fault 6
def test_an_offer_withdrawn_while_it_is_taken_is_not_booked() -> None:
    house = BookingHouse()
    offered = offer(house)
    house.on_sync = lambda _claim: WithdrawOffer(house.store)(actor(ana), offered.offer.id)
    with pytest.raises(OfferOver):
        claim(house, offered, "15:00")
    assert house.stored() == []


# fault 10
def test_another_workspace_does_not_know_the_offer() -> None:
    house = BookingHouse()
    offered = offer(house)
    book = BookAppointment(
        house.store, house.clock, house.new_id, house.resolve_members(), house.read_live(), house.deliver_soon
    )
    stranger = replace(actor(ben), workspace_id=UUID(int=9))
    with pytest.raises(NotFound):
        ClaimOffer(house.store, house.clock, book)(stranger, offered.offer.id, second("15:00"))


def test_an_offer_over_a_zoom_that_was_left_since_is_taken_as_its_host_meets_people_now() -> None:
    house = BookingHouse()
    zoom = house.connect_zoom(ana)
    offered = offer(house)
    assert offered.offer.venue == Venue(Where.ZOOM)
    house.store.tables.accounts.pop(zoom.id)

    assert claim(house, offered, "15:00").booked.appointment.venue == Venue(Where.MEET)
