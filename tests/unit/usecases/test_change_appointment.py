"""Cancelled, confirmed, settled, met elsewhere: each once, by its people, and told wherever it has to be."""

from dataclasses import replace

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus, EditedMeanwhile, NotPossible, Venue, Where
from bot.domain.booking import BadBooking
from bot.domain.effects import EffectKind, LinkState
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.people import Member, Standing
from bot.usecases.change_appointment import CancelAppointment, ChangeVenue, ConfirmHold, SettleAppointment
from bot.usecases.retry_delivery import RetryDelivery
from tests.builders import span
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.usecases.booking_house import BookingHouse, a_request

ZOOM, MEET = Venue(Where.ZOOM), Venue(Where.MEET)
# Nobody else is in it who would have a message.
ALONE = (EffectKind.MEETING, EffectKind.EVENT, EffectKind.CARD)


def cancel(house: BookingHouse, one: Appointment, reason: str = "", *, by: Member = ana) -> Appointment:
    use_case = CancelAppointment(house.store, house.clock, house.deliver_soon)
    return use_case(actor(by), one.id, version=one.version, reason=reason)


def confirm(house: BookingHouse, one: Appointment, *, by: Member = ana) -> Appointment:
    return ConfirmHold(house.store, house.clock, house.deliver_soon)(actor(by), one.id, version=one.version)


def settle(house: BookingHouse, one: Appointment, *, showed: bool = True, by: Member = ana) -> Appointment:
    use_case = SettleAppointment(house.store, house.clock, house.deliver_soon)
    return use_case(actor(by), one.id, version=one.version, showed=showed)


def meet_at(house: BookingHouse, one: Appointment, venue: Venue) -> Appointment:
    return ChangeVenue(house.store, house.clock, house.deliver_soon)(actor(), one.id, venue, version=one.version)


def test_a_cancelled_appointment_is_taken_away_everywhere_and_its_time_is_free() -> None:
    house = BookingHouse()
    house.connect_zoom(ana)
    booked = house.book(a_request(venue=ZOOM)).appointment

    cancelled = cancel(house, booked, "Maya\nis ill")

    assert (cancelled.status, cancelled.reason) == (AppointmentStatus.CANCELLED, "Maya is ill")
    assert house.log(cancelled)[-1] == LogEntry(
        house.clock.time, Deed.CANCELLED, ana.id, before=span("15:00-15:30"), detail="Maya is ill"
    )
    assert {kind: effect.wanted for kind, effect in house.effects(cancelled).items()} == dict.fromkeys(ALONE, 2)
    assert house.book(a_request()).is_new  # fault 8


def test_a_reason_that_is_too_long_is_told_on_its_field() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    with pytest.raises(BadBooking) as refused:
        cancel(house, booked, "x" * 301)
    assert refused.value.field == "reason"


def test_an_old_card_says_how_it_stands_before_it_says_that_it_is_old() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    cancel(house, booked)
    with pytest.raises(NotPossible, match="It is cancelled, so it cannot be cancelled any more"):
        cancel(house, booked)
    other = house.book(a_request()).appointment
    meet_at(house, other, MEET)
    with pytest.raises(EditedMeanwhile):
        cancel(house, other)


# fault 11
def test_only_its_people_change_an_appointment() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ana), by=ben).appointment
    with pytest.raises(NotFound):
        cancel(house, booked, by=cara)
    with pytest.raises(NotAllowed):
        cancel(house, booked, by=replace(ana, standing=Standing.GUEST))
    assert cancel(house, booked, by=ben).status is AppointmentStatus.CANCELLED


def test_a_confirmed_hold_gets_its_video_call_and_its_event_waits_for_it() -> None:
    house = BookingHouse()
    account = house.connect_zoom(ana)
    held = house.book(a_request(venue=ZOOM, holds=True)).appointment

    confirmed = confirm(house, held)

    assert (confirmed.status, confirmed.expires_at) == (AppointmentStatus.CONFIRMED, None)
    assert house.links(confirmed)[EffectKind.MEETING].account_id == account.id
    assert house.due(confirmed)["meeting"] == (2, "12:00:00")
    # It was due at once as a hold, and nobody has delivered it yet.
    assert house.due(confirmed)["event"] == (2, "12:00:00")


