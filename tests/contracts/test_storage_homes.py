"""Homes: one turn each, what changed is looked at soon, and of two who drew at once neither is believed."""

from datetime import datetime, timedelta

from bot.domain.erasure import Forgetting
from bot.domain.home_turns import HOME_LEASE, QUIET_AFTER, HomeTurn
from bot.domain.people import Actor, Profile, Standing
from bot.ports import Store
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import NOW, a_person, new_id

MINUTE = timedelta(minutes=1)
STATE, NEXT = "a" * 64, "b" * 64


def begun(store: Store, actor: Actor, at: datetime = NOW, shown: str | None = None) -> HomeTurn:
    with store.writing() as work:
        turn = work.homes.begin(actor, at, shown=shown)
        work.commit()
    return turn


def ended(
    store: Store, turn: HomeTurn, state: str = STATE, at: datetime = NOW, *, look_in: timedelta = 10 * MINUTE
) -> None:
    with store.writing() as work:
        work.homes.end(turn, state, look_at=at + look_in, now=at, was_published=True)
        work.commit()


def changed(store: Store, actor: Actor, at: datetime) -> None:
    with store.writing() as work:
        work.homes.changed([actor.member_id], at)
        work.commit()


def claimed(store: Store, at: datetime, *, limit: int = 10) -> list[HomeTurn]:
    with store.writing() as work:
        is_due = work.homes.is_any_due(at)
        turns = list(work.homes.claim_due(at, limit=limit))
        work.commit()
    assert is_due == bool(turns)
    return turns


def test_a_home_that_was_never_drawn_shows_nothing_known(store: Store) -> None:
    ana = a_person(store, "T1", "U1")
    assert begun(store, ana) == HomeTurn(ana.workspace_id, ana.member_id, 1, "", None, NOW, NOW + HOME_LEASE)


def test_what_was_published_is_known_at_the_next_turn(store: Store) -> None:
    ana = a_person(store, "T1", "U1")
    ended(store, begun(store, ana))
    turn = begun(store, ana, NOW + MINUTE)
    assert (turn.fence, turn.state, turn.opened_at) == (2, STATE, NOW + MINUTE)
    assert begun(store, ana, shown="").state == ""
    assert begun(store, ana, shown="x" * 3000).state == "x" * 64


def test_a_home_is_due_when_it_was_told_to_be_and_one_claims_it(store: Store) -> None:
    ana = a_person(store, "T1", "U1")
    ended(store, begun(store, ana))
    assert claimed(store, NOW + 9 * MINUTE) == []
    [turn] = claimed(store, NOW + 10 * MINUTE)
    assert (turn.member_id, turn.fence, turn.state) == (ana.member_id, 2, STATE)
    assert claimed(store, NOW + 10 * MINUTE) == []
    # Killed: somebody else tries once the lease is over.
    assert [one.fence for one in claimed(store, NOW + 10 * MINUTE + HOME_LEASE)] == [3]


def test_what_changed_is_due_at_once_and_only_there(store: Store) -> None:
    ana, ben = a_person(store, "T1", "U1"), a_person(store, "T1", "U2")
    for person in (ana, ben):
        ended(store, begun(store, person))
    changed(store, ana, NOW + MINUTE)
    assert [one.member_id for one in claimed(store, NOW + MINUTE)] == [ana.member_id]


def test_what_changes_while_it_is_drawn_is_looked_at_again(store: Store) -> None:
    ana = a_person(store, "T1", "U1")
    turn = begun(store, ana)
    changed(store, ana, NOW)
    ended(store, turn)
    assert [one.state for one in claimed(store, NOW)] == [STATE]


def test_whoever_has_not_opened_it_for_long_waits_for_the_next_day(store: Store) -> None:
    ana = a_person(store, "T1", "U1")
    ended(store, begun(store, ana), look_in=30 * QUIET_AFTER)
    changed(store, ana, NOW + QUIET_AFTER + MINUTE)
    assert claimed(store, NOW + QUIET_AFTER + MINUTE) == []


def test_a_change_that_is_undone_makes_nothing_due(store: Store) -> None:
    ana = a_person(store, "T1", "U1")
    ended(store, begun(store, ana))
    with store.writing() as work:
        work.homes.changed([ana.member_id], NOW + MINUTE)
    assert claimed(store, NOW + MINUTE) == []


def test_of_two_who_drew_at_once_neither_is_believed(store: Store) -> None:
    ana = a_person(store, "T1", "U1")
    slow, quick = begun(store, ana), begun(store, ana)
    ended(store, quick, NEXT)
    ended(store, slow, STATE)
    [turn] = claimed(store, NOW)
    assert turn.state == ""


