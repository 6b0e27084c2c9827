"""Booking: what is stored and wanted elsewhere, once."""

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus, Venue, Where
from bot.domain.booking import SlotTaken
from bot.domain.contacts import Contact
from bot.domain.effects import EffectKind, LinkState, RemoteLink, event_id_of, uid_of
from tests.builders import BERLIN, NEW_YORK, at, span
from tests.unit.handlers.acme import NOW
from tests.unit.rendering.answers import ACME, ana, ben
from tests.unit.usecases.booking_house import MAYA, BookingHouse, a_request

ZOOM = Venue(Where.ZOOM)


def test_a_booking_stores_the_appointment_and_says_what_was_made() -> None:
    house = BookingHouse()

    booked = house.book(a_request(note="  Bring the\nplan. "))

    [contact] = house.store.tables.contacts.values()
    expected = Appointment(
        id=booked.appointment.id,
        workspace_id=ACME.id,
        hosts=(ana.id,),
        booker_id=ana.id,
        contact=Contact(contact.id, ACME.id, "maya@ortiz.test", "Maya Ortiz"),
        title="Maya Ortiz and Ana",
        span=span("15:00-15:30"),
        zone=BERLIN,
        venue=Venue(),
        note="Bring the\nplan.",
        status=AppointmentStatus.CONFIRMED,
        invites=True,
        created_at=NOW,
        changed_at=NOW,
    )
    assert (booked.appointment, booked.hosts, booked.is_new) == (expected, (ana,), True)
    assert house.stored() == [expected]
    assert house.log(expected) == [LogEntry(NOW, Deed.BOOKED, ana.id, after=span("15:00-15:30"))]
    assert house.deliveries == 1


def test_the_event_and_the_card_are_planned_with_the_booking() -> None:
    house = BookingHouse()
    appointment = house.book(a_request()).appointment
    calendar = house.calendars[ana.id]
    event_id = event_id_of(appointment.id, 0)
    assert house.links(appointment) == {
        EffectKind.EVENT: RemoteLink(
            appointment.id,
            EffectKind.EVENT,
            LinkState.PLANNED,
            account_id=calendar.account_id,
            container=calendar.remote_id,
            remote_id=event_id,
            calendar_id=calendar.id,
            ical_uid=uid_of(event_id),
        ),
        EffectKind.CARD: RemoteLink(appointment.id, EffectKind.CARD),
    }
    assert house.due(appointment) == {"event": (1, "12:00:00"), "card": (1, "12:00:00")}


def test_the_event_waits_a_moment_for_the_link_of_a_zoom_meeting() -> None:
    house = BookingHouse()
    account = house.connect_zoom(ana)
    appointment = house.book(a_request(venue=ZOOM)).appointment
    assert house.due(appointment) == {
        "meeting": (1, "12:00:00"),
        "event": (1, "12:00:10"),
        "card": (1, "12:00:00"),
    }
    assert house.links(appointment)[EffectKind.MEETING].account_id == account.id


def test_a_hold_ends_by_itself_and_has_no_meeting_yet() -> None:
    house = BookingHouse()
    house.connect_zoom(ana)
    held = house.book(a_request(venue=ZOOM, holds=True)).appointment
    assert (held.status, held.expires_at) == (AppointmentStatus.HELD, at("12:30"))
    assert house.due(held) == {"event": (1, "12:00:00"), "card": (1, "12:00:00")}
    assert [entry.deed for entry in house.log(held)] == [Deed.HELD]


def test_a_hold_never_outlasts_its_own_start() -> None:
    assert BookingHouse().book(a_request("12:15", holds=True)).appointment.expires_at == at("12:15")


def test_the_time_of_a_hold_that_has_run_out_can_be_booked() -> None:
    house = BookingHouse()
    held = house.book(a_request(holds=True)).appointment
    with pytest.raises(SlotTaken):
        house.book(a_request())
    house.at("12:30")

    booked = house.book(a_request()).appointment

    assert [(one.id, one.status) for one in house.stored()] == [
        (held.id, AppointmentStatus.CANCELLED),
        (booked.id, AppointmentStatus.CONFIRMED),
    ]
    assert house.log(held)[-1] == LogEntry(house.clock.time, Deed.EXPIRED)
    assert house.due(held) == {"event": (2, "12:00:00"), "card": (2, "12:00:00")}


# fault 5
def test_the_same_submission_again_finds_what_it_has_booked() -> None:
    house = BookingHouse()
    first = house.book(a_request(), origin="V1")
    again = house.book(a_request(), origin="V1")
    other_place = house.book(a_request("16:00"), origin="V1")
    assert (again.appointment, again.is_new) == (first.appointment, False)
    assert other_place.appointment == first.appointment
    assert len(house.stored()) == 1


# fault 5
def test_two_devices_that_submit_the_same_form_at_once_make_one_booking() -> None:
    house = BookingHouse()
    on_the_other = []

    def submits_too(_claim: object) -> None:
        house.on_sync = lambda _again: None
        on_the_other.append(house.book(a_request(), origin="V1"))

    house.on_sync = submits_too
    late = house.book(a_request(), origin="V1")
    assert (late.appointment, late.is_new) == (on_the_other[0].appointment, False)
    assert len(house.stored()) == 1


# fault 9
def test_appointments_that_only_touch_stand_side_by_side() -> None:
    house = BookingHouse()
    for when in ("15:00", "15:30", "14:30"):
        house.book(a_request(when))
    assert [one.span for one in house.stored()] == [span("14:30-15:00"), span("15:00-15:30"), span("15:30-16:00")]


def test_a_colleague_may_be_booked_and_his_own_calendar_gets_the_event() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ben, contact=None)).appointment
    assert (booked.hosts, booked.booker_id, booked.zone) == ((ben.id,), ana.id, NEW_YORK)
    assert (booked.title, booked.contact, booked.invites) == ("Ben and Ana", None, False)
    assert house.links(booked)[EffectKind.EVENT].calendar_id == house.calendars[ben.id].id


# fault 61
def test_a_title_is_one_line_whatever_was_typed() -> None:
    booked = BookingHouse().book(a_request(title=" Talk\r\nBcc: all@acme.test\x00 \u2028 now ")).appointment
    assert booked.title == "Talk Bcc: all@acme.test now"


def test_details_of_a_video_call_are_nobodys_business() -> None:
    booked = BookingHouse().book(a_request(venue=Venue(Where.MEET, "https://evil.test"))).appointment
    assert booked.venue == Venue(Where.MEET)


def test_a_known_contact_is_booked_again_under_the_same_id() -> None:
    house = BookingHouse()
    first = house.book(a_request()).appointment.contact
    assert first is not None
    assert house.book(a_request("16:00", contact=first.id)).appointment.contact == first
    assert house.book(a_request("16:30", contact=MAYA)).appointment.contact == first
