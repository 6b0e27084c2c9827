"""Setting up digests, changing them, and asking those whose days they show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, time, timedelta

import pytest

from bot.domain.digests import MOST_DIGESTS, BadDigest, Digest, DigestThere, Level, PauseReason, Share
from bot.domain.errors import NotAllowed, NotFound, ProviderDown, ProviderError
from bot.domain.people import Actor, Member, Standing
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.save_digest import SaveDigest
from bot.usecases.show_home import ShowHome
from bot.usecases.show_status import ShowStatus
from tests.builders import NEW_YORK, at
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.usecases.digest_house import DigestHouse, PowerCut, a_wish, refusing, refusing_once


def due(digest: Digest) -> str:
    assert digest.next_due_at is not None
    return digest.next_due_at.astimezone(UTC).isoformat(timespec="minutes")


def test_by_saving_one_agrees_for_oneself_and_nobody_else() -> None:
    house = DigestHouse()
    digest = house.has(agreed=False)
    with house.store.reading() as work:
        assert work.digests.shares(digest.id) == (
            Share(digest.id, ana.id, Level.TITLES, Level.TITLES),
            Share(digest.id, ben.id, Level.TITLES),
        )


@pytest.mark.parametrize("word", ["no", "none yet", "less"])
def test_an_edit_of_the_time_leaves_the_word_of_who_saves_it_as_it_is(word: str) -> None:
    house = DigestHouse()
    digest = house.has(a_wish(level=Level.FULL), agreed=False)
    if word != "none yet":
        house.cases().answer(actor(ben), digest.id, Level.BUSY if word == "less" else None)
    with house.store.reading() as work:
        before = work.digests.shares(digest.id)
    admin = replace(actor(ben), is_admin=True)
    later = a_wish(level=Level.FULL, at=time(9))
    house.cases().save(admin, later, origin="x", digest_id=digest.id)
    with house.store.reading() as work:
        assert work.digests.shares(digest.id) == before


def test_whoever_puts_himself_back_agrees_by_that() -> None:
    house = DigestHouse()
    digest = house.has()
    house.cases().answer(actor(ana), digest.id, None)
    for people in ((ben,), (ana, ben)):
        house.cases().save(actor(ana), a_wish(*people), origin="x", digest_id=digest.id)
    with house.store.reading() as work:
        assert work.digests.shares(digest.id)[0] == Share(digest.id, ana.id, Level.TITLES, Level.TITLES)


@pytest.mark.parametrize(("agreed", "then"), [(Level.BUSY, Level.FULL), (None, None)])
def test_whoever_raises_the_level_agrees_to_it_unless_he_had_said_no(agreed: Level | None, then: Level | None) -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, level=Level.BUSY))
    house.cases().answer(actor(ana), digest.id, agreed)
    house.cases().save(actor(ana), a_wish(ana, level=Level.FULL), origin="x", digest_id=digest.id)
    with house.store.reading() as work:
        assert [share.agreed for share in work.digests.shares(digest.id)] == [then]


def test_nobody_is_asked_over_and_over() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, ben), agreed=False)
    house.tells()
    for number in range(3):
        for people in ((ana,), (ana, ben)):
            house.cases().save(actor(ana), a_wish(*people), origin=f"{number}", digest_id=digest.id)
            house.tells()
    house.cases().answer(actor(ben), digest.id, None)
    for _ in range(2):
        house.cases().delete(actor(ana), digest.id)
        digest = house.has(a_wish(ana, ben), agreed=False)
        house.tells()
    assert [name for name, _ in house.messages.asked] == ["Ben"]


def test_a_process_that_dies_while_it_asks_leaves_one_of_them_unasked() -> None:
    house = DigestHouse()
    house.has(a_wish(ana, ben, cara), agreed=False)
    house.messages.before = refusing_once(PowerCut())
    with pytest.raises(PowerCut):
        house.tells()
    assert house.tells() == 1
    assert [name for name, _ in house.messages.asked] == ["Cara"]


def test_a_process_that_dies_while_it_tells_of_pauses_leaves_one_of_them_untold() -> None:
    house = DigestHouse()
    house.channels.names["C0OTHER"] = "other"
    for channel_id in ("C0OTHER", "C0SALES"):
        house.has(a_wish(ana, channel_id=channel_id))
    house.channels.names = {}
    house.comes("2026-11-24 8:30")
    house.ticks()
    house.messages.before = refusing_once(PowerCut())
    with pytest.raises(PowerCut):
        house.tells()
    assert house.tells() == 1


def test_whoever_is_not_in_the_list_agrees_to_nothing_by_saving() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ben), agreed=False)
    with house.store.reading() as work:
        assert work.digests.shares(digest.id) == (Share(digest.id, ben.id, Level.TITLES),)


def test_each_is_asked_once_by_direct_message() -> None:
    house = DigestHouse()
    digest = house.has(a_wish(ana, ben, cara), agreed=False)
    assert [house.tells(), house.tells()] == [2, 0]
    assert house.messages.asked == [(one.name, Share(digest.id, one.id, Level.TITLES)) for one in (ben, cara)]
    house.cases().save(actor(ana), a_wish(ana, ben, cara), origin="x", digest_id=digest.id)
    assert house.tells() == 0


@pytest.mark.parametrize(
    ("error", "asked"),
    [(ProviderDown("Slack did not answer.", is_silent=True), 0), (ProviderError("Refused."), 1)],
    ids=["perhaps arrived", "surely not"],
)
def test_a_question_that_may_have_arrived_is_not_asked_again(error: Exception, asked: int) -> None:
    house = DigestHouse()
    house.has(agreed=False)
    house.messages.before = refusing(error)
    house.tells()
    house.messages.before = lambda: None
    assert house.tells() == 0
    house.clock.time += timedelta(hours=1)
    assert (house.tells(), len(house.messages.asked)) == (asked, asked)


def test_a_mistake_with_one_leaves_nobody_after_him_unasked() -> None:
    house = DigestHouse()
    house.has(a_wish(ana, ben, cara), agreed=False)
    house.messages.before = refusing_once(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        house.tells()
    assert [name for name, _ in house.messages.asked] == ["Cara"]
    house.clock.time += timedelta(hours=1)
    assert house.tells() == 1
    assert [name for name, _ in house.messages.asked] == ["Cara", "Ben"]


def test_raising_the_level_asks_again_and_lowering_it_does_not() -> None:
    house = DigestHouse()
    digest = house.has()
    for level in (Level.BUSY, Level.FULL):
        house.cases().save(actor(ana), a_wish(level=level), origin="x", digest_id=digest.id)
        house.tells()
    assert house.messages.asked == [("Ben", Share(digest.id, ben.id, Level.FULL, Level.TITLES))]


# fault 13
def test_nobody_is_asked_who_left_meanwhile() -> None:
    house = DigestHouse()
    house.has(agreed=False)
    house.becomes(ben, standing=Standing.DEACTIVATED)
    house.tells()
    assert house.messages.asked == []


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
