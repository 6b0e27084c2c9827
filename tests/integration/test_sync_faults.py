"""Every fault of Google's over real HTTP: what the member is told, when it is tried again, what goes on to block."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.clients.clock_watch import ClockWatch
from bot.clients.google.service import GoogleService
from bot.domain.accounts import AccountStatus
from bot.domain.calendars import SyncOutcome
from bot.sandbox.faults import Occasion
from bot.sandbox.google.errors import error_body
from bot.sandbox.google.recurrence import instances
from tests.builders import BERLIN
from tests.contracts.google_client import ANA, NOW, SetClock, Stage
from tests.databases import a_file
from tests.event_builders import utc_days
from tests.integration.fire_house import EVENTS, FireHouse, MortalStore, a_busy_house, a_mortal_store, truth
from tests.patience import PATIENCE


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MortalStore]:
    with a_mortal_store(a_file(tmp_path_factory.mktemp("fire"))) as store:
        yield store


@pytest.fixture(scope="module")
def impatient(stage: Stage) -> Iterator[GoogleService]:
    """The way to Google of somebody who does not wait for long."""
    service = GoogleService(f"{stage.url}/calendar/v3/", timeout_seconds=0.5)
    yield service
    service.close()


@pytest.fixture
def house(stage: Stage, store: MortalStore) -> FireHouse:
    return a_busy_house(stage, store)


def refusal(status: int, reason: str) -> dict[str, Any]:
    return error_body(status, reason, "Not now")


def answers(status: int, reason: str, **headers: str) -> Callable[[Occasion], None]:
    return lambda fault: fault.answer(
        status, refusal(status, reason), headers={"retry-after": "600"} if headers else {}
    )


SILENT = "no answer in time"
BACKOFF = timedelta(seconds=45)
PAUSE = timedelta(seconds=600 * 1.05)
HOUR = timedelta(hours=1)
DOWN = "Google had an error of its own and did not answer."
NO_ANSWER, CUT = "Google did not answer.", "Google's answer could not be read."
TOO_FAST = "Google asks for a pause: too many requests."
FAULTS: dict[str, tuple[Callable[[Occasion], None], str, timedelta]] = {
    "400": (answers(400, "badRequest"), "Google refused the request (status 400).", BACKOFF),
    "403 rateLimitExceeded": (answers(403, "rateLimitExceeded"), TOO_FAST, BACKOFF),
    "403 userRateLimitExceeded": (answers(403, "userRateLimitExceeded"), TOO_FAST, BACKOFF),
    "403 with Retry-After": (answers(403, "rateLimitExceeded", retry="600"), TOO_FAST, PAUSE),
    "403 forbidden": (answers(403, "forbidden"), "This account may no longer do that with the calendar.", HOUR),
    "403 insufficientPermissions": (
        answers(403, "insufficientPermissions"),
        "A permission is missing: connect the account again and leave every box ticked.",
        HOUR,
    ),
    "403 accessNotConfigured": (
        answers(403, "accessNotConfigured"),
        "The Google Calendar API is not switched on in Daybook's Google project.",
        BACKOFF,
    ),
    "403 quotaExceeded": (
        answers(403, "quotaExceeded"),
        "Google's quota for this account is used up for now.",
        timedelta(hours=4 * 1.05),
    ),
    "404": (
        answers(404, "notFound"),
        "The calendar does not exist any more, or is not shared with this account.",
        HOUR,
    ),
    "429": (answers(429, "rateLimitExceeded"), TOO_FAST, BACKOFF),
    "429 with Retry-After": (answers(429, "rateLimitExceeded", retry="600"), TOO_FAST, PAUSE),
    "500": (answers(500, "backendError"), DOWN, BACKOFF),
    "503": (answers(503, "backendError"), DOWN, BACKOFF),
    "a page of a proxy": (lambda fault: fault.answer(502, "<h1>Bad Gateway</h1>"), DOWN, BACKOFF),
    "hung up": (lambda fault: fault.drop(), NO_ANSWER, BACKOFF),
    "the answer lost": (lambda fault: fault.drop(after_commit=True), NO_ANSWER, BACKOFF),
    "the answer cut": (lambda fault: fault.cut(), CUT, BACKOFF),
    SILENT: (lambda fault: fault.delay(PATIENCE), NO_ANSWER, BACKOFF),
}

# A bad request may mean a bad token, so a full read follows it; and a connection that is found closed is opened anew.
TWICE = ("400", "hung up", "the answer lost")


# faults 35 and 38
@pytest.mark.parametrize("fault", FAULTS)
def test_what_google_answers_is_told_and_tried_again_in_its_time(
    house: FireHouse, impatient: GoogleService, fault: str
) -> None:
    answer, sentence, wait = FAULTS[fault]
    patient = house.gateway.real
    if fault == SILENT:
        house.gateway.real = house.google.over(impatient)
    answer(house.world.faults.on(path=EVENTS, times=2 if fault in TWICE else 1))
    assert house.run() is SyncOutcome.FAILED
    assert (house.calendar().problem, house.due_in()) == (sentence, wait)
    assert len(house.busy()) == 8
    house.world.faults.clear()
    house.gateway.real = patient
    assert house.run() is SyncOutcome.SYNCED
    assert (house.calendar().problem, house.busy()) == (None, truth(house.world))


# fault 35
def test_each_failure_in_a_row_is_waited_for_longer_and_none_is_repeated_at_once(house: FireHouse) -> None:
    house.world.faults.on(path=EVENTS, times=9).answer(503, refusal(503, "backendError"))
    waits, requests = [], house.requests()
    for _ in range(9):
        house.run()
        waits.append(house.due_in().total_seconds())
    assert waits == [45, 75, 135, 255, 495, 975, 1815, 1815, 1815]
    assert house.requests() - requests == 9


# fault 36
def test_a_token_that_is_refused_is_refreshed_once_and_the_sync_goes_on(house: FireHouse) -> None:
    house.world.expire_access_tokens()
    assert house.run() is SyncOutcome.SYNCED
    assert house.busy() == truth(house.world)


# fault 36
def test_a_grant_that_is_gone_breaks_the_account_and_nothing_is_asked_any_more(house: FireHouse) -> None:
    house.world.revoke(ANA)
    house.world.expire_access_tokens()
    assert house.run() is SyncOutcome.BROKEN
    with house.store.reading() as work:
        [account] = work.accounts.of(house.actor)
    assert account.status is AccountStatus.NEEDS_RECONNECT
    assert len(house.busy()) == 8
    house.google.clock.pass_by(timedelta(days=30))
    assert house.claims() == []


# fault 37
@pytest.mark.parametrize("status", [410, 400])
def test_a_sync_token_that_is_refused_leads_to_one_full_read(house: FireHouse, status: int) -> None:
    house.world.delete_event(ANA, "event1")
    house.world.faults.on(path=EVENTS).answer(status, refusal(status, "fullSyncRequired"))
    before = house.google.requests(EVENTS)
    assert house.run() is SyncOutcome.SYNCED
    assert house.google.requests(EVENTS) - before == 2
    assert house.busy() == truth(house.world)


# faults 37 and 44
def test_a_full_read_long_after_a_series_ended_keeps_the_time_of_its_moved_instance(
    stage: Stage, store: MortalStore
) -> None:
    house = FireHouse(store, stage.set_up())
    weekly = {"start": "2026-11-23T09:00", "end": "2026-11-23T10:00", "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"]}
    house.world.put_event(ANA, id="series", **weekly)
    series = house.world.calendars[ANA].events["series"].fields
    last = [one["id"] for one in instances(series, None, None, BERLIN)][-1]
    house.world.change_event(ANA, last, start="2027-01-20T14:00", end="2027-01-20T15:00")
    assert house.run() is SyncOutcome.SYNCED
    house.google.clock.pass_by(timedelta(days=45))
    house.world.faults.on(path=EVENTS).answer(410, refusal(410, "fullSyncRequired"))
    moved = utc_days("2027-01-20", "2027-01-20")
    for _ in range(2):
        assert house.run() is SyncOutcome.SYNCED
        assert house.busy_in(moved) == truth(house.world, window=moved) != []


# fault 37
@pytest.mark.parametrize("page", range(4))
def test_an_answer_that_breaks_off_between_two_pages_removes_nothing(house: FireHouse, page: int) -> None:
    house.world.expire_sync_tokens(ANA)
    house.world.short_pages(3)
    house.world.delete_event(ANA, "event1")
    house.world.faults.on(path=EVENTS, skip=page).drop()
    house.run()
    assert len(house.busy()) >= 8
    assert house.run() is SyncOutcome.SYNCED
    assert house.busy() == truth(house.world)


def test_an_idle_poll_is_one_request(house: FireHouse) -> None:
    house.run()
    before = house.requests()
    assert house.run() is SyncOutcome.SYNCED
    assert house.requests() - before == 1


# fault 40
def test_an_answer_without_an_end_is_given_up(house: FireHouse) -> None:
    endless = {"kind": "calendar#events", "timeZone": BERLIN, "items": [], "nextPageToken": "again"}
    house.world.faults.on(path=EVENTS, times=10).answer(200, endless)
    before = house.requests()
    assert house.run() is SyncOutcome.FAILED
    assert (house.calendar().problem, house.requests() - before) == ("Google's answer does not come to an end.", 2)
    assert len(house.busy()) == 8


# fault 43
@pytest.mark.parametrize(
    ("minutes", "warning"),
    [
        (0, None),
        (1, None),
        (10, "this machine's clock is 10 minutes ahead of Google's; check its time synchronisation"),
        (-10, "this machine's clock is 10 minutes behind Google's; check its time synchronisation"),
    ],
)
def test_a_clock_that_is_wrong_is_noticed_and_syncs_go_on(
    stage: Stage, store: MortalStore, minutes: int, warning: str | None
) -> None:
    google = stage.set_up()
    own = SetClock(NOW + timedelta(minutes=minutes))
    watch = ClockWatch(own)
    service = GoogleService(f"{stage.url}/calendar/v3/", heard_time=watch.heard)
    house = FireHouse(store, google)
    house.gateway.real = google.over(service)
    assert watch.warning() is None
    assert house.run() is SyncOutcome.SYNCED
    service.close()
    assert watch.warning() == warning


# fault 59
@pytest.mark.parametrize("pages", range(4))
def test_a_process_that_dies_between_two_pages_leaves_the_rest_to_the_next(house: FireHouse, pages: int) -> None:
    house.world.expire_sync_tokens(ANA)
    house.world.short_pages(3)
    house.world.delete_event(ANA, "event2")
    house.run_and_die(pages=pages)
    assert len(house.busy()) >= 8
    assert house.run() is SyncOutcome.SYNCED
    assert house.busy() == truth(house.world)
