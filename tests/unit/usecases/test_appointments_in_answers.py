"""Appointments in `slots`, `why`, agenda and Home: they take time like events, and their people read what they are."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.agenda import AgendaRequest
from bot.domain.appointments import AppointmentStatus, Venue, Where
from bot.domain.availability import Mode
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.events import EventStatus, Invitee, RemoteEvent, Response
from bot.domain.explanation import Reason, ReasonKind
from bot.domain.join_links import AgendaAppointment
from bot.domain.member_time import Busy, BusyReason
from bot.domain.people import Member
from bot.domain.slots_request import SlotsRequest
from bot.domain.week import WeekRequest
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.find_slots import FindSlots
from bot.usecases.show_agenda import ShowAgenda
from bot.usecases.show_home import ShowHome
from bot.usecases.show_status import ShowStatus
from bot.usecases.show_week import ShowWeek
from tests.builders import local, second, span
from tests.fakes.calendar_rows import CalendarRow
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.rendering.connections import a_calendar
from tests.unit.usecases.booking_house import MAYA, BookingHouse, a_request


def slots(house: BookingHouse, *members: Member) -> list[str]:
    request = SlotsRequest(tuple(one.slack_user_id for one in members), Mode.ALL, 60, "today")
    found = FindSlots(house.store, house.clock, house.resolve_members())(actor(), request).slots
    return [text[11:16] for text in local(slot.start for slot in found or ())]


def reasons(house: BookingHouse, asker: Member) -> tuple[Reason, ...]:
    explain = ExplainSlot(house.store, house.clock, house.resolve_members())
    return explain(actor(asker), ["U1"], second("15:00"), 30, Mode.ALL).reasons


def agenda(house: BookingHouse, asker: Member, member: Member) -> tuple[object, ...]:
    show = ShowAgenda(house.store, house.clock, house.resolve_members())
    shown = show(actor(asker), AgendaRequest(member=member.slack_user_id))
    return shown.appointments, shown.busy


def test_an_appointment_takes_the_time_of_all_its_hosts() -> None:
    house = BookingHouse()
    house.book(a_request("15:00", ana, ben), by=ana)
    assert slots(house, ana)[-4:] == ["14:00", "15:30", "15:45", "16:00"]
    assert slots(house, ben)[0] == "15:30"


def test_a_cancelled_one_and_a_hold_that_has_run_out_leave_it_open() -> None:
    house = BookingHouse()
    cancelled = house.book(a_request()).appointment
    CancelAppointment(house.store, house.clock, house.deliver_soon)(actor(), cancelled.id, version=1)
    house.book(a_request("14:00", holds=True))
    assert "14:00" not in slots(house, ana)
    house.at("12:30")
    assert {"14:00", "15:00"} <= set(slots(house, ana))


def test_what_is_in_the_way_is_named_to_its_people_alone() -> None:
    house = BookingHouse()
    house.book(a_request("15:00", ana, title="Fitting"), by=ben)
    for asker, title in ((ana, "Fitting"), (ben, "Fitting"), (cara, "")):
        source = Busy(*span("15:00-15:30"), BusyReason.APPOINTMENT, title=title)
        assert reasons(house, asker) == (Reason(ana.id, ReasonKind.BUSY, span("15:00-15:30"), source=source),)


def test_a_hold_is_told_as_one() -> None:
    house = BookingHouse()
    house.book(a_request(holds=True))
    source = reasons(house, cara)[0].source
    assert source is not None
    assert source.reason is BusyReason.HOLD


def test_ones_own_day_shows_appointments_with_the_link_to_join_by() -> None:
    house = BookingHouse()
    house.connect_zoom(ana)
    booked = house.book(a_request(venue=Venue(Where.ZOOM))).appointment
    link = house.links(booked)[EffectKind.MEETING]
    house.store.tables.remote_links[booked.id, EffectKind.MEETING] = replace(link, url="https://zoom.test/j/1")
    shown = (AgendaAppointment(booked, "https://zoom.test/j/1"),)
    assert agenda(house, ana, ana) == (shown, ())
    home = ShowHome(house.store, house.clock, ShowStatus(house.store, house.clock))
    assert home(actor()).appointments == shown


def test_ones_own_day_shows_appointments_without_a_calendar_too() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    house.store.tables.calendars.clear()
    shown = (AgendaAppointment(booked),)
    assert agenda(house, ana, ana) == (shown, ())
    home = ShowHome(house.store, house.clock, ShowStatus(house.store, house.clock))
    assert home(actor()).appointments == shown


def test_somebody_elses_day_shows_when_he_is_busy_and_not_with_whom() -> None:
    house = BookingHouse()
    house.add_event(ana, "14:30-15:00", "Call")
    house.book(a_request("15:00", ana), by=ben)
    assert agenda(house, ben, ana) == ((), (span("14:30-15:30"),))


def test_what_came_of_an_appointment_stays_in_its_day() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    row = house.store.tables.appointments[booked.id]
    showed = replace(booked, status=AppointmentStatus.SHOWED)
    house.store.tables.appointments[booked.id] = replace(row, appointment=showed)
    assert agenda(house, ana, ana)[0] == (AgendaAppointment(showed),)


def test_appointments_are_told_with_the_linked_calendar() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    linked = house.calendars[ana.id]
    family = replace(a_calendar("Family", read_at=house.clock.time), member_id=ana.id, account_id=linked.account_id)
    house.store.tables.calendars[family.id] = CalendarRow(family)
    home = ShowHome(house.store, house.clock, ShowStatus(house.store, house.clock))
    assert home(actor(), linked.id).appointments == (AgendaAppointment(booked),)
    assert home(actor(), family.id).appointments == ()


def test_without_a_calendar_of_ones_own_what_was_booked_with_a_colleague_is_known() -> None:
    house = BookingHouse()
    meeting = house.book(a_request("15:00", ana, contact=None), by=cara).appointment
    house.book(a_request("16:00", ana), by=cara)
    assert agenda(house, cara, cara) == ((AgendaAppointment(meeting),), ())
    week = ShowWeek(house.store, house.clock, house.resolve_members())(actor(cara), WeekRequest())
    assert week.appointments == (AgendaAppointment(meeting),)


def test_in_one_of_the_calendars_alone_only_what_is_told_with_it_is_shown() -> None:
    house = BookingHouse()
    house.book(a_request("15:00", ana, contact=None), by=ben)
    show = ShowAgenda(house.store, house.clock, house.resolve_members())
    hers = house.calendars[ben.id].id
    assert len(show(actor(ben), AgendaRequest(calendar_id=hers)).appointments) == 1
    other = replace(
        a_calendar("Side"), id=UUID(int=77), member_id=ben.id, account_id=house.calendars[ben.id].account_id
    )
    house.store.tables.calendars[other.id] = CalendarRow(other)
    assert show(actor(ben), AgendaRequest(calendar_id=other.id)).appointments == ()


@pytest.mark.parametrize(("when", "answer"), [("15:29", Response.NEEDS_ACTION), ("15:30", None)])
def test_nobody_waits_for_an_answer_to_what_is_over(when: str, answer: Response | None) -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00")).appointment
    invited = RemoteEvent("copy", EventStatus.CONFIRMED, invitees=(Invitee(MAYA.email, Response.NEEDS_ACTION),))
    house.put_event(ana, invited, "15:00-15:30")
    link = RemoteLink(booked.id, EffectKind.EVENT, LinkState.WRITTEN, remote_id="copy")
    house.store.tables.remote_links[booked.id, EffectKind.EVENT] = link
    house.at(when)
    assert agenda(house, ana, ana)[0] == (AgendaAppointment(booked, answer=answer),)
