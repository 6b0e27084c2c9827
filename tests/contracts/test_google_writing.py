"""What is written to a calendar in Google: one field, only if the event is what was read, and nobody is mailed."""

from typing import Any

import pytest

from bot.clients.google.writing import GoogleEvents
from bot.domain.accounts import Access
from bot.domain.errors import AccessLost, CredentialRefused, EventChanged, EventGone, ProviderBusy, ProviderDown
from bot.domain.events import ShowsAs
from bot.sandbox.google.errors import error_body, rate_limited
from tests.contracts.google_client import ANA, GoogleSetup

BEN = "ben@acme.test"
EVENT = "/calendar/v3/calendars/.*/events/.*"
WHEN = {"start": "2026-11-24T15:00", "end": "2026-11-24T16:00"}
DAILY = {"recurrence": ["RRULE:FREQ=DAILY"]}


@pytest.fixture
def events(google: GoogleSetup) -> GoogleEvents:
    return GoogleEvents(google.service, google.tokens)


def put(google: GoogleSetup, event_id: str = "kickoff", **fields: Any) -> str:
    """An event of Ana's from three to four; its etag."""
    etag: str = google.world.put_event(ANA, id=event_id, summary="Kick-off", **WHEN, **fields)["etag"]
    return etag


def shows(google: GoogleSetup) -> dict[str, ShowsAs]:
    """How each event of Ana's calendar shows."""
    account = google.connect()
    return {event.id: event.shows_as for page in google.read(account) for event in page.events}


def test_an_event_as_it_was_read_becomes_free_and_keeps_everything_else(
    google: GoogleSetup, events: GoogleEvents
) -> None:
    guests = [{"email": BEN}, {"email": "maya@ortiz.test"}]
    etag = put(google, description="Bring cake", colorId="5", attendees=guests)
    before = dict(google.world.calendars[ANA].events["kickoff"].fields)

    events.mark_free(google.connect(), ANA, "kickoff", etag=etag)

    after = google.world.calendars[ANA].events["kickoff"].fields
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed - {"etag", "updated"} == {"transparency"}
    assert after["transparency"] == "transparent"
    [request] = google.world.ledger.matching(path=EVENT)
    assert (request.method, "mailed" in request.notes) == ("PATCH", False)


# fault 41
def test_an_event_that_was_changed_meanwhile_is_left_alone(google: GoogleSetup, events: GoogleEvents) -> None:
    etag = put(google)
    google.world.change_event(ANA, "kickoff", summary="Board call")

    with pytest.raises(EventChanged, match="The event was changed meanwhile"):
        events.mark_free(google.connect(), ANA, "kickoff", etag=etag)

    assert shows(google) == {"kickoff": ShowsAs.BUSY}
    assert google.requests(EVENT, 412) == 1


# fault 41
def test_an_event_that_is_free_by_now_needs_no_change(google: GoogleSetup, events: GoogleEvents) -> None:
    etag = put(google)
    google.world.change_event(ANA, "kickoff", transparency="transparent")

    events.mark_free(google.connect(), ANA, "kickoff", etag=etag)

    assert shows(google) == {"kickoff": ShowsAs.FREE}


# fault 30
@pytest.mark.parametrize("is_kept", [False, True], ids=["a new connection", "after a read"])
def test_a_write_whose_answer_got_lost_is_not_sent_again(
    google: GoogleSetup, events: GoogleEvents, is_kept: bool
) -> None:
    etag, account = put(google), google.connect()
    if is_kept:
        google.read(account)
    google.world.faults.on(path=EVENT).drop(after_commit=True)

    with pytest.raises(ProviderDown, match="Google did not answer"):
        events.mark_free(account, ANA, "kickoff", etag=etag)

    assert shows(google) == {"kickoff": ShowsAs.FREE}
    events.mark_free(account, ANA, "kickoff", etag=etag)  # pressed again, it is done
    requests = google.world.ledger.matching(path=EVENT)
    assert [(one.method, one.status) for one in requests] == [("PATCH", None), ("PATCH", 412), ("GET", 200)]


def test_one_time_of_a_series_becomes_free_and_the_others_stay_busy(google: GoogleSetup, events: GoogleEvents) -> None:
    put(google, "standup", **DAILY)

    events.mark_free(google.connect(), ANA, "standup_20261126T140000Z", etag="")

    assert shows(google) == {"standup": ShowsAs.BUSY, "standup_20261126T140000Z": ShowsAs.FREE}


# fault 42
@pytest.mark.parametrize("instance", ["standup_20261024T130000Z", "standup_20261026T140000Z"])
def test_a_time_of_a_series_is_found_on_either_side_of_a_change_of_clocks(
    google: GoogleSetup, events: GoogleEvents, instance: str
) -> None:
    fields: dict[str, Any] = {"start": "2026-10-20T15:00", "end": "2026-10-20T16:00", **DAILY}
    google.world.put_event(ANA, id="standup", summary="Stand-up", **fields)

    events.mark_free(google.connect(), ANA, instance, etag="")

    assert google.world.calendars[ANA].events[instance].fields["transparency"] == "transparent"


