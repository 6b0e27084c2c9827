"""The routes as a browser and a prober meet them, over a real server."""

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import httpx
import pytest
from slack_bolt import BoltRequest, BoltResponse
from starlette.types import ASGIApp

from bot.rendering.pages import Page
from bot.web import Measures, Redirect, WebParts, build_web, make_server
from tests.kept_logging import logging_to_text
from tests.patience import PATIENCE

SECRET = "signing-secret"
GOOGLE = "https://accounts.google.test/o/oauth2?state=sealed"


class Pages:
    """Answers as the real pages would, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []

    def begin(self, provider: str, token: str) -> Page | Redirect:
        self.asked.append(("begin", provider, token))
        return Redirect(GOOGLE, "cookie-value") if token == "good" else Page("No", ("This link is used.",), status=400)

    def callback(self, provider: str, params: Mapping[str, str], cookie: str) -> Page:
        self.asked.append(("callback", provider, dict(params), cookie))
        if params.get("code") == "boom":
            raise RuntimeError("canary in an error")
        return Page(
            "<script>alert(1)</script>",
            paragraphs=('"><img src=x onerror=alert(1)>',),
            facts=(("Google account", "<b>ana@acme.test</b>"),),
            back_url="https://acme.slack.test/",
            stop_ticket='"><script>',
        )

    def stop(self, provider: str, ticket: str, cookie: str) -> Page:
        self.asked.append(("stop", provider, ticket, cookie))
        return Page("Undone")


def dispatch(_request: BoltRequest) -> BoltResponse:
    raise AssertionError("nothing of this is Slack's")


def an_app(
    pages: Pages,
    *,
    public_url: str = "https://daybook.test",
    problems: Sequence[str] = (),
    warnings: Sequence[str] = (),
    slack: bool = True,
) -> ASGIApp:
    return build_web(
        WebParts(
            public_url=public_url,
            readiness=lambda: problems,
            measures=Measures(),
            connect=pages,
            dispatch=dispatch if slack else None,
            signing_secret=SECRET,
            warnings=lambda: warnings,
        )
    )


@contextmanager
def browser_of(app: ASGIApp) -> Iterator[httpx.Client]:
    """A browser in front of the server as `daybook serve` runs it."""
    server = make_server(app, host="127.0.0.1", port=0, trusted_proxies=())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        # After an error the server closes the connection, and may do so while the next request is on its way.
        fresh = httpx.Limits(max_keepalive_connections=0)
        with httpx.Client(base_url=url, trust_env=False, timeout=PATIENCE, limits=fresh) as browser:
            yield browser
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages()


@pytest.fixture(scope="module")
def browser(pages: Pages) -> Iterator[httpx.Client]:
    with browser_of(an_app(pages)) as browser:
        yield browser


ROUTES = [
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/metrics", 200),
    ("GET", "/connect/google?link=good", 303),
    ("GET", "/connect/google?link=bad", 400),
    ("GET", "/oauth/google/callback?code=c&state=s", 200),
    ("GET", "/oauth/google/callback?code=boom", 500),
    ("POST", "/oauth/google/stop", 200),
    ("POST", "/slack/events", 401),
    ("GET", "/slack/events", 405),
    ("GET", "/nowhere", 404),
    ("GET", "/", 404),
]


# fault 19
@pytest.mark.parametrize(("method", "path", "status"), ROUTES)
def test_every_answer_carries_the_security_headers(browser: httpx.Client, method: str, path: str, status: int) -> None:
    response = browser.request(method, path)
    assert response.status_code == status
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.endswith("; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
    assert {name: response.headers[name] for name in HEADERS} == HEADERS
    assert "server" not in response.headers


HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}


# fault 19
def test_what_a_page_names_is_text_and_nothing_else(browser: httpx.Client) -> None:
    page = browser.get("/oauth/google/callback?code=c&state=s").text
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'value="&#34;&gt;&lt;script&gt;"' in page


def test_a_page_that_fails_says_so_and_no_more(browser: httpx.Client) -> None:
    response = browser.get("/oauth/google/callback?code=boom")
    assert "Nothing was connected" in response.text
    assert "canary" not in response.text


# fault 18
@pytest.mark.parametrize(
    "extra",
    [
        {"Host": "evil.test"},
        {"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "http"},
        {"Forwarded": "host=evil.test;proto=http"},
    ],
)
def test_the_host_header_leads_nowhere(browser: httpx.Client, extra: dict[str, str]) -> None:
    for path in ("/connect/google?link=good", "/connect/google/?link=good", "/healthz/", "/nowhere"):
        response = browser.get(path, headers=extra)
        assert "evil" not in response.text
        assert "evil" not in repr(response.headers)


# fault 18
@pytest.mark.parametrize(
    "target", ["//evil.test", "/\\evil.test", "https://evil.test", "https:evil.test", "%2f%2fevil.test"]
)
@pytest.mark.parametrize("parameter", ["next", "redirect_uri", "return_to", "url", "link"])
def test_no_parameter_chooses_where_the_browser_goes(browser: httpx.Client, parameter: str, target: str) -> None:
    response = browser.get(
        f"/connect/google?link=good&{parameter}={target}" if parameter != "link" else f"/connect/google?link={target}"
    )
    assert response.headers.get("location", GOOGLE) == GOOGLE
    assert response.status_code == (400 if parameter == "link" else 303)


def test_following_the_link_sets_a_cookie_for_this_host_alone(browser: httpx.Client) -> None:
    response = browser.get("/connect/google?link=good")
    assert response.headers["location"] == GOOGLE
    assert response.headers["set-cookie"] == (
        "__Host-daybook-connect=cookie-value; HttpOnly; Max-Age=600; Path=/; SameSite=lax; Secure"
    )


def test_on_this_machine_the_cookie_is_a_plain_one() -> None:
    with browser_of(an_app(Pages(), public_url="http://localhost:8000")) as browser:
        response = browser.get("/connect/google?link=good")
    assert response.headers["set-cookie"] == (
        "daybook-connect=cookie-value; HttpOnly; Max-Age=600; Path=/; SameSite=lax"
    )
    assert "strict-transport-security" not in response.headers


def test_the_callback_gets_parameters_and_cookie(browser: httpx.Client, pages: Pages) -> None:
    browser.get("/oauth/google/callback?code=c&state=s", headers={"Cookie": "__Host-daybook-connect=cookie-value"})
    assert pages.asked[-1] == ("callback", "google", {"code": "c", "state": "s"}, "cookie-value")


def test_a_parameter_that_comes_twice_counts_as_none(browser: httpx.Client, pages: Pages) -> None:
    browser.get("/oauth/google/callback?code=one&code=two&state=s")
    assert pages.asked[-1] == ("callback", "google", {"state": "s"}, "")


def test_stopping_takes_the_ticket_of_the_form(browser: httpx.Client, pages: Pages) -> None:
    headers = {"Cookie": "__Host-daybook-connect=cookie-value"}
    browser.post("/oauth/google/stop", data={"ticket": "sealed&more"}, headers=headers)
    assert pages.asked[-1] == ("stop", "google", "sealed&more", "cookie-value")


def test_a_form_too_long_is_refused(browser: httpx.Client) -> None:
    assert browser.post("/oauth/google/stop", content=b"ticket=" + b"x" * 10_001).status_code == 413


# fault 20
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_preview_of_the_link_only_redirects(method: str) -> None:
    pages = Pages()
    with browser_of(an_app(pages)) as browser:
        for _ in range(3):
            browser.request(method, "/connect/google?link=good", headers={"User-Agent": "Slackbot-LinkExpanding 1.0"})
    assert pages.asked == [("begin", "google", "good")] * 3


def test_a_process_that_cannot_serve_is_alive_and_not_ready() -> None:
    with browser_of(an_app(Pages(), problems=("the database does not answer",))) as browser:
        assert browser.get("/healthz").status_code == 200
        ready = browser.get("/readyz")
    assert (ready.status_code, ready.text) == (503, "the database does not answer\n")


# fault 43
def test_what_is_only_amiss_is_told_beside_ready() -> None:
    with browser_of(an_app(Pages(), warnings=("this machine's clock is wrong",))) as browser:
        ready = browser.get("/readyz")
    assert (ready.status_code, ready.text) == (200, "ready\ndegraded: this machine's clock is wrong\n")


def test_metrics_are_not_answered_through_a_proxy(browser: httpx.Client) -> None:
    assert browser.get("/metrics", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 404


# fault 23
def test_metrics_name_routes_and_never_what_was_in_them(browser: httpx.Client) -> None:
    browser.get("/connect/canary-provider?link=canary-token")
    browser.get("/canary-path")
    metrics = browser.get("/metrics").text
    assert 'daybook_http_requests_total{route="/connect/{provider}",status="400"}' in metrics
    assert 'daybook_http_requests_total{route="none",status="404"}' in metrics
    assert "canary" not in metrics


# fault 23
def test_no_address_and_no_error_of_a_page_tells_a_secret() -> None:
    # Once the server has ended, all that it had to say is in the log.
    with logging_to_text() as log, browser_of(an_app(Pages())) as browser:
        browser.get("/oauth/google/callback?code=canary-code&state=canary-state")
        browser.get("/oauth/google/callback?code=boom&state=canary-state")
    assert "Exception in ASGI application" in log.getvalue()
    assert "canary-" not in log.getvalue()


def test_in_socket_mode_slack_has_no_door() -> None:
    with browser_of(an_app(Pages(), slack=False)) as browser:
        assert browser.post("/slack/events").status_code == 404
