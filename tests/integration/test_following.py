"""What people do to appointments' events in Google: Daybook follows and echoes nothing.

Ana's calendar is in one-way sync, as every calendar is that nobody switched.
"""

import pytest

from bot.domain.appointment_log import Deed
from bot.domain.booking import BookingRequest, SlotTaken
from bot.domain.calendars import ONE_WAY
from bot.domain.contacts import new_contact
from bot.domain.effects import EffectKind
from tests.builders import BERLIN, NEW_YORK, second, span
from tests.integration.delivery_town import ANA
from tests.integration.following_town import Following, in_google

pytestmark = pytest.mark.slow

FOUR = "2026-11-24T16:00+01:00/2026-11-24T16:30+01:00"


# fault 34
def test_an_event_that_is_moved_takes_appointment_and_meeting_along_and_nothing_is_echoed(following: Following) -> None:
    assert following.calendar().option == ONE_WAY
    one = following.town.book()
    following.town.deliver()
    following.poll(2)
    writes, mails = following.writes(), following.town.mails()
    following.drag(one, FOUR)
    following.poll()

    moved = [(Deed.MOVED_IN_GOOGLE, span("15:00-15:30"), span("16:00-16:30"))]
    assert following.town.known(one).span == span("16:00-16:30")
    assert in_google(following.history(one)) == moved
    assert following.zoom_starts() == ["2026-11-24T15:00:00Z"]
    assert (following.busy(), following.titles()) == ([], [])

    looks = following.looks()
    following.poll(2)
    following.town.google.expire_sync_tokens(ANA)
    following.poll(2)
    assert (following.writes() - writes, following.looks() - looks, following.town.mails()) == (0, 0, mails)
    assert in_google(following.history(one)) == moved
    assert (following.town.made(), len(following.town.cards()), len(following.town.lines())) == ((1, 1), 1, 2)


# fault 34
def test_a_new_title_is_taken_over_and_nothing_is_echoed(following: Following) -> None:
    one = following.town.book()
    following.town.deliver()
    following.poll()
    writes = following.writes()
    following.edit(one, summary="Kick-off")
    following.poll(2)

    assert (following.town.known(one).title, following.town.zoom.meetings()[0]["topic"]) == ("Kick-off", "Kick-off")
    assert [(entry.deed, entry.detail) for entry in following.history(one)] == [(Deed.RENAMED_IN_GOOGLE, "Kick-off")]
    assert following.writes() == writes


def test_what_daybook_does_not_own_is_left_alone(on_sqlite: Following) -> None:
    following = on_sqlite
    one = following.town.book()
    following.town.deliver()
    following.poll()
    writes = following.writes()
    following.edit(one, colorId="5", transparency="transparent", attendees=[{"email": "cara@acme.test"}])
    following.poll(2)

    assert (following.history(one), following.writes()) == ([], writes)
    assert following.town.known(one).version == 1


# fault 38
def test_an_event_that_was_taken_to_another_calendar_is_followed_there(following: Following) -> None:
    one = following.town.book()
    following.town.deliver()
    side = following.add_calendar("Side")
    following.poll()
    following.town.google.move_event(ANA, following.town.event_id(one), side)
    following.poll(2)

    assert (following.container(one), following.history(one)) == (side, [])
    assert (following.town.known(one).question, following.busy(), following.titles()) == (None, [], [])

    following.town.move(one, "17:00-17:30")
    following.town.deliver()
    following.poll()
    assert following.fields(one)["start"]["dateTime"] == "2026-11-24T17:00:00+01:00"
    following.drag(one, FOUR)
    following.poll()
    assert following.town.known(one).span == span("16:00-16:30")
    assert following.town.made() == (1, 1)


