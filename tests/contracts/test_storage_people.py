"""Workspaces and their members."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotFound
from bot.domain.people import Member, Profile, Standing, actor_of
from bot.domain.reading_habits import FOLLOWS_SLACK, Habits, HourCycle, OwnHabits
from bot.ports import Store
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import NOW, a_profile, a_workspace, new_id


def test_a_workspace_that_comes_back_keeps_its_id_and_gets_its_new_name(store: Store) -> None:
    first = a_workspace("T1", "Hill & Co")
    with store.writing() as work:
        work.workspaces.add(first)
        again = work.workspaces.add(a_workspace("T1", "Hill, Dale & Co"))
        work.commit()

    assert again == replace(first, name="Hill, Dale & Co")
    with store.reading() as work:
        assert work.workspaces.by_team("T1") == again


def test_a_member_is_refreshed_under_the_id_he_has(store: Store) -> None:
    moved = Profile("U1", "Ana Hill", "Asia/Kathmandu", Standing.GUEST, is_admin=True, locale="en-US")
    with store.writing() as work:
        workspace = work.workspaces.add(a_workspace())
        first = work.members.save(workspace.id, a_profile("U1"), new_id=new_id(), now=NOW)
        again = work.members.save(workspace.id, moved, new_id=new_id(), now=NOW + timedelta(days=1))
        work.commit()

    assert again == Member(
        first.id,
        workspace.id,
        "U1",
        "Ana Hill",
        "Asia/Kathmandu",
        Standing.GUEST,
        is_admin=True,
        checked_at=NOW + timedelta(days=1),
        locale="en-US",
    )
    with store.reading() as work:
        assert work.members.get(workspace.id, first.id) == again


def test_how_a_member_chose_to_read_stays_whatever_slack_says_of_him_later(store: Store) -> None:
    with store.writing() as work:
        workspace = work.workspaces.add(a_workspace())
        ana = work.members.save(workspace.id, a_profile("U1"), new_id=new_id(), now=NOW)
        ben = work.members.save(workspace.id, a_profile("U2"), new_id=new_id(), now=NOW)
        chosen = work.members.choose_habits(actor_of(ana, workspace), OwnHabits(HourCycle.TWELVE, first_day=6))
        work.members.save(workspace.id, replace(a_profile("U1"), locale="de-DE"), new_id=new_id(), now=NOW)
        work.commit()

    assert (ana.own_habits, chosen.own_habits) == (FOLLOWS_SLACK, OwnHabits(HourCycle.TWELVE, first_day=6))
    with store.reading() as work:
        assert work.members.get(workspace.id, ana.id) == replace(chosen, locale="de-DE")
        assert work.members.get(workspace.id, ana.id).habits == Habits(HourCycle.TWELVE, first_day=6)
        assert work.members.get(workspace.id, ben.id) == ben


def test_a_member_follows_slack_again(store: Store) -> None:
    with store.writing() as work:
        workspace = work.workspaces.add(a_workspace())
        ana = work.members.save(workspace.id, a_profile("U1"), new_id=new_id(), now=NOW)
        work.members.choose_habits(actor_of(ana, workspace), OwnHabits(HourCycle.TWELVE, first_day=6))
        again = work.members.choose_habits(actor_of(ana, workspace), FOLLOWS_SLACK)
        work.commit()

    assert again == ana


def test_nobody_chooses_for_a_member_of_another_workspace(store: Store) -> None:
    with store.writing() as work:
        acme, globex = work.workspaces.add(a_workspace("T1")), work.workspaces.add(a_workspace("T2"))
        ana = work.members.save(acme.id, a_profile("U1"), new_id=new_id(), now=NOW)
        with pytest.raises(NotFound):
            work.members.choose_habits(actor_of(ana, globex), OwnHabits(HourCycle.TWELVE))


def test_members_are_found_by_their_slack_ids_and_unknown_ones_left_out(store: Store) -> None:
    with store.writing() as work:
        workspace = work.workspaces.add(a_workspace())
        ana = work.members.save(workspace.id, a_profile("U1"), new_id=new_id(), now=NOW)
        ben = work.members.save(workspace.id, a_profile("U2"), new_id=new_id(), now=NOW)
        work.members.save(workspace.id, a_profile("U3"), new_id=new_id(), now=NOW)
        work.commit()

    with store.reading() as work:
        assert work.members.by_slack_ids(workspace.id, ["U1", "U2", "U9"]) == {"U1": ana, "U2": ben}
        assert work.members.by_slack_ids(workspace.id, []) == {}


def test_an_unknown_member_is_not_found(store: Store) -> None:
    with store.writing() as work:
        workspace = work.workspaces.add(a_workspace())
        work.commit()

    with store.reading() as work, pytest.raises(NotFound):
        work.members.get(workspace.id, new_id())


# fault 46
def test_a_name_that_databases_refuse_is_stored_without_what_they_refuse(database: Database) -> None:
    with database.open().writing() as work:
        workspace = work.workspaces.add(a_workspace(name="Hill\x00 & Co"))
        member = work.members.save(workspace.id, a_profile("U1", name="Ana\x00 \ud800"), new_id=new_id(), now=NOW)

    assert (workspace.name, member.name) == ("Hill & Co", "Ana ?")
