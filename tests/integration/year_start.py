"""The team of four set up: what everything is built from, on a new database, before anything is read."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from bot.app.week import week_parts
from bot.app.wiring import jobs, outward_deliveries, use_cases
from bot.domain.occasions import What
from bot.domain.people import Workspace
from bot.domain.triggers import ActionKind, Trigger, TriggerAction, TriggerFilter
from bot.sandbox.google.world import GoogleWorld
from bot.sandbox.zoom.world import ZoomWorld
from bot.settings import Settings
from bot.usecases.receive_push import ReceivePush
from handlers.waiting import WaitForSync
from storage.engine import open_engine
from storage.vault import new_key
from tests.contracts.google_client import REDIRECT_URI
from tests.contracts.storage_builders import new_id
from tests.contracts.zoom_desk import CALLBACK
from tests.fakes.clock import SettableClock
from tests.fakes.work_queue import ThreadlessQueue
from tests.integration.year_clients import TEAM, Postbag, foundation
from tests.integration.year_house import STARTED, House

if TYPE_CHECKING:
    from tests.fakes.notifier import RecordingNotifier
    from tests.fakes.posts import FakePosts

HOOK = "http://127.0.0.1:1/webhooks/google"
POLL = timedelta(hours=6)
"""So seldom because a channel tells of changes, and to get through the year; with jobs and pauses in proportion."""


@contextmanager
def a_house(url: str) -> Iterator[House]:
    """The four of them, set up on a new database; nothing was read yet."""
    with ExitStack() as stack:
        yield _house(url, stack)


def _house(url: str, stack: ExitStack) -> House:
    clock = SettableClock(STARTED)
    google, zoom = GoogleWorld(now=clock.now), ZoomWorld(now=clock.now)
    bag = google.channels.messenger = Postbag()
    google_client, zoom_client = google.register_client([REDIRECT_URI]), zoom.register_client([CALLBACK])
    key = new_key()
    settings = Settings.model_validate(
        {
            "database_url": url,
            "secret_keys": key,
            "public_url": "http://127.0.0.1:1",
            "poll_seconds": int(POLL.total_seconds()),
            "google_client_id": google_client.id,
            "google_client_secret": google_client.secret,
            "zoom_client_id": zoom_client.id,
            "zoom_client_secret": zoom_client.secret,
        }
    )
    engine = open_engine(url)
    stack.callback(engine.dispose)
    base = foundation(settings, engine, key, clock, google, zoom, stack)
    outward = outward_deliveries(base)
    cases = use_cases(settings, base, outward, week_parts(settings, base).send)
    waiting = WaitForSync(cases.show_status, ThreadlessQueue())
    told = jobs(settings, base, cases, waiting, outward, HOOK)
    house = House(
        clock,
        google,
        zoom,
        engine,
        base,
        cases,
        {job.name: job for job in told},
        ReceivePush(base.store, clock),
        bag.bag,
        cast("RecordingNotifier", base.notifier),
        cast("FakePosts", base.posts),
        google_client,
        zoom_client,
    )
    with base.store.writing() as work:
        workspace = work.workspaces.add(Workspace(new_id(), "T1", "Acme"))
        work.commit()
    for address in TEAM:
        house.move_in(address, workspace)
    _listen(house)
    return house


def _listen(house: House) -> None:
    """A trigger for all that happens."""
    owner = house.mates[0].actor
    trigger = Trigger(
        id=new_id(),
        workspace_id=owner.workspace_id,
        owner_id=owner.member_id,
        name="All",
        when=frozenset(What),
        only=TriggerFilter(),
        action=TriggerAction(ActionKind.POST, "C1", "all"),
        created_at=house.now,
    )
    with house.store.writing() as work:
        work.triggers.add(trigger, None)
        work.commit()