# fault 42
@pytest.mark.parametrize(
    ("zone", "times", "start"),
    [
        (BERLIN, "2027-03-28T15:00+02:00/2027-03-28T15:30+02:00", "2027-03-28T13:00:00Z"),
        (BERLIN, "2027-03-28T01:30+01:00/2027-03-28T03:30+02:00", "2027-03-28T00:30:00Z"),
        (BERLIN, "2027-10-31T02:30+02:00/2027-10-31T02:30+01:00", "2027-10-31T00:30:00Z"),
        (NEW_YORK, "2027-03-14T09:00-04:00/2027-03-14T09:30-04:00", "2027-03-14T13:00:00Z"),
        (NEW_YORK, "2027-11-07T01:30-05:00/2027-11-07T02:00-05:00", "2027-11-07T06:30:00Z"),
    ],
)
def test_a_move_to_a_day_of_changing_clocks_is_followed_to_the_second(
    on_sqlite: Following, zone: str, times: str, start: str
) -> None:
    following = on_sqlite
    one = following.town.book()
    following.town.deliver()
    following.poll()
    writes = following.writes()
    following.drag(one, times, zone)
    following.poll(2)

    assert f"{following.town.known(one).starts_at:%Y-%m-%dT%H:%M:%SZ}" == start
    assert (following.zoom_starts(), following.writes(), following.busy()) == ([start], writes, [])
    assert [entry.deed for entry in following.history(one)] == [Deed.MOVED_IN_GOOGLE]


# fault 37
def test_a_sync_that_dies_at_any_commit_is_made_good_and_every_move_is_told_once(following: Following) -> None:
    one = following.town.book()
    following.town.deliver()
    following.poll()
    writes = following.writes()
    hours = range(8, 14)
    for commits, hour in enumerate(hours):
        following.drag(one, f"2026-11-25T{hour:02}:00+01:00/2026-11-25T{hour:02}:30+01:00")
        following.read_and_die(commits)
        following.town.deliver(2)
        following.poll()
        assert following.town.known(one).span == span(f"2026-11-25 {hour}:00-{hour}:30")
        assert following.busy() == []

    assert [entry.deed for entry in following.history(one)] == [Deed.MOVED_IN_GOOGLE] * len(hours)
    assert (following.writes(), following.zoom_starts()) == (writes, ["2026-11-25T12:00:00Z"])


# fault 34
def test_an_event_that_is_read_before_its_own_answer_arrived_is_no_news(on_sqlite: Following) -> None:
    following = on_sqlite
    following.town.google.faults.on("POST", "/calendar/v3/calendars/.*/events").drop(after_commit=True)
    one = following.town.book()
    following.town.deliver(0)
    assert following.town.made()[0] == 1
    following.read()
    assert (following.busy(), following.titles()) == ([], [])
    following.town.deliver()
    following.poll(2)

    assert (following.history(one), following.town.made(), following.town.mails()) == ([], (1, 1), ["invitation"])


def test_what_a_person_copies_from_the_event_takes_time_of_its_own(on_sqlite: Following) -> None:
    following = on_sqlite
    one = following.town.book()
    following.town.deliver()
    private = following.fields(one)["extendedProperties"]
    following.town.google.put_event(
        ANA, summary="Copied", start="2026-11-24T18:00", end="2026-11-24T18:30", extendedProperties=private
    )
    following.poll(2)

    assert (following.busy(), following.titles(), following.history(one)) == ([span("18:00-18:30")], ["Copied"], [])


def a_request(when: str) -> BookingRequest:
    return BookingRequest((), new_contact("noa@levi.test", "Noa Levi"), second(when), 30)


# fault 6
def test_who_books_right_after_a_move_in_google_finds_the_appointment_where_it_is(following: Following) -> None:
    one = following.town.book()
    following.town.deliver()
    following.poll()
    following.drag(one, FOUR)
    with pytest.raises(SlotTaken):
        following.book(a_request("16:00"))
    assert following.town.known(one).span == span("16:00-16:30")
    following.town.deliver(2)
    assert following.book(a_request("15:00")).span == span("15:00-15:30")

    following.town.deliver()
    following.poll(2)
    assert in_google(following.history(one)) == [(Deed.MOVED_IN_GOOGLE, span("15:00-15:30"), span("16:00-16:30"))]
    assert following.town.effects(one)[EffectKind.EVENT].due_at is None
