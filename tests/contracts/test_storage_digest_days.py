"""What is remembered of the days of digests in every store, and for how long."""

from datetime import date, timedelta

import pytest

from bot.domain.digest_times import Turn
from bot.domain.digests import Digest, RunState
from bot.ports import Store
from tests.contracts.digest_storage import A_DAY, MONDAY, TUESDAY, WEDNESDAY, made
from tests.contracts.storage_builders import NOW, a_person


def test_how_a_day_went_is_kept(store: Store) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.skip(claim, [MONDAY - A_DAY, MONDAY], Turn(TUESDAY, NOW), NOW)
        work.digests.sending(claim, TUESDAY, Turn(WEDNESDAY, NOW), NOW)
        work.digests.sent(digest.id, TUESDAY, RunState.LATE)
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.settle(claim, WEDNESDAY, RunState.QUIET, Turn(WEDNESDAY + A_DAY, NOW + A_DAY), NOW)
        work.commit()
    with store.reading() as work:
        assert [(run.day.day, run.state) for run in work.digests.runs(digest.id, limit=3)] == [
            (25, RunState.QUIET),
            (24, RunState.LATE),
            (23, RunState.SKIPPED),
        ]
        assert work.digests.get(ana, digest.id).next_due_at == NOW + A_DAY


def test_days_that_were_passed_over_are_settled_and_what_was_settled_stays(store: Store) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.settle(claim, MONDAY, RunState.QUIET, Turn(TUESDAY, NOW + A_DAY), NOW)
        work.digests.pass_over(digest, [MONDAY, TUESDAY], NOW)
        assert [run.state for run in work.digests.runs(digest.id, limit=3)] == [RunState.SKIPPED, RunState.QUIET]


_OVER = NOW - timedelta(days=30)


def settled(store: Store, digest: Digest, *days: tuple[int, RunState]) -> None:
    """These days of November 2026 were settled long ago."""
    with store.writing() as work:
        for day, state in days:
            [claim] = work.digests.claim_due(NOW, limit=1)
            following = Turn(date(2026, 11, day) + A_DAY, NOW)
            work.digests.sending(claim, date(2026, 11, day), following, _OVER - A_DAY)
            work.digests.sent(digest.id, date(2026, 11, day), state)
        work.commit()


@pytest.mark.parametrize(
    ("states", "left"),
    [
        ("posted posted posted", [3]),
        ("posted late quiet", [2, 3]),
        ("posted sending quiet quiet", [2, 4]),
        ("posted skipped posted skipped skipped", [3, 4, 5]),
        ("quiet quiet skipped", [3]),
        ("skipped quiet", [1, 2]),
    ],
)
def test_of_days_long_gone_those_stay_by_which_the_next_one_goes(store: Store, states: str, left: list[int]) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    settled(store, digest, *((number, RunState(state)) for number, state in enumerate(states.split(), start=1)))
    for _ in range(2):
        with store.writing() as work:
            work.digests.forget(_OVER)
            work.commit()
    with store.reading() as work:
        assert [run.day.day for run in reversed(work.digests.runs(digest.id, limit=9))] == left


def test_days_of_late_and_those_of_other_digests_are_left_alone(store: Store) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    settled(store, digest, (1, RunState.POSTED), (2, RunState.POSTED))
    other = made(store, ana, "C0OTHER", next_due_at=None)
    with store.writing() as work:
        work.digests.pass_over(other, [MONDAY], _OVER - A_DAY)
        work.digests.forget(_OVER - A_DAY)
        work.commit()
    with store.reading() as work:
        assert [len(work.digests.runs(one.id, limit=9)) for one in (digest, other)] == [2, 1]


def test_the_day_of_a_deleted_digest_is_kept_as_long_as_any(store: Store) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    settled(store, digest, (1, RunState.POSTED))
    seen = []
    for before in (_OVER - A_DAY, _OVER):
        with store.writing() as work:
            work.digests.delete(ana, digest.id)
            work.digests.forget(before)
            work.commit()
        digest = made(store, ana)
        with store.reading() as work:
            seen.append(len(work.digests.runs(digest.id, limit=9)))
    assert seen == [1, 0]
