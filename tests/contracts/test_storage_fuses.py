"""Losses that are held back: counted, asked about once, answered by their owner alone."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.calendars import AccessRole, Calendar
from bot.domain.errors import LeaseLost, NotFound
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.fuse import Fuse
from bot.domain.people import Actor
from bot.ports import Store
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    a_calendar,
    a_person,
    a_synced,
    all_at_once,
    chosen,
    claimed,
    connected,
    happening,
    upserted,
)
from tests.event_builders import a_meeting

LATER = NOW + timedelta(minutes=20)
LOSS = Fuse(number=1, gone=6, coming=8)
TOMORROW = int((NOW + timedelta(days=1)).timestamp())


def meetings(number: int, day: str = "2026-12-01") -> list[RemoteEvent]:
    """So many events of an hour, one after the other, each with a UID of its own."""
    return [replace(a_meeting(f"e{n}", f"{day} {n}:00-{n + 1}:00"), ical_uid=f"uid{n}") for n in range(number)]


def losses(store: Store, ana: Synced, *event_ids: str, unmet_by: int | None = None, now: int = TOMORROW) -> int:
    with store.reading() as work:
        return work.events.losses(ana.claim, event_ids, unmet_by=unmet_by, now=now)


def held(store: Store, ana: Synced, fuse: Fuse = LOSS) -> Calendar:
    """Ana's calendar, with a loss that waits for her."""
    with store.writing() as work:
        work.calendars.hold_back(ana.claim, fuse, read_at=NOW, next_sync_at=LATER)
        work.commit()
    return stored(store, ana.actor)


def stored(store: Store, actor: Actor) -> Calendar:
    with store.reading() as work:
        [calendar] = work.calendars.of(actor)
    return calendar


def questions(store: Store, now: datetime = NOW) -> list[Calendar]:
    """All that are to be asked, one after the other, as the job claims them."""
    asked = list[Calendar]()
    while True:
        with store.writing() as work:
            calendar = work.calendars.claim_question(now)
            work.commit()
        if calendar is None:
            return asked
        asked.append(calendar)


def released(store: Store, calendar: Calendar, due_at: datetime, *, first_asked: datetime) -> None:
    """Slack refused the question."""
    with store.writing() as work:
        work.calendars.release_question(calendar, due_at, first_asked=first_asked)
        work.commit()


def answered(store: Store, actor: Actor, calendar: Calendar, number: int, *, removes: bool) -> Calendar:
    with store.writing() as work:
        answer = work.calendars.answer_fuse(actor, calendar.id, number, removes=removes, now=NOW)
        work.commit()
    return answer


# fault 39
def test_only_events_with_something_to_come_are_a_loss(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, *meetings(3), a_meeting("past", "2026-11-01 9:00-10:00"))
    upserted(store, ana.claim, a_meeting("not expanded yet"))
    assert losses(store, ana, "e0", "e1", "past", "not expanded yet", "unknown") == 2
    assert losses(store, ana, "e0", now=TOMORROW + 365 * 86_400) == 0


# fault 39
def test_what_a_full_read_did_not_meet_is_a_loss_and_counts_once(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, *meetings(4))
    upserted(store, ana.claim, meetings(4)[3], generation=1)
    assert losses(store, ana, "e0", unmet_by=1) == 3
    assert losses(store, ana, "e3", unmet_by=1) == 4


# fault 39
def test_many_ids_are_counted(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, *meetings(7))
    assert losses(store, ana, *(f"unknown{n}" for n in range(1200)), *(f"e{n}" for n in range(7))) == 7


# fault 39
def test_what_stands_in_another_calendar_of_the_same_person_was_moved(store: Store) -> None:
    actor = a_person(store)
    account = connected(store, actor)
    chosen(store, actor, a_calendar(account, "one"), a_calendar(account, "other"))
    one, other = claimed(store)
    happening(store, one, *meetings(8))
    happening(store, other, *(replace(event, id=f"moved {event.id}") for event in meetings(6)))
    assert losses(store, Synced(actor, account, one), *(f"e{n}" for n in range(8))) == 2


