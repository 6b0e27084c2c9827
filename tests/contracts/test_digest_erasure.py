"""What becomes of digests when a member is forgotten, or has what is stored of him sent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.digest_times import Turn
from bot.domain.digests import Level
from bot.domain.erasure import Forgetting
from bot.domain.errors import LeaseLost
from bot.domain.people import Actor, Standing
from tests.contracts.conftest import Database
from tests.contracts.digest_storage import MONDAY, TUESDAY, listed, made
from tests.contracts.storage_builders import NOW, a_person


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