def test_nor_is_he_who_ends_after_the_one_that_he_overtook(store: Store) -> None:
    ana = a_person(store, "T1", "U1")
    slow, quick = begun(store, ana), begun(store, ana)
    ended(store, slow, STATE)
    ended(store, quick, NEXT)
    [turn] = claimed(store, NOW)
    assert turn.state == ""


def test_where_slack_takes_nothing_it_is_due_later_and_nothing_is_known(store: Store) -> None:
    ana = a_person(store, "T1", "U1")
    ended(store, begun(store, ana))
    [turn] = claimed(store, NOW + 10 * MINUTE)
    with store.writing() as work:
        work.homes.put_off(turn, NOW + 20 * MINUTE)
        work.commit()
    assert claimed(store, NOW + 19 * MINUTE) == []
    assert [one.state for one in claimed(store, NOW + 20 * MINUTE)] == [""]


def test_the_most_overdue_come_first_and_no_more_than_were_asked_for(store: Store) -> None:
    people = [a_person(store, "T1", f"U{number}") for number in range(1, 4)]
    for number, person in enumerate(people):
        ended(store, begun(store, person), look_in=(3 - number) * MINUTE)
    assert [one.member_id for one in claimed(store, NOW + 5 * MINUTE, limit=1)] == [people[2].member_id]
    assert {one.member_id for one in claimed(store, NOW + 5 * MINUTE)} == {one.member_id for one in people[:2]}


def test_a_chosen_calendar_stays_chosen_and_is_nobody_elses(store: Store) -> None:
    ana, ben = a_person(store, "T1", "U1"), a_person(store, "T1", "U2")
    chosen = new_id()
    for person in (ana, ben):
        ended(store, begun(store, person))
    with store.writing() as work:
        work.homes.choose(ana, chosen)
        work.commit()
    assert (begun(store, ana).chosen, begun(store, ben).chosen) == (chosen, None)


def test_a_home_that_is_no_more_is_not_due(store: Store) -> None:
    ana = a_person(store, "T1", "U1")
    turn = begun(store, ana)
    with store.writing() as work:
        work.homes.remove(turn)
        work.commit()
    assert claimed(store, NOW + HOME_LEASE) == []
    assert begun(store, ana).fence == 1


def test_full_members_are_found_by_name_and_only_here(store: Store) -> None:
    here = a_person(store, "T1", "U1").workspace_id
    elsewhere = a_person(store, "T2", "U4").workspace_id
    with store.writing() as work:
        for workspace, user, name, standing in (
            (here, "U1", "Zoe", Standing.FULL),
            (here, "U2", "Ana", Standing.FULL),
            (here, "U3", "Gus", Standing.GUEST),
            (elsewhere, "U4", "Bea", Standing.FULL),
        ):
            profile = Profile(user, name, "Europe/Berlin", standing, is_admin=False)
            work.members.save(workspace, profile, new_id=new_id(), now=NOW)
        work.commit()
    with store.reading() as work:
        assert [one.name for one in work.members.full(here)] == ["Ana", "Zoe"]


# fault 55
def test_nothing_of_it_is_left_of_a_forgotten_member(database: Database) -> None:
    store = database.open()
    ana = a_person(store, "T1", "U1")
    ended(store, begun(store, ana))
    with store.writing() as work:
        assert [sorted(row) for row in work.erasures.export_member(ana)["home_tab"]] == [["opened_at"]]
        assert work.erasures.erase_member(Forgetting(ana.workspace_id, ana.member_id, ana.slack_user_id, NOW))
        work.commit()
    assert claimed(store, NOW + HOME_LEASE) == []


def test_workspaces_that_are_to_wait_are_passed_over(store: Store) -> None:
    ana, zoe = a_person(store, "T1", "U1"), a_person(store, "T2", "U9")
    for person in (ana, zoe):
        ended(store, begun(store, person))
    later = NOW + 10 * MINUTE
    with store.writing() as work:
        assert work.homes.is_any_due(later, without=[ana.workspace_id])
        assert not work.homes.is_any_due(later, without=[ana.workspace_id, zoe.workspace_id])
        claimed_now = work.homes.claim_due(later, limit=10, without=[ana.workspace_id])
        work.commit()
    assert [one.member_id for one in claimed_now] == [zoe.member_id]
    assert [one.member_id for one in claimed(store, later)] == [ana.member_id]
