"""What a unit of work promises, whatever it runs on."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import DBAPIError

from bot.domain.people import Actor
from bot.ports import Store, UnitOfWork
from tests.contracts.conftest import Database
from tests.contracts.storage_builders import (
    LEASE,
    NOW,
    a_calendar,
    a_credential,
    a_link,
    a_person,
    a_profile,
    a_workspace,
    all_at_once,
    an_account,
    chosen,
    connected,
    new_id,
)

NAIVE = datetime(2026, 11, 22, 8, 30)  # noqa: DTZ001 - that is the point


def test_what_is_committed_stays(store: Store) -> None:
    with store.writing() as work:
        workspace = work.workspaces.add(a_workspace())
        work.commit()

    with store.reading() as work:
        assert work.workspaces.by_team("T1") == workspace


def test_what_is_not_committed_is_undone(store: Store) -> None:
    with store.writing() as work:
        work.workspaces.add(a_workspace())

    with store.reading() as work:
        assert work.workspaces.by_team("T1") is None


def test_an_error_undoes_what_came_before_it(store: Store) -> None:
    with suppress(ZeroDivisionError), store.writing() as work:
        work.workspaces.add(a_workspace())
        raise ZeroDivisionError

    with store.reading() as work:
        assert work.workspaces.by_team("T1") is None


def test_an_error_after_a_commit_undoes_only_what_followed_it(store: Store) -> None:
    with suppress(ZeroDivisionError), store.writing() as work:
        work.workspaces.add(a_workspace("T1"))
        work.commit()
        work.workspaces.add(a_workspace("T2"))
        raise ZeroDivisionError

    with store.reading() as work:
        assert work.workspaces.by_team("T1") is not None
        assert work.workspaces.by_team("T2") is None


def test_reading_sees_one_moment_while_others_write(store: Store) -> None:
    with store.reading() as reader:
        before = reader.workspaces.by_team("T1")
        with store.writing() as writer:
            writer.workspaces.add(a_workspace("T1"))
            writer.commit()

        assert (before, reader.workspaces.by_team("T1")) == (None, None)


def test_writing_is_refused_where_reading_was_asked_for(database: Database) -> None:
    store = database.open()

    with pytest.raises(DBAPIError, match=r"readonly|read-only"), store.reading() as work:
        work.workspaces.add(a_workspace())

    with store.writing() as work:
        work.workspaces.add(a_workspace())
        work.commit()


@pytest.mark.parametrize(
    "write",
    [
        lambda work, actor: work.members.save(actor.workspace_id, a_profile("U9"), new_id=new_id(), now=NAIVE),
        lambda work, actor: work.links.add(a_link(actor, expires_at=NAIVE)),
        lambda work, actor: work.accounts.add(an_account(actor, "b@example.com", created_at=NAIVE), a_credential()),
        lambda work, actor: work.calendars.request_sync(actor, NAIVE),
        lambda work, actor: work.inbox.claim("key", now=NAIVE, lease=LEASE),
    ],
    ids=["member", "link", "account", "due time", "delivery"],
)
def test_a_time_without_a_zone_is_refused(store: Store, write: Callable[[UnitOfWork, Actor], None]) -> None:
    actor = a_person(store)
    chosen(store, actor, a_calendar(connected(store, actor)))

    with pytest.raises(ValueError, match="has no zone"), store.writing() as work:
        write(work, actor)


def test_times_come_back_in_utc_with_their_microseconds(store: Store) -> None:
    actor = a_person(store)

    with store.reading() as work:
        member = work.members.get(actor.workspace_id, actor.member_id)

    assert member.checked_at == datetime(2026, 11, 22, 8, 30, 0, 250_000, tzinfo=UTC)
    assert member.checked_at.tzinfo is UTC


@pytest.mark.slow
def test_eight_threads_that_write_all_get_their_turn(database: Database) -> None:
    store = database.open()
    workspace_id = a_person(store).workspace_id

    def write(thread: int) -> int:
        for number in range(60):
            with store.writing() as work:
                # Reading first is what makes a transaction that did not begin as a writer fail.
                work.members.by_slack_ids(workspace_id, [f"U{thread}"])
                work.members.save(workspace_id, a_profile(f"U{thread}-{number}"), new_id=new_id(), now=NOW)
                work.commit()
        return 60

    assert sum(all_at_once(8, write)) == 480
    with store.reading() as work:
        users = [f"U{thread}-{number}" for thread in range(8) for number in range(60)]
        assert len(work.members.by_slack_ids(workspace_id, users)) == 480


@pytest.mark.slow
def test_two_processes_that_write_wait_for_each_other(database: Database) -> None:
    stores = [database.open(), database.open()]
    workspace_id = a_person(stores[0]).workspace_id

    def write(process: int) -> int:
        for number in range(60):
            with stores[process].writing() as work:
                work.members.save(workspace_id, a_profile(f"U{process}-{number}"), new_id=new_id(), now=NOW)
                work.commit()
        return 60

    assert all_at_once(2, write) == [60, 60]
