"""What a browser gets from Daybook: headers on every answer, foreign text literally, and our own address alone."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route, compile_path

from bot.sandbox.page_text import page_text
from bot.web.headers import SecurityHeaders
from tests.journeys.browser import Browser, state_in
from tests.journeys.house import House, a_house

PUBLIC = "https://daybook.example.com"
SCRIPT = "<script>alert(1)</script>"
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
ROUTES = [
    ("GET", "/healthz", 200),
    ("GET", "/readyz", 200),
    ("GET", "/metrics", 200),
    ("GET", "/connect/google", 400),
    ("GET", "/connect/zoom?link=x", 400),
    ("GET", "/oauth/google/callback", 400),
    ("GET", "/oauth/zoom/callback", 400),
    ("GET", "/oauth/teams/callback", 404),
    ("POST", "/webhooks/zoom", 401),
    ("GET", "/webhooks/zoom", 405),
    ("POST", "/oauth/google/stop", 400),
    ("GET", "/oauth/google/stop", 405),
    ("POST", "/slack/events", 401),
    ("GET", "/slack/events", 405),
    ("GET", "/slack/events/", 404),
    ("GET", "/week/x", 404),
    ("GET", "/week/x.png", 404),
    ("POST", "/week/x", 405),
    ("GET", "/", 404),
    ("GET", "//evil.test/%2e%2e", 404),
    ("GET", "/connect/google/", 404),
]
EVIL = [
    {"Host": "evil.test"},
    {"X-Forwarded-Host": "evil.test"},
    {"X-Forwarded-Proto": "javascript", "X-Forwarded-Host": "evil.test"},
    {"Forwarded": "host=evil.test;proto=http"},
]


@pytest.fixture(scope="module")
def public_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A bot behind a public https address."""
    with a_house(tmp_path_factory.mktemp("public"), public_url=PUBLIC) as house:
        yield house


# fault 19
def test_no_route_is_left_out(house: House) -> None:
    web = house.daybook.web
    assert isinstance(web, SecurityHeaders)
    assert isinstance(web._app, Starlette)
    known = {route.path for route in web._app.routes if isinstance(route, Route)}
    asked = [urlsplit(path).path for _, path, _ in ROUTES]
    assert {path for path in known if not any(map(compile_path(path)[0].match, asked))} == set()
    assert len(known) == len(web._app.routes)


# fault 19
@pytest.mark.parametrize(("method", "path", "status"), ROUTES)
def test_every_answer_carries_the_security_headers(house: House, method: str, path: str, status: int) -> None:
    with Browser() as browser:
        answer = browser.client.request(method, house.url + path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    policy = answer.headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert policy[1].startswith("style-src 'sha256-")
    assert policy[2:] == ["form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
    assert "strict-transport-security" not in answer.headers  # this address is http, on this machine alone


# fault 19
@pytest.mark.parametrize("path", ["/healthz", "/connect/google", "/nowhere"])
def test_an_https_address_insists_on_https(public_house: House, path: str) -> None:
    with Browser() as browser:
        answer = browser.opens(public_house.url + path)
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


# fault 16
def test_the_browsers_cookie_is_bound_to_the_host_where_the_address_is_https(public_house: House) -> None:
    with Browser() as browser:
        answer = browser.opens(here(public_house, public_house.link_for(public_house.town.ana)))
    name, _, rest = answer.headers["set-cookie"].partition("=")
    assert name == "__Host-daybook-connect"
    assert rest.split("; ")[1:] == ["HttpOnly", "Max-Age=600", "Path=/", "SameSite=lax", "Secure"]


# fault 18
@pytest.mark.parametrize("headers", EVIL)
def test_no_header_of_a_request_changes_the_address_that_daybook_gives_out(
    public_house: House, headers: dict[str, str]
) -> None:
    link = public_house.link_for(public_house.town.ana)
    assert link.startswith(f"{PUBLIC}/connect/google?link=")
    with Browser() as browser:
        answer = browser.client.get(here(public_house, link), headers=headers)
    at_google = parse_qs(urlsplit(answer.headers["location"]).query)
    assert answer.headers["location"].startswith(public_house.settings.google_auth_url)
    assert at_google["redirect_uri"] == [f"{PUBLIC}/oauth/google/callback"]
    assert "evil" not in str(answer.headers) + answer.text


# fault 18
@pytest.mark.parametrize("name", ["next", "redirect", "redirect_uri", "return_to", "url", "state"])
@pytest.mark.parametrize("to", ["https://evil.test", "//evil.test", "/\\evil.test", "javascript:alert(1)"])
def test_nothing_in_a_request_says_where_to_go_next(house: House, name: str, to: str) -> None:
    with Browser() as browser:
        answers = [
            browser.client.get(f"{house.url}{path}", params={name: to})
            for path in ("/connect/google", "/oauth/google/callback", "/nowhere")
        ]
    assert [answer.status_code for answer in answers] == [400, 400, 404]
    assert not any("location" in answer.headers or "evil" in answer.text for answer in answers)


# fault 18
def test_a_real_link_with_a_next_address_still_goes_to_google(house: House) -> None:
    with Browser() as browser:
        at_google = browser.departs(house.link_for(house.town.ana) + "&next=https://evil.test&redirect_uri=//evil.test")
    assert at_google.startswith(house.settings.google_auth_url)
    assert "evil" not in at_google


# fault 19
def test_a_google_address_and_a_slack_name_are_shown_literally(house: House) -> None:
    town = house.town
    address = f"{SCRIPT}@acme.test"
    mallory = town.slack.people.add_member(town.workspace.id, "mallory", f"Mallory {SCRIPT}")
    house.google.add_account(address, "Mallory", "Europe/Berlin")
    with Browser() as browser:
        page = browser.connects(house.link_for(mallory), address)
    assert page.status_code == httpx.codes.OK
    assert SCRIPT not in page.text
    text = page_text(page.text)
    assert f"{address}\n" in text
    assert f"Mallory {SCRIPT} in Acme\n" in text
    person = house.person(mallory)
    assert SCRIPT in house.sees(person)  # literally there too


# fault 19
def test_what_an_answer_brings_is_never_shown(house: House) -> None:
    with Browser() as browser:
        state = state_in(browser.departs(house.link_for(house.town.ana)))
        answers = [
            browser.client.get(f"{house.url}/oauth/google/callback", params=params)
            for params in (
                {"state": SCRIPT, "code": SCRIPT},
                {"state": state, "error": SCRIPT, "error_description": SCRIPT},
                {"state": state, "code": SCRIPT},
            )
        ]
    assert [answer.status_code for answer in answers] == [400, 400, 502]
    assert not any("alert(1)" in answer.text for answer in answers)


def test_metrics_are_for_the_near_alone(house: House) -> None:
    with Browser() as browser:
        near = browser.opens(f"{house.url}/metrics")
        through_a_proxy = browser.client.get(f"{house.url}/metrics", headers={"X-Forwarded-For": "203.0.113.7"})
    assert "daybook_http_requests_total" in near.text
    assert through_a_proxy.status_code == 404


def here(house: House, link: str) -> str:
    """The same link at the address where the bot answers in this test."""
    return link.replace(PUBLIC, house.url)
