"""Leaving an account together with the events that Daybook wrote there."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from time import sleep

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Role
from bot.domain.effects import EffectKind, LinkState
from bot.domain.errors import AccessLost, CredentialRefused, NotFound, ProviderDown
from bot.domain.leaving import CopiesThere, CopyState
from bot.ports import Store
from bot.usecases.move_copies import left_copies, move_copies
from bot.usecases.want_delivery import plan_event
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.effect_builders import claimed, copied, wanted
from tests.contracts.leaving_town import Town
from tests.contracts.storage_builders import NOW, a_calendar, a_person, chosen, connected

pytestmark = pytest.mark.slow


@pytest.fixture
def acme(store: Store) -> Town:
    return Town(store)


def test_what_would_stay_behind_is_counted_without_what_is_over(acme: Town) -> None:
    assert acme.look(acme.ana, acme.account.id).copies == CopiesThere(number=2, mailed=1)
    assert acme.status() is AccountStatus.ACTIVE


def test_events_go_before_the_permission_and_all_is_reported(acme: Town) -> None:
    acme.leave(acme.ana, acme.account.id)
    assert (acme.status(), acme.calendars(acme.ana), acme.revoked) == (AccountStatus.LEAVING, [], [])
    assert acme.finish() == 1
    demo, review, _past = acme.links
    assert sorted(acme.google.asked) == sorted([(demo.remote_id, True), (review.remote_id, False)])
    assert (acme.status(), acme.revoked) == (None, [acme.account.id])
    assert acme.notifier.left == [(acme.ana.slack_user_id, acme.account.address, 2, ())]
    assert acme.finish() == 0


def test_the_appointments_stand_without_an_event(acme: Town) -> None:
    acme.leave(acme.ana, acme.account.id)
    acme.finish()
    with acme.store.reading() as work:
        standing = work.appointments.known(acme.demo.id)
        link = work.remote_links.of(acme.demo.id)[EffectKind.EVENT]
    assert standing is not None
    assert standing.is_live
    assert (link.state, link.account_id) == (LinkState.REMOVED, None)


def test_what_may_not_be_removed_is_named(acme: Town) -> None:
    acme.google.answers = [AccessLost("no"), None]
    acme.leave(acme.ana, acme.account.id)
    acme.finish()
    [(_user, _address, removed, kept)] = acme.notifier.left
    assert (removed, len(kept)) == (1, 1)


def test_while_google_does_not_answer_it_is_tried_again_for_an_hour(acme: Town) -> None:
    acme.google.answers = [None, *[ProviderDown("down")] * 1000]
    acme.leave(acme.ana, acme.account.id)
    acme.finish()
    assert (acme.status(), acme.notifier.left) == (AccountStatus.LEAVING, [])
    assert acme.finish() == 0
    while acme.status() is not None:
        acme.clock.time += timedelta(minutes=5)
        acme.finish()
    assert acme.clock.time - NOW <= timedelta(minutes=65)
    [(_user, _address, removed, kept)] = acme.notifier.left
    assert (removed, len(kept)) == (1, 1)


def test_a_dead_permission_ends_it_at_once(acme: Town) -> None:
    acme.google.answers = [CredentialRefused("dead")]
    acme.leave(acme.ana, acme.account.id)
    acme.finish()
    assert (acme.status(), acme.notifier.left[0][2]) == (None, 0)


def test_a_process_that_died_after_a_removal_leaves_the_rest_to_the_next(acme: Town) -> None:
    acme.leave(acme.ana, acme.account.id)
    with acme.store.writing() as work:
        assert len(work.leavings.claim_due(NOW, limit=5)) == 1
        work.commit()
    assert acme.finish() == 0
    acme.clock.time += timedelta(minutes=2)
    assert acme.finish() == 1
    assert acme.status() is None


def test_an_account_that_is_connected_anew_is_not_left(acme: Town) -> None:
    acme.leave(acme.ana, acme.account.id)
    assert acme.link_of(acme.demo).state is LinkState.REMOVED
    acme.connects_again()
    demo = acme.links[0]
    assert acme.link_of(acme.demo) == replace(demo, calendar_id=None, etag="")
    assert acme.finish() == 0
    assert (acme.status(), acme.google.asked) == (AccountStatus.ACTIVE, [])


def test_what_was_removed_before_the_account_came_back_stays_away_and_the_rest_is_taken_up(acme: Town) -> None:
    acme.google.answers = [None, ProviderDown("down")]
    acme.leave(acme.ana, acme.account.id)
    acme.finish()
    acme.connects_again()
    [(event_id, _mails)] = acme.google.asked
    assert {link.remote_id: link.state for link in map(acme.link_of, (acme.demo, acme.review))} == {
        link.remote_id: LinkState.REMOVED if link.remote_id == event_id else LinkState.WRITTEN
        for link in acme.links[:2]
    }


def test_a_removal_that_ends_after_the_account_came_back_is_not_taken_for_the_hosts(acme: Town) -> None:
    acme.leave(acme.ana, acme.account.id)
    with acme.store.reading() as work:
        [copy] = [one for one in work.leavings.left(acme.account.id) if one.appointment_id == acme.demo.id]
    acme.connects_again()
    with acme.store.writing() as work:
        work.leavings.settle(acme.account.id, copy, CopyState.REMOVED)
        work.commit()
    assert (acme.link_of(acme.demo).state, acme.link_of(acme.review).state) == (LinkState.REMOVED, LinkState.WRITTEN)


def test_an_account_that_comes_back_while_events_are_removed_keeps_those_that_are_left(acme: Town) -> None:
    acme.google.after_first = acme.connects_again
    acme.leave(acme.ana, acme.account.id)
    acme.finish()
    assert len(acme.google.asked) == 1
    assert sorted(acme.link_of(one).state for one in (acme.demo, acme.review)) == [LinkState.REMOVED, LinkState.WRITTEN]


def test_an_event_that_another_took_the_place_of_is_removed_although_the_account_came_back(acme: Town) -> None:
    acme.leave(acme.ana, acme.account.id)
    home = connected(acme.store, acme.ana, "ana@home.test")
    [calendar] = chosen(acme.store, acme.ana, a_calendar(home, "home", role=Role.LINKED))
    with acme.store.writing() as work:
        plan_event(work, acme.demo.id, calendar, generation=1)
        work.commit()
    acme.connects_again()
    assert acme.finish() == 1
    assert acme.google.asked == [(acme.links[0].remote_id, True)]
    assert (acme.status(), acme.revoked) == (AccountStatus.ACTIVE, [])
    assert (acme.link_of(acme.demo).container, acme.link_of(acme.review).state) == ("home", LinkState.WRITTEN)


def test_what_could_not_be_removed_is_the_appointments_event_once_the_account_is_back(acme: Town) -> None:
    acme.google.answers = [CredentialRefused("dead")]
    acme.leave(acme.ana, acme.account.id)
    acme.finish()
    assert (acme.link_of(acme.demo).state, acme.link_of(acme.demo).account_id) == (LinkState.WRITTEN, None)
    back = acme.connects_again()
    assert acme.link_of(acme.demo) == replace(acme.links[0], account_id=back.id, calendar_id=None, etag="")


def test_an_account_erased_meanwhile_leaves_its_events_known(acme: Town) -> None:
    acme.leave(acme.ana, acme.account.id)
    with acme.store.writing() as work:
        work.accounts.erase(acme.account.id)
        work.commit()
    assert (acme.link_of(acme.demo).state, acme.link_of(acme.demo).account_id) == (LinkState.WRITTEN, None)


def test_events_leave_a_calendar_for_the_one_that_is_linked_now(acme: Town) -> None:
    before = acme.calendars(acme.ana)
    office = a_calendar(acme.account, "office", role=Role.LINKED, name="Office")
    [office] = chosen(acme.store, acme.ana, office)
    with acme.store.writing() as work:
        copies = left_copies(work, acme.ana, before, NOW)
        move_copies(work, acme.ana, before, NOW)
        work.commit()
    assert len(copies) == 2
    with acme.store.reading() as work:
        planned = work.remote_links.of(acme.demo.id)[EffectKind.EVENT]
    assert (planned.container, planned.state, planned.generation) == ("office", LinkState.PLANNED, 1)
    assert acme.finish() == 1
    assert sorted(event_id for event_id, _mails in acme.google.asked) == sorted(
        link.remote_id for link in acme.links[:2]
    )
    assert (acme.status(), acme.calendars(acme.ana)) == (AccountStatus.ACTIVE, [office])
    assert acme.notifier.left == [(acme.ana.slack_user_id, acme.account.address, 2, ())]
    assert acme.finish() == 0


def test_who_leaves_while_events_are_removed_has_the_rest_removed_too(acme: Town) -> None:
    before = acme.calendars(acme.ana)
    chosen(acme.store, acme.ana, a_calendar(acme.account, "office", role=Role.LINKED, name="Office"))
    with acme.store.writing() as work:
        move_copies(work, acme.ana, before, NOW)
        work.commit()
    acme.leave(acme.ana, acme.account.id)
    acme.finish()
    assert len(acme.google.asked) == 2
    assert (acme.status(), acme.revoked) == (None, [acme.account.id])


def test_an_event_that_is_written_while_the_account_is_left_goes_too(acme: Town) -> None:
    late = booked(acme.store, an_appointment(acme.ana, "13:00-14:00"))
    link = copied(acme.store, late, acme.calendar, LinkState.PLANNED)
    wanted(acme.store, late)
    claim = claimed(acme.store)
    with ThreadPoolExecutor(1) as person, acme.store.writing() as work:
        work.remote_links.keep(claim, replace(link, state=LinkState.WRITTEN))
        left = person.submit(acme.leave, acme.ana, acme.account.id)
        # Long enough for her to get as far as she can before the delivery is done.
        sleep(0.1)
        work.commit()
    assert left.result().copies == CopiesThere(number=3, mailed=1)


# fault 11
def test_nobody_elses_account_can_be_left(acme: Town) -> None:
    for stranger in (a_person(acme.store, "T1", "U2"), a_person(acme.store, "T2", "U3")):
        with pytest.raises(NotFound):
            acme.leave(stranger, acme.account.id)
        with pytest.raises(NotFound):
            acme.look(stranger, acme.account.id)
    assert acme.status() is AccountStatus.ACTIVE


def test_the_events_that_were_taken_away_are_known_until_something_is_in_their_place(acme: Town) -> None:
    acme.leave(acme.ana, acme.account.id)
    with acme.store.writing() as work:
        taken_away = [link.appointment_id for link in work.remote_links.taken_away(acme.ana, NOW)]
        later = work.remote_links.taken_away(acme.ana, NOW + timedelta(days=365))
        plan_event(work, acme.review.id, acme.calendar, generation=1)
        left = [link.appointment_id for link in work.remote_links.taken_away(acme.ana, NOW)]
    assert (set(taken_away), later, left) == ({acme.demo.id, acme.review.id}, [], [acme.demo.id])
