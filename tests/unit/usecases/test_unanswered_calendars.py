"""Calendars that could not be read just before a booking or a move: never free, and taken with a word more."""

from dataclasses import replace

import pytest

from bot.domain.appointments import Appointment, Venue, Where
from bot.domain.booking import NeedsAnyway, NotOffered, SlotTaken
from bot.domain.effects import EffectKind
from bot.domain.errors import NotConnected
from bot.domain.explanation import ReasonKind
from bot.domain.people import Member
from bot.domain.preferences import WhenStale, default_preferences
from bot.domain.ties import ALL_WORKS, Tie, Ties
from bot.usecases.move_appointment import MoveAppointment, MoveRequest
from bot.usecases.move_form import ShowMoveForm
from tests.builders import second, span
from tests.unit.handlers.acme import NOW
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import NOTHING, WHATEVER, BookingHouse, a_request


def move(
    house: BookingHouse,
    appointment: Appointment,
    when: str,
    *,
    by: Member = ana,
    anyway: bool = False,
    overrides: bool = False,
) -> Appointment:
    use_case = MoveAppointment(house.store, house.clock, house.read_live(), house.deliver_soon)
    told = WHATEVER if anyway else NOTHING
    request = MoveRequest(appointment.id, appointment.version, second(when), anyway=told, overrides=overrides)
    return use_case(actor(by), request)


def disconnect(house: BookingHouse, member: Member) -> None:
    """What is left of him when his calendar was disconnected."""
    house.store.tables.calendars.pop(house.calendars[member.id].id)


def test_a_calendar_read_just_now_needs_a_word_more_if_google_does_not_answer() -> None:
    house = BookingHouse()
    house.unanswered = {ana.id}
    with pytest.raises(NeedsAnyway) as refused:
        house.book(a_request())
    assert [(one.name, one.read_at, one.is_partial) for one in refused.value.stale] == [("Ana", NOW, False)]
    assert refused.value.unanswered == {house.calendars[ana.id].id}
    assert house.stored() == []
    assert house.book(a_request(anyway=True)).is_new


def test_of_several_hosts_only_those_google_did_not_answer_about_are_told() -> None:
    house = BookingHouse()
    house.unanswered = {ben.id}
    with pytest.raises(NeedsAnyway) as refused:
        house.book(a_request("15:00", ana, ben))
    assert [one.member_id for one in refused.value.stale] == [ben.id]


def test_what_was_known_still_blocks_whatever_is_said() -> None:
    house = BookingHouse()
    house.unanswered = {ana.id}
    house.add_event(ana, "15:00-16:00", "Doctor")
    with pytest.raises(NotOffered):
        house.book(a_request(anyway=True))


def test_who_offers_nothing_while_stale_is_booked_by_nobody_else() -> None:
    house = BookingHouse()
    house.store.tables.schedules[ana.id] = replace(default_preferences(ana.zone), when_stale=WhenStale.OFFER_NOTHING)
    house.unanswered = {ana.id}
    with pytest.raises(NotOffered) as refused:
        house.book(a_request("15:00", ana, anyway=True), by=ben)
    assert [reason.kind for reason in refused.value.reasons] == [ReasonKind.STALE]
    assert refused.value.nearest == ()


def test_a_move_needs_the_same_word() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    house.unanswered = {ana.id}
    with pytest.raises(NeedsAnyway):
        move(house, booked, "16:00")
    assert move(house, booked, "16:00", anyway=True).span == span("16:00-16:30")


def test_without_a_calendar_an_appointment_is_moved_if_somebody_says_so() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ana), by=ben).appointment
    disconnect(house, ana)
    for who in (ana, ben):
        with pytest.raises(NeedsAnyway) as refused:
            move(house, booked, "16:00", by=who)
        assert (refused.value.stale, refused.value.silent) == ((), (ana,))
    assert move(house, booked, "16:00", by=ben, anyway=True).span == span("16:00-16:30")


def test_without_a_calendar_hours_and_appointments_still_stand_in_the_way() -> None:
    house = BookingHouse()
    house.book(a_request("16:00"))
    booked = house.book(a_request("15:00")).appointment
    disconnect(house, ana)
    with pytest.raises(SlotTaken):
        move(house, booked, "16:00", anyway=True, overrides=True)
    with pytest.raises(NotOffered) as refused:
        move(house, booked, "20:00", anyway=True)
    assert (refused.value.nearest, refused.value.may_override) == ((), True)
    assert move(house, booked, "20:00", anyway=True, overrides=True).span == span("20:00-20:30")


def test_a_new_booking_needs_a_calendar_whatever_is_said() -> None:
    house = BookingHouse()
    house.set_read(ben, None)
    with pytest.raises(NotConnected):
        house.book(a_request("15:00", ben, anyway=True))


def test_the_form_of_another_time_says_that_google_does_not_follow() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    form_of = ShowMoveForm(house.store, house.clock)
    assert (form_of(actor(), booked.id).ties, form_of(actor(), booked.id).is_unconnected) == (ALL_WORKS, False)
    disconnect(house, ana)
    house.store.tables.accounts.pop(house.calendars[ana.id].account_id)
    form = form_of(actor(), booked.id)
    assert (form.ties.google, form.is_unconnected, form.free.starts) == (Tie.GONE, True, None)


def test_what_was_disconnected_follows_in_what_the_host_has_connected_since() -> None:
    house = BookingHouse()
    zoom = house.connect_zoom(ana)
    booked = house.book(a_request(venue=Venue(Where.ZOOM))).appointment
    for kind in (EffectKind.EVENT, EffectKind.MEETING):
        link = house.links(booked)[kind]
        house.store.tables.remote_links[booked.id, kind] = replace(link, account_id=None, calendar_id=None)
    form_of = ShowMoveForm(house.store, house.clock)
    assert form_of(actor(), booked.id).ties == ALL_WORKS
    house.store.tables.accounts.pop(zoom.id)
    assert form_of(actor(), booked.id).ties == Ties(zoom=Tie.GONE)
