"""Whose owner is reminded that an account is broken, and when next."""

from datetime import datetime, timedelta

from bot.domain.accounts import Account, AccountStatus
from bot.domain.nudges import DueNudge
from bot.domain.people import Actor
from bot.ports import Store
from tests.contracts.storage_builders import NOW, a_person, all_at_once, an_account, connected, stored

DAY = timedelta(days=1)


def broken(store: Store, actor: Actor, address: str = "ana@example.com", *, told_at: datetime = NOW) -> Account:
    """An account that its owner was told of."""
    account = connected(store, actor, address)
    with store.writing() as work:
        work.accounts.mark_broken(account.id, NOW)
        work.accounts.claim_notice(told_at)
        work.commit()
    return account


def due(store: Store, now: datetime) -> list[DueNudge]:
    with store.writing() as work:
        is_due = work.accounts.is_nudge_due(now)
        found = list(work.accounts.claim_nudges(now, limit=10))
    assert is_due is bool(found)
    return found


def planned(store: Store, one: DueNudge, *, sent: int, next_at: datetime | None) -> None:
    with store.writing() as work:
        work.accounts.plan_nudge(one, sent=sent, next_at=next_at)
        work.commit()


def test_the_first_is_due_a_day_after_its_owner_was_told(store: Store) -> None:
    account = broken(store, a_person(store))
    assert due(store, NOW + DAY - timedelta(seconds=1)) == []
    [one] = due(store, NOW + DAY)
    assert (one.account.id, one.told_at, one.sent, one.due_at) == (account.id, NOW, 0, NOW + DAY)


def test_the_next_is_due_when_the_plan_says_or_never(store: Store) -> None:
    broken(store, a_person(store))
    [one] = due(store, NOW + DAY)
    planned(store, one, sent=1, next_at=NOW + 3 * DAY)
    assert due(store, NOW + 2 * DAY) == []
    [again] = due(store, NOW + 3 * DAY)
    assert (again.sent, again.due_at) == (1, NOW + 3 * DAY)
    planned(store, again, sent=2, next_at=None)
    assert due(store, NOW + 100 * DAY) == []


def test_the_most_overdue_come_first_and_no_more_than_asked_for(store: Store) -> None:
    ana = a_person(store)
    late = broken(store, ana, "late@example.com", told_at=NOW + timedelta(hours=1))
    broken(store, ana, "later@example.com", told_at=NOW + timedelta(hours=2))
    with store.writing() as work:
        [one] = work.accounts.claim_nudges(NOW + 2 * DAY, limit=1)
    assert one.account.id == late.id


def test_an_owner_who_was_not_told_is_not_reminded(store: Store) -> None:
    account = connected(store, a_person(store))
    with store.writing() as work:
        work.accounts.mark_broken(account.id, NOW)
        work.accounts.claim_notice(NOW)
        work.accounts.release_notice(account.id, NOW + timedelta(hours=1))
        work.commit()
    assert due(store, NOW + 30 * DAY) == []


def test_connecting_again_ends_the_reminders_and_a_new_break_begins_them_anew(store: Store) -> None:
    ana = a_person(store)
    account = broken(store, ana)
    [one] = due(store, NOW + DAY)
    planned(store, one, sent=1, next_at=NOW + 3 * DAY)
    pending = stored_again(store, ana)
    with store.writing() as work:
        assert work.accounts.activate(ana, pending.id).id == account.id
        work.commit()
    assert due(store, NOW + 30 * DAY) == []
    planned(store, one, sent=1, next_at=NOW + 3 * DAY)  # by a process that was slow
    assert due(store, NOW + 30 * DAY) == []
    with store.writing() as work:
        work.accounts.mark_broken(account.id, NOW + 5 * DAY)
        work.accounts.claim_notice(NOW + 5 * DAY)
        work.commit()
    [first] = due(store, NOW + 6 * DAY)
    assert (first.told_at, first.sent) == (NOW + 5 * DAY, 0)


def stored_again(store: Store, actor: Actor) -> Account:
    """The account connected once more, before its owner confirmed it."""
    return stored(store, an_account(actor, status=AccountStatus.PENDING))


def test_of_many_claimers_one_reminds(store: Store) -> None:
    broken(store, a_person(store))

    def claim(_which: int) -> int:
        with store.writing() as work:
            found = work.accounts.claim_nudges(NOW + DAY, limit=10)
            for one in found:
                work.accounts.plan_nudge(one, sent=1, next_at=NOW + 3 * DAY)
            work.commit()
        return len(found)

    assert sum(all_at_once(4, claim)) == 1
