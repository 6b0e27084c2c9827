"""The stand-in for Zoom asks people, and hands out, rotates and takes back tokens, as Zoom does."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.sandbox.zoom.browser import SignInRefused
from bot.sandbox.zoom.counting import refreshes, revokes
from tests.contracts.zoom_desk import ANA, CALLBACK, CHALLENGE, NOW, VERIFIER, Desk, DeskFactory, answers_of

DEAD = (400, {"reason": "Invalid Token!", "error": "invalid_grant"})


@pytest.fixture
def desk(new_zoom_desk: DeskFactory) -> Iterator[Desk]:
    with new_zoom_desk() as desk:
        yield desk


def told(answer: httpx.Response) -> tuple[int, Any]:
    return answer.status_code, answer.json()


def may_read(desk: Desk, token: str) -> int:
    return desk.asks("GET", "/users/me", token).status_code


@pytest.mark.parametrize("way", ["password", "sso", "apple", "google", "facebook"])
def test_every_way_to_sign_in_leads_to_the_same_account(desk: Desk, way: str) -> None:
    address = desk.browser.consents(desk.auth_url(), ANA, way=way)
    answers = answers_of(address)
    assert address.startswith(f"{CALLBACK}?")
    token = desk.exchange_code(answers.pop("code")).json()["access_token"]
    assert (answers, desk.asks("GET", "/users/me", token).json()["id"]) == ({"state": "s1"}, desk.ana.id)


def test_somebody_who_declines_is_sent_back_with_access_denied(desk: Desk) -> None:
    address = desk.browser.consents(desk.auth_url(), ANA, decline=True)
    assert address == f"{CALLBACK}?error=access_denied&state=s1"


def test_the_pages_say_who_asks_for_what(desk: Desk) -> None:
    desk.browser.opens(desk.auth_url())
    first = desk.browser.reads
    desk.browser.signs_in(ANA)
    assert all(f"[{way}]" in first for way in ("Sign In", "SSO", "Apple", "Google", "Facebook"))
    assert desk.browser.reads.splitlines() == [
        "  *You are about to add Daybook*",
        f"  Signed in as Ana Berg ({ANA}).",
        "  Daybook will be able to:",
        "  View a user",
        "  Create a meeting for a user",
        "  View a meeting",
        "  View a user's meetings",
        "  Update a meeting",
        "  Delete a meeting",
        "  [Decline]",
        "  [Allow]",
    ]


def test_a_name_with_markup_is_shown_literally(desk: Desk) -> None:
    desk.world.add_person("eve@acme.test", "<script>alert(1)</script>", "UTC")
    page = desk.http.post(
        "/signin", params=answers_of(desk.auth_url()), data={"email": "eve@acme.test", "way": "sso"}
    ).text
    assert ("<script>" in page, "&lt;script&gt;alert(1)&lt;/script&gt;" in page) == (False, True)


@pytest.mark.parametrize(
    ("email", "typed", "problem"),
    [("nobody@acme.test", "x", "Incorrect email or password"), (ANA, "", "Enter your password")],
)
def test_a_wrong_sign_in_is_asked_again(desk: Desk, email: str, typed: str, problem: str) -> None:
    desk.browser.opens(desk.auth_url())
    with pytest.raises(SignInRefused, match=problem):
        desk.browser.signs_in(email, typed=typed)
    desk.browser.signs_in(ANA)
    assert "code" in answers_of(desk.browser.allows())


# fault 17
@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"client_id": "nobody"}, "Invalid client_id"),
        ({"redirect_uri": f"{CALLBACK}/"}, "Invalid redirect url"),
        ({"redirect_uri": "https://evil.test/"}, "Invalid redirect url"),
        ({"response_type": "token"}, "Invalid response_type"),
        ({"code_challenge": None}, "requires PKCE"),
        ({"code_challenge": "short"}, "requires PKCE"),
        ({"code_challenge_method": None}, "requires PKCE"),
        ({"code_challenge_method": "plain"}, "requires PKCE"),
    ],
)
def test_a_wrong_request_ends_on_an_error_page(desk: Desk, changed: dict[str, str | None], said: str) -> None:
    with pytest.raises(SignInRefused, match=said):
        desk.browser.opens(desk.auth_url(**changed))


def test_nobody_decides_without_having_signed_in(desk: Desk) -> None:
    answer = desk.http.post("/oauth/authorize", params=answers_of(desk.auth_url()), data={"decision": "allow"})
    assert (answer.status_code, "Sign In" in answer.text) == (200, True)


def test_a_code_becomes_tokens(desk: Desk) -> None:
    tokens = desk.exchange_code(desk.code()).json()
    secrets = [tokens.pop("access_token"), tokens.pop("refresh_token")]
    assert [len(secret) > 600 for secret in secrets] == [True, True]
    assert tokens == {
        "token_type": "bearer",
        "expires_in": 3600,
        "scope": "meeting:delete:meeting meeting:read:list_meetings meeting:read:meeting meeting:update:meeting "
        "meeting:write:meeting user:read:user",
        "api_url": desk.urls.url,
    }


def test_a_code_is_good_once_and_for_five_minutes(desk: Desk) -> None:
    invalid = (400, {"reason": "Invalid authorization code", "error": "invalid_grant"})
    used, old = desk.code(), desk.code()
    assert [desk.exchange_code(used).status_code, told(desk.exchange_code(used))] == [200, invalid]
    desk.world.now = lambda: NOW + timedelta(minutes=5)
    assert told(desk.exchange_code(old)) == invalid


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"redirect_uri": "https://evil.test/"}, "invalid_request"),
        ({"redirect_uri": ""}, "invalid_request"),
        ({"code_verifier": f"{VERIFIER}x"}, "invalid_grant"),
        ({"code_verifier": CHALLENGE}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_grant"),
    ],
)
def test_a_code_that_is_not_proved_stays_a_code(desk: Desk, changed: dict[str, str], error: str) -> None:
    code = desk.code()
    refused = desk.exchange_code(code, **changed)
    assert (refused.status_code, refused.json()["error"]) == (400, error)
    assert desk.exchange_code(code).status_code == 200


# fault 17
def test_a_code_is_for_the_app_that_asked(desk: Desk) -> None:
    other = desk.world.register_client([CALLBACK])
    fields = {"code": desk.code(), "redirect_uri": CALLBACK, "code_verifier": VERIFIER}
    answer = desk.exchange(fields | {"grant_type": "authorization_code"}, other)
    assert told(answer) == (400, {"reason": "Invalid authorization code", "error": "invalid_grant"})


def test_an_app_may_be_registered_under_ids_of_ones_own(desk: Desk) -> None:
    app = desk.world.register_client([CALLBACK], client_id="id-1", secret="secret-1", webhook_secret="hook-1")
    assert (app.id, app.secret, app.webhook_secret) == ("id-1", "secret-1", "hook-1")
    assert "secret-1" not in repr(app)
    assert "hook-1" not in repr(app)


@pytest.mark.parametrize("told_as", [b"Basic \xff", b"Basic eA==x", b"Bearer eA=="])
def test_credentials_that_cannot_be_read_are_none(desk: Desk, told_as: bytes) -> None:
    answer = desk.http.post("/oauth/token", data={"grant_type": "refresh_token"}, headers={b"Authorization": told_as})
    assert told(answer) == (400, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"})


@pytest.mark.parametrize("sent", [None, ("nobody", "x"), ("", ""), ("the app", "wrong")])
def test_an_app_has_to_say_who_it_is(desk: Desk, sent: tuple[str, str] | None) -> None:
    auth = (desk.client.id, "wrong") if sent == ("the app", "wrong") else sent
    own = {"client_id": desk.client.id, "client_secret": desk.client.secret}
    fields = {"grant_type": "refresh_token", "refresh_token": desk.world.sign_in(desk.client, ANA)["refresh_token"]}
    answer = desk.http.post("/oauth/token", data=own | fields, auth=httpx.BasicAuth(*auth) if auth else httpx.Auth())
    assert told(answer) == (400, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"})


@pytest.mark.parametrize(
    ("fields", "error"),
    [({}, "invalid_request"), ({"grant_type": "password"}, "unsupported_grant_type")],
)
def test_other_grants_are_refused(desk: Desk, fields: dict[str, str], error: str) -> None:
    answer = desk.exchange(fields)
    assert (answer.status_code, answer.json()["error"]) == (400, error)


# fault 28
def test_every_refresh_kills_the_refresh_token_that_it_used(desk: Desk) -> None:
    first = desk.world.sign_in(desk.client, ANA)
    second = desk.refresh(first["refresh_token"]).json()
    assert told(desk.refresh(first["refresh_token"])) == DEAD
    third = desk.refresh(second["refresh_token"]).json()
    assert len({first["refresh_token"], second["refresh_token"], third["refresh_token"]}) == 3
    assert [may_read(desk, tokens["access_token"]) for tokens in (first, second, third)] == [200, 200, 200]


# fault 28
def test_of_eight_who_refresh_at_once_one_gets_tokens(desk: Desk) -> None:
    token = desk.world.sign_in(desk.client, ANA)["refresh_token"]
    with ThreadPoolExecutor(8) as pool:
        answers = [answer.status_code for answer in pool.map(desk.refresh, [token] * 8)]
    assert sorted(answers) == [200] + [400] * 7
    assert (refreshes(desk.world.settle()), refreshes(desk.world.ledger, ANA)) == (1, 1)


# fault 28
def test_a_refresh_whose_answer_is_lost_was_a_refresh(desk: Desk) -> None:
    token = desk.world.sign_in(desk.client, ANA)["refresh_token"]
    desk.world.faults.on(path="/oauth/token").drop(after_commit=True)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        desk.refresh(token)
    assert told(desk.refresh(token)) == DEAD
    assert refreshes(desk.world.settle()) == 1


def test_a_refresh_token_lives_ninety_days(desk: Desk) -> None:
    token = desk.world.sign_in(desk.client, ANA)["refresh_token"]
    desk.world.now = lambda: NOW + timedelta(days=89)
    token = desk.refresh(token).json()["refresh_token"]
    desk.world.now = lambda: NOW + timedelta(days=89 + 90)
    assert told(desk.refresh(token)) == DEAD


def test_an_access_token_lives_an_hour(desk: Desk) -> None:
    token = desk.world.sign_in(desk.client, ANA)["access_token"]
    desk.world.now = lambda: NOW + timedelta(minutes=59)
    assert may_read(desk, token) == 200
    desk.world.now = lambda: NOW + timedelta(minutes=60)
    answer = desk.asks("GET", "/users/me", token)
    assert told(answer) == (401, {"code": 124, "message": "Access token is expired."})


def test_access_tokens_may_be_made_old(desk: Desk) -> None:
    token = desk.world.sign_in(desk.client, ANA)["access_token"]
    desk.world.expire_access_tokens()
    assert may_read(desk, token) == 401


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_revoking_ends_what_came_of_one_consent(desk: Desk, kind: str) -> None:
    tokens, others = desk.world.sign_in(desk.client, ANA), desk.world.sign_in(desk.client, ANA)
    app = (desk.client.id, desk.client.secret)
    answers = [desk.http.post("/oauth/revoke", data={"token": tokens[kind]}, auth=app) for _ in range(2)]
    assert list(map(told, answers)) == [(200, {"status": "success"}), DEAD]
    assert (may_read(desk, tokens["access_token"]), told(desk.refresh(tokens["refresh_token"]))) == (401, DEAD)
    assert (may_read(desk, others["access_token"]), revokes(desk.world.settle())) == (200, 1)


def test_revoking_needs_the_app(desk: Desk) -> None:
    other = desk.world.register_client([CALLBACK])
    tokens = desk.world.sign_in(desk.client, ANA)
    answers = [
        desk.http.post("/oauth/revoke", data={"token": tokens["access_token"]}, auth=auth)
        for auth in (httpx.Auth(), httpx.BasicAuth(other.id, other.secret))
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert may_read(desk, tokens["access_token"]) == 200
