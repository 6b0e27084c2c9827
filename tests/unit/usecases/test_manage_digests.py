"""Setting up digests, changing them, and pausing them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, time

import pytest

from bot.domain.digests import MOST_DIGESTS, BadDigest, Digest, DigestThere, Level, PauseReason
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.people import Actor, Member, Standing
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.save_digest import SaveDigest
from bot.usecases.show_home import ShowHome
from bot.usecases.show_status import ShowStatus
from tests.builders import NEW_YORK, at
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.digest_house import DigestHouse, a_wish


def due(digest: Digest) -> str:
    assert digest.next_due_at is not None
    return digest.next_due_at.astimezone(UTC).isoformat(timespec="minutes")


# fault 13
def test_guests_are_not_put_in_any() -> None:
    house = DigestHouse()
    house.becomes(ben, standing=Standing.GUEST)
    with pytest.raises(NotAllowed, match="Ben is not a full member"):
        house.has()


def test_an_edit_that_leaves_its_times_alone_leaves_the_next_one_alone() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes("2026-11-24 8:35")
    changed = house.cases().save(actor(ana), a_wish(level=Level.BUSY), origin="x", digest_id=digest.id)
    assert (changed.next_due_at, changed.level) == (digest.next_due_at, Level.BUSY)


def test_in_another_zone_it_begins_today_where_todays_time_is_still_to_come() -> None:
    house = DigestHouse()
    digest = house.has()
    changed = house.cases().save(actor(ana), a_wish(zone=NEW_YORK), origin="x", digest_id=digest.id)
    assert (due(digest), due(changed)) == ("2026-11-24T07:30+00:00", "2026-11-23T13:30+00:00")


def test_an_edit_of_a_paused_one_leaves_it_paused() -> None:
    house = DigestHouse()
    digest = house.has()
    house.cases().pause(actor(ana), digest.id)
    changed = house.cases().save(actor(ana), a_wish(zone=NEW_YORK), origin="x", digest_id=digest.id)
    assert (changed.paused, changed.next_due_at) == (PauseReason.BY_HAND, None)


def test_it_is_known_who_paused_it_and_when_until_it_goes_on() -> None:
    house = DigestHouse()
    digest = house.has()
    since = house.clock.time
    house.cases().pause(actor(ana), digest.id)
    house.comes("2026-11-24 9:00")
    boss = replace(actor(ben), is_admin=True)
    house.cases().pause(boss, digest.id)
    house.cases().save(boss, a_wish(at=time(9)), origin="x", digest_id=digest.id)
    paused = house.now(digest)
    assert (paused.paused, paused.paused_by, paused.paused_at) == (PauseReason.BY_HAND, ana.id, since)
    assert house.cases().show(boss, digest.id).paused_by == ana
    home = ShowHome(house.store, house.clock, ShowStatus(house.store, house.clock))(actor(ben))
    assert (home.digests, home.paused_by) == ((paused,), {digest.id: ana})
    on = house.cases().resume(boss, digest.id)
    assert (on.paused, on.paused_by, on.paused_at) == (None, None, None)


def test_days_that_go_by_while_it_is_paused_are_not_made_up_for() -> None:
    house = DigestHouse()
    digest = house.has()
    house.cases().pause(actor(ana), digest.id)
    house.comes("2026-11-25 12:00")
    house.cases().resume(actor(ana), digest.id)
    assert due(house.now(digest)) == "2026-11-26T07:30+00:00"
    assert house.ticks() == 0


def test_what_was_posted_today_is_not_posted_again_after_a_pause() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes("2026-11-24 8:30")
    house.ticks()
    house.cases().pause(actor(ana), digest.id)
    house.cases().save(actor(ana), a_wish(at=at("9:00").time()), origin="x", digest_id=digest.id)
    house.cases().resume(actor(ana), digest.id)
    assert due(house.now(digest)) == "2026-11-25T08:00+00:00"


def test_a_channel_has_no_second_one_on_a_day_by_deleting_and_setting_up_anew() -> None:
    house = DigestHouse()
    digest = house.has()
    house.comes("2026-11-24 8:30")
    house.ticks()
    house.cases().delete(actor(ana), digest.id)
    anew = house.has(a_wish(at=time(9)))
    later = house.cases().save(actor(ana), a_wish(at=time(10)), origin="x", digest_id=anew.id)
    assert (due(anew), due(later)) == ("2026-11-25T08:00+00:00", "2026-11-25T09:00+00:00")
    house.comes("2026-11-24 10:00")
    assert (house.ticks(), len(house.messages.posted)) == (0, 1)


def test_a_second_one_in_a_channel_is_refused() -> None:
    house = DigestHouse()
    house.has()
    with pytest.raises(DigestThere):
        house.has(by=ben)


def test_one_member_sets_up_so_many_and_no_more() -> None:
    house = DigestHouse()
    for number in range(MOST_DIGESTS):
        house.channels.names[f"C{number}"] = f"team-{number}"
        house.has(a_wish(ana, channel_id=f"C{number}"))
    with pytest.raises(BadDigest, match="as many as can be"):
        house.has()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"channel_id": ""}, "Choose a channel"),
        ({"zone": "Mars/Olympus"}, "no time zone named"),
        ({"weekdays": frozenset()}, "at least one day"),
    ],
)
def test_what_no_form_of_ours_sends_is_refused_all_the_same(fields: dict[str, object], sentence: str) -> None:
    house = DigestHouse()
    with pytest.raises(BadDigest, match=sentence):
        house.has(a_wish(**fields))
    assert house.store.tables.digests == {}


@pytest.mark.parametrize("leaves", [ben, ana], ids=["somebody in it", "whoever saves it"])
def test_whoever_leaves_while_the_form_is_saved_is_not_in_its_list(leaves: Member) -> None:
    house = DigestHouse()
    digest = house.has()

    class Leaving(ResolveMembers):
        def __call__(self, asker: Actor, slack_user_ids: Sequence[str]) -> tuple[Member, ...]:
            found = super().__call__(asker, slack_user_ids)
            house.becomes(leaves, standing=Standing.DEACTIVATED, slack_user_id=f"left:{leaves.id}")
            return found

    resolve = Leaving(house.store, house.directory, house.clock, house.new_id)
    save = SaveDigest(house.store, house.clock, house.channels, resolve)
    if leaves is ana:
        with pytest.raises(NotFound):
            save(actor(ana), a_wish(at=time(9)), origin="x", digest_id=digest.id)
        assert house.now(digest) == digest
        return
    save(actor(ana), a_wish(at=time(9)), origin="x", digest_id=digest.id)
    with house.store.reading() as work:
        assert [share.member_id for share in work.digests.shares(digest.id) if share.is_listed] == [ana.id]
    house.becomes(ben)
    with pytest.raises(BadDigest, match="Nobody in that list is here any more"):
        save(actor(ana), a_wish(ben), origin="x", digest_id=digest.id)


# fault 13
def test_the_form_of_a_digest_names_nobody_who_left() -> None:
    house = DigestHouse()
    digest = house.has()
    house.becomes(ben, standing=Standing.DEACTIVATED, slack_user_id=f"left:{ben.id}")
    assert house.cases().form_of(actor(ana), digest.id).wish.people == ("U1",)


def test_nobody_changes_what_is_somebody_elses() -> None:
    house = DigestHouse()
    digest = house.has()
    with pytest.raises(NotFound):
        house.cases().save(actor(ben), a_wish(ben), origin="x", digest_id=digest.id)
    assert house.now(digest) == digest
