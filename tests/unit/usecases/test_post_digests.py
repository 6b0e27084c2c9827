"""Digests are posted once for their local day: whatever is late, killed, unreached, or asked for by several at once."""

from datetime import timedelta

import pytest

from bot.domain.digests import DIGEST_LEASE, PauseReason, Rhythm
from bot.domain.errors import ProviderBusy, ProviderDown
from bot.usecases.post_digests import PostDigest
from tests.builders import NEW_YORK
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.digest_house import DigestHouse, PowerCut, a_wish, cut_at, refusing

TUESDAY = "2026-11-24"
BEFORE, AFTER = "digest: before it is sent", "digest: after it is sent"


# fault 57
def test_a_digest_is_posted_at_its_time_and_once() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:29")
    assert house.ticks() == 0
    house.comes(f"{TUESDAY} 8:30")
    assert [house.ticks(), house.ticks()] == [1, 0]
    assert (house.messages.days, house.runs(digest)) == ([TUESDAY], [(TUESDAY, "posted")])
    assert house.messages.posted[0].due_at is None
    house.comes("2026-11-25 8:30")
    house.ticks()
    assert house.runs(digest) == [(TUESDAY, "posted"), ("2026-11-25", "posted")]


def test_no_transaction_is_open_while_slack_is_asked() -> None:
    house = DigestHouse()
    house.has()
    house.comes(f"{TUESDAY} 8:30")
    open_then: list[bool] = []
    house.channels.before = house.messages.before = lambda: open_then.append(house.store.is_open)
    house.ticks()
    house.tells()
    assert open_then == [False, False]


# fault 57
def test_after_an_outage_of_an_hour_it_says_that_it_is_late() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 9:40")
    house.ticks()
    assert house.runs(digest) == [(TUESDAY, "late")]
    assert "_ Late: this was due at 8:30." in house.reads()


# fault 57
def test_after_more_than_two_hours_the_day_is_skipped_and_told_of_in_the_next() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 11:00")
    house.ticks()
    assert (house.messages.posted, house.runs(digest)) == ([], [(TUESDAY, "skipped")])
    house.comes("2026-11-25 8:30")
    house.ticks()
    assert house.runs(digest) == [(TUESDAY, "skipped"), ("2026-11-25", "posted")]
    assert "_ There was no digest on Tue 24 Nov." in house.reads()


def test_a_day_on_which_it_comes_no_more_is_not_told_of_as_missing() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 11:00")
    house.ticks()
    assert house.runs(digest) == [(TUESDAY, "skipped")]
    weekly = a_wish(rhythm=Rhythm.WEEKLY, weekdays=frozenset({0}))
    house.cases().save(actor(ana), weekly, origin="x", digest_id=digest.id)
    assert house.cases().preview(actor(ana), digest.id).skipped == ()
    house.comes("2026-11-30 8:30")
    house.ticks()
    assert [one.skipped for one in house.messages.posted] == [()]


# faults 57, 34
@pytest.mark.parametrize(
    ("place", "posts", "state"), [(BEFORE, 0, "sending"), (AFTER, 1, "sending")], ids=["before", "after"]
)
def test_killed_around_the_post_it_is_never_posted_twice(place: str, posts: int, state: str) -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    with pytest.raises(PowerCut):
        house.ticks(cut_at(place))
    house.comes(f"{TUESDAY} 8:40")
    house.ticks()
    assert (len(house.messages.posted), house.runs(digest)) == (posts, [(TUESDAY, state)])
    house.comes("2026-11-25 8:30")
    house.ticks()
    assert house.runs(digest)[1] == ("2026-11-25", "posted")


# fault 34
def test_killed_between_the_claim_and_the_mark_it_is_posted_once_the_lease_has_run_out() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    with house.store.writing() as work:
        assert len(work.digests.claim_due(house.clock.now(), limit=5)) == 1
        work.commit()
    assert house.ticks() == 0
    house.comes(f"{TUESDAY} 8:33")
    house.ticks()
    assert house.runs(digest) == [(TUESDAY, "posted")]


# fault 34
def test_what_may_have_arrived_is_not_sent_again() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    house.messages.after = refusing(ProviderDown("Slack did not answer.", is_silent=True))
    house.ticks()
    house.messages.after = lambda: None
    house.comes(f"{TUESDAY} 8:40")
    house.ticks()
    assert (house.messages.days, house.runs(digest)) == ([TUESDAY], [(TUESDAY, "sending")])


