"""The stand-in for Google asks people, and hands out and takes back tokens, as Google does."""

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import google_auth_httplib2
import httplib2
import httpx
import pytest
from google.auth.exceptions import RefreshError
from google.oauth2.credentials import Credentials

from bot.sandbox.google.app import google_app
from bot.sandbox.google.browser import ConsentRefused, consent
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.serving import serving
from tests.contracts.google_desk import (
    CALLBACK,
    CHALLENGE,
    EVENTS,
    LIST,
    VERIFIER,
    Desk,
    answers_of,
)
from tests.patience import PATIENCE


def error_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


def test_somebody_who_allows_everything_is_sent_back_with_a_code(desk: Desk) -> None:
    address = consent(desk.http, desk.auth_url(EVENTS, LIST))
    answers = answers_of(address)
    assert address.startswith(f"{CALLBACK}?")
    assert len(answers.pop("code")) > 40
    assert answers == {"state": "s1", "scope": f"{EVENTS} {LIST}", "authuser": "0", "prompt": "consent"}


def test_somebody_who_denies_is_sent_back_with_access_denied(desk: Desk) -> None:
    address = consent(desk.http, desk.auth_url(EVENTS), deny=True)
    assert address == f"{CALLBACK}?error=access_denied&state=s1"


# fault 21
def test_an_unticked_scope_is_not_in_the_token(desk: Desk) -> None:
    answers = answers_of(consent(desk.http, desk.auth_url(EVENTS, LIST), untick=["calendar.events"]))
    tokens = desk.exchange_code(answers["code"]).json()
    assert (answers["scope"], tokens["scope"]) == (LIST, LIST)


def test_somebody_who_unticks_everything_denies(desk: Desk) -> None:
    address = consent(desk.http, desk.auth_url(EVENTS), untick=[EVENTS])
    assert answers_of(address) == {"error": "access_denied", "state": "s1"}


# fault 21
def test_the_account_that_was_chosen_is_the_one_that_the_token_is_for(desk: Desk) -> None:
    desk.world.add_account("ana@home.test", "Ana", "Europe/Berlin")
    assert desk.calendar(LIST, account="ana@home.test").calendarList().get(calendarId="primary").execute()["id"] == (
        "ana@home.test"
    )


def test_a_login_hint_presets_the_account(desk: Desk) -> None:
    desk.world.add_account("ana@home.test", "Ana", "Europe/Berlin")
    answers = answers_of(consent(desk.http, desk.auth_url(LIST, login_hint="ana@home.test")))
    service = desk.calendar_with(desk.exchange_code(answers["code"]).json()["access_token"])
    assert service.calendarList().get(calendarId="primary").execute()["id"] == "ana@home.test"


def test_a_name_with_markup_is_shown_literally(desk: Desk) -> None:
    desk.world.add_account("eve@acme.test", "<script>alert(1)</script>", "UTC")
    page = desk.http.get(desk.auth_url(EVENTS)).text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"redirect_uri": f"{CALLBACK}/"}, "redirect_uri_mismatch"),
        ({"redirect_uri": "https://evil.test/"}, "redirect_uri_mismatch"),
        ({"client_id": "nobody"}, "invalid_client"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "https://www.googleapis.com/auth/calendar.everything"}, "invalid_scope"),
        ({"scope": None}, "invalid_request"),
        ({"code_challenge": "x", "code_challenge_method": "S512"}, "invalid_request"),
    ],
)
def test_a_wrong_request_ends_on_an_error_page(desk: Desk, changed: dict[str, str | None], error: str) -> None:
    with pytest.raises(ConsentRefused, match=error):
        consent(desk.http, desk.auth_url(EVENTS, **changed))


def test_a_code_becomes_tokens(desk: Desk) -> None:
    tokens = desk.exchange_code(desk.code(EVENTS, LIST)).json()
    secrets = [tokens.pop("access_token"), tokens.pop("refresh_token")]
    assert tokens == {"expires_in": 3599, "scope": f"{LIST} {EVENTS}", "token_type": "Bearer"}
    assert [len(secret) > 40 for secret in secrets] == [True, True]


