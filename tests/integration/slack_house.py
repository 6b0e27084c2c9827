"""Daybook's Slack side over real HTTP on both ends: the stand-in for Slack, and our routes behind uvicorn."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import httpx
import yaml
from slack_bolt import App
from slack_sdk import WebClient
from sqlalchemy import select

from bot.clients.slack_directory import SlackDirectory
from bot.clients.system import SystemClock, new_id
from bot.domain.people import Actor
from bot.domain.people import Workspace as OurWorkspace
from bot.queue.threads import ThreadQueue
from bot.rendering.help import HelpEntry
from bot.rendering.names import CommandName, EventName
from bot.sandbox.serving import serving
from bot.sandbox.slack.people import Member, Workspace
from bot.sandbox.slack.person import Person
from bot.sandbox.slack.standin import SlackStandIn
from bot.usecases.resolve_actor import ResolveActor
from bot.web import Measures, WebParts, build_web
from handlers.commands.daybook import Router, Subcommand
from handlers.commands.daybook import handlers as command_handlers
from handlers.commands.help import help_work, start_work
from handlers.commands.privacy import privacy_work
from handlers.events import user_change
from handlers.interaction import HomeOpened
from handlers.limits import RateLimits
from handlers.parsing import parse_home_opened
from handlers.payload import Payload
from handlers.registry import Handler, Kind, Prepared, Work
from handlers.slack_app import SlackParts, build_slack_app
from storage.engine import open_engine
from storage.store import SqlStore
from storage.tables import METADATA
from storage.vault import Vault, new_key
from tests.databases import a_file
from tests.limits import boundless
from tests.patience import PATIENCE

MANIFEST = Path(__file__).parents[2] / "manifest.yml"
CONNECT_URL = "https://daybook.test/connect/google?link=canary"
_INBOX = METADATA.tables["inbox"]
# Asked for again and again: to put a question together takes longer than to ask it.
UNSETTLED = select(_INBOX.c.key).where(_INBOX.c.done_at.is_(None))
"""Deliveries that were claimed and are not done yet."""


class MovedClock:
    """The real time, moved forward by hand."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return SystemClock().now() + self.ahead


@dataclass(frozen=True)
class House:
    """A workspace with a few people, and Daybook behind its address."""

    slack: SlackStandIn
    acme: Workspace
    ana: Member
    store: SqlStore
    clock: MovedClock
    queue: ThreadQueue
    app: App
    resolve: ResolveActor
    client: WebClient
    url: str
    browser: httpx.Client

    def person(self, member: Member) -> Person:
        """Somebody at his device."""
        return self.slack.person(member.id)


def basic_handlers(resolve: ResolveActor, first_steps: Callable[[Actor], str | None]) -> Sequence[Handler]:
    """The commands that need nothing but Slack."""
    entries = (
        HelpEntry("help", "Help", "help", "what Daybook can do"),
        HelpEntry("privacy", "Privacy", "privacy", "what is stored"),
    )
    router = Router(
        (
            Subcommand("start", start_work(lambda: entries, first_steps)),
            Subcommand("help", help_work(lambda: entries), help=entries[0]),
            Subcommand("privacy", privacy_work, help=entries[1]),
        ),
        bare="start",
    )
    return (
        *command_handlers(router, {CommandName.SETTINGS: "privacy"}),
        user_change.handler(resolve.refresh),
    )


def on_home_opened(work: Work[HomeOpened]) -> Handler:
    """Something else than a Home is drawn where one is opened, and who opened it is told what it fails by."""

    def prepare(body: Payload) -> Prepared:
        event = parse_home_opened(body)
        return Prepared(event, lambda resolve, reply: work(resolve(event.asker), event, reply))

    return Handler(Kind.EVENT, EventName.APP_HOME_OPENED, prepare)


@contextmanager
def slack_house(
    folder: Path,
    *,
    extra: Sequence[Handler] = (),
    threads: int = 4,
    waiting: int = 50,
    first_steps: Callable[[Actor], str | None] = lambda _actor: CONNECT_URL,
    limits: RateLimits | None = None,
    opening_seconds: int = int(PATIENCE),
    trigger_seconds: float = PATIENCE,
) -> Iterator[House]:
    """Everything up for as long as the block lasts; `folder` takes the database file.

    A view may take `opening_seconds` to open, and a trigger lives for `trigger_seconds`.
    """
    slack = SlackStandIn(yaml.safe_load(MANIFEST.read_text()), patience=PATIENCE, trigger_seconds=trigger_seconds)
    acme = slack.people.add_workspace("acme", "Acme")
    ana = slack.people.add_member(acme.id, "ana", tz="Europe/Berlin", locale="en-GB")
    store = a_store(folder)
    add_workspace(store, acme)
    clock = MovedClock()
    with ExitStack() as stack:
        client = WebClient(acme.bot_token, base_url=stack.enter_context(slack.serve()) + "/api/")
        queue = ThreadQueue(threads=threads, waiting=waiting)
        stack.callback(queue.close)
        executor = stack.enter_context(ThreadPoolExecutor(8))
        resolve = ResolveActor(store, SlackDirectory(client), clock, new_id)
        openings = ThreadQueue(threads=2, waiting=50, name="opening")
        stack.callback(openings.close)
        parts = SlackParts(
            client, store, clock, new_id, queue, resolve, executor, openings, limits or boundless(), opening_seconds
        )
        app = build_slack_app(
            parts, [*basic_handlers(resolve, first_steps), *extra], signing_secret=slack.app.signing_secret
        )
        web = build_web(
            WebParts(
                public_url="http://127.0.0.1",
                readiness=lambda: (),
                measures=Measures(),
                dispatch=app.dispatch,
                signing_secret=slack.app.signing_secret,
            )
        )
        url = stack.enter_context(serving(web))
        slack.delivers_to(f"{url}/slack/events")
        browser = stack.enter_context(httpx.Client(base_url=url, trust_env=False, timeout=PATIENCE))
        yield House(slack, acme, ana, store, clock, queue, app, resolve, client, url, browser)


def a_store(folder: Path) -> SqlStore:
    """A new database file."""
    url = a_file(folder)
    return SqlStore(open_engine(url), Vault([new_key()]))


def settle(store: SqlStore) -> None:
    """Wait until every delivery that was claimed has been worked on."""
    until = monotonic() + PATIENCE
    while monotonic() < until:
        with store.connected("reading") as connection:
            if not connection.execute(UNSETTLED).all():
                return
        sleep(0.003)
    raise AssertionError("a delivery was not worked on")


def add_workspace(store: SqlStore, workspace: Workspace) -> None:
    """Install Daybook there."""
    with store.writing() as work:
        work.workspaces.add(OurWorkspace(new_id(), workspace.id, workspace.name))
        work.commit()