# fault 39
def test_what_is_cancelled_in_another_calendar_was_not_moved_there(store: Store) -> None:
    actor = a_person(store)
    account = connected(store, actor)
    chosen(store, actor, a_calendar(account, "one"), a_calendar(account, "other"))
    one, other = claimed(store)
    happening(store, one, *meetings(6))
    gone = [replace(event, id=f"gone {event.id}", status=EventStatus.CANCELLED) for event in meetings(6)]
    upserted(store, other, *gone)
    assert losses(store, Synced(actor, account, one), *(f"e{n}" for n in range(6))) == 6


# fault 39
@pytest.mark.parametrize("copy", ["free", "ignored", "over", "not expanded"])
def test_a_copy_that_does_not_keep_the_time_does_not_make_up_for_a_loss(store: Store, copy: str) -> None:
    actor = a_person(store)
    account = connected(store, actor)
    chosen(store, actor, a_calendar(account, "one"), a_calendar(account, "other"))
    one, other = claimed(store)
    happening(store, one, *meetings(8))
    copies = meetings(8, "2026-11-01" if copy == "over" else "2026-12-01")
    if copy == "not expanded":
        upserted(store, other, *copies)
    else:
        happening(store, other, *copies, blocks=copy != "free")
    if copy == "ignored":
        with store.writing() as work:
            for event in copies:
                work.events.ignore(actor, other.calendar.id, event.id)
            work.commit()
    assert losses(store, Synced(actor, account, one), *(f"e{n}" for n in range(8))) == 8


# fault 39
def test_what_stands_in_somebody_elses_calendar_was_not_moved(store: Store) -> None:
    ana, ben = a_synced(store), a_synced(store, user="U2")
    happening(store, ana.claim, *meetings(6))
    happening(store, ben.claim, *meetings(6))
    assert losses(store, ana, *(f"e{n}" for n in range(6))) == 6


def test_what_is_coming_is_counted_as_far_as_it_is_asked_for(store: Store) -> None:
    ana = a_synced(store)
    happening(store, ana.claim, *meetings(5), a_meeting("past", "2026-11-01 9:00-10:00"))
    with store.reading() as work:
        counted = [work.events.coming(ana.claim, now=TOMORROW, at_most=most) for most in (3, 5, 100)]
    assert counted == [3, 5, 5]


# fault 39
def test_a_loss_that_is_held_back_is_told_with_the_calendar_and_leaves_it_due_later(store: Store) -> None:
    ana = a_synced(store)
    expected = replace(ana.claim.calendar, fuse=LOSS, read_at=NOW, next_sync_at=LATER, interval=timedelta(minutes=20))
    assert held(store, ana) == expected
    [claim] = claimed(store, LATER)
    assert (claim.calendar.fuse, claim.attempts) == (LOSS, 0)


# fault 39
def test_a_sync_asked_for_while_a_loss_is_held_back_is_not_forgotten(store: Store) -> None:
    ana = a_synced(store)
    soon = NOW + timedelta(seconds=1)
    with store.writing() as work:
        work.calendars.request_sync(ana.actor, soon)
        work.commit()
    calendar = held(store, ana)
    assert (calendar.fuse, calendar.next_sync_at, calendar.interval) == (LOSS, soon, timedelta(minutes=20))


# fault 39
def test_a_question_is_handed_to_one_of_many_askers_and_once(store: Store) -> None:
    calendar = held(store, a_synced(store))
    assert [asked for many in all_at_once(4, lambda _: questions(store)) for asked in many] == [calendar]
    assert questions(store) == []


# fault 39
def test_a_question_that_could_not_be_asked_is_handed_out_again(store: Store) -> None:
    held(store, a_synced(store))
    [calendar] = questions(store)
    in_an_hour = NOW + timedelta(hours=1)
    released(store, calendar, in_an_hour, first_asked=NOW - timedelta(days=1))
    assert questions(store, in_an_hour - timedelta(seconds=1)) == []
    assert questions(store, in_an_hour) == [calendar]
    assert questions(store, in_an_hour) == []


# fault 39
def test_a_question_that_was_first_tried_long_ago_is_not_handed_out_again(store: Store) -> None:
    held(store, a_synced(store))
    [calendar] = questions(store)
    released(store, calendar, LATER, first_asked=NOW - timedelta(days=1))
    assert questions(store, LATER) == [calendar]
    released(store, calendar, LATER, first_asked=NOW)
    assert questions(store, LATER + timedelta(days=1)) == []


