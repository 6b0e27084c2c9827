"""A sudden loss is held back until its owner has spoken; he is asked once."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.calendars import SyncOutcome
from bot.domain.errors import NotFound, ProviderDown, SyncTokenExpired
from bot.domain.events import EventPage, RemoteEvent, Series
from bot.domain.fuse import Fuse
from bot.domain.recurrence import expand
from bot.domain.sync_plan import ExpandedEvent
from bot.usecases.answer_fuse import AnswerFuse
from bot.usecases.ask_about_losses import AskAboutLosses
from tests.builders import BERLIN
from tests.event_builders import a_meeting, cancelled
from tests.fakes.notifier import RecordingNotifier
from tests.unit.usecases.sync_house import (
    A_YEAR,
    CALENDAR_ID,
    FIVE_MINUTES,
    NOW,
    House,
    a_calendar,
    page,
    power_cut,
    scripted,
)

EIGHT = [replace(a_meeting(f"e{n}", f"2026-12-0{n} 9:00-10:00"), ical_uid=f"e{n}@google.com") for n in range(1, 9)]
SIX_GONE = [cancelled(event.id) for event in EIGHT[:6]]


def read(*then: list[EventPage | Exception]) -> House:
    """A house that read eight coming events, and then reads as told."""
    house, _ = scripted([page(*EIGHT, token="t1")], *then)
    assert house.run() is SyncOutcome.SYNCED
    return house


def answer(house: House, *, removes: bool, number: int | None = None) -> None:
    """The owner presses a button, the newest one unless a number is given."""
    fuse = house.calendar().fuse
    assert fuse is not None
    AnswerFuse(house.store, house.clock)(house.actor, CALENDAR_ID, number or fuse.number, removes=removes)


def asked_in(house: House, ticks: int = 10) -> list[tuple[str, str, int, int]]:
    """What the owner was asked in so many ticks."""
    notifier = RecordingNotifier()
    ask = AskAboutLosses(house.store, notifier, house.clock)
    for _ in range(ticks):
        ask()
    return notifier.asked_about_losses


# fault 39
def test_a_delta_that_would_clear_the_calendar_is_held_back_and_its_owner_is_asked_once() -> None:
    house = read([page(*SIX_GONE, token="t2")], [page(*SIX_GONE, token="t2")])
    assert house.run() is SyncOutcome.HELD
    calendar = house.calendar()
    assert calendar.fuse == Fuse(number=2, gone=6, coming=8)
    assert (calendar.problem, calendar.read_at, calendar.next_sync_at) == (None, NOW, NOW + 4 * FIVE_MINUTES)
    assert (house.token(), len(house.busy())) == ("t1", 8)
    assert asked_in(house) == [("U1", "Work", 6, 8)]

    assert house.run() is SyncOutcome.HELD
    assert (house.calendar().fuse, asked_in(house), len(house.busy())) == (calendar.fuse, [], 8)


# fault 39
def test_a_full_read_that_is_nearly_empty_is_held_back_as_well() -> None:
    house = read([SyncTokenExpired("From the start.")], [page(*EIGHT[:1], token="t2")])
    assert house.run() is SyncOutcome.HELD
    assert (house.calendar().fuse, len(house.busy())) == (Fuse(number=2, gone=7, coming=8), 8)


def test_what_is_new_comes_in_while_a_loss_is_held_back() -> None:
    new = a_meeting("new", "2026-12-20 9:00-10:00")
    house = read([page(*SIX_GONE, new, token="t2")])
    assert house.run() is SyncOutcome.HELD
    assert "2026-12-20T09:00+01:00 1h" in house.agenda()


def test_yes_lets_the_next_sync_remove_them() -> None:
    house = read([page(*SIX_GONE, token="t2")], [page(*SIX_GONE, token="t3")])
    house.run()
    answer(house, removes=True)
    assert house.calendar().next_sync_at == NOW
    assert house.run() is SyncOutcome.SYNCED
    assert (house.calendar().fuse, house.token(), len(house.busy())) == (None, "t3", 2)


def test_no_has_everything_read_from_the_start_and_keeps_what_is_there_after_all() -> None:
    house = read([page(*SIX_GONE, token="t2")], [page(*EIGHT, token="t3")])
    house.run()
    answer(house, removes=False)
    assert (house.token(), house.calendar().fuse) == (None, None)
    assert house.run() is SyncOutcome.SYNCED
    assert (house.token(), len(house.busy()), asked_in(house)) == ("t3", 8, [])


def test_no_is_asked_again_only_if_the_full_read_says_the_same() -> None:
    house = read([page(*SIX_GONE, token="t2")], [page(*EIGHT[6:], token="t3")])
    house.run()
    assert len(asked_in(house)) == 1
    answer(house, removes=False)
    assert house.run() is SyncOutcome.HELD
    assert (asked_in(house), len(house.busy())) == ([("U1", "Work", 6, 8)], 8)


def test_events_that_come_back_by_themselves_need_no_answer() -> None:
    house = read([page(*SIX_GONE, token="t2")], [page(*EIGHT, token="t3")])
    house.run()
    number = 2
    assert house.run() is SyncOutcome.SYNCED
    assert (house.calendar().fuse, house.token(), len(house.busy())) == (None, "t3", 8)
    with pytest.raises(NotFound):
        AnswerFuse(house.store, house.clock)(house.actor, CALENDAR_ID, number, removes=True)


def test_a_quiet_delta_after_a_bad_one_ends_the_question() -> None:
    house = read([page(*SIX_GONE, token="t2")], [page(token="t1")])
    house.run()
    assert house.run() is SyncOutcome.SYNCED
    assert (house.calendar().fuse, len(house.busy())) == (None, 8)


def test_more_than_was_approved_is_asked_about_anew() -> None:
    house = read([page(*SIX_GONE, token="t2")], [page(*(cancelled(event.id) for event in EIGHT), token="t3")])
    house.run()
    asked_in(house)
    answer(house, removes=True)
    assert house.run() is SyncOutcome.HELD
    assert (asked_in(house), len(house.busy())) == ([("U1", "Work", 8, 8)], 8)


def test_an_ordinary_loss_and_past_events_go_unasked() -> None:
    past: list[RemoteEvent] = [a_meeting(f"p{n}", f"2026-11-1{n} 9:00-10:00") for n in range(8)]
    gone = [*(cancelled(event.id) for event in past), *SIX_GONE[:5]]
    house, _ = scripted([page(*EIGHT, *past, token="t1")], [page(*gone, token="t2")])
    house.run()
    assert house.run() is SyncOutcome.SYNCED
    assert len(house.busy()) == 3


def test_events_that_were_moved_to_another_calendar_of_the_owner_are_no_loss() -> None:
    house = read([page(*SIX_GONE, token="t2")])
    with house.store.writing() as work:
        other = a_calendar(house.actor, UUID(int=21))
        work.calendars.choose(house.actor, [a_calendar(house.actor), other])
        [claim] = [one for one in work.calendars.claim_due(NOW, limit=9, lease=FIVE_MINUTES) if one.calendar == other]
        work.events.upsert(claim, EIGHT[:6], generation=0)
        moved = [ExpandedEvent(one.id, expand(Series(one), zone=BERLIN, window=A_YEAR)) for one in EIGHT[:6]]
        work.events.expand(claim, moved)
        work.commit()
    house.request()
    assert house.sync(house.claim()) is SyncOutcome.SYNCED


@pytest.mark.parametrize("removes", [True, False])
def test_a_second_press_and_a_stranger_change_nothing(removes: bool) -> None:
    house = read([page(*SIX_GONE, token="t2")])
    house.run()
    stranger = replace(house.actor, member_id=UUID(int=99))
    with pytest.raises(NotFound):
        AnswerFuse(house.store, house.clock)(stranger, CALENDAR_ID, 2, removes=removes)
    answer(house, removes=removes)
    with pytest.raises(NotFound):
        AnswerFuse(house.store, house.clock)(house.actor, CALENDAR_ID, 2, removes=not removes)


def test_an_answer_during_a_sync_is_not_overwritten_by_it() -> None:
    house = read([page(*SIX_GONE, token="t2")], [page(*SIX_GONE, token="t2")], [page(*SIX_GONE, token="t3")])
    house.run()
    house.request()
    slow = house.claim()
    answer(house, removes=True)
    assert house.sync(slow) is SyncOutcome.LEFT
    assert house.run() is SyncOutcome.SYNCED
    assert len(house.busy()) == 2


# faults 39 and 59
@pytest.mark.parametrize("survived", range(8))
def test_a_crash_at_any_commit_of_a_loss_removes_nothing_unasked(survived: int) -> None:
    then: list[list[EventPage | Exception]] = [[page(*SIX_GONE, a_meeting("new"), token="t2")] for _ in range(2)]
    house = read(*then)
    house.request()
    claim = house.claim()
    with power_cut(house, after_commits=survived):
        house.sync(claim)
    house.clock.time += FIVE_MINUTES
    if house.calendar().fuse is None:
        assert house.run() is SyncOutcome.HELD
    fuse = house.calendar().fuse
    assert fuse is not None
    assert (len(house.busy()), fuse.gone) == (9, 6)


def test_a_question_that_slack_refused_is_asked_later() -> None:
    house = read([page(*SIX_GONE, token="t2")])
    house.run()
    notifier = RecordingNotifier(refusals=[ProviderDown("Slack did not take the message.")])
    ask = AskAboutLosses(house.store, notifier, house.clock)
    assert [ask(), ask()] == [0, 0]
    house.clock.time += timedelta(hours=1)
    assert [ask(), ask()] == [1, 0]


def test_a_question_is_claimed_before_it_is_asked_and_given_back_on_a_mistake_of_ours() -> None:
    house = read([page(*SIX_GONE, token="t2")])
    house.run()
    notifier = RecordingNotifier(refusals=[ZeroDivisionError()])
    with pytest.raises(ZeroDivisionError):
        AskAboutLosses(house.store, notifier, house.clock)()
    house.clock.time += timedelta(hours=1)
    assert AskAboutLosses(house.store, notifier, house.clock)() == 1
