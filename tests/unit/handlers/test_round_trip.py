"""*Check the round trip*, as its presser sees it."""

from datetime import timedelta

from bot.domain.calendars import Role, SyncClaim
from bot.domain.errors import AccessLost
from bot.domain.people import Member
from bot.domain.round_trips import Way
from handlers.actions import round_trip
from handlers.interaction import Surface
from handlers.waiting_for_round_trip import LOOKS_AFTER
from tests.unit.handlers.acting import RecordingReply, pressed, run
from tests.unit.handlers.trouble_house import TroubleHouse, lines_of
from tests.unit.rendering.answers import ana, cara

WAITS = "A check event is in Google. The next regular reading is in 5 minutes. The result shows here by itself."


def check(house: TroubleHouse, member: Member = ana) -> RecordingReply:
    return run(pressed(round_trip.handlers(house.cases), "round_trip", "", Surface.CHANNEL), member)


def comes_back(house: TroubleHouse, way: Way = Way.POLL) -> None:
    """The ordinary sync meets the event."""
    calendar = house.acme.calendars[ana.id]
    claim = SyncClaim(calendar, 1, "token", 0, 0, None)
    with house.acme.store.writing() as work:
        work.round_trips.came_back(claim, [event for _, event in house.google.events], way, house.acme.clock.now())
        work.commit()


def notes(reply: RecordingReply) -> list[str]:
    return [lines[0] for lines in lines_of(reply)]


def test_the_check_says_how_long_the_change_took_and_that_it_is_removed() -> None:
    house = TroubleHouse()
    reply = check(house)
    house.passes(seconds=2)
    assert notes(reply) == ["Writing a check event to Google: private, Free, with nobody on it.", WAITS]
    house.acme.clock.time += timedelta(seconds=4)
    comes_back(house, Way.PUSH)
    house.passes(seconds=1)
    house.tidy()
    house.passes(seconds=1)
    assert reply.ways == ["replace"] * 3
    assert notes(reply)[-1] == ("*The check came back in 4 seconds*: Google sent word of it. It is removed again.")
    house.passes(seconds=LOOKS_AFTER)
    assert reply.ways == ["replace"] * 3


def test_a_removal_that_takes_long_keeps_nobody_waiting_for_the_answer() -> None:
    house = TroubleHouse()
    reply = check(house)
    house.acme.clock.time += timedelta(minutes=3)
    comes_back(house)
    house.passes(seconds=LOOKS_AFTER)
    assert notes(reply)[-1] == ("*The check came back in 3 minutes*: a regular reading found it. It is being removed.")


def test_a_check_that_does_not_come_back_is_told_in_the_end() -> None:
    house = TroubleHouse()
    reply = check(house)
    house.acme.clock.time += timedelta(minutes=10)
    house.tidy()
    house.passes(seconds=1)
    assert notes(reply)[-1] == (
        "*The check did not come back within 10 minutes.* Changes in Google do not arrive just now. "
        "The event is removed again."
    )


def test_a_second_press_is_refused_politely() -> None:
    house = TroubleHouse()
    check(house)
    assert notes(check(house))[-1] == "A round trip check is running already. Its result shows here by itself."


def test_a_calendar_that_may_not_be_written_to_says_so_and_nobody_waits() -> None:
    house = TroubleHouse()

    def refuses(_name: str) -> None:
        raise AccessLost("This account may no longer do that with the calendar.")

    house.google.before = refuses
    reply = check(house)
    house.passes(seconds=LOOKS_AFTER)
    assert notes(reply)[1:] == [
        (
            "The check could not be written: This account may no longer do that with the calendar. "
            "Your calendar is as it was."
        )
    ]


def test_without_a_linked_calendar_the_way_there_is_told() -> None:
    house = TroubleHouse()
    assert house.acme.calendars[ana.id].role is Role.LINKED
    last = lines_of(check(house, cara))[-1]
    assert last[0].startswith("The check writes an event to your linked calendar and removes it again. First choose")
    assert "[Connect Google Calendar]" in last


def test_an_account_that_left_meanwhile_is_waited_for_no_more() -> None:
    house = TroubleHouse()
    reply = check(house)
    house.acme.store.tables.round_trips.clear()
    house.passes(seconds=2)
    assert len(notes(reply)) == 2
