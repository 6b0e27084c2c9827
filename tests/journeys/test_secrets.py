"""Canaries: after every flow and every failure no secret stands in a log, a page, a metric, a repr or the database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.credentials import SealedCredentials
from storage.tables import ACCOUNTS
from tests.journeys.browser import Browser, state_in
from tests.journeys.house import House, a_house
from tests.kept_logging import logging_to_text


@dataclass(frozen=True)
class Traces:
    """What was left behind: logs, pages and reprs as text, the database's files as bytes, and what to look for."""

    texts: dict[str, str]
    files: bytes
    secrets: dict[str, str]
    sealed: int


@pytest.fixture(scope="module")
def traces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traces]:
    """Everything is done once, with the log as talkative as it can be."""
    folder = tmp_path_factory.mktemp("secrets")
    with a_house(folder, log_level="DEBUG") as house:
        with logging_to_text("DEBUG", secrets=house.settings.secrets()) as log:
            pages, passing = flows(house)
        yield collected(house, folder, log, pages, passing)


def flows(house: House) -> tuple[list[str], dict[str, str]]:
    """Connecting, reading, failing, revoking and leaving; the pages, and the secrets that only passed by."""
    pages: list[str] = []
    passing: dict[str, str] = {}
    ana, address = house.sets_up(house.town.ana), house.town.ana.email
    with Browser() as browser:
        link = house.link_for(house.town.ben)
        at_google = browser.departs(link)
        passing |= {
            "link": link.partition("link=")[2],
            "state": state_in(at_google),
            "cookie": browser.client.cookies["daybook-connect"],
        }
        back = browser.agrees(at_google, house.town.ben.email)
        with Browser() as other:
            pages.append(other.opens(back).text)
        pages.append(browser.opens(browser.agrees(at_google, house.town.ben.email, deny=True)).text)
        pages.append(browser.opens(back).text)
        pages.append(browser.opens(back).text)
    for _ in fails_at_google(house):
        with Browser() as browser:
            pages.append(browser.connects(house.link_for(house.town.ben), house.town.ben.email).text)
    house.google.expire_access_tokens()
    for _ in fails_at_google(house):
        house.clock.time += timedelta(hours=2)
        house.reads()
    house.google.faults.clear()
    house.town.slack.faults.on(path="/api/views.open").answer(
        200, {"ok": False, "error": "odd", "token": house.settings.slack_bot_token.get_secret_value()}
    )
    ana.types("/daybook triggers")
    house.is_settled()
    assert house.town.slack.faults.used_up
    with Browser() as browser:
        forged = {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": f"v0={'0' * 64}"}
        browser.client.post(f"{house.url}/slack/events", content=b"token=canary-body", headers=forged)
        pages.append(browser.opens(f"{house.url}/metrics").text)
    house.google.revoke(address)
    house.clock.time += timedelta(hours=2)
    house.reads()
    return pages, passing


def fails_at_google(house: House) -> Iterator[None]:
    """One failure after the other, each with a token in its body, as a careless service might answer."""
    leaked = str({"refresh_token": newest(house.google.grants._refresh), "access_token": "ya29.canary-of-a-token"})
    for status, body in ((500, leaked), (400, leaked), (200, leaked), (200, "{")):
        house.google.faults.clear()
        house.google.faults.on("POST", "/token").answer(status, body)
        yield
    house.google.faults.clear()
    house.google.faults.on("POST", "/token").drop()
    yield
    house.google.faults.clear()


def newest(tokens: Iterable[str]) -> str:
    return list(tokens)[-1]


def collected(house: House, folder: Path, log: StringIO, pages: list[str], passing: dict[str, str]) -> Traces:
    """The traces, and every secret there was."""
    with house.store.connected("reading") as connection:
        rows = connection.execute(select(ACCOUNTS)).all()
    credentials = [SealedCredentials(house.store).load(row.id) for row in rows]
    grants = house.google.grants
    secrets = {f"access token {number}": token for number, token in enumerate(grants._access)}
    secrets |= {f"refresh token {number}": token for number, token in enumerate(grants._refresh)}
    secrets |= {f"code {number}": code for number, code in enumerate(grants._codes)}
    secrets |= {f"stored {number}": one.access_token for number, one in enumerate(credentials)}
    secrets |= {f"setting {number}": secret for number, secret in enumerate(house.settings.secrets())}
    secrets |= {"leaked by a failure": "ya29.canary-of-a-token", "of a forged body": "canary-body", **passing}
    database = house.settings.database_url.get_secret_value()
    texts = {
        "the log": log.getvalue(),
        "the pages and metrics": "\n".join(pages),
        "the reprs": "\n".join(
            map(repr, (house.settings, house.daybook, house.store, house.google_client, credentials))
        ),
    }
    files = b"".join(file.read_bytes() for file in sorted(folder.iterdir()))
    kept = {name: secret for name, secret in secrets.items() if secret != database}
    return Traces(texts, files, kept, len(credentials))


# fault 23
@pytest.mark.parametrize("where", ["the log", "the pages and metrics", "the reprs"])
def test_no_secret_stands_in(traces: Traces, where: str) -> None:
    text = traces.texts[where]
    assert [name for name, secret in traces.secrets.items() if secret in text] == []


# fault 24
def test_no_secret_stands_in_the_database(traces: Traces) -> None:
    assert traces.sealed > 0
    assert b"ana@acme.test" in traces.files  # these are the files that hold everything
    assert [name for name, secret in traces.secrets.items() if secret.encode() in traces.files] == []


# fault 23
def test_the_canaries_are_the_real_ones(traces: Traces) -> None:
    kinds = {name.rpartition(" ")[0] for name in traces.secrets}
    assert {"access token", "refresh token", "code", "stored", "setting"} <= kinds
    assert all(len(secret) >= 8 for secret in traces.secrets.values())


def test_the_log_tells_what_happened_all_the_same(traces: Traces) -> None:
    log = traces.texts["the log"]
    assert "connecting failed at the provider" in log
    assert "unexpected error" in log
