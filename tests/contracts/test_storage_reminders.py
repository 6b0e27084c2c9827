"""Reminders in a store: entered once, claimed by one, and erased with whose they are."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from bot.domain.appointment_log import Deed
from bot.domain.cards import PostedCard
from bot.domain.erasure import Forgetting
from bot.domain.errors import LeaseLost
from bot.domain.reminder_planning import reminders_of
from bot.domain.reminders import REMINDER_LEASE, REMINDER_LIFE, USUAL_CHOICE, ReminderChoice, ReminderState
from bot.ports import Reminders, Store
from bot.rendering.reminders import reminder_message
from storage.tables import REMINDER_CHOICES, REMINDER_MINUTES, REMINDERS, REMINDINGS, WORKSPACES
from tests.builders import at
from tests.contracts.conftest import Database
from tests.contracts.reminder_town import ReminderTown
from tests.contracts.storage_builders import a_person, all_at_once

POSTED = PostedCard("D1", "1.0")
CHOICE = ReminderChoice((1440, 60, 10), "C0SALES", "sales", shows_titles=True, asks_after=False)


@pytest.fixture
def town(store: Store) -> ReminderTown:
    return ReminderTown(store)


def test_a_choice_comes_back_as_it_went_in_and_is_nobody_elses(town: ReminderTown) -> None:
    with town.store.writing() as work:
        work.reminders.choose(town.ana, CHOICE, town.clock.now())
        work.reminders.note_problem(town.ana.member_id, "C0OTHER", "Not this one.")
        assert work.reminders.choice(town.ana.member_id) == CHOICE
        work.reminders.note_problem(town.ana.member_id, "C0SALES", "Daybook is not in that channel.")
        assert work.reminders.choice(town.ana.member_id).problem == "Daybook is not in that channel."
        assert work.reminders.choice(town.ben.member_id) == USUAL_CHOICE
        off = ReminderChoice(())
        work.reminders.choose(town.ana, off, town.clock.now())
        assert work.reminders.choice(town.ana.member_id) == off


def test_a_workspace_begins_once(town: ReminderTown) -> None:
    with town.store.writing() as work:
        assert work.reminders.has_begun()
        work.commit()
    a_person(town.store, team="T2")
    with town.store.writing() as work:
        assert not work.reminders.has_begun()
        work.reminders.begin(town.clock.now())
        work.reminders.begin(town.clock.now() + timedelta(hours=1))
        assert work.reminders.has_begun()


def test_what_is_due_is_entered_once(town: ReminderTown) -> None:
    town.books("15:00-15:30", town.ben)
    town.clock.time = at("14:50")
    with town.store.writing() as work:
        coming = work.reminders.coming(town.clock.now(), limit=10)
        entered = [work.reminders.enter(reminders_of(one)) for one in [*coming, *coming]]
        assert work.reminders.coming(town.clock.now(), limit=10) == []
    assert entered == [1, 1, 0, 0]


def test_what_is_claimed_is_nobody_elses_until_its_lease_ends(town: ReminderTown) -> None:
    town.books("15:00-15:30")
    town.clock.time = at("14:50")
    [first] = town.claims()
    assert town.claims() == []
    town.clock.time += REMINDER_LEASE
    [second] = town.claims()
    assert (second.reminder, second.fence) == (first.reminder, first.fence + 1)


@pytest.mark.parametrize(
    "write",
    [
        lambda reminders, claim, now: reminders.sending(claim, now),
        lambda reminders, claim, now: reminders.retry(claim, problem="", due_at=now, was_sent=False),
        lambda reminders, claim, now: reminders.give_back(claim),
        lambda reminders, claim, now: reminders.sent(claim, POSTED, now, told_start=0),
        lambda reminders, claim, now: reminders.show_anew(claim, now),
        lambda reminders, claim, now: reminders.end(claim, ReminderState.FAILED),
    ],
    ids=["sending", "retry", "give back", "sent", "show anew", "end"],
)
def test_a_late_holder_writes_nothing(town: ReminderTown, write: Callable[..., None]) -> None:
    town.books("15:00-15:30")
    town.clock.time = at("14:50")
    [late] = town.claims()
    town.clock.time += REMINDER_LEASE
    assert len(town.claims()) == 1
    with town.store.writing() as work, pytest.raises(LeaseLost):
        write(work.reminders, late, town.clock.now())


def test_what_begins_first_comes_first_and_what_failed_comes_last(town: ReminderTown) -> None:
    town.chooses(60)
    soon, later = town.books("15:00-15:30"), town.books("15:15-15:30", hosts=(town.ben.member_id,))
    town.chooses(60, who=town.ben)
    town.clock.time = at("14:20")
    assert [one.reminder.subject for one in town.claims()] == [soon.id, later.id]
    town.clock.time += REMINDER_LEASE
    first, _ = town.claims()
    with town.store.writing() as work:
        work.reminders.retry(first, problem="Slack.", due_at=town.clock.now(), was_sent=False)
        work.commit()
    town.clock.time += REMINDER_LEASE
    assert [one.reminder.subject for one in town.claims()] == [later.id, soon.id]


def test_a_message_is_shown_anew_when_something_about_it_changes_and_forgotten_after_a_month(
    town: ReminderTown,
) -> None:
    appointment = town.books("15:00-15:30")
    town.at("14:50")
    with town.store.writing() as work:
        work.reminders.changed(appointment.id, town.clock.now())
        work.commit()
    [claim] = town.claims()
    assert claim.reminder.posted == PostedCard("DU1", "1.0")
    with town.store.writing() as work:
        assert work.reminders.forget(appointment.starts_at) == 0
        assert work.reminders.forget(appointment.starts_at + REMINDER_LIFE) == 1
        assert work.reminders.of(appointment.id) == []


def test_of_a_move_in_google_that_was_read_late_the_host_is_reminded_at_once_and_of_one_in_daybook_not(
    town: ReminderTown,
) -> None:
    town.chooses(30, 10)
    dragged, moved = town.books("18:00-18:30"), town.books("19:00-19:30", contact=None, title="Planning")
    town.clock.time = at("14:01")
    town.moves(dragged, "14:10-14:25", Deed.MOVED_IN_GOOGLE)
    town.moves(moved, "14:25-14:55")
    assert town.at("14:02") == ["U1: Begins in 8 minutes: Maya Ortiz and Ana, Tue 24 Nov, 14:10-14:25 Berlin"]
    assert "late" not in str(reminder_message(town.posts.said[-1]))
    assert town.at("14:12") == []
    assert town.at("14:15") == ["U1: Begins in 10 minutes: Planning, Tue 24 Nov, 14:25-14:55 Berlin"]


# fault 34
def test_of_several_processes_at_once_one_gets_each(database: Database) -> None:
    town = ReminderTown(database.open())
    town.books("15:00-15:30", town.ben)
    town.clock.time = at("14:50")
    stores = [database.open() for _ in range(4)]

    def claim(which: int) -> list[object]:
        with stores[which].writing() as work:
            reminders: Reminders = work.reminders
            for one in reminders.coming(town.clock.now(), limit=10):
                reminders.enter(reminders_of(one))
            claims = reminders.claim_due(town.clock.now(), limit=10)
            work.commit()
        return [one.reminder.id for one in claims]

    claimed = [one for claims in all_at_once(4, claim) for one in claims]
    assert len(claimed) == len(set(claimed)) == 2


def test_whoever_is_forgotten_leaves_neither_a_wish_nor_a_reminder(database: Database) -> None:
    store = database.open()
    town = ReminderTown(store)
    town.chooses(60, 10)
    town.chooses(10, who=town.ben)
    town.books("15:00-15:30", town.ben)
    town.at("14:50")
    ana = town.ana
    with store.writing() as work:
        exported = work.erasures.export_member(ana)
        assert [row["minutes"] for row in exported["reminder_minutes"]] == [10, 60]
        assert sorted(str(row["state"]) for row in exported["reminders"]) == ["left_out", "sent"]
        assert exported["reminder_choice"][0]["since_at"] == "2026-11-24T07:00:00+00:00"
        forgetting = Forgetting(ana.workspace_id, ana.member_id, ana.slack_user_id, town.clock.now())
        assert work.erasures.erase_member(forgetting)
        work.commit()
    with store.connected("reading") as connection:
        for table in (REMINDERS, REMINDER_CHOICES, REMINDER_MINUTES):
            assert set(connection.scalars(select(table.c.member_id))) == {town.ben.member_id}


def test_a_workspace_takes_everything_along(database: Database) -> None:
    store = database.open()
    town = ReminderTown(store)
    town.chooses(60, 10)
    town.books("15:00-15:30")
    town.at("14:50")
    with store.connected("writing") as connection:
        connection.execute(delete(WORKSPACES))
        for table in (REMINDERS, REMINDER_CHOICES, REMINDER_MINUTES, REMINDINGS):
            assert connection.scalar(select(func.count()).select_from(table)) == 0


# fault 10
def test_a_reminder_of_another_workspace_is_not_of_this_one(store: Store) -> None:
    town = ReminderTown(store)
    stranger = a_person(store, team="T2")
    town.chooses(60, 10, who=stranger)
    with store.reading() as work:
        assert work.reminders.choice(town.ana.member_id) == USUAL_CHOICE
    town.books("15:00-15:30")
    assert town.at("14:00") == []
