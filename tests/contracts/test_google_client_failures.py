"""How Google refuses and fails, and what the client makes of it; nothing is repeated behind its caller's back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.clients.google.errors import RequestRefused
from bot.clients.google.service import GoogleService
from bot.domain.errors import (
    AccessLost,
    CalendarGone,
    CredentialRefused,
    NotFound,
    ProviderBusy,
    ProviderDown,
    ProviderError,
)
from bot.sandbox.google.errors import error_body, rate_limited
from tests.contracts.google_client import ANA, GoogleSetup, a_stage
from tests.patience import PATIENCE

EVENTS = "/calendar/v3/calendars/.*/events"
TOKEN = "/token"  # an address, not a secret


def refused(reason: str, status: int = 403) -> dict[str, Any]:
    return error_body(status, reason, "Not this time")


# fault 35
@pytest.mark.parametrize(
    ("status", "body", "error", "sentence"),
    [
        (400, refused("badRequest", 400), RequestRefused, "Google refused the request (status 400)."),
        (403, refused("forbidden"), AccessLost, "This account may no longer do that with the calendar."),
        (403, "<h1>Forbidden</h1>", AccessLost, "This account may no longer do that with the calendar."),
        (
            403,
            refused("accessNotConfigured"),
            ProviderError,
            "The Google Calendar API is not switched on in Daybook's Google project.",
        ),
        (
            404,
            refused("notFound", 404),
            CalendarGone,
            "The calendar does not exist any more, or is not shared with this account.",
        ),
        (500, refused("backendError", 500), ProviderDown, "Google had an error of its own and did not answer."),
        (502, "<h1>Bad Gateway</h1>", ProviderDown, "Google had an error of its own and did not answer."),
        (503, "", ProviderDown, "Google had an error of its own and did not answer."),
        (302, "", ProviderError, "Google refused the request (status 302)."),
        (418, '{"error": "short and stout"}', ProviderError, "Google refused the request (status 418)."),
        (200, '{"items": [{"id": "cut', ProviderDown, "Google's answer could not be read."),
        (200, "", ProviderDown, "Google's answer could not be read."),
        (200, "[]", ProviderDown, "Google's answer could not be read."),
        (200, "[" * 100_000, ProviderDown, "Google's answer could not be read."),
        (200, '{"timeZone": "UTC", "items": []}', ProviderDown, "Google's answer broke off before its end."),
    ],
)
def test_what_google_answers_instead_of_events_becomes_one_error_after_one_request(
    google: GoogleSetup, status: int, body: dict[str, Any] | str, error: type[ProviderError], sentence: str
) -> None:
    account = google.connect()
    google.world.faults.on(path=EVENTS).answer(status, body, headers={"location": "http://127.0.0.1:9/"})

    with pytest.raises(ProviderError) as raised:
        google.read(account)

    assert (type(raised.value), str(raised.value)) == (error, sentence)
    assert google.requests(EVENTS) == 1


# fault 35
@pytest.mark.parametrize(
    ("status", "body", "headers", "retry_after"),
    [
        (429, "", {"retry-after": "17"}, 17.0),
        (429, "", {}, None),
        (403, rate_limited(), {"retry-after": "5"}, 5.0),
        (403, refused("userRateLimitExceeded"), {}, None),
        (403, refused("quotaExceeded"), {}, 14_400.0),
    ],
)
def test_a_google_that_asks_for_patience_says_for_how_long_where_it_can(
    google: GoogleSetup,
    status: int,
    body: dict[str, Any] | str,
    headers: dict[str, str],
    retry_after: float | None,
) -> None:
    account = google.connect()
    google.world.faults.on(path=EVENTS).answer(status, body, headers=headers)

    with pytest.raises(ProviderBusy) as raised:
        google.read(account)

    assert raised.value.retry_after == retry_after
    assert google.requests(EVENTS) == 1


def test_a_connection_that_breaks_is_no_answer(google: GoogleSetup) -> None:
    account = google.connect()
    # The HTTP library opens a dropped connection once more, as it must: a kept one may have gone stale.
    google.world.faults.on(path=EVENTS, times=2).drop()

    with pytest.raises(ProviderDown, match=r"^Google did not answer\.$"):
        google.read(account)


def test_a_kept_connection_that_has_gone_stale_is_replaced_unseen(google: GoogleSetup) -> None:
    account = google.connect()
    google.world.faults.on(path=EVENTS).drop()

    assert [page.events for page in google.read(account)] == [[]]


def test_a_google_that_cannot_be_reached_is_no_answer() -> None:
    with a_stage() as stage:
        google = stage.set_up()
        account = google.connect()
    with pytest.raises(ProviderDown, match=r"^Google did not answer\.$"):
        google.read(account)
    google.service.close()


@pytest.mark.slow
def test_a_google_that_takes_too_long_is_no_answer() -> None:
    with a_stage() as stage:
        google = stage.set_up()
        account = google.connect()
        google.world.faults.on(path=EVENTS).delay(PATIENCE)
        impatient = GoogleService(f"{stage.url}/calendar/v3/", timeout_seconds=0.2)

        with pytest.raises(ProviderDown, match=r"^Google did not answer\.$"):
            replace(google, calendars=google.over(impatient)).read(account)
        impatient.close()
        google.world.faults.clear()


# fault 40
def test_a_listing_that_goes_round_in_circles_is_given_up(google: GoogleSetup) -> None:
    account = google.connect()
    again = {"timeZone": "Europe/Berlin", "items": [], "nextPageToken": "again"}
    google.world.faults.on(path=EVENTS, times=100).answer(200, again)

    with pytest.raises(ProviderDown, match="does not come to an end"):
        google.read(account)
    assert google.requests(EVENTS) == 2


def test_a_token_that_is_about_to_expire_is_refreshed_before_it_is_used(google: GoogleSetup) -> None:
    account = google.connect()
    google.clock.pass_by(timedelta(seconds=3540))

    google.read(account)

    assert (google.requests(EVENTS, status=401), google.requests(EVENTS, status=200)) == (0, 1)
    assert google.credentials.replaced == 1
    google.read(account)
    assert google.credentials.replaced == 1


# fault 36
def test_a_token_that_google_refuses_is_refreshed_once_and_kept(google: GoogleSetup) -> None:
    account = google.connect()
    before = google.credentials.load(account)
    google.world.expire_access_tokens()

    google.read(account)

    after = google.credentials.load(account)
    assert (google.requests(EVENTS, status=401), google.requests(EVENTS, status=200)) == (1, 1)
    assert before.access_token != after.access_token
    assert (before.refresh_token, before.scopes) == (after.refresh_token, after.scopes)


# fault 36
def test_a_token_that_google_refuses_twice_is_not_tried_a_third_time(google: GoogleSetup) -> None:
    account = google.connect()
    google.world.faults.on(path=EVENTS, times=5).answer(401, refused("authError", 401))

    with pytest.raises(CredentialRefused):
        google.read(account)
    assert google.requests(EVENTS) == 2


# fault 36
def test_a_revoked_grant_is_refused_for_good(google: GoogleSetup) -> None:
    account = google.connect()
    google.world.revoke(ANA)

    with pytest.raises(CredentialRefused, match=r"^Google no longer accepts Daybook's access to this account\.$"):
        google.read(account)
    assert (google.requests(EVENTS), google.requests(TOKEN, status=400)) == (1, 1)


# fault 36
def test_an_account_that_was_connected_anew_meanwhile_is_not_called_broken(google: GoogleSetup) -> None:
    account = google.connect()
    old = google.credentials.load(account)
    google.world.revoke(ANA)
    new = google.agreed()

    google.credentials.seen_late[account] = old
    google.credentials.kept[account] = new

    assert google.tokens.access_token(account, refused=old.access_token) == new.access_token


def test_of_two_that_refresh_at_once_both_use_the_token_that_was_stored_first(google: GoogleSetup) -> None:
    account = google.connect()
    old = google.credentials.load(account)
    stored_first = google.oauth.refresh(old)
    google.credentials.kept[account] = stored_first

    assert google.tokens.access_token(account, refused=old.access_token) == stored_first.access_token
    assert google.requests(TOKEN) == 2


def test_an_account_that_is_gone_is_not_found(google: GoogleSetup) -> None:
    account = google.connect()
    del google.credentials.kept[account]

    with pytest.raises(NotFound):
        google.read(account)


# fault 35
@pytest.mark.parametrize(
    ("status", "body", "error", "sentence"),
    [
        (503, "", ProviderDown, "Google had an error of its own and did not answer."),
        (429, "", ProviderBusy, "Google asks for a pause: too many requests."),
        (200, "<h1>Welcome to this hotel's network</h1>", ProviderDown, "Google's answer could not be read."),
        (200, "[]", ProviderDown, "Google's answer could not be read."),
        (200, '{"access_token": "a", "expires_in": "soon"}', ProviderDown, "Google's answer could not be read."),
        (200, '{"access_token": 7, "expires_in": 3599}', ProviderDown, "Google's answer could not be read."),
        (
            401,
            {"error": "invalid_client"},
            ProviderError,
            "Google does not know Daybook as it is set up; its administrator has to look at that.",
        ),
        (
            400,
            {"error": "admin_policy_enforced"},
            CredentialRefused,
            "Google no longer accepts Daybook's access to this account.",
        ),
        (400, {"error": "invalid_scope"}, ProviderError, "Google refused the request."),
    ],
)
def test_a_refresh_that_fails_breaks_the_account_only_where_its_owner_can_mend_it(
    google: GoogleSetup, status: int, body: dict[str, Any] | str, error: type[ProviderError], sentence: str
) -> None:
    account = google.connect()
    before = google.credentials.load(account)
    google.clock.pass_by(timedelta(hours=2))
    google.world.faults.on(path=TOKEN).answer(status, body)

    with pytest.raises(ProviderError) as raised:
        google.read(account)

    assert (type(raised.value), str(raised.value)) == (error, sentence)
    assert google.credentials.load(account) == before


# fault 23
def test_no_token_stands_in_an_error_a_url_or_a_repr(google: GoogleSetup) -> None:
    account = google.connect()
    credential = google.credentials.load(account)
    google.world.revoke(ANA)

    told = [repr(credential), repr(google.oauth)]
    with pytest.raises(CredentialRefused) as raised:
        google.read(account)
    error: BaseException | None = raised.value
    while error is not None:
        told += [str(error), repr(error)]
        error = error.__cause__ or error.__context__
    told += [str(entry) for entry in google.world.ledger.entries]

    everything = "\n".join(told)
    for secret in (credential.access_token, credential.refresh_token, google.oauth.client_secret):
        assert secret not in everything
