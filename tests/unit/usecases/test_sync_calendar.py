"""Syncing calendars: on a store in memory, against providers that play scripts or live."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from bot.domain.events import EventPage, EventStatus, EventTime, RemoteEvent, Series, Timed
from bot.domain.intervals import Interval, merged, subtract
from bot.domain.recurrence import expand
from tests.builders import BERLIN, NEW_YORK
from tests.event_builders import a_day_off, a_meeting, cancelled, days, timed
from tests.fakes.calendar_gateway import Asked, LivingCalendar
from tests.unit.usecases.sync_house import (
    A_YEAR,
    ACCOUNT_ID,
    CALENDAR_ID,
    FIVE_MINUTES,
    NOW,
    House,
    a_calendar,
    page,
    scripted,
)


def test_the_first_sync_reads_everything_from_thirty_days_back() -> None:
    house, gateway = scripted([page(a_meeting("a")), page(a_day_off("b", "2026-11-26"), token="t1")])
    assert house.sync(house.claim()) is SyncOutcome.SYNCED
    assert gateway.asked == [Asked("calendar-20", None, NOW - timedelta(days=30))]
    assert house.agenda() == ["2026-11-24T09:00+01:00 1h", "2026-11-26T00:00+01:00 24h"]
    assert house.token() == "t1"
    calendar = house.calendar()
    assert (calendar.read_at, calendar.next_sync_at) == (NOW, NOW + FIVE_MINUTES)
    assert (calendar.problem, calendar.unreadable_events) == (None, 0)


def test_a_later_sync_asks_for_the_changes_alone() -> None:
    house, gateway = scripted(
        [page(a_meeting("a"), a_meeting("b", "2026-11-25 9:00-10:00"), token="t1")],
        [page(a_meeting("a", "2026-11-24 11:00-12:00"), cancelled("b"), token="t2")],
    )
    house.run()
    assert house.run() is SyncOutcome.SYNCED
    assert gateway.asked[1].sync_token == "t1"
    assert house.agenda() == ["2026-11-24T11:00+01:00 1h"]
    assert house.token() == "t2"


def test_an_empty_page_at_the_end_does_not_hide_the_changes_before_it() -> None:
    house, _ = scripted([page(a_meeting("a"), token="t1")], [page(cancelled("a")), page(), page(token="t2")])
    house.run()
    house.run()
    assert (house.agenda(), house.token()) == ([], "t2")


def test_an_unchanged_calendar_costs_one_request_and_one_commit() -> None:
    house, gateway = scripted([page(a_meeting(), token="t1")], [page(token="t1")], [page(token="t2")])
    house.run()
    for token in ("t1", "t2"):
        house.request()
        claim = house.claim()
        requests, commits = gateway.requests, house.store.commits
        events = house.store.tables.events
        assert house.sync(claim) is SyncOutcome.SYNCED
        assert (gateway.requests - requests, house.store.commits - commits) == (1, 1)
        assert (house.token(), house.store.tables.events) == (token, events)


# fault 44
def test_a_series_is_expanded_over_the_horizon_and_its_exceptions_are_laid_over_it() -> None:
    series = replace(a_meeting("s"), recurrence=("RRULE:FREQ=WEEKLY;COUNT=3",))
    key = timed("2026-12-01 9:00")
    moved = replace(a_meeting("s_1", "2026-12-02 9:00-10:00"), series_id="s", original_start=key)
    house, _ = scripted([page(series, token="t1")], [page(moved, token="t2")])
    house.run()
    house.run()
    assert house.agenda() == [
        "2026-11-24T09:00+01:00 1h",
        "2026-12-02T09:00+01:00 1h",
        "2026-12-08T09:00+01:00 1h",
    ]


# fault 50
def test_an_event_that_cannot_be_expanded_is_counted_and_still_blocks_once() -> None:
    hostile = replace(a_meeting("s"), recurrence=("RRULE:FREQ=SECONDLY",))
    house, _ = scripted([page(hostile, token="t1")])
    assert house.run() is SyncOutcome.SYNCED
    assert house.agenda() == ["2026-11-24T09:00+01:00 1h"]
    assert house.calendar().unreadable_events == 1


# fault 42
def test_a_calendar_that_changed_its_zone_has_its_days_laid_out_anew() -> None:
    house, _ = scripted([page(a_day_off(), token="t1")], [page(token="t1", zone=NEW_YORK)])
    house.run()
    house.run()
    assert house.agenda() == ["2026-11-24T06:00+01:00 24h"]
    assert house.calendar().zone == NEW_YORK


def test_a_horizon_that_came_near_is_moved_on_without_any_change() -> None:
    series = replace(a_meeting("s"), recurrence=("RRULE:FREQ=YEARLY",))
    house, _ = scripted([page(series, token="t1")], [page(token="t1")])
    house.run()
    assert len(house.busy(days("2026-01-01", "2029-12-31"))) == 2
    house.clock.time = NOW + timedelta(days=365)
    house.run()
    assert house.agenda(days("2027-01-01", "2029-12-31")) == [
        "2027-11-24T09:00+01:00 1h",
        "2028-11-24T09:00+01:00 1h",
    ]


def test_a_long_reading_keeps_its_lease() -> None:
    house, gateway = scripted([*[page(a_meeting(f"e{n}")) for n in range(9)], page(token="t1")])
    claim = house.claim()
    claims_of_others: list[int] = []

    def another_process_looks() -> None:
        house.clock.time += timedelta(minutes=1)
        with house.store.writing() as work:
            claims_of_others.append(len(work.calendars.claim_due(house.clock.now(), limit=10, lease=FIVE_MINUTES)))

    gateway.before_page = another_process_looks
    assert house.sync(claim) is SyncOutcome.SYNCED
    assert claims_of_others == [0] * 10


# --- What the provider refuses --------------------------------------------------------------------------------


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
    same: list[EventPage | Exception] = [page(token="t1")]
    house, gateway = scripted(same, same, same, same)
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


def test_a_quiet_calendar_is_read_less_often_until_something_happens() -> None:
    house, _ = scripted([page(token="t1")], [page(token="t1")], [page(token="t1")], [page(a_meeting("a"), token="t2")])
    minutes = []
    for _ in range(4):
        house.run()
        due = house.calendar().next_sync_at
        assert due is not None
        minutes.append((due - NOW) / timedelta(minutes=1))
    assert minutes == [5, 7.5, 11.25, 5]


def test_sync_now_during_a_running_sync_leads_to_one_more() -> None:
    house, gateway = scripted([page(token="t1")])
    claim = house.claim()
    house.clock.time += timedelta(seconds=1)
    gateway.before_page = house.request
    assert house.sync(claim) is SyncOutcome.SYNCED
    assert house.calendar().next_sync_at == NOW + timedelta(seconds=1)


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


def test_events_that_change_places_are_never_both_away() -> None:
    """More of them than go into one transaction: between any two, each place is taken."""
    meetings = [a_meeting(f"e{n:03}", f"2026-12-{n % 20 + 1:02} {n // 20 + 8}:00-{n // 20 + 9}:00") for n in range(120)]
    moved = [
        replace(one, start=other.start, end=other.end) for one, other in zip(meetings, meetings[::-1], strict=True)
    ]
    house, _ = scripted([page(*meetings, token="t1")], [page(*moved, token="t2")])
    house.run()
    before, seen = merged(house.busy()), []
    house.store.before_commit = lambda: seen.append(merged(house.busy()))
    house.run()
    assert len(seen) > 4
    assert [subtract(before, taken) for taken in seen] == [[]] * len(seen)
    assert (merged(house.busy()), len(house.busy())) == (before, 120)


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


# --- Crashes and rivals ---------------------------------------------------------------------------------------


# fault 56
@pytest.mark.parametrize("after_page", range(3))
def test_a_sync_that_lost_its_lease_writes_nothing_more_and_leaves_quietly(after_page: int) -> None:
    pages: list[EventPage | Exception] = [
        page(a_meeting("a")),
        page(a_meeting("b", "2026-11-25 9:00-10:00")),
        page(token="late"),
    ]
    house, gateway = scripted(pages, [page(a_meeting("c", "2026-11-26 9:00-10:00"), token="fresh")])
    slow = house.claim()
    turn = itertools.count()

    def the_lease_runs_out() -> None:
        if next(turn) == after_page:
            house.clock.time += FIVE_MINUTES
            assert house.sync(house.claim()) is SyncOutcome.SYNCED

    gateway.before_page = the_lease_runs_out
    assert house.sync(slow) is SyncOutcome.LEFT
    assert (house.token(), house.agenda()) == ("fresh", ["2026-11-26T09:00+01:00 1h"])


class PowerCut(BaseException):
    """The process dies: nothing catches this."""


@contextmanager
def power_cut(house: House, *, after_commits: int) -> Iterator[None]:
    """So many commits succeed; then the process dies, and another one begins."""
    left = iter(range(after_commits))

    def dies() -> None:
        if next(left, None) is None:
            raise PowerCut

    house.store.before_commit = dies
    try:
        with suppress(PowerCut):
            yield
    finally:
        house.store.before_commit = lambda: None


def truth(living: LivingCalendar, window: Interval = A_YEAR) -> list[tuple[int, int]]:
    """What blocks in the provider's own calendar, worked out from its own events."""
    exceptions: dict[str, dict[EventTime, RemoteEvent]] = {}
    for event in living.events.values():
        if event.series_id is not None and event.original_start is not None:
            exceptions.setdefault(event.series_id, {})[event.original_start] = event
    return sorted(
        (one.start, one.end)
        for event in living.events.values()
        if event.series_id is None
        for one in expand(Series(event, exceptions.get(event.id, {})), zone=living.zone, window=window).occurrences
        if one.blocks
    )


