"""Syncing calendars whose provider refuses: what was read still blocks, and the wait until the next try."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import AccessRole, RemoteCalendar, SyncOutcome
from bot.domain.errors import (
    AccessLost,
    CalendarGone,
    CredentialRefused,
    KeyMissing,
    ProviderBusy,
    ProviderDown,
    QuotaUsedUp,
    SecretUnreadable,
    SyncTokenExpired,
)
from tests.builders import BERLIN
from tests.event_builders import a_meeting
from tests.unit.usecases.sync_house import (
    ACCOUNT_ID,
    CALENDAR_ID,
    FIVE_MINUTES,
    NOW,
    a_calendar,
    page,
    scripted,
)


# fault 37
def test_an_expired_token_leads_to_one_full_read_that_sweeps_what_is_gone() -> None:
    house, gateway = scripted(
        [page(a_meeting("a"), a_meeting("b", "2026-11-25 9:00-10:00"), token="t1")],
        [SyncTokenExpired("Read it from the start.")],
        [page(a_meeting("b", "2026-11-25 9:00-10:00"), token="t2")],
    )
    house.run()
    assert house.run() is SyncOutcome.SYNCED
    assert [asked.sync_token for asked in gateway.asked] == [None, "t1", None]
    assert house.agenda() == ["2026-11-25T09:00+01:00 1h"]
    assert house.token() == "t2"


# fault 37
def test_a_full_read_that_breaks_off_leaves_everything_blocked() -> None:
    house, gateway = scripted(
        [page(a_meeting("a"), a_meeting("b", "2026-11-25 9:00-10:00"), token="t1")],
        [SyncTokenExpired("Read it from the start.")],
        [page(a_meeting("c", "2026-11-26 9:00-10:00")), ProviderDown("Google did not answer.")],
        [page(a_meeting("c", "2026-11-26 9:00-10:00"), token="t2")],
    )
    house.run()
    assert house.run() is SyncOutcome.FAILED
    assert house.agenda() == ["2026-11-24T09:00+01:00 1h", "2026-11-25T09:00+01:00 1h"]
    assert house.run() is SyncOutcome.SYNCED
    assert [asked.sync_token for asked in gateway.asked] == [None, "t1", None, None]
    assert house.agenda() == ["2026-11-26T09:00+01:00 1h"]


# fault 37
def test_a_token_that_expires_in_the_middle_of_its_pages_is_dropped() -> None:
    house, _ = scripted(
        [page(a_meeting("a"), token="t1")],
        [page(a_meeting("b", "2026-11-25 9:00-10:00")), SyncTokenExpired("Read it from the start.")],
        [page(a_meeting("a"), token="t2")],
    )
    house.run()
    assert house.run() is SyncOutcome.SYNCED
    assert house.agenda() == ["2026-11-24T09:00+01:00 1h"]


# fault 37
def test_a_provider_that_refuses_the_full_read_too_is_not_asked_a_third_time() -> None:
    house, gateway = scripted(
        [page(a_meeting("a"), token="t1")], [SyncTokenExpired("From the start.")], [SyncTokenExpired("From the start.")]
    )
    house.run()
    assert house.run() is SyncOutcome.FAILED
    assert len(gateway.asked) == 3
    assert len(house.busy()) == 1


# fault 37
def test_an_answer_without_an_end_is_not_taken_for_a_whole_one() -> None:
    house, _ = scripted([page(a_meeting("a"), token="t1")], [SyncTokenExpired("From the start.")], [page()])
    house.run()
    assert house.run() is SyncOutcome.FAILED
    assert house.agenda() == ["2026-11-24T09:00+01:00 1h"]
    assert house.calendar().problem == "The calendar's answer broke off in the middle."


# fault 36
@pytest.mark.parametrize("refusal", [CredentialRefused("Google no longer lets Daybook in."), SecretUnreadable("Lost.")])
def test_a_refused_credential_stops_the_whole_account_and_keeps_what_was_read(refusal: Exception) -> None:
    house, _ = scripted([page(a_meeting("a"), token="t1")], [refusal])
    house.run()
    assert house.run() is SyncOutcome.BROKEN
    with house.store.reading() as work:
        account = work.accounts.get(house.actor, ACCOUNT_ID)
    assert (account.status, account.broken_since) == (AccountStatus.NEEDS_RECONNECT, NOW)
    calendar = house.calendar()
    assert (calendar.problem, calendar.next_sync_at) == (str(refusal), None)
    assert len(house.busy()) == 1
    with house.store.writing() as work:
        assert work.calendars.claim_due(NOW + timedelta(days=30), limit=10, lease=FIVE_MINUTES) == []


# fault 25
def test_a_missing_key_puts_the_sync_off_until_it_is_back() -> None:
    house, _ = scripted([page(a_meeting("a"), token="t1")], [KeyMissing()], [page(token="t2")])
    house.run()
    assert house.run() is SyncOutcome.FAILED
    calendar = house.calendar()
    assert (calendar.problem, len(house.busy())) == (str(KeyMissing()), 1)
    assert calendar.next_sync_at is not None
    house.clock.time = calendar.next_sync_at
    assert house.sync(house.claim()) is SyncOutcome.SYNCED
    assert house.calendar().problem is None
    with house.store.reading() as work:
        assert work.accounts.get(house.actor, ACCOUNT_ID).status is AccountStatus.ACTIVE


# fault 38
@pytest.mark.parametrize(
    ("error", "role", "sentence"),
    [
        (CalendarGone("It is gone."), AccessRole.OWNER, "It was deleted in Google."),
        (
            CalendarGone("It is gone."),
            AccessRole.READER,
            "It is no longer shared with ana@example.com, or was deleted.",
        ),
        (AccessLost("A permission is missing."), AccessRole.OWNER, "A permission is missing."),
    ],
)
def test_a_lost_calendar_says_why_and_is_tried_again_every_hour(
    error: Exception, role: AccessRole, sentence: str
) -> None:
    house, _ = scripted([page(a_meeting("a"), token="t1")], [error], [page(token="t1")])
    house.run()
    house.store.tables.calendars[CALENDAR_ID] = replace(
        house.store.tables.calendars[CALENDAR_ID], calendar=replace(house.calendar(), access_role=role)
    )
    assert house.run() is SyncOutcome.FAILED
    calendar = house.calendar()
    assert (calendar.problem, calendar.is_lost) == (sentence, True)
    assert calendar.next_sync_at == NOW + timedelta(hours=1)
    assert len(house.busy()) == 1
    assert house.run() is SyncOutcome.SYNCED
    assert (house.calendar().problem, house.calendar().is_lost) == (None, False)


# fault 38
def test_a_calendar_that_is_still_listed_is_not_called_deleted() -> None:
    house, gateway = scripted([CalendarGone("It is gone.")])
    gateway.remote_calendars = [listed("Work")]
    house.run()
    assert house.calendar().problem == "It is gone."


# fault 38
def test_name_and_access_role_are_looked_up_once_a_day() -> None:
    house, gateway = scripted([page(token="t1")], [page(token="t1")], [page(token="t1")], [page(token="t1")])
    gateway.remote_calendars = [listed("Renamed", AccessRole.READER)]
    lookups, names = [], []
    for hours in (0, 23, 24, 47):
        house.clock.time = NOW + timedelta(hours=hours)
        before = gateway.lookups
        house.run()
        lookups.append(gateway.lookups - before)
        names.append(house.calendar().name)
    assert (lookups, names) == ([0, 0, 1, 0], ["Work", "Work", "Renamed", "Renamed"])
    assert house.calendar().access_role is AccessRole.READER


# fault 38
def test_a_token_that_expired_has_the_access_role_looked_up_because_that_is_how_a_lowered_one_shows() -> None:
    house, gateway = scripted(
        [page(a_meeting("a"), token="t1")], [SyncTokenExpired("From the start.")], [page(a_meeting("a"), token="t2")]
    )
    house.run()
    gateway.remote_calendars = [listed("Work", AccessRole.FREE_BUSY_READER)]
    house.run()
    assert house.calendar().access_role is AccessRole.FREE_BUSY_READER


# fault 35
def test_a_quota_that_is_used_up_pauses_every_calendar_of_the_account() -> None:
    used_up = QuotaUsedUp("The quota of this account is used up.", retry_after=4 * 3600)
    house, _ = scripted([used_up])
    with house.store.writing() as work:
        work.calendars.choose(house.actor, [a_calendar(house.actor), a_calendar(house.actor, UUID(int=21))])
        [first, _] = work.calendars.claim_due(NOW, limit=10, lease=FIVE_MINUTES)
        work.commit()
    assert house.sync(first) is SyncOutcome.FAILED
    with house.store.reading() as work:
        told = {(one.problem, one.next_sync_at) for one in work.calendars.of(house.actor)}
    assert told == {(str(used_up), NOW + timedelta(hours=4, minutes=12))}


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (ProviderDown("Google did not answer."), 45),
        (ProviderBusy("Google asks for patience."), 45),
        (ProviderBusy("Google asks for patience.", retry_after=1000), 1050),
    ],
)
def test_a_failing_provider_is_left_alone_for_a_while(error: Exception, seconds: int) -> None:
    house, _ = scripted([error])
    assert house.run() is SyncOutcome.FAILED
    calendar = house.calendar()
    assert (calendar.problem, calendar.next_sync_at) == (str(error), NOW + timedelta(seconds=seconds))


def test_each_failure_lengthens_the_wait_and_a_success_ends_it() -> None:
    down = ProviderDown("Google did not answer.")
    house, _ = scripted([down], [down], [down], [page(token="t1")], [down])
    waits = []
    for _ in range(5):
        house.run()
        due = house.calendar().next_sync_at
        assert due is not None
        waits.append((due - NOW).total_seconds())
    assert waits == [45, 75, 135, 300, 45]


def test_a_mistake_of_ours_is_raised_but_backs_off_all_the_same() -> None:
    house, _ = scripted([ZeroDivisionError()])
    with pytest.raises(ZeroDivisionError):
        house.run()
    calendar = house.calendar()
    assert calendar.problem == "Something went wrong in Daybook itself."
    assert calendar.next_sync_at == NOW + timedelta(seconds=45)


def listed(name: str, role: AccessRole = AccessRole.OWNER) -> RemoteCalendar:
    """The house's calendar as it stands in its account's list."""
    return RemoteCalendar("calendar-20", name, BERLIN, role, is_primary=False)
