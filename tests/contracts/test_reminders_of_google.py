"""Reminders of meetings that were taken from Google, on every store."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendars import ONE_WAY
from bot.domain.events import AllDay, Response
from bot.domain.reminders import ReminderChoice
from bot.ports import Store
from bot.rendering.reminders import reminder_message
from bot.usecases.channel_readers import HasOutsiders
from bot.usecases.forget_contact import ForgetContact
from bot.usecases.plan_questions import PlanQuestions
from bot.usecases.reminder_channels import ReminderChannels
from bot.usecases.send_reminder import SendReminder
from bot.usecases.send_reminders import SendReminders
from tests.builders import at
from tests.contracts.two_way_house import MAYA, TwoWay, invited, one_time, weekly
from tests.fakes.digest_slack import FakeDigestChannels
from tests.fakes.directory import FakeDirectory
from tests.fakes.posts import FakeChannels
from tests.fakes.reminder_posts import FakeReminderPosts
from tests.fakes.work_queue import ThreadlessQueue

WHEN = "2026-11-24 15:00-16:00"
_TIMES = (("2026-11-24", "14:50"), ("2026-12-01", "14:50"), ("2026-12-01", "16:50"), ("2026-12-08", "14:50"))


class TwoWayTown(TwoWay):
    """The same with reminders."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.posts = FakeReminderPosts()
        PlanQuestions(store, self.clock)()

    def chooses(self, *minutes: int) -> None:
        """What Ana wants."""
        with self.store.writing() as work:
            work.reminders.choose(self.ana.actor, ReminderChoice(minutes), self.clock.now())
            work.commit()

    def at(self, when: str) -> list[str]:
        """What was said by then, to whom."""
        before = len(self.posts.said)
        self.clock.time = at(when)
        has_outsiders = HasOutsiders(self.store, FakeDigestChannels(), FakeDirectory({}), self.clock)
        channels = ReminderChannels(self.store, FakeChannels(), has_outsiders)
        send = SendReminder(self.store, self.posts, channels, self.clock, lambda: 0.0)
        SendReminders(self.store, send, ThreadlessQueue(), self.clock, limit=8)()
        return [f"{one.host.slack_user_id}: {reminder_message(one).text}" for one in self.posts.said[before:]]


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
