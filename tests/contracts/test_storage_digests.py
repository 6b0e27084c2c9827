"""Digests in every store: one for each channel, and everybody's word on it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.digest_times import Turn
from bot.domain.digests import DigestThere, Level, Rhythm, Run, RunState, Share
from bot.domain.errors import NotFound
from bot.ports import Store
from tests.contracts.digest_storage import A_DAY, MONDAY, TUESDAY, asks, claims, listed, made
from tests.contracts.storage_builders import NOW, a_person, new_id
from tests.digest_builders import a_plan


def test_a_digest_is_read_as_it_was_stored(store: Store) -> None:
    ana = a_person(store)
    weekly = a_plan("23:05", "Asia/Kathmandu", weekdays={6}, rhythm=Rhythm.WEEKLY)
    digest = made(store, ana, plan=weekly, level=Level.FULL, is_quiet=True, channel_name="näh\u202ee")
    with store.reading() as work:
        assert work.digests.get(ana, digest.id) == digest
        assert work.digests.in_channel(ana, "C0SALES") == digest
        assert (work.digests.of(ana), work.digests.count_own(ana)) == ([digest], 1)
        assert work.digests.in_channel(ana, "C0OTHER") is None


# fault 11
def test_another_workspace_finds_nothing_of_it(store: Store) -> None:
    ana, mia = a_person(store), a_person(store, "T2", "U2")
    digest = made(store, ana)
    with store.writing() as work:
        assert (work.digests.in_channel(mia, "C0SALES"), work.digests.of(mia)) == (None, [])
        for reach in (work.digests.get, work.digests.delete):
            with pytest.raises(NotFound):
                reach(mia, digest.id)
        with pytest.raises(NotFound):
            work.digests.change(replace(digest, workspace_id=mia.workspace_id))


def test_a_channel_has_one_digest_and_the_same_one_is_stored_once(store: Store) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    with store.writing() as work:
        work.digests.add(digest)
        with pytest.raises(DigestThere):
            work.digests.add(replace(digest, id=new_id()))


def test_whoever_was_not_asked_is_asked_once_and_nobody_else(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ana, ben)
    with store.writing() as work:
        work.digests.answer(digest, ana.member_id, Level.TITLES)
        work.commit()
    with store.reading() as work:
        assert work.digests.has_untold(NOW)
    assert (asks(store), asks(store)) == ([Share(digest.id, ben.member_id, Level.TITLES)], [])
    with store.reading() as work:
        assert not work.digests.has_untold(NOW)
        assert work.digests.shares(digest.id) == (
            Share(digest.id, ana.member_id, Level.TITLES, Level.TITLES),
            Share(digest.id, ben.member_id, Level.TITLES),
        )


def test_whoever_could_not_be_asked_is_asked_later(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ben)
    [asked] = claims(store)
    with store.writing() as work:
        work.digests.ask_again(asked.question, NOW + timedelta(hours=1))
        work.commit()
    assert claims(store) == []
    [again] = claims(store, NOW + timedelta(hours=1))
    assert (again.digest, again.share) == (digest, asked.share)


def test_a_higher_level_is_asked_about_and_until_then_the_old_word_holds(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana, level=Level.BUSY)
    listed(store, digest, ben)
    asks(store)
    with store.writing() as work:
        work.digests.answer(digest, ben.member_id, Level.BUSY)
        work.commit()
    listed(store, digest, ben)
    assert asks(store) == []
    listed(store, replace(digest, level=Level.FULL), ben)
    assert asks(store) == [Share(digest.id, ben.member_id, Level.FULL, Level.BUSY)]


def test_a_no_is_remembered_even_where_somebody_takes_him_out_and_puts_him_in_again(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ana, ben)
    asks(store)
    with store.writing() as work:
        work.digests.answer(digest, ben.member_id, None)
        work.commit()
    listed(store, digest, ana)
    with store.reading() as work:
        assert [share.is_listed for share in work.digests.shares(digest.id)] == [True, False]
        assert work.digests.of(ben) == [digest]
    listed(store, replace(digest, level=Level.FULL), ana, ben)
    assert [share.member_id for share in asks(store)] == [ana.member_id]


def test_of_whoever_is_taken_out_a_yes_is_forgotten_and_he_is_asked_anew(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ben)
    asks(store)
    with store.writing() as work:
        work.digests.answer(digest, ben.member_id, Level.TITLES)
        work.commit()
    listed(store, digest)
    with store.reading() as work:
        assert (work.digests.shares(digest.id), work.digests.of(ben)) == ((), [])
    listed(store, digest, ben)
    assert asks(store) == [Share(digest.id, ben.member_id, Level.TITLES)]


def test_whoever_did_not_answer_is_not_asked_again_by_being_taken_out_and_put_back(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ben)
    assert len(asks(store)) == 1
    for _ in range(3):
        listed(store, digest)
        with store.reading() as work:
            assert work.digests.of(ben) == []
        listed(store, digest, ben)
        assert asks(store) == []


def test_whoever_was_taken_out_before_he_was_asked_is_asked_once_he_is_back(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ben)
    listed(store, digest)
    with store.reading() as work:
        assert not work.digests.has_untold(NOW)
    assert asks(store) == []
    listed(store, digest, ben)
    assert asks(store) == [Share(digest.id, ben.member_id, Level.TITLES)]


def test_a_no_outlives_the_digest_in_its_channel_alone_until_he_says_yes(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    first = made(store, ana)
    listed(store, first, ben)
    with store.writing() as work:
        work.digests.answer(first, ben.member_id, None)
        work.digests.delete(ana, first.id)
        work.commit()
    second, elsewhere = made(store, ana), made(store, ana, "C0OTHER")
    listed(store, second, ben)
    listed(store, elsewhere, ben)
    assert [share.digest_id for share in asks(store)] == [elsewhere.id]
    with store.writing() as work:
        assert work.digests.shares(second.id) == (Share(second.id, ben.member_id, Level.TITLES, has_declined=True),)
        work.digests.answer(second, ben.member_id, Level.BUSY)
        work.digests.delete(ana, second.id)
        work.commit()
    third = made(store, ana)
    listed(store, third, ben)
    assert [share.digest_id for share in asks(store)] == [third.id]


def test_nobody_answers_who_was_not_asked(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    with store.writing() as work, pytest.raises(NotFound):
        work.digests.answer(digest, ben.member_id, Level.BUSY)


def test_the_last_day_that_a_channel_saw_outlives_its_digest(store: Store) -> None:
    ana, mia = a_person(store), a_person(store, "T2", "U2")
    gone = made(store, ana)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.sending(claim, MONDAY, Turn(TUESDAY, NOW + A_DAY), NOW)
        work.digests.sent(gone.id, MONDAY, RunState.POSTED)
        work.commit()
    for _ in range(2):
        with store.writing() as work:
            work.digests.delete(ana, gone.id)
            work.commit()
        gone = made(store, ana)
    others = [made(store, mia), made(store, ana, "C0OTHER")]
    with store.reading() as work:
        assert work.digests.runs(gone.id, limit=9) == [Run(MONDAY, RunState.POSTED, NOW)]
        assert [work.digests.runs(one.id, limit=9) for one in others] == [[], []]
