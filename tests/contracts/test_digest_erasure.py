"""What becomes of digests when a member is forgotten, or has what is stored of him sent."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.cards import PostedCard
from bot.domain.digest_questions import Says
from bot.domain.digest_times import Turn
from bot.domain.digests import Level, PauseReason, Run, RunState
from bot.domain.erasure import Forgetting
from bot.domain.errors import LeaseLost, NotFound
from bot.domain.people import Actor, Member, Standing
from bot.domain.reminders import ReminderChoice
from bot.ports import Store
from bot.usecases.answer_digest import AnswerDigest
from bot.usecases.forget_member import ForgetMember
from bot.usecases.resolve_members import ResolveMembers
from bot.usecases.save_digest import SaveDigest
from storage.repositories.member_erasure import erase_member
from storage.tables import MEMBERS
from tests.contracts.conftest import Database
from tests.contracts.digest_storage import MONDAY, TUESDAY, claims, listed, made
from tests.contracts.storage_builders import NOW, a_person, new_id
from tests.fakes.clock import SettableClock
from tests.fakes.digest_slack import FakeDigestChannels
from tests.fakes.directory import FakeDirectory
from tests.patience import PATIENCE
from tests.unit.usecases.digest_house import a_wish


def forgetting(actor: Actor) -> Forgetting:
    return Forgetting(actor.workspace_id, actor.member_id, actor.slack_user_id, NOW)


# fault 55
def test_a_forgotten_member_is_in_no_digest_any_more_and_none_that_is_about_to_be_posted_shows_him(
    database: Database,
) -> None:
    store = database.open()
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ana, ben)
    with store.writing() as work:
        work.digests.answer(digest, ben.member_id, Level.TITLES)
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.commit()
    with store.writing() as work:
        assert work.erasures.erase_member(forgetting(ben))
        work.commit()
    with store.writing() as work:
        assert [share.member_id for share in work.digests.shares(digest.id)] == [ana.member_id]
        assert work.digests.of(ben) == []
        with pytest.raises(LeaseLost):
            work.digests.sending(claim, MONDAY, Turn(TUESDAY, NOW + timedelta(days=1)), NOW)


# fault 55
def test_whoever_asked_to_be_forgotten_is_in_no_channel_from_then_on(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ana, ben)
    with store.writing() as work:
        work.digests.answer(digest, ben.member_id, Level.TITLES)
        for who in (ana, ben):
            work.reminders.choose(who, ReminderChoice((60, 10), "C0SALES", "sales", shows_titles=True), NOW)
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.commit()
    ForgetMember(store, SettableClock(NOW))(ben)
    with store.writing() as work:
        assert [share.member_id for share in work.digests.shares(digest.id)] == [ana.member_id]
        with pytest.raises(LeaseLost):
            work.digests.sending(claim, MONDAY, Turn(TUESDAY, NOW + timedelta(days=1)), NOW)
        choices = [work.reminders.choice(one.member_id) for one in (ana, ben)]
    assert [(one.minutes, one.channel_id) for one in choices] == [((60, 10), "C0SALES"), ((60, 10), "")]


# fault 55
def test_a_no_that_is_said_while_its_member_is_erased_comes_after_it(database: Database) -> None:
    store = database.open()
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ana, ben)
    with ThreadPoolExecutor(1) as threads, store.connected("writing") as connection:
        connection.execute(select(MEMBERS.c.id).where(MEMBERS.c.id == ben.member_id).with_for_update())
        said = threads.submit(AnswerDigest(database.open()), ben, digest.id, None)
        time.sleep(0.3)  # it has come as far as it can
        assert erase_member(connection, forgetting(ben))
        connection.commit()
        with pytest.raises(NotFound):
            said.result(timeout=PATIENCE)
    with store.reading() as work:
        assert [share.member_id for share in work.digests.shares(digest.id)] == [ana.member_id]


# fault 55
def test_what_a_forgotten_member_set_up_stays_for_the_others_without_his_name(database: Database) -> None:
    store = database.open()
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ana, ben)
    with store.writing() as work:
        assert work.erasures.erase_member(forgetting(ana))
        work.commit()
    with store.reading() as work:
        creator = work.members.get(ana.workspace_id, digest.creator_id)
        assert (creator.name, creator.standing) == ("somebody who left", Standing.DEACTIVATED)
        assert work.digests.of(ben) == [digest]


# fault 55
def test_a_forgotten_members_no_is_forgotten_too(database: Database) -> None:
    store = database.open()
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ben)
    with store.writing() as work:
        work.digests.answer(digest, ben.member_id, None)
        work.digests.delete(ana, digest.id)
        work.commit()
    with store.reading() as work:
        assert [row["channel_id"] for row in work.erasures.export_member(ben)["channels_that_may_not_show_you"]] == [
            digest.channel_id
        ]
    with store.writing() as work:
        assert work.erasures.erase_member(forgetting(ben))
        work.commit()
    with store.reading() as work:
        assert work.erasures.export_member(ben)["channels_that_may_not_show_you"] == []


# fault 55
def test_that_a_forgotten_member_paused_a_digest_is_forgotten_and_that_it_is_paused_stays(database: Database) -> None:
    store = database.open()
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    paused = replace(
        digest, next_due_at=None, paused=PauseReason.BY_HAND, paused_by=ben.member_id, paused_at=NOW - timedelta(days=1)
    )
    with store.writing() as work:
        work.digests.change(paused)
        work.commit()
    with store.reading() as work:
        [row] = work.erasures.export_member(ben)["digests_that_you_paused"]
        assert row["channel_name"] == "sales"
    with store.writing() as work:
        assert work.erasures.erase_member(forgetting(ben))
        work.commit()
    with store.reading() as work:
        assert work.digests.get(ana, digest.id) == replace(paused, paused_by=None)


# fault 55
def test_a_forgotten_member_is_asked_nothing_any_more_and_no_question_names_him(database: Database) -> None:
    store = database.open()
    ana, ben, cara = (a_person(store, user=user) for user in ("U1", "U2", "U3"))
    digest = made(store, ana)
    listed(store, digest, ben, cara)
    for number, one in enumerate(claims(store)):
        with store.writing() as work:
            work.digests.asked(one.question, PostedCard("D1", f"{number}.1"))
            work.commit()
    with store.reading() as work:
        assert [row["channel_name"] for row in work.erasures.export_member(ben)["digest_questions"]] == ["sales"]
    for gone in (ben, ana):
        with store.writing() as work:
            assert work.erasures.erase_member(forgetting(gone))
            work.commit()
    with store.writing() as work:
        [hers] = work.digests.claim_stale(NOW, limit=9)
        assert (hers.question.member_id, hers.says) == (cara.member_id, Says.ASKS)
        assert work.members.get(ana.workspace_id, digest.creator_id).name == "somebody who left"


# faults 55, 57
def test_a_channel_has_no_second_one_on_a_day_by_deleting_forgetting_and_setting_up_anew(database: Database) -> None:
    store = database.open()
    ana = a_person(store)
    gone = made(store, ana)
    with store.writing() as work:
        [claim] = work.digests.claim_due(NOW, limit=1)
        work.digests.sending(claim, MONDAY, Turn(TUESDAY, NOW + timedelta(days=1)), NOW)
        work.digests.sent(gone.id, MONDAY, RunState.POSTED)
        work.digests.delete(ana, gone.id)
        work.commit()
    with store.writing() as work:
        assert work.erasures.erase_member(forgetting(ana))
        work.commit()
    anew = made(store, a_person(store))
    with store.writing() as work:
        assert work.digests.runs(anew.id, limit=9) == [Run(MONDAY, RunState.POSTED, NOW)]
        [claim] = work.digests.claim_due(NOW, limit=1)
        with pytest.raises(LeaseLost):
            work.digests.sending(claim, MONDAY, Turn(TUESDAY, NOW + timedelta(days=1)), NOW)


# fault 55
def test_a_form_that_is_saved_while_somebody_in_it_is_forgotten_does_not_list_him_again(database: Database) -> None:
    store = database.open()
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    clock = SettableClock(NOW)

    class Slowly(ResolveMembers):
        def __call__(self, actor: Actor, slack_user_ids: Sequence[str]) -> tuple[Member, ...]:
            found = super().__call__(actor, slack_user_ids)
            with store.writing() as work:
                assert work.erasures.erase_member(forgetting(ben))
                work.commit()
            return found

    save = SaveDigest(store, clock, FakeDigestChannels(), Slowly(store, FakeDirectory({}), clock, new_id))
    save(ana, a_wish(channel_id=digest.channel_id), origin="x", digest_id=digest.id)
    with store.reading() as work:
        assert [share.member_id for share in work.digests.shares(digest.id)] == [ana.member_id]


def test_an_export_tells_of_digests_and_of_consents(database: Database) -> None:
    store = database.open()
    ana, ben = a_person(store), a_person(store, user="U2")
    digest = made(store, ana)
    listed(store, digest, ana, ben)
    with store.writing() as work:
        work.digests.answer(digest, ana.member_id, Level.TITLES)
        work.commit()
    with store.reading() as work:
        hers, his = (work.erasures.export_member(one) for one in (ana, ben))
    assert [row["channel_name"] for row in hers["digests"]] == ["sales"]
    assert [row["agreed"] for row in hers["digests_that_may_show_you"]] == ["titles"]
    assert (his["digests"], [row["asked"] for row in his["digests_that_may_show_you"]]) == ([], ["titles"])


def test_a_workspace_that_goes_takes_its_digests_along(database: Database) -> None:
    store = database.open()
    ana = a_person(store)
    digest = made(store, ana)
    listed(store, digest, ana)
    with store.connected("writing") as connection:
        connection.exec_driver_sql("DELETE FROM workspace")
        connection.commit()
    with store.reading() as work:
        stranger = replace(ana, workspace_id=ana.workspace_id)
        assert (work.digests.of(stranger), work.digests.shares(digest.id)) == ([], ())
