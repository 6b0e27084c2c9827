"""Who posts a digest, in every store: one row for each local day, under any number of schedulers."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.digest_changes import ChangedSince
from bot.domain.digest_times import Turn
from bot.domain.digests import DIGEST_LEASE, PauseReason, Run, RunState
from bot.domain.errors import LeaseLost
from bot.domain.intervals import Interval
from bot.ports import Store
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.digest_storage import A_DAY, MONDAY, TUESDAY, listed, made
from tests.contracts.storage_builders import NOW, a_person, all_at_once
from tests.digest_builders import a_plan


# fault 56
def test_what_is_due_is_claimed_by_one_and_again_once_the_lease_has_run_out(store: Store) -> None:
    ana = a_person(store)
    later = made(store, ana)
    sooner = made(store, ana, "C0EARLY", next_due_at=NOW - timedelta(hours=1))
    made(store, ana, "C0TODAY", next_due_at=NOW + timedelta(seconds=1))
    made(store, ana, "C0PAUSED", next_due_at=None, paused=PauseReason.BY_HAND)
    with store.reading() as work:
        assert work.digests.is_any_due(NOW)
    with store.writing() as work:
        claims = work.digests.claim_due(NOW, limit=5)
        work.commit()
    assert [(claim.digest, claim.fence) for claim in claims] == [(sooner, 1), (later, 1)]
    with store.writing() as work:
        assert not work.digests.is_any_due(NOW)
        assert work.digests.claim_due(NOW, limit=5) == []
        assert [claim.fence for claim in work.digests.claim_due(NOW + DIGEST_LEASE, limit=1)] == [2]


# faults 56, 57
def test_three_schedulers_at_once_claim_each_digest_once(store: Store) -> None:
    ana = a_person(store)
    digests = {made(store, ana, f"C{number}").id for number in range(6)}

    def claim(_which: int) -> list[UUID]:
        with store.writing() as work:
            claims = work.digests.claim_due(NOW, limit=4)
            work.commit()
        return [one.digest.id for one in claims]

    claimed = [digest_id for ids in all_at_once(3, claim) for digest_id in ids]
    assert len(claimed) == len(set(claimed))
    assert set(claimed) <= digests


# faults 57, 34
def test_a_day_that_is_being_sent_is_never_sent_again(store: Store) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    following = Turn(TUESDAY, NOW + A_DAY)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.sending(claim, MONDAY, following, NOW)
        work.commit()
    with store.writing() as work:
        assert work.digests.claim_due(NOW + DIGEST_LEASE, limit=1) == []
        work.digests.sent(digest.id, MONDAY, RunState.POSTED)
        work.digests.change(replace(digest, next_day=MONDAY))
        [again] = work.digests.claim_due(NOW, limit=1)
        with pytest.raises(LeaseLost):
            work.digests.sending(again, MONDAY, following, NOW)
    with store.reading() as work:
        assert work.digests.runs(digest.id, limit=5) == [Run(MONDAY, RunState.SENDING, NOW)]


def test_what_surely_did_not_arrive_is_due_as_before_after_a_while(store: Store) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    turn, until = Turn(MONDAY, NOW - timedelta(minutes=1)), NOW + timedelta(minutes=5)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.sending(claim, MONDAY, Turn(TUESDAY, NOW + A_DAY), NOW)
        work.digests.unsent(claim, turn, until)
        assert (work.digests.runs(digest.id, limit=5), work.digests.is_any_due(NOW)) == ([], False)
        assert [one.digest for one in work.digests.claim_due(until, limit=1)] == [digest]


@pytest.mark.parametrize(
    ("change", "is_due", "runs"),
    [
        ("answered", True, []),
        ("renamed", True, []),
        ("at another time", False, [Run(MONDAY, RunState.SKIPPED, NOW)]),
        ("paused", False, [Run(MONDAY, RunState.SKIPPED, NOW)]),
    ],
)
def test_what_did_not_arrive_is_due_again_though_somebody_changed_it_unless_it_comes_at_other_times(
    store: Store, change: str, is_due: bool, runs: list[Run]
) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    listed(store, digest, ana)
    following = Turn(TUESDAY, NOW + A_DAY)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.sending(claim, MONDAY, following, NOW)
        work.commit()
    now = replace(digest, next_day=TUESDAY, next_due_at=NOW + A_DAY)
    with store.writing() as work:
        match change:
            case "answered":
                work.digests.answer(digest, ana.member_id, None)
            case "renamed":
                work.digests.change(replace(now, channel_name="deals"))
            case "at another time":
                work.digests.change(replace(now, plan=a_plan("9:00")))
            case _:
                work.digests.change(replace(now, next_due_at=None, paused=PauseReason.BY_HAND))
        work.digests.unsent(claim, Turn(MONDAY, NOW), NOW)
        work.commit()
    with store.reading() as work:
        assert (work.digests.is_any_due(NOW), work.digests.runs(digest.id, limit=5)) == (is_due, runs)


def test_what_did_not_arrive_is_forgotten_with_a_digest_that_was_deleted(store: Store) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.sending(claim, MONDAY, Turn(TUESDAY, NOW + A_DAY), NOW)
        work.digests.delete(ana, digest.id)
        with pytest.raises(LeaseLost):
            work.digests.unsent(claim, Turn(MONDAY, NOW), NOW)


@pytest.mark.parametrize("change", ["edited", "answered", "deleted"])
def test_whoever_posts_what_was_changed_meanwhile_loses_his_claim(store: Store, change: str) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    listed(store, digest, ana)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.commit()
    with store.writing() as work:
        match change:
            case "edited":
                work.digests.change(digest)
            case "answered":
                work.digests.answer(digest, ana.member_id, None)
            case _:
                work.digests.delete(ana, digest.id)
        work.commit()
    following = Turn(TUESDAY, NOW + A_DAY)
    with store.writing() as work:
        with pytest.raises(LeaseLost):
            work.digests.sending(claim, MONDAY, following, NOW)
        with pytest.raises(LeaseLost):
            work.digests.put_off(claim, NOW)
        with pytest.raises(LeaseLost):
            work.digests.stop(claim, PauseReason.CHANNEL, NOW)


def test_a_digest_that_paused_by_itself_is_told_of_once(store: Store) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.stop(claim, PauseReason.CHANNEL, NOW)
        work.commit()
    paused = replace(digest, paused=PauseReason.CHANNEL, paused_at=NOW, next_due_at=None)
    with store.writing() as work:
        assert work.digests.has_untold(NOW)
        assert (work.digests.claim_notices(NOW, limit=5), work.digests.claim_notices(NOW, limit=5)) == ([paused], [])
        work.digests.tell_again(paused, NOW + timedelta(hours=1))
        assert work.digests.claim_notices(NOW + timedelta(hours=1), limit=5) == [paused]
        work.digests.change(replace(digest, next_due_at=NOW + A_DAY))
        work.digests.tell_again(paused, NOW)
        assert work.digests.claim_notices(NOW, limit=5) == []


@pytest.mark.parametrize("is_paused", [False, True], ids=["goes on", "paused meanwhile"])
def test_a_day_that_was_refused_is_over_and_told_of_unless_it_was_paused_meanwhile(
    store: Store, is_paused: bool
) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.sending(claim, MONDAY, Turn(TUESDAY, NOW + A_DAY), NOW)
        work.commit()
    now = replace(digest, next_day=TUESDAY, next_due_at=NOW + A_DAY)
    if is_paused:
        now = replace(now, next_due_at=None, paused=PauseReason.BY_HAND, paused_by=ana.member_id, paused_at=NOW)
    with store.writing() as work:
        work.digests.change(now)
        work.digests.refused(digest.id, MONDAY, NOW)
        work.commit()
    with store.writing() as work:
        assert work.digests.last_run(digest.id) == Run(MONDAY, RunState.REFUSED, NOW)
        assert work.digests.has_untold(NOW) is not is_paused
        assert work.digests.claim_notices(NOW, limit=5) == ([] if is_paused else [now])
        assert work.digests.claim_due(NOW, limit=5) == []
        if not is_paused:
            work.digests.tell_again(now, NOW + timedelta(hours=1))
            assert work.digests.claim_notices(NOW + timedelta(hours=1), limit=5) == [now]


def test_changes_tell_where_an_appointment_stood_before_the_first_move(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    since = NOW + timedelta(minutes=1)
    moved, same, others = (an_appointment(ana), an_appointment(ana, "13:00-14:00"), an_appointment(ben))
    for appointment in (moved, same, others):
        booked(store, appointment)
    first, last = moved.span, Interval(moved.span.start + 7200, moved.span.end + 7200)
    between = Interval(moved.span.start + 3600, moved.span.end + 3600)
    later = since + timedelta(minutes=1)
    with store.writing() as work:
        work.appointments.save(moved.moved(between, later))
        work.appointments.write_log(moved.id, LogEntry(later, Deed.MOVED, ana.member_id, first, between))
        work.appointments.save(moved.moved(between, later).moved(last, later))
        work.appointments.write_log(moved.id, LogEntry(later, Deed.MOVED, ana.member_id, between, last))
        work.commit()
    with store.reading() as work:
        [found] = work.digests.changed_since(ana, [ana.member_id], since)
        assert (found, found.appointment.span) == (ChangedSince(found.appointment, first), last)
        assert len(work.digests.changed_since(ana, [ana.member_id, ben.member_id], NOW - A_DAY)) == 3
        assert work.digests.changed_since(ana, [ana.member_id], later) == []
