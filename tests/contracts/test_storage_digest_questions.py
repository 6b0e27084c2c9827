"""Messages that ask for somebody's days, in every store: sent by one, kept true, and let go of."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cards import PostedCard
from bot.domain.digest_questions import QUESTION_LEASE, Ending, Question, QuestionNow, Says
from bot.domain.digests import Digest, Level, PauseReason
from bot.domain.people import Actor
from bot.ports import Store
from tests.contracts.digest_storage import claims, listed, made
from tests.contracts.storage_builders import NOW, a_person, all_at_once, new_id
from tests.digest_builders import a_plan

STANDS = PostedCard("D1", "1.1")


def asked(store: Store, posted: PostedCard = STANDS) -> Question:
    """The one question that is due, asked where it is told."""
    [claimed] = claims(store)
    with store.writing() as work:
        work.digests.asked(claimed.question, posted)
        work.commit()
    return claimed.question


def stale(store: Store, after: timedelta = timedelta()) -> list[QuestionNow]:
    """Those that may not say how things stand, each of which is about to."""
    with store.writing() as work:
        claimed = work.digests.claim_stale(NOW + after, limit=10)
        work.commit()
    return list(claimed)


def says(store: Store) -> list[Says]:
    """The same, edited at once."""
    claimed = stale(store)
    with store.writing() as work:
        for one in claimed:
            work.digests.shown(one.question, Level.TITLES)
        work.commit()
    return [one.says for one in claimed]


def changed(store: Store, digest: Digest) -> None:
    with store.writing() as work:
        work.digests.change(digest)
        work.commit()


def answered(store: Store, digest: Digest, member: Actor, agreed: Level | None) -> None:
    with store.writing() as work:
        work.digests.answer(digest, member.member_id, agreed)
        work.commit()


def deleted(store: Store, actor: Actor, digest: Digest) -> None:
    with store.writing() as work:
        work.digests.delete(actor, digest.id)
        work.commit()


def asking_ben(store: Store) -> tuple[Actor, Actor, Digest]:
    """Ana, Ben, and a digest of hers in whose list he is; he was not asked yet."""
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ben)
    return ana, ben, digest


def test_a_question_stays_as_it_is_while_nothing_changes(store: Store) -> None:
    asking_ben(store)
    asked(store)
    with store.reading() as work:
        assert not work.digests.has_untold(NOW)
    assert stale(store) == []


@pytest.mark.parametrize(
    "fields",
    [{"plan": a_plan("9:00")}, {"level": Level.BUSY}, {"channel_name": "deals"}],
    ids=["times", "level", "channel"],
)
def test_an_edit_of_what_it_says_has_it_say_that_once(store: Store, fields: dict[str, object]) -> None:
    _, _, digest = asking_ben(store)
    question = asked(store)
    now = replace(digest, **fields)  # type: ignore[arg-type]  # by name
    changed(store, now)
    with store.reading() as work:
        assert work.digests.has_untold(NOW)
    [one] = stale(store)
    assert (one.question.id, one.question.posted, one.digest, one.says) == (question.id, STANDS, now, Says.ASKS)
    assert one.question.channel_name == now.channel_name
    with store.writing() as work:
        work.digests.shown(one.question, Level.TITLES)
        work.commit()
    assert stale(store) == []
    assert claims(store) == []


def test_an_edit_of_what_it_does_not_say_leaves_it_alone(store: Store) -> None:
    ana, _, digest = asking_ben(store)
    asked(store)
    changed(store, replace(digest, is_quiet=True))
    changed(
        store,
        replace(digest, next_due_at=None, paused=PauseReason.BY_HAND, paused_by=ana.member_id, paused_at=NOW),
    )
    assert stale(store) == []


def test_a_higher_level_is_asked_about_by_the_question_that_stands_open(store: Store) -> None:
    _, ben, digest = asking_ben(store)
    asked(store)
    more = replace(digest, level=Level.FULL)
    listed(store, more, ben)
    assert claims(store) == []
    [one] = stale(store)
    assert (one.share and one.share.asked, one.says) == (Level.FULL, Says.ASKS)


def test_a_higher_level_is_asked_about_anew_where_the_question_was_answered_and_the_old_one_says_so(
    store: Store,
) -> None:
    _, ben, digest = asking_ben(store)
    first = asked(store)
    answered(store, digest, ben, Level.TITLES)
    assert says(store) == [Says.ANSWERED]
    listed(store, replace(digest, level=Level.FULL), ben)
    second = asked(store, PostedCard("D1", "2.2"))
    assert [(one.question.id, one.question.ended) for one in stale(store)] == [(first.id, Ending.ASKED_ANEW)]
    assert second.asked is Level.FULL


def test_whoever_agreed_to_all_that_a_lowered_digest_shows_is_asked_about_more_again(store: Store) -> None:
    _, ben, digest = asking_ben(store)
    asked(store)
    lowered = replace(digest, level=Level.BUSY)
    changed(store, lowered)
    answered(store, lowered, ben, Level.BUSY)
    listed(store, digest, ben)
    assert [one.share and one.share.asked for one in claims(store)] == [Level.TITLES]


def test_whoever_was_not_asked_yet_is_asked_about_what_the_digest_shows_by_then(store: Store) -> None:
    _, ben, digest = asking_ben(store)
    lowered = replace(digest, level=Level.BUSY)
    changed(store, lowered)
    listed(store, lowered, ben)
    assert [one.question.asked for one in claims(store)] == [Level.BUSY]


@pytest.mark.parametrize("agreed", [Level.BUSY, None])
def test_a_word_that_was_said_elsewhere_is_shown(store: Store, agreed: Level | None) -> None:
    _, ben, digest = asking_ben(store)
    asked(store)
    answered(store, digest, ben, agreed)
    assert says(store) == [Says.ANSWERED]


def test_whoever_is_taken_out_reads_so_and_is_asked_by_the_same_message_once_he_is_back(store: Store) -> None:
    ana, ben, digest = asking_ben(store)
    asked(store)
    listed(store, digest, ana)
    assert says(store) == [Says.TAKEN_OUT]
    listed(store, digest, ana)
    assert says(store) == []
    listed(store, digest, ana, ben)
    assert says(store) == [Says.ASKS]
    assert [one.share and one.share.member_id for one in claims(store)] == [ana.member_id]


def test_of_whoever_agreed_and_is_taken_out_the_message_has_its_last_word(store: Store) -> None:
    ana, ben, digest = asking_ben(store)
    asked(store)
    answered(store, digest, ben, Level.TITLES)
    listed(store, digest, ana)
    [one] = stale(store)
    assert (one.says, one.question.ended, one.share) == (Says.TAKEN_OUT, Ending.TAKEN_OUT, None)


def test_a_deleted_digest_is_said_to_be_deleted_and_then_let_go_of(store: Store) -> None:
    ana, _, digest = asking_ben(store)
    asked(store)
    deleted(store, ana, digest)
    [one] = stale(store)
    assert (one.says, one.digest, one.share, one.question.channel_name) == (Says.DELETED, None, None, "sales")
    with store.writing() as work:
        work.digests.let_go(one.question)
        assert work.digests.question_now(one.question) is None
        work.commit()
    assert stale(store, QUESTION_LEASE) == []


@pytest.mark.parametrize("what", ["edited", "deleted"])
def test_what_happens_while_it_is_being_sent_is_said_once_it_stands_there(store: Store, what: str) -> None:
    ana, _, digest = asking_ben(store)
    [claimed] = claims(store)
    if what == "edited":
        changed(store, replace(digest, plan=a_plan("9:00")))
    else:
        deleted(store, ana, digest)
    assert stale(store) == []
    with store.writing() as work:
        work.digests.asked(claimed.question, STANDS)
        work.commit()
    assert says(store) == [Says.ASKS if what == "edited" else Says.DELETED]


def test_what_happens_while_it_is_being_edited_is_said_next(store: Store) -> None:
    _, ben, digest = asking_ben(store)
    asked(store)
    changed(store, replace(digest, plan=a_plan("9:00")))
    [one] = stale(store)
    answered(store, digest, ben, None)
    with store.writing() as work:
        work.digests.shown(one.question, Level.TITLES)
        work.commit()
    assert says(store) == [Says.ANSWERED]


# fault 56
def test_three_at_once_bring_each_up_to_date_once_and_again_once_the_lease_has_run_out(store: Store) -> None:
    _, _, digest = asking_ben(store)
    question = asked(store)
    changed(store, replace(digest, plan=a_plan("9:00")))
    claimed = [one for ones in all_at_once(3, lambda _which: stale(store)) for one in ones]
    assert [one.question.id for one in claimed] == [question.id]
    assert [one.question.id for one in stale(store, QUESTION_LEASE)] == [question.id]


def test_whoever_could_not_be_asked_has_no_message_that_could_say_anything(store: Store) -> None:
    _, _, digest = asking_ben(store)
    [claimed] = claims(store)
    with store.writing() as work:
        work.digests.ask_again(claimed.question, NOW)
        assert work.digests.question_now(claimed.question) is None
        work.commit()
    changed(store, replace(digest, plan=a_plan("9:00")))
    assert [one.question.id == claimed.question.id for one in claims(store)] == [False]


def test_questions_of_which_nobody_knows_where_they_are_go_after_a_while(store: Store) -> None:
    ana, _, _ = asking_ben(store)
    [lost] = claims(store)
    elsewhere = made(store, ana, "C0OTHER")
    listed(store, elsewhere, ana)
    kept = asked(store)
    for before, is_there in ((NOW, True), (NOW + timedelta(seconds=1), False)):
        with store.writing() as work:
            work.digests.forget(before)
            assert (work.digests.question_now(lost.question) is not None, is_there) == (is_there, is_there)
            assert work.digests.question_now(kept) is not None
            work.commit()


def test_who_paused_a_digest_is_kept_with_when(store: Store) -> None:
    ana = a_person(store)
    digest = made(store, ana)
    paused = replace(
        digest, next_due_at=None, paused=PauseReason.BY_HAND, paused_by=new_id(), paused_at=NOW - timedelta(hours=1)
    )
    changed(store, paused)
    with store.reading() as work:
        assert work.digests.get(ana, digest.id) == paused