def test_a_time_of_a_series_that_was_moved_meanwhile_is_left_alone(google: GoogleSetup, events: GoogleEvents) -> None:
    put(google, "standup", **DAILY)
    moved = "standup_20261126T140000Z"
    google.world.change_event(ANA, moved, start="2026-11-26T17:00", end="2026-11-26T18:00")

    with pytest.raises(EventChanged):
        events.mark_free(google.connect(), ANA, moved, etag="")

    assert shows(google) == {"standup": ShowsAs.BUSY, moved: ShowsAs.BUSY}


def test_a_whole_day_of_a_series_is_found_by_its_date(google: GoogleSetup, events: GoogleEvents) -> None:
    google.world.put_event(ANA, id="fair1", summary="Fair", start="2026-11-24", end="2026-11-25", **DAILY)

    events.mark_free(google.connect(), ANA, "fair1_20261126", etag="")

    assert shows(google) == {"fair1": ShowsAs.BUSY, "fair1_20261126": ShowsAs.FREE}


@pytest.mark.parametrize("instance", ["standup_20261126T140000Z", "standup_20261127T140000Z"])
def test_a_time_of_a_series_that_is_cancelled_or_was_never_there_is_gone(
    google: GoogleSetup, events: GoogleEvents, instance: str
) -> None:
    put(google, "standup", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    google.world.delete_event(ANA, "standup_20261126T140000Z")

    with pytest.raises(EventGone, match="The event is not there any more"):
        events.mark_free(google.connect(), ANA, instance, etag="")


@pytest.mark.parametrize("status", [404, 410])
def test_an_event_that_is_not_there_any_more_is_told_as_gone(
    google: GoogleSetup, events: GoogleEvents, status: int
) -> None:
    etag = put(google)
    google.world.faults.on(path=EVENT).answer(status, error_body(status, "deleted", "Resource has been deleted"))

    with pytest.raises(EventGone):
        events.mark_free(google.connect(), ANA, "kickoff", etag=etag)


def test_an_event_that_never_was_is_gone(google: GoogleSetup, events: GoogleEvents) -> None:
    with pytest.raises(EventGone):
        events.mark_free(google.connect(), ANA, "nothing", etag='"1"')


def test_a_calendar_that_is_only_read_is_not_written_to(google: GoogleSetup, events: GoogleEvents) -> None:
    etag = google.world.put_event(BEN, id="his12", summary="His", **WHEN)["etag"]
    google.world.share(BEN, ANA, "reader")

    with pytest.raises(AccessLost, match="This account may no longer do that with the calendar"):
        events.mark_free(google.connect(), BEN, "his12", etag=etag)

    assert "transparency" not in google.world.calendars[BEN].events["his12"].fields


def test_what_only_its_organiser_may_change_is_told_so(google: GoogleSetup, events: GoogleEvents) -> None:
    etag = put(google)
    body = error_body(403, "forbiddenForNonOrganizer", "Only the organizer", "calendar")
    google.world.faults.on(path=EVENT).answer(403, body)

    with pytest.raises(AccessLost, match="Only the organiser of the event may change it"):
        events.mark_free(google.connect(), ANA, "kickoff", etag=etag)


def test_an_account_that_was_allowed_to_read_alone_cannot_write(google: GoogleSetup, events: GoogleEvents) -> None:
    etag = put(google)

    with pytest.raises(AccessLost, match="A permission is missing"):
        events.mark_free(google.connect(access=Access.CONFLICT_ONLY), ANA, "kickoff", etag=etag)

    assert "transparency" not in google.world.calendars[ANA].events["kickoff"].fields


# fault 35
@pytest.mark.parametrize(
    ("status", "body", "error"),
    [(429, {}, ProviderBusy), (403, rate_limited(), ProviderBusy), (503, "", ProviderDown), (200, "{", ProviderDown)],
)
def test_a_failure_of_googles_is_one_error_after_one_request(
    google: GoogleSetup, events: GoogleEvents, status: int, body: dict[str, Any] | str, error: type[Exception]
) -> None:
    etag = put(google)
    google.world.faults.on(path=EVENT).answer(status, body)

    with pytest.raises(error):
        events.mark_free(google.connect(), ANA, "kickoff", etag=etag)

    assert google.requests(EVENT) == 1


def test_a_token_that_died_early_is_refreshed_once(google: GoogleSetup, events: GoogleEvents) -> None:
    etag, account = put(google), google.connect()
    google.world.expire_access_tokens()

    events.mark_free(account, ANA, "kickoff", etag=etag)

    assert (google.requests(EVENT, 401), google.requests(EVENT, 200)) == (1, 1)


# fault 36
def test_a_grant_that_is_gone_is_told_and_nothing_is_written(google: GoogleSetup, events: GoogleEvents) -> None:
    etag, account = put(google), google.connect()
    google.world.revoke(ANA)

    with pytest.raises(CredentialRefused):
        events.mark_free(account, ANA, "kickoff", etag=etag)

    assert "transparency" not in google.world.calendars[ANA].events["kickoff"].fields
