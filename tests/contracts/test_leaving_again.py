"""Leaving an account or a calendar while an earlier leaving is not done yet."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Calendar, Role
from bot.domain.effects import uid_of
from bot.domain.errors import CredentialRefused, KeyMissing, ProviderDown
from bot.domain.leaving import CopiesThere, CopyState
from bot.ports import Store
from tests.contracts.leaving_town import Town
from tests.contracts.storage_builders import NOW, a_calendar, connected, new_id

pytestmark = pytest.mark.slow


@pytest.fixture
def acme(store: Store) -> Town:
    return Town(store)


def office(acme: Town) -> Calendar:
    return a_calendar(acme.account, "office", role=Role.LINKED, name="Office")


def at_first(acme: Town) -> list[str]:
    """The events as they stood before anything moved."""
    return sorted(link.remote_id for link in acme.links[:2])


def asked(acme: Town) -> list[str]:
    return sorted(event_id for event_id, _mails in acme.google.asked)


def test_what_moved_to_another_account_is_asked_about_when_the_old_one_is_left(acme: Town) -> None:
    work = connected(acme.store, acme.ana, "ana@work.test")
    acme.moves_to(a_calendar(work, "work", role=Role.LINKED))
    assert acme.look(acme.ana, acme.account.id).copies == CopiesThere(number=2, mailed=1)
    assert acme.leave(acme.ana, acme.account.id).copies == CopiesThere(number=2, mailed=1)
    acme.finish()
    assert (asked(acme), acme.revoked) == (at_first(acme), [acme.account.id])
    assert acme.link_of(acme.demo).container == "work"
    assert acme.notifier.left == [(acme.ana.slack_user_id, acme.account.address, 2, ())]


def test_whoever_asks_again_about_an_account_that_is_being_left_is_asked_again(acme: Town) -> None:
    acme.leave(acme.ana, acme.account.id)
    assert acme.look(acme.ana, acme.account.id).copies == CopiesThere(number=2, mailed=1)


def test_whoever_disconnects_while_events_of_a_move_are_removed_is_disconnected(acme: Town) -> None:
    acme.moves_to(office(acme))
    acme.google.after_first = lambda: acme.leave(acme.ana, acme.account.id)
    acme.finish()
    assert (acme.status(), acme.revoked) == (None, [acme.account.id])
    assert asked(acme) == at_first(acme)
    assert acme.notifier.left == [(acme.ana.slack_user_id, acme.account.address, 2, ())]


def test_who_moves_events_and_leaves_the_same_account_has_those_of_both_calendars_removed(acme: Town) -> None:
    acme.moves_to(office(acme))
    acme.writes(acme.demo, acme.review)
    in_office = [acme.link_of(one).remote_id for one in (acme.demo, acme.review)]
    assert acme.leave(acme.ana, acme.account.id).copies == CopiesThere(number=4, mailed=2)
    acme.finish()
    assert asked(acme) == sorted([*at_first(acme), *in_office])
    assert acme.notifier.left == [(acme.ana.slack_user_id, acme.account.address, 4, ())]


def test_who_moves_events_there_and_back_has_both_leavings_removed(acme: Town) -> None:
    acme.moves_to(office(acme))
    acme.writes(acme.demo, acme.review)
    in_office = [acme.link_of(one).remote_id for one in (acme.demo, acme.review)]
    acme.moves_to(replace(acme.calendar))
    waiting = [("main", one) for one in at_first(acme)] + [("office", one) for one in in_office]
    assert sorted(acme.left()) == sorted((*one, CopyState.WAITING) for one in waiting)
    acme.writes(acme.demo, acme.review)
    acme.finish()
    assert asked(acme) == sorted([*at_first(acme), *in_office])
    assert (acme.status(), acme.link_of(acme.demo).container) == (AccountStatus.ACTIVE, "main")


@pytest.mark.parametrize("ends", [False, True], ids=["a move", "an account"])
def test_a_process_whose_lease_ran_out_ends_and_tells_nothing_a_second_time(acme: Town, *, ends: bool) -> None:
    if ends:
        acme.leave(acme.ana, acme.account.id)
    else:
        acme.moves_to(office(acme))

    def another_takes_over() -> None:
        acme.clock.time += timedelta(seconds=91)
        acme.finish()

    acme.google.after_first = another_takes_over
    acme.finish()
    assert acme.notifier.left == [(acme.ana.slack_user_id, acme.account.address, 2, ())]
    assert acme.revoked == ([acme.account.id] if ends else [])


def test_a_report_that_slack_refuses_is_sent_later(acme: Town) -> None:
    acme.notifier.refusals = [ProviderDown("Slack")]
    acme.leave(acme.ana, acme.account.id)
    assert acme.finish() == 1
    assert (acme.status(), acme.notifier.left) == (None, [])
    acme.clock.time += timedelta(minutes=10)
    assert acme.finish() == 0
    assert acme.notifier.left == [(acme.ana.slack_user_id, acme.account.address, 2, ())]


def test_a_report_is_not_offered_to_slack_for_ever(acme: Town) -> None:
    acme.leave(acme.ana, acme.account.id)
    acme.notifier.refusals = [ProviderDown("Slack")] * 1000
    for _ in range(20):
        acme.finish()
        acme.clock.time += timedelta(minutes=10)
    refused = len(acme.notifier.refusals)
    acme.clock.time += timedelta(minutes=10)
    acme.finish()
    assert len(acme.notifier.refusals) == refused


def test_a_key_that_is_missing_is_waited_for(acme: Town) -> None:
    acme.google.answers = [KeyMissing()]
    acme.leave(acme.ana, acme.account.id)
    acme.finish()
    assert (acme.status(), acme.notifier.left) == (AccountStatus.LEAVING, [])
    acme.clock.time += timedelta(minutes=5)
    acme.finish()
    assert acme.notifier.left == [(acme.ana.slack_user_id, acme.account.address, 2, ())]


def test_a_key_that_does_not_come_back_is_waited_for_an_hour(acme: Town) -> None:
    acme.google.answers = [KeyMissing() for _ in range(1000)]
    acme.leave(acme.ana, acme.account.id)
    while acme.status() is not None:
        acme.finish()
        acme.clock.time += timedelta(minutes=5)
    assert acme.clock.time - NOW <= timedelta(minutes=70)
    [(_user, _address, removed, kept)] = acme.notifier.left
    assert (removed, sorted(kept)) == (0, sorted([acme.demo.title, acme.review.title]))


def test_whoever_disconnects_after_google_refused_events_of_a_move_is_told_of_all_at_last(acme: Town) -> None:
    acme.google.answers = [CredentialRefused("dead")]
    acme.moves_to(office(acme))
    acme.finish()
    [(_user, _address, removed, kept)] = acme.notifier.left
    assert (removed, len(kept), acme.left()) == (0, 2, [])


def test_an_event_that_waits_to_be_removed_is_known_to_be_the_appointments(acme: Town) -> None:
    acme.moves_to(office(acme))
    with acme.store.reading() as work:
        known = work.taken.copies(acme.ana.workspace_id, {uid_of(acme.links[0].remote_id), "tea@google.com"})
        elsewhere = work.taken.copies(new_id(), {uid_of(acme.links[0].remote_id)})
    assert (known, elsewhere) == ({uid_of(acme.links[0].remote_id): acme.demo.id}, {})
