"""The look at an appointment's link a quarter of an hour before it starts."""

from dataclasses import replace

from bot.domain.accounts import Provider
from bot.domain.appointment_log import Deed
from bot.domain.appointments import Appointment, Venue, Where
from bot.domain.errors import ProviderDown
from bot.usecases.check_links import CheckLinks
from tests.builders import span
from tests.unit.rendering.answers import ana
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.delivery_house import MEET, ZOOM, DeliveryHouse

LINK = "https://zoom.test/j/91"


def look(house: DeliveryHouse, *, times: int = 1) -> None:
    """So many ticks, with what they set off."""
    check = CheckLinks(house.store, house.meetings, house.copies, house.queue, house.clock, limit=50)
    for _ in range(times):
        check()
        house.queue.run_all()
        house.pass_by(5)


def before_it_starts(venue: Venue = ZOOM) -> tuple[DeliveryHouse, Appointment]:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, venue=venue))
    house.at("14:45")
    return house, one


def test_a_link_that_is_well_is_noted_once() -> None:
    house, one = before_it_starts()
    look(house, times=3)

    assert house.deeds(one) == [Deed.BOOKED, Deed.LINK_CHECKED]
    assert house.meetings.requests.count("get") == 1


def test_nothing_is_looked_at_earlier() -> None:
    house, one = before_it_starts()
    house.at("14:44")
    look(house)

    assert house.deeds(one) == [Deed.BOOKED]


def test_a_meeting_that_was_deleted_is_made_anew_and_its_link_is_on_the_event() -> None:
    house, one = before_it_starts()
    house.meetings.delete("91")
    look(house, times=2)

    assert house.deeds(one) == [Deed.BOOKED, Deed.LINK_REPAIRED, Deed.LINK_CHECKED]
    [event] = house.copies.living().values()
    assert event.place == "https://zoom.test/j/92"


def test_a_meeting_at_another_time_is_put_right() -> None:
    house, one = before_it_starts()
    reference, meeting = house.meetings.meetings["91"]
    house.meetings.meetings["91"] = (reference, replace(meeting, start=span("9:00-9:30").start))
    look(house, times=2)

    assert house.in_zoom() == [(span("15:00-15:30").start, one.title)]
    assert house.deeds(one) == [Deed.BOOKED, Deed.LINK_REPAIRED, Deed.LINK_CHECKED]


def test_a_link_that_was_taken_off_the_event_is_put_back() -> None:
    house, one = before_it_starts()
    house.copies.change(house.calendar, house.event_id(one), place="Room 4", description="")
    look(house, times=2)

    [event] = house.copies.living().values()
    assert (event.place, house.deeds(one)[-1]) == ("Room 4", Deed.LINK_CHECKED)
    assert event.description == f"Join Zoom: {LINK}\n\nBooked with Daybook."


def test_a_room_beside_the_link_stays() -> None:
    house, one = before_it_starts()
    house.copies.change(house.calendar, house.event_id(one), place="Room 4")
    look(house)

    [event] = house.copies.living().values()
    assert (event.place, house.deeds(one)[-1]) == ("Room 4", Deed.LINK_CHECKED)


def test_a_moved_appointment_is_looked_at_for_its_new_time() -> None:
    house, one = before_it_starts()
    look(house)
    house.move(one, "16:00-16:30")
    house.pass_by(2)
    house.at("15:50")
    look(house)

    assert house.deeds(one) == [Deed.BOOKED, Deed.LINK_CHECKED, Deed.MOVED, Deed.LINK_CHECKED]


def test_a_link_that_is_missing_is_said_once() -> None:
    house = DeliveryHouse()

    def fail(_name: str) -> None:
        raise ProviderDown("Zoom did not answer.")

    house.meetings.before = fail
    one = house.delivered()
    house.at("14:45")
    look(house, times=2)

    assert house.deeds(one) == [Deed.BOOKED, Deed.LINK_MISSING]


def test_nobody_can_say_while_zoom_is_down_so_that_it_is_asked_again() -> None:
    house, one = before_it_starts()
    failures = iter([True])

    def fail(_name: str) -> None:
        if next(failures, False):
            raise ProviderDown("Zoom did not answer.")

    house.meetings.before = fail
    look(house)
    assert house.deeds(one) == [Deed.BOOKED]
    look(house)
    assert house.deeds(one) == [Deed.BOOKED, Deed.LINK_CHECKED]


def test_a_call_by_google_meet_is_looked_at_on_its_event() -> None:
    house, one = before_it_starts(MEET)
    look(house)

    assert house.deeds(one) == [Deed.BOOKED, Deed.LINK_CHECKED]


def test_where_there_is_no_link_nothing_is_said() -> None:
    house, one = before_it_starts(Venue(Where.PHONE, "+49 30 1234"))
    look(house)

    assert house.deeds(one) == [Deed.BOOKED]


def test_a_meeting_that_nobody_was_told_of_is_taken_away() -> None:
    house, one = before_it_starts()
    first = house.meetings.meetings["91"]
    house.meetings.meetings["77"] = (first[0], replace(first[1], id="77"))
    look(house)

    assert list(house.meetings.meetings) == ["91"]
    assert house.deeds(one)[-1] == Deed.LINK_CHECKED


def test_nothing_is_said_of_a_meeting_whose_account_was_left() -> None:
    house, one = before_it_starts()
    house.leave(Provider.ZOOM)
    look(house, times=2)

    assert house.deeds(one) == [Deed.BOOKED]


def test_a_move_in_a_calendar_that_is_not_read_any_more_is_followed_before_it_starts() -> None:
    house, one = before_it_starts()
    house.copies.change(house.calendar, house.event_id(one), span=span("16:00-16:30"))
    look(house)

    assert house.now_of(one).span == span("16:00-16:30")