@pytest.mark.parametrize(
    ("error", "again"),
    [(ProviderDown("Slack could not be reached."), "8:31"), (ProviderBusy("Too many.", 300.0), "8:35")],
    ids=["unreached", "busy"],
)
def test_what_surely_did_not_arrive_is_sent_a_little_later(error: Exception, again: str) -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    house.messages.before = refusing(error)
    house.ticks()
    assert house.runs(digest) == []
    house.messages.before = lambda: None
    house.comes(f"{TUESDAY} 8:30")
    assert house.ticks() == 0
    house.comes(f"{TUESDAY} {again}")
    house.ticks()
    assert (house.messages.days, house.runs(digest)) == ([TUESDAY], [(TUESDAY, "posted")])


def test_slack_that_does_not_answer_about_the_channel_is_asked_again() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    house.channels.before = refusing(ProviderDown("Slack did not say."))
    house.ticks()
    house.channels.before = lambda: None
    house.comes(f"{TUESDAY} 8:31")
    house.ticks()
    assert house.runs(digest) == [(TUESDAY, "posted")]


def test_a_mistake_of_ours_is_logged_and_not_made_at_every_tick() -> None:
    house = DigestHouse()
    house.has()
    house.comes(f"{TUESDAY} 8:30")
    house.channels.before = refusing(KeyError("ours"))
    assert [house.ticks(), house.ticks()] == [1, 0]
    assert [type(error) for error in house.queue.escaped] == [KeyError]


# fault 57
def test_a_zone_that_changes_at_eight_neither_repeats_nor_loses_the_day() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(zone=NEW_YORK))
    house.comes("2026-11-23 14:30")
    house.ticks()
    house.comes(f"{TUESDAY} 8:00")
    house.cases().save(actor(ana), a_wish(), origin="x", digest_id=digest.id)
    house.comes(f"{TUESDAY} 8:30")
    house.ticks()
    house.cases().save(actor(ana), a_wish(zone=NEW_YORK), origin="y", digest_id=digest.id)
    house.comes(f"{TUESDAY} 14:30")
    house.ticks()
    assert house.runs(digest) == [("2026-11-23", "posted"), (TUESDAY, "posted")]
    house.comes("2026-11-25 14:30")
    house.ticks()
    assert house.messages.days == ["2026-11-23", TUESDAY, "2026-11-25"]


def test_an_edit_while_it_is_about_to_be_posted_has_the_last_word() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    house.channels.before = lambda: house.cases().pause(actor(ana), digest.id)
    house.ticks()
    assert (house.messages.posted, house.now(digest).paused) == ([], PauseReason.BY_HAND)


def test_nothing_is_posted_for_a_consent_that_was_taken_back_while_it_was_put_together() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")

    def take_back() -> None:
        house.channels.before = lambda: None
        house.cases().answer(actor(ben), digest.id, None)

    house.channels.before = take_back
    house.ticks()
    assert house.messages.posted == []
    house.ticks()
    assert [[person.member.name for person in one.people] for one in house.messages.posted] == [["Ana"]]


def test_on_an_empty_day_a_quiet_one_posts_nothing_and_settles_the_day() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(is_quiet=True))
    house.comes(f"{TUESDAY} 8:30")
    assert [house.ticks(), house.ticks()] == [1, 0]
    assert (house.messages.posted, house.runs(digest)) == ([], [(TUESDAY, "quiet")])


def test_a_slow_look_at_readers_after_a_long_wait_for_its_turn_loses_no_day() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    crowd = tuple(f"UC{number:02}" for number in range(35))
    house.channels.reads, house.channels.full = crowd, set(crowd)
    with house.store.writing() as work:
        [claim] = work.digests.claim_due(house.clock.now(), limit=1)
        work.commit()
    taken_over: list[bool] = []

    def slowly() -> None:
        house.clock.time += timedelta(seconds=4)
        with house.store.reading() as work:
            taken_over.append(work.digests.is_any_due(house.clock.now()))

    house.channels.looking = slowly
    house.clock.time += DIGEST_LEASE - timedelta(seconds=5)
    PostDigest(house.store, house.compose(), house.channels, house.messages, house.clock)(claim)
    assert (taken_over, house.runs(digest)) == ([False] * 8, [(TUESDAY, "posted")])
    assert house.messages.posted[0].has_outsiders


def test_a_queue_without_room_leaves_it_to_the_next_tick() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes(f"{TUESDAY} 8:30")
    house.queue.room = 0
    assert house.ticks() == 0
    house.queue.room = 8
    assert house.ticks() == 1
    assert house.runs(digest) == [(TUESDAY, "posted")]