def test_client_and_secret_may_come_as_basic_credentials(desk: Desk) -> None:
    fields = {"grant_type": "authorization_code", "code": desk.code(EVENTS), "redirect_uri": CALLBACK}
    answer = desk.http.post("/token", data=fields, auth=(desk.client.id, desk.client.secret))
    assert answer.status_code == httpx.codes.OK


# fault 15
def test_a_code_that_is_used_twice_is_refused_and_ends_the_grant(desk: Desk) -> None:
    code = desk.code(EVENTS)
    tokens = desk.exchange_code(code).json()
    assert error_of(desk.exchange_code(code)) == (400, "invalid_grant")
    refreshed = desk.exchange(grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert error_of(refreshed) == (400, "invalid_grant")


# fault 16
@pytest.mark.parametrize(
    ("proof", "description"),
    [({"code_verifier": f"{VERIFIER}x"}, "Invalid code verifier."), ({}, "Missing code verifier.")],
)
def test_a_code_without_its_verifier_is_refused(desk: Desk, proof: dict[str, str], description: str) -> None:
    code = desk.code(EVENTS, code_challenge=CHALLENGE, code_challenge_method="S256")
    answer = desk.exchange_code(code, **proof)
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": "invalid_grant", "error_description": description},
    )


def test_a_code_with_its_verifier_is_taken_even_after_a_wrong_one(desk: Desk) -> None:
    code = desk.code(EVENTS, code_challenge=CHALLENGE, code_challenge_method="S256")
    desk.exchange_code(code, code_verifier="wrong")
    assert desk.exchange_code(code, code_verifier=VERIFIER).status_code == httpx.codes.OK


def test_a_verifier_that_nobody_asked_for_is_refused(desk: Desk) -> None:
    assert error_of(desk.exchange_code(desk.code(EVENTS), code_verifier=VERIFIER)) == (400, "invalid_grant")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"code": "4/made-up"}, (400, "invalid_grant")),
        ({"redirect_uri": "https://evil.test/"}, (400, "redirect_uri_mismatch")),
        ({"client_secret": "wrong"}, (401, "invalid_client")),
        ({"client_id": "nobody"}, (401, "invalid_client")),
        ({"grant_type": "password"}, (400, "unsupported_grant_type")),
        ({"redirect_uri": ""}, (400, "invalid_request")),
    ],
)
def test_a_wrong_token_request_is_refused(desk: Desk, changed: dict[str, str], refusal: tuple[int, str]) -> None:
    fields = {"grant_type": "authorization_code", "code": desk.code(EVENTS), "redirect_uri": CALLBACK}
    assert error_of(desk.exchange(**fields | changed)) == refusal


@pytest.mark.parametrize(
    ("first", "second", "refreshable"),
    [
        ({}, {}, (True, False)),
        ({}, {"prompt": "consent"}, (True, True)),
        ({"access_type": None}, {}, (False, True)),
    ],
)
def test_a_refresh_token_comes_with_the_first_offline_consent_or_on_demand(
    desk: Desk, first: dict[str, Any], second: dict[str, Any], refreshable: tuple[bool, bool]
) -> None:
    answers = [desk.exchange_code(desk.code(EVENTS, **changed)).json() for changed in (first, second)]
    assert tuple("refresh_token" in answer for answer in answers) == refreshable


def test_scopes_granted_before_are_included_when_asked_for(desk: Desk) -> None:
    desk.sign_in(EVENTS)
    code = desk.code(LIST, include_granted_scopes="true")
    assert desk.exchange_code(code).json()["scope"].split() == [LIST, EVENTS]


def test_the_refresh_token_stays_and_gives_new_access(desk: Desk) -> None:
    first = desk.sign_in(LIST)
    answers = [desk.exchange(grant_type="refresh_token", refresh_token=first["refresh_token"]) for _ in range(2)]
    tokens = {answer.json()["access_token"] for answer in answers} | {first["access_token"]}
    assert len(tokens) == 3
    assert ["refresh_token" in answer.json() for answer in answers] == [False, False]