def test_a_hold_that_has_run_out_is_not_confirmed() -> None:
    house = BookingHouse()
    held = house.book(a_request(holds=True)).appointment
    house.at("12:30")
    with pytest.raises(NotPossible, match="The hold has ended"):
        confirm(house, held)
    with pytest.raises(NotPossible, match="It is not on hold any more"):
        confirm(house, house.book(a_request("16:00")).appointment)


def test_what_came_of_it_is_noted_once_it_is_over_and_told_to_nobody_outside() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    with pytest.raises(NotPossible, match="It is not over yet"):
        settle(house, booked)
    house.at("15:30")

    settled = settle(house, booked, showed=False)

    assert (settled.status, house.log(settled)[-1].deed) == (AppointmentStatus.NO_SHOW, Deed.NO_SHOW)
    assert house.due(settled) == {"event": (1, "12:00:00"), "card": (2, "12:00:00")}
    with pytest.raises(NotPossible):
        settle(house, settled)


def test_when_zoom_does_not_answer_people_meet_elsewhere_and_its_meeting_goes() -> None:
    house = BookingHouse()
    house.connect_zoom(ana)
    booked = house.book(a_request(venue=ZOOM)).appointment

    changed = meet_at(house, booked, MEET)

    assert (changed.venue, house.log(changed)[-1].deed) == (MEET, Deed.VENUE_CHANGED)
    assert {kind: effect.wanted for kind, effect in house.effects(changed).items()} == dict.fromkeys(ALONE, 2)
    with pytest.raises(NotPossible, match="where it is already"):
        meet_at(house, changed, MEET)


def test_zoom_can_be_chosen_later_if_the_host_has_it() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    with pytest.raises(BadBooking):
        meet_at(house, booked, ZOOM)
    account = house.connect_zoom(ana)
    changed = meet_at(house, booked, ZOOM)
    link = house.links(changed)[EffectKind.MEETING]
    assert (link.account_id, link.state) == (account.id, LinkState.PLANNED)


def test_what_was_given_up_is_tried_again_when_somebody_asks() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    key = (booked.id, EffectKind.EVENT)
    row = house.store.tables.effects[key]
    house.store.tables.effects[key] = replace(row, effect=replace(row.effect, due_at=None, is_dead=True))
    now = house.at("13:00")

    RetryDelivery(house.store, house.clock, house.deliver_soon)(actor(), booked.id)

    effect = house.effects(booked)[EffectKind.EVENT]
    assert (effect.is_dead, effect.due_at) == (False, now)
    with pytest.raises(NotFound):
        RetryDelivery(house.store, house.clock, house.deliver_soon)(actor(ben), booked.id)


def test_a_calendar_that_was_connected_anew_is_written_to_again() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    key = (booked.id, EffectKind.EVENT)
    lost = house.links(booked)[EffectKind.EVENT]
    house.store.tables.remote_links[key] = replace(lost, account_id=None, calendar_id=None)

    changed = meet_at(house, booked, MEET)

    assert house.links(changed)[EffectKind.EVENT] == lost


def test_with_another_calendar_a_live_appointment_gets_a_new_event_there() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    key = (booked.id, EffectKind.EVENT)
    lost = replace(house.links(booked)[EffectKind.EVENT], account_id=None, calendar_id=None, container="old@acme.test")
    house.store.tables.remote_links[key] = lost

    changed = meet_at(house, booked, MEET)

    link, calendar = house.links(changed)[EffectKind.EVENT], house.calendars[ana.id]
    assert (link.container, link.generation, link.calendar_id) == (calendar.remote_id, 1, calendar.id)
    assert link.remote_id != lost.remote_id


def test_without_any_calendar_the_appointment_stands_and_its_event_waits() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    with house.store.writing() as work:
        work.accounts.erase(house.calendars[ana.id].account_id)
        work.commit()
    cancelled = cancel(house, booked)
    assert cancelled.status is AppointmentStatus.CANCELLED
    assert house.due(cancelled) == {"event": (2, "12:00:00"), "card": (2, "12:00:00")}
