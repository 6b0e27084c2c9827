"""Reminders of meetings that were taken from Google, on every store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendars import ONE_WAY
from bot.domain.events import AllDay, Response
from bot.ports import Store
from bot.rendering.reminders import reminder_message
from bot.usecases.forget_contact import ForgetContact
from tests.builders import at
from tests.contracts.two_way_house import MAYA, invited, one_time, weekly
from tests.contracts.two_way_town import TwoWayTown
from tests.unit.rendering.screen import read_message

WHEN = "2026-11-24 15:00-16:00"
_TIMES = (("2026-11-24", "14:50"), ("2026-12-01", "14:50"), ("2026-12-01", "16:50"), ("2026-12-08", "14:50"))


@pytest.fixture
def two_way(store: Store) -> TwoWayTown:
    return TwoWayTown(store)


def test_every_host_of_a_meeting_from_google_is_reminded(two_way: TwoWayTown) -> None:
    two_way.put(invited("e1", WHEN, MAYA), two_way.ana, two_way.ben)
    two_way.run()
    said = two_way.at("14:50")
    assert sorted(said) == [
        f"U{number}: Begins in 10 minutes: Demo, Tue 24 Nov, 15:00-16:00 Berlin" for number in (1, 2)
    ]
    assert two_way.at("14:55") == []


# fault 34
def test_a_meeting_that_was_moved_in_google_is_reminded_of_at_its_new_time(two_way: TwoWayTown) -> None:
    two_way.put(invited("e1", WHEN, MAYA))
    two_way.run()
    two_way.put(invited("e1", "2026-11-24 16:00-17:00", MAYA))
    two_way.run()
    assert two_way.at("14:55") == []
    assert two_way.at("15:50") == ["U1: Begins in 10 minutes: Demo, Tue 24 Nov, 16:00-17:00 Berlin"]


# fault 34
def test_a_meeting_that_was_moved_near_in_google_is_told_at_once_and_not_called_late(two_way: TwoWayTown) -> None:
    two_way.chooses(240, 10)
    two_way.put(invited("e1", "2026-11-30 15:00-16:00", MAYA))
    two_way.run()
    two_way.clock.time = at("14:00")
    two_way.put(invited("e1", WHEN, MAYA))
    two_way.run()
    assert two_way.at("14:01") == ["U1: Begins in 59 minutes: Demo, Tue 24 Nov, 15:00-16:00 Berlin"]
    assert "late" not in str(reminder_message(two_way.posts.said[-1]))
    assert len(two_way.at("14:53")) == 1
    assert "This comes 3 minutes late" in str(reminder_message(two_way.posts.said[-1]))


# fault 34
@pytest.mark.parametrize(
    "gone",
    [
        lambda house: house.take_away("e1"),
        lambda house: house.put(invited("e1", WHEN)),
        lambda house: house.switch(house.ana, ONE_WAY),
    ],
    ids=["deleted", "without its contact", "one-way"],
)
def test_a_meeting_that_is_none_any_more_stays_silent(two_way: TwoWayTown, gone: Callable[[TwoWayTown], None]) -> None:
    two_way.put(invited("e1", WHEN, MAYA))
    two_way.run()
    gone(two_way)
    two_way.run()
    assert two_way.at("14:55") == []


def test_each_time_of_a_series_is_reminded_of_and_a_changed_one_at_its_own(two_way: TwoWayTown) -> None:
    series = weekly(invited("s1", WHEN, MAYA))
    two_way.put(series)
    two_way.put(one_time(series, "2026-12-01", to="2026-12-01 17:00-18:00"))
    two_way.run()
    assert [len(two_way.at(f"{day} {when}")) for day, when in _TIMES] == [1, 0, 1, 1]


def test_plain_events_and_whole_days_are_not_reminded_of(two_way: TwoWayTown) -> None:
    two_way.put(invited("e1", WHEN))
    whole = invited("e2", WHEN, MAYA)
    first, last = at("0:00").date(), (at("0:00") + timedelta(days=1)).date()
    two_way.put(replace(whole, start=AllDay(first), end=AllDay(last)))
    two_way.run()
    assert two_way.at("2026-11-23 23:55") == two_way.at("14:55") == []


def test_a_host_who_declined_is_not_reminded(two_way: TwoWayTown) -> None:
    event = invited("e1", WHEN, MAYA, "ben@acme.test", said={"ben@acme.test": Response.DECLINED})
    two_way.put(event, two_way.ana, two_way.ben)
    two_way.run()
    assert [one[:3] for one in two_way.at("14:50")] == ["U1:"]


@pytest.mark.parametrize(
    ("url", "button"),
    [
        ("https://meet.google.com/abc-defg-hij", "[Join Meet] [Open in Google]"),
        ("https://acme.zoom.us/j/123456789?pwd=x1", "[Join Zoom] [Open in Google]"),
        ("", "[Open in Google]"),
    ],
)
def test_a_meeting_with_a_call_is_joined_by_the_reminder(two_way: TwoWayTown, url: str, button: str) -> None:
    event = replace(invited("e1", WHEN, MAYA), join_url=url, link="https://www.google.com/calendar/event?eid=1")
    two_way.put(event)
    two_way.run()
    two_way.at("14:50")
    assert read_message(reminder_message(two_way.posts.said[-1]))[-1] == button


@pytest.mark.parametrize("link", ["https://www.google.com.example/calendar", "javascript:alert(1)"])
def test_an_address_that_does_not_lead_to_google_is_not_opened(two_way: TwoWayTown, link: str) -> None:
    two_way.put(replace(invited("e1", WHEN, MAYA), link=link))
    two_way.run()
    two_way.at("14:50")
    [message] = [reminder_message(one) for one in two_way.posts.said]
    assert (len(message.blocks), "Open in Google" in str(message)) == (1, False)


# fault 34
def test_what_was_said_is_edited_when_the_meeting_is_moved_in_google_and_back(two_way: TwoWayTown) -> None:
    two_way.chooses(60, 10)
    two_way.put(invited("e1", WHEN, MAYA))
    two_way.run()
    two_way.at("14:00")
    two_way.put(invited("e1", "2026-11-24 17:00-18:00", MAYA))
    two_way.run()
    assert (two_way.at("14:10"), two_way.standing()) == ([], ["Moved: Demo, Tue 24 Nov, 17:00-18:00 Berlin"])
    two_way.put(invited("e1", "2026-11-24 18:00-19:00", MAYA))
    two_way.run()
    assert (two_way.at("14:20"), two_way.standing()) == ([], ["Moved: Demo, Tue 24 Nov, 18:00-19:00 Berlin"])
    two_way.put(invited("e1", WHEN, MAYA))
    two_way.run()
    assert two_way.at("14:30") == []
    assert two_way.standing() == ["Begins in 1 hour: Demo, Tue 24 Nov, 15:00-16:00 Berlin"]


# fault 34
def test_what_was_said_is_edited_when_the_meeting_is_deleted_in_google(two_way: TwoWayTown) -> None:
    two_way.put(invited("e1", WHEN, MAYA), two_way.ana, two_way.ben)
    two_way.run()
    two_way.at("14:50")
    two_way.take_away("e1", two_way.ana, two_way.ben)
    two_way.run()
    assert (two_way.at("14:55"), two_way.standing()) == ([], ["Cancelled: Demo"] * 2)
    assert two_way.has_work() is False


def test_one_time_of_a_series_that_was_moved_or_called_off_is_told_of_by_itself(two_way: TwoWayTown) -> None:
    series = weekly(invited("s1", WHEN, MAYA))
    two_way.put(series)
    two_way.run()
    two_way.at("2026-12-01 14:50")
    two_way.put(one_time(series, "2026-12-01", to="2026-12-01 17:00-18:00"))
    two_way.run()
    two_way.at("2026-12-01 14:55")
    assert two_way.standing() == ["Moved: Demo, Tue 1 Dec, 17:00-18:00 Berlin"]
    two_way.at("2026-12-08 14:50")
    two_way.put(one_time(series, "2026-12-08"))
    two_way.run()
    two_way.at("2026-12-08 14:55")
    assert two_way.standing() == ["Moved: Demo, Tue 1 Dec, 17:00-18:00 Berlin", "Cancelled: Demo"]


@pytest.mark.parametrize(
    "change",
    [
        lambda house: house.put(invited("e1", WHEN, MAYA, title="Another title")),
        lambda house: house.put(invited("e1", WHEN)),
        lambda house: house.switch(house.ana, ONE_WAY),
    ],
    ids=["title", "without its contact", "one-way"],
)
def test_what_still_begins_then_stays_as_it_was_said(two_way: TwoWayTown, change: Callable[[TwoWayTown], None]) -> None:
    two_way.put(invited("e1", WHEN, MAYA))
    two_way.run()
    two_way.at("14:50")
    change(two_way)
    two_way.run()
    two_way.at("14:55")
    assert two_way.standing() == ["Begins in 10 minutes: Demo, Tue 24 Nov, 15:00-16:00 Berlin"]


def test_while_a_calendar_is_gone_through_nothing_is_edited(two_way: TwoWayTown) -> None:
    two_way.put(invited("e1", WHEN, MAYA))
    two_way.run()
    two_way.at("14:50")
    with two_way.store.writing() as work:
        work.taken.mark_all(two_way.ana.actor, two_way.calendar(two_way.ana).id)
        work.commit()
    assert two_way.has_work() is False


@pytest.mark.slow
@pytest.mark.parametrize("store", ["sqlite", "postgres"], indirect=True)
def test_a_contact_who_is_forgotten_goes_from_what_was_said(store: Store) -> None:
    two_way = TwoWayTown(store)
    two_way.put(invited("e1", WHEN, MAYA, title="Demo for Maya Ortiz"))
    two_way.run()
    two_way.at("14:50")
    two_way.clock.time = at("17:00")
    actor = two_way.ana.actor
    with store.reading() as work:
        maya = work.contacts.by_address(actor.workspace_id, [MAYA])[MAYA]
    ForgetContact(store, two_way.clock)(actor, maya.id, version=maya.version)
    assert two_way.at("17:01") == []
    [standing] = two_way.posts.standing.values()
    assert "Maya" not in str(reminder_message(standing))