# fault 39
def test_a_question_that_was_answered_meanwhile_is_not_asked_again(store: Store) -> None:
    ana = a_synced(store)
    held(store, ana)
    [calendar] = questions(store)
    released(store, calendar, LATER, first_asked=NOW - timedelta(days=1))
    answered(store, ana.actor, calendar, LOSS.number, removes=True)
    assert questions(store, LATER) == []


# fault 39
def test_the_same_loss_again_is_not_asked_about_again_and_another_is(store: Store) -> None:
    ana = a_synced(store)
    held(store, ana)
    assert len(questions(store)) == 1
    for fuse, asked in ((LOSS, 0), (replace(LOSS, number=2, gone=7), 1)):
        [claim] = claimed(store, LATER + timedelta(days=1))
        held(store, replace(ana, claim=claim), fuse)
        assert len(questions(store)) == asked


# fault 39
def test_a_yes_lets_the_next_sync_remove_and_keeps_the_token(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.events.complete(ana.claim, sync_token="t1", zone="Europe/Berlin")
        work.commit()
    calendar = held(store, ana)
    answer = answered(store, ana.actor, calendar, LOSS.number, removes=True)
    assert answer == replace(calendar, fuse=replace(LOSS, is_approved=True), next_sync_at=NOW)
    [claim] = claimed(store)
    assert (claim.sync_token, claim.calendar.fuse) == ("t1", replace(LOSS, is_approved=True))


# fault 39
def test_a_no_has_everything_read_from_the_start(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.events.complete(ana.claim, sync_token="t1", zone="Europe/Berlin")
        work.commit()
    calendar = held(store, ana)
    assert answered(store, ana.actor, calendar, LOSS.number, removes=False).fuse is None
    [claim] = claimed(store)
    assert (claim.sync_token, claim.calendar.fuse) == (None, None)


# faults 11 and 39
@pytest.mark.parametrize("removes", [True, False])
def test_only_the_owner_answers_only_that_question_and_only_once(store: Store, removes: bool) -> None:
    ana, ben, eve = a_synced(store), a_synced(store, user="U2"), a_synced(store, team="T2")
    calendar = held(store, ana)
    for actor, number in ((ben.actor, 1), (eve.actor, 1), (ana.actor, 2)):
        with pytest.raises(NotFound):
            answered(store, actor, calendar, number, removes=removes)
    assert stored(store, ana.actor) == calendar
    answered(store, ana.actor, calendar, 1, removes=removes)
    with pytest.raises(NotFound):
        answered(store, ana.actor, calendar, 1, removes=not removes)


# faults 39 and 56
def test_a_sync_that_runs_during_the_answer_writes_nothing_more(store: Store) -> None:
    ana = a_synced(store)
    calendar = held(store, ana)
    [slow] = claimed(store, LATER)
    answered(store, ana.actor, calendar, LOSS.number, removes=True)
    with store.writing() as work, pytest.raises(LeaseLost):
        work.calendars.hold_back(slow, LOSS, read_at=NOW, next_sync_at=LATER)
    assert len(claimed(store)) == 1


def test_a_reading_that_is_complete_ends_the_question(store: Store) -> None:
    ana = a_synced(store)
    held(store, ana)
    [claim] = claimed(store, LATER)
    with store.writing() as work:
        work.events.complete(claim, sync_token="t2", zone="Europe/Berlin")
        work.commit()
    assert stored(store, ana.actor).fuse is None
    assert questions(store) == []


# fault 38
def test_a_calendar_is_described_anew(store: Store) -> None:
    ana = a_synced(store)
    with store.writing() as work:
        work.calendars.describe(ana.claim, name="Renamed", access_role=AccessRole.READER)
        work.calendars.finish(ana.claim, read_at=NOW, next_sync_at=LATER, listed_at=NOW)
        work.commit()
    calendar = stored(store, ana.actor)
    assert (calendar.name, calendar.access_role) == ("Renamed", AccessRole.READER)
    [claim] = claimed(store, LATER)
    assert claim.listed_at == NOW
