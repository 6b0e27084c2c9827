"""What the forms show: free starts of a day, ways to meet, both zones, and what was chosen before."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from bot.domain.appointments import NotPossible, Venue, Where
from bot.domain.booking import BadBooking
from bot.domain.booking_form import BookingForm, FormAsked, MoveForm
from bot.domain.clock_shifts import ClockShift, PartyZone
from bot.domain.contacts import Contact
from bot.domain.day_words import UnclearWhen
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.people import Member, Standing
from bot.domain.preferences import Audience, default_preferences
from bot.usecases.booking_form import BookAgain, ShowBookingForm
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.move_form import ShowMoveForm
from bot.usecases.show_appointment import ShowAppointment
from tests.builders import BERLIN, NEW_YORK, a_schedule, at, local, second
from tests.unit.handlers.acme import NOW
from tests.unit.rendering.answers import ACME, actor, ana, ben, cara
from tests.unit.usecases.booking_house import MAYA, BookingHouse, a_request

NOTHING = FormAsked()
WITH_BEN = FormAsked(hosts=("U2",), minutes=60)


def form(house: BookingHouse, asked: FormAsked = NOTHING, *, by: Member = ana) -> BookingForm:
    return ShowBookingForm(house.store, house.clock, house.resolve_members())(actor(by), asked)


def move_form(house: BookingHouse, appointment_id: UUID, day: date | None = None, *, by: Member = ana) -> MoveForm:
    return ShowMoveForm(house.store, house.clock)(actor(by), appointment_id, day)


def starts(shown: BookingForm | MoveForm, zone: str = BERLIN) -> list[str]:
    assert shown.free.starts is not None
    return local(shown.free.starts, zone)


def test_the_first_day_that_has_a_free_start_is_shown() -> None:
    house = BookingHouse()
    house.add_event(ana, "9:00-17:00", "Workshop")
    shown = form(house)
    assert (shown.free.day, shown.minutes) == (date(2026, 11, 25), 30)
    assert (starts(shown)[0], starts(shown)[-1], len(starts(shown))) == (
        "2026-11-25T09:00+01:00",
        "2026-11-25T16:30+01:00",
        31,
    )


def test_the_form_names_its_people_and_what_the_meeting_is_called() -> None:
    shown = form(BookingHouse(), FormAsked(hosts=("U2", "U1"), contact=MAYA))
    assert (shown.hosts, shown.is_own, shown.contact) == ((ben, ana), True, MAYA)
    assert (shown.title, shown.usual_title) == ("", "Maya Ortiz, Ben and Ana")
    assert form(BookingHouse()).usual_title == "Ana"


def test_whoever_books_a_colleague_by_a_command_is_in_it_himself() -> None:
    house = BookingHouse()
    with_ana = FormAsked(hosts=("U1",), joins=True)
    shown = form(house, with_ana, by=ben)
    assert (shown.hosts, shown.is_own, shown.usual_title) == ((ana, ben), True, "Ana and Ben")
    assert form(house, replace(with_ana, address="maya@ortiz.test"), by=ben).hosts == (ana,)
    assert form(house, replace(with_ana, joins=False), by=ben).hosts == (ana,)
    assert form(house, FormAsked(joins=True), by=ben).hosts == (ben,)


def test_whoever_has_no_calendar_is_not_in_it() -> None:
    shown = form(BookingHouse(), FormAsked(hosts=("U1",), joins=True), by=cara)
    assert (shown.hosts, shown.is_own, shown.may_host, shown.usual_title) == ((ana,), False, False, "Ana and Cara")


def test_a_start_that_was_pressed_is_chosen_while_it_is_free() -> None:
    house = BookingHouse()
    pressed = FormAsked(start=second("2026-11-26 15:00"), minutes=30)
    assert (form(house, pressed).free.day, form(house, pressed).free.start) == (date(2026, 11, 26), pressed.start)
    house.book(a_request("2026-11-26 14:45"))
    taken = form(house, pressed).free
    assert (taken.start, taken.wanted) == (None, pressed.start)


def test_the_words_of_a_command_say_day_and_time() -> None:
    house = BookingHouse()
    assert form(house, FormAsked(when="tomorrow 15:00")).free.start == second("2026-11-25 15:00")
    assert form(house, FormAsked(when="next week")).free.day == date(2026, 11, 30)
    assert form(house, FormAsked(when="sun")).free.starts == ()
    with pytest.raises(UnclearWhen):
        form(house, FormAsked(when="at some point"))


def test_days_and_times_are_those_of_the_one_who_books() -> None:
    house = BookingHouse()
    shown = form(house, FormAsked(hosts=("U1",), day=date(2026, 11, 25)), by=ben)
    assert shown.zone == NEW_YORK
    assert (starts(shown, NEW_YORK)[0], starts(shown, NEW_YORK)[-1]) == (
        "2026-11-25T03:00-05:00",
        "2026-11-25T10:30-05:00",
    )


# fault 42
def test_on_the_day_that_the_clock_goes_forward_no_skipped_start_is_shown() -> None:
    house = BookingHouse()
    for member, zone, day in ((ana, BERLIN, date(2027, 3, 28)), (ben, NEW_YORK, date(2027, 3, 14))):
        schedule = a_schedule("daily 1:00-4:00", zone=zone, step=30)
        house.store.tables.schedules[member.id] = replace(default_preferences(zone), schedule=schedule)
        shown = form(house, FormAsked(day=day), by=member)
        assert [text[11:] for text in starts(shown, zone)] == (
            ["01:00+01:00", "01:30+01:00", "03:00+02:00", "03:30+02:00"]
            if zone == BERLIN
            else ["01:00-05:00", "01:30-05:00", "03:00-04:00", "03:30-04:00"]
        )


# fault 42
def test_on_the_day_that_the_clock_goes_back_a_repeated_start_is_shown_once() -> None:
    house = BookingHouse()
    house.set_read(ana, house.at("2026-10-20 12:00"))
    schedule = a_schedule("daily 1:00-4:00", step=60)
    house.store.tables.schedules[ana.id] = replace(default_preferences(BERLIN), schedule=schedule)
    assert starts(form(house, FormAsked(day=date(2026, 10, 25), minutes=60))) == [
        "2026-10-25T01:00+02:00",
        "2026-10-25T02:00+02:00",
        "2026-10-25T03:00+01:00",
    ]


def test_of_very_many_starts_some_are_shown_over_the_whole_day() -> None:
    house = BookingHouse()
    schedule = a_schedule("daily 0:00-24:00", step=5)
    house.store.tables.schedules[ana.id] = replace(default_preferences(ana.zone), schedule=schedule)
    wanted = second("2026-11-25 13:05")
    shown = form(house, FormAsked(start=wanted, minutes=5)).free
    assert shown.starts is not None
    assert (len(shown.starts), shown.has_more, wanted in shown.starts) == (96, True, True)
    assert local(shown.starts[-1:]) == ["2026-11-25T23:45+01:00"]


def test_hosts_meet_people_by_what_they_have_connected() -> None:
    house = BookingHouse()
    assert form(house).venues == (Where.MEET, Where.PHONE, Where.PLACE, Where.NOWHERE)
    house.connect_zoom(ana)
    shown = form(house)
    assert (shown.venues[0], shown.venue) == (Where.ZOOM, Venue(Where.ZOOM))
    chosen = form(house, FormAsked(venue=Venue(Where.PHONE, "+49 30 1")))
    assert chosen.venue == Venue(Where.PHONE, "+49 30 1")
    # Ben has none, so that what was chosen for Ana does not stay.
    assert form(house, replace(WITH_BEN, venue=Venue(Where.ZOOM))).venue == Venue(Where.MEET)


def test_a_host_meets_people_as_he_usually_does() -> None:
    house = BookingHouse()
    house.connect_zoom(ana)
    phone = Venue(Where.PHONE, "+49 30 1")
    house.store.tables.schedules[ana.id] = replace(default_preferences(ana.zone), usual_venue=phone)
    assert form(house).venue == phone
    assert form(house, FormAsked(hosts=("U1",)), by=ben).venue == phone


def test_whether_to_invite_is_remembered_from_the_last_booking_with_somebody() -> None:
    house = BookingHouse()
    assert form(house).invites
    house.book(a_request(invites=False))
    assert form(house).invites is False
    house.book(a_request("16:00", contact=None))
    assert (form(house).invites, form(house, by=ben).invites) == (False, True)
    house.book(a_request("16:30"))
    assert form(house).invites


def test_of_a_host_without_a_calendar_nobody_can_say() -> None:
    free = form(BookingHouse(), FormAsked(hosts=("U3",))).free
    assert (free.starts, free.gathered.silent) == (None, (cara,))


def test_a_host_who_shares_nothing_stands_in_the_form_without_any_times() -> None:
    house = BookingHouse()
    house.store.tables.schedules[ben.id] = replace(default_preferences(ben.zone), audience=Audience.NOBODY)
    free = form(house, WITH_BEN).free
    assert (free.starts, free.gathered.withheld) == (None, (ben,))


def test_a_calendar_read_long_ago_is_named() -> None:
    house = BookingHouse()
    house.set_read(ana, NOW - timedelta(hours=2))
    free = form(house).free
    assert [one.name for time in free.gathered.times for one in time.stale] == ["Ana"]


def test_both_zones_are_told_and_the_week_in_which_they_are_an_hour_closer() -> None:  # fault 42
    house = BookingHouse()
    the_party = PartyZone("Ben", NEW_YORK)
    shown = form(house, replace(WITH_BEN, day=date(2026, 11, 25)))
    assert (shown.zones, shown.shift) == ((the_party,), None)

    # New York goes forward on 14 March 2027, Berlin on the 28th.
    spring = form(house, replace(WITH_BEN, day=date(2027, 3, 16)))
    assert spring.shift == ClockShift(the_party, at("2027-03-14 8:00"), before=-360, after=-300)


def test_a_contact_in_another_zone_is_told_where_his_is_known() -> None:
    house = BookingHouse()
    maya = Contact(UUID(int=7), ACME.id, "maya@ortiz.test", "Maya Ortiz", zone=NEW_YORK)
    house.store.tables.contacts[maya.id] = maya
    shown = form(house, FormAsked(contact=maya.id))
    assert (shown.contact, shown.zones) == (maya, (PartyZone("Maya Ortiz", NEW_YORK),))
    assert form(house, FormAsked(contact=UUID(int=8))).contact is None


def test_how_many_invitations_are_left_is_told() -> None:
    house = BookingHouse()
    assert form(house).invitations_left == 50
    house.book(a_request())
    assert form(house).invitations_left == 49


def test_a_length_that_cannot_be_and_a_guest_are_refused() -> None:
    with pytest.raises(BadBooking):
        form(BookingHouse(), FormAsked(minutes=481))
    with pytest.raises(NotAllowed):
        form(BookingHouse(), by=replace(ana, standing=Standing.GUEST))


def test_a_form_to_book_again_has_everything_but_the_time() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ana, minutes=45, title="Fitting", note="Shoes"), by=ben).appointment
    contact = booked.contact
    assert contact is not None
    again = BookAgain(house.store)(actor(ben), booked.id)
    assert again == FormAsked(
        hosts=("U1",), contact=contact.id, minutes=45, title="Fitting", venue=Venue(), note="Shoes"
    )
    with pytest.raises(NotFound):  # fault 11
        BookAgain(house.store)(actor(cara), booked.id)


def test_the_form_of_another_time_counts_the_appointments_own_as_free() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ana), by=ben).appointment
    house.book(a_request("16:00"))
    shown = move_form(house, booked.id)
    assert (shown.free.day, shown.free.start, shown.is_own) == (date(2026, 11, 24), second("15:00"), True)
    assert second("15:15") in (shown.free.starts or ())
    assert second("16:00") not in (shown.free.starts or ())
    assert move_form(house, booked.id, by=ben).is_own is False
    assert move_form(house, booked.id, date(2026, 11, 25)).free.starts is not None


def test_what_is_called_off_has_no_form_of_another_time() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    CancelAppointment(house.store, house.clock, house.deliver_soon)(actor(), booked.id, version=1)
    with pytest.raises(NotPossible, match="It is cancelled"):
        move_form(house, booked.id)


def test_what_is_over_is_moved_to_a_day_to_come() -> None:
    house = BookingHouse()
    booked = house.book(a_request()).appointment
    house.set_read(ana, house.at("2026-11-26 12:00"))
    assert move_form(house, booked.id).free.day == date(2026, 11, 26)


def test_one_appointment_is_shown_with_its_people() -> None:
    house = BookingHouse()
    booked = house.book(a_request("15:00", ana), by=ben).appointment
    shown = ShowAppointment(house.store, house.clock)(actor(ben), booked.id)
    assert (shown.appointment, shown.hosts, shown.join_url) == (booked, (ana,), "")
    assert shown.booker == ben
    assert shown.zones == (PartyZone("Ana", BERLIN),)
    with pytest.raises(NotFound):  # fault 11
        ShowAppointment(house.store, house.clock)(actor(cara), booked.id)