# fault 37
@pytest.mark.parametrize("is_expired", [False, True])
@pytest.mark.parametrize("survived", range(12))
def test_a_crash_at_any_commit_frees_nothing_and_is_made_good_by_the_next_sync(survived: int, is_expired: bool) -> None:
    living = LivingCalendar(BERLIN)
    for day in range(24, 29):
        living.put(a_meeting(f"e{day}", f"2026-11-{day} 9:00-10:00"))
    house = House(living)
    house.run()
    before = set(house.busy())
    living.put(replace(a_meeting("e24"), recurrence=("RRULE:FREQ=MONTHLY;COUNT=3",)))
    living.put(cancelled("e25"))
    living.put(a_meeting("e26", "2026-11-26 15:00-16:00"))
    living.oldest_token = living.now if is_expired else 0
    house.request()
    claim = house.claim()
    with power_cut(house, after_commits=survived):
        house.sync(claim)
    assert set(house.busy()) >= before & set(truth(living))
    house.clock.time += FIVE_MINUTES
    assert house.run() is SyncOutcome.SYNCED
    assert house.busy() == truth(living)


_DAYS = st.integers(1, 28)
_EDITS = st.one_of(
    st.tuples(st.just("meeting"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("series"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("day off"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("deletion"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("moved instance"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("cancelled instance"), st.sampled_from("abc"), _DAYS),
    st.tuples(st.just("expiry"), st.just(""), _DAYS),
    st.tuples(st.just("sync"), st.just(""), _DAYS),
    st.tuples(st.just("crash"), st.just(""), st.integers(0, 8)),
)


def edit(living: LivingCalendar, what: str, event_id: str, number: int) -> None:
    """Somebody changes the calendar."""
    day = f"2026-12-{number:02}"
    master = living.events.get(event_id)
    if what == "meeting":
        living.put(a_meeting(event_id, f"{day} 9:00-10:00"))
    elif what == "series":
        living.put(replace(a_meeting(event_id, f"{day} 9:00-10:00"), recurrence=("RRULE:FREQ=DAILY;COUNT=4",)))
    elif what == "day off":
        living.put(a_day_off(event_id, day))
    elif what == "deletion" and master is not None:
        # As the provider does: the instances of a series go without a word of their own.
        for one in [one.id for one in living.events.values() if one.series_id == event_id]:
            del living.events[one], living.changed[one]
        living.put(cancelled(event_id))
    elif what.endswith("instance") and master is not None and master.recurrence:
        first = master.start
        assert isinstance(first, Timed)
        original = Timed(first.at + timedelta(days=number % 4), BERLIN)
        status = EventStatus.CANCELLED if what.startswith("cancelled") else EventStatus.CONFIRMED
        moved = a_meeting(f"{event_id}_{number % 4}", f"{day} 13:00-14:00")
        living.put(replace(moved, status=status, series_id=event_id, original_start=original))
    elif what == "expiry":
        living.oldest_token = living.now


# fault 37
@settings(deadline=None, max_examples=60)
@given(st.lists(_EDITS, max_size=25))
def test_after_any_history_of_edits_expiries_and_crashes_a_sync_tells_the_truth(
    history: list[tuple[str, str, int]],
) -> None:
    living = LivingCalendar(BERLIN)
    house = House(living)
    for what, event_id, number in history:
        if what == "sync":
            house.run()
        elif what == "crash":
            house.request()
            claim = house.claim()
            with power_cut(house, after_commits=number):
                house.sync(claim)
            house.clock.time += FIVE_MINUTES
        else:
            edit(living, what, event_id, number)
    house.run()
    assert house.busy() == truth(living)


# fault 37
def test_what_changes_between_the_pages_comes_with_the_next_delta() -> None:
    living = LivingCalendar(BERLIN, page_size=1)
    for day in (24, 25):
        living.put(a_meeting(f"e{day}", f"2026-11-{day} 9:00-10:00"))
    house = House(living)
    living.between_pages = lambda: living.put(a_meeting("e24", "2026-11-24 17:00-18:00"))
    house.run()
    living.between_pages = lambda: None
    house.run()
    assert house.busy() == truth(living)