def test_google_auth_refreshes_by_itself_when_the_access_token_has_expired(desk: Desk) -> None:
    tokens = desk.sign_in(LIST)
    desk.world.expire_access_tokens()
    with_refresh = credentials_of(desk, tokens)
    http = google_auth_httplib2.AuthorizedHttp(with_refresh, http=httplib2.Http(timeout=PATIENCE))
    answer, _ = http.request(f"{desk.url}/calendar/v3/users/me/calendarList")
    http.close()
    assert answer.status == httpx.codes.OK
    assert with_refresh.token != tokens["access_token"]


# fault 36
@pytest.mark.parametrize("by", ["the person", "the refresh token", "the access token", "another token of his"])
def test_revoking_ends_everything_that_a_person_allowed_a_client(desk: Desk, by: str) -> None:
    tokens, others = desk.sign_in(LIST), desk.sign_in(LIST)
    if by == "the person":
        desk.world.revoke("ana@acme.test")
    else:
        token = {
            "the refresh token": tokens["refresh_token"],
            "the access token": tokens["access_token"],
            "another token of his": others["access_token"],
        }[by]
        assert desk.http.post("/revoke", params={"token": token}).json() == {}
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert desk.http.get("/calendar/v3/users/me/calendarList", headers=bearer).status_code == 401
    with (
        contextlib.closing(httplib2.Http(timeout=PATIENCE)) as http,
        pytest.raises(RefreshError, match="invalid_grant"),
    ):
        credentials_of(desk, tokens).refresh(google_auth_httplib2.Request(http))


def test_revoking_twice_is_refused(desk: Desk) -> None:
    token = desk.sign_in(LIST)["access_token"]
    answers = [desk.http.post("/revoke", data={"token": token}) for _ in range(2)]
    assert [(answer.status_code, answer.json().get("error")) for answer in answers] == [
        (200, None),
        (400, "invalid_token"),
    ]


def test_revoking_leaves_what_others_allowed(desk: Desk) -> None:
    desk.world.add_account("ben@acme.test", "Ben", "America/New_York")
    ben = desk.calendar(LIST, account="ben@acme.test")
    desk.sign_in(LIST)
    desk.world.revoke("ana@acme.test")
    assert ben.calendarList().get(calendarId="primary").execute()["id"] == "ben@acme.test"


def test_after_a_revocation_a_new_consent_starts_afresh(desk: Desk) -> None:
    desk.sign_in(EVENTS)
    desk.world.revoke("ana@acme.test")
    code = desk.code(LIST, include_granted_scopes="true")
    tokens = desk.exchange_code(code).json()
    assert (tokens["scope"], "refresh_token" in tokens) == (LIST, True)


def test_a_code_lives_ten_minutes_and_a_token_an_hour() -> None:
    times = [datetime(2026, 11, 22, 10, tzinfo=UTC)]
    world = GoogleWorld(now=lambda: times[-1])
    world.add_account("ana@acme.test", "Ana", "Europe/Berlin")
    with serving(google_app(world)) as url:
        desk = Desk(url)
        desk.world, desk.client = world, world.register_client([CALLBACK])
        stale, fresh = desk.code(LIST), desk.code(LIST)
        token = desk.exchange_code(fresh).json()["access_token"]
        bearer = {"Authorization": f"Bearer {token}"}
        times.append(times[-1] + timedelta(minutes=10))
        assert error_of(desk.exchange_code(stale)) == (400, "invalid_grant")
        assert desk.http.get("/calendar/v3/users/me/calendarList", headers=bearer).status_code == httpx.codes.OK
        times.append(times[-1] + timedelta(minutes=50))
        assert desk.http.get("/calendar/v3/users/me/calendarList", headers=bearer).status_code == 401
        desk.close()


def credentials_of(desk: Desk, tokens: dict[str, Any]) -> Any:
    return Credentials(
        tokens["access_token"],
        refresh_token=tokens["refresh_token"],
        token_uri=f"{desk.url}/token",
        client_id=desk.client.id,
        client_secret=desk.client.secret,
    )
