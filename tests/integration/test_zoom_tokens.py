"""A refresh token of Zoom's works once: eight processes use it once, and one that dies with it is told of once."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from signal import SIGKILL

import pytest

from bot.clients.zoom.tokens import ANSWERED, ASKING, REFRESH_LEASE, STORED
from bot.domain.accounts import Account, AccountStatus, Credential, Provider
from bot.domain.errors import CredentialRefused, ProviderBusy
from bot.sandbox.zoom.app import ZoomUrls, serve_zoom
from bot.sandbox.zoom.counting import refreshes
from bot.sandbox.zoom.grants import Client
from bot.sandbox.zoom.world import ZoomWorld
from bot.usecases.announce_broken_accounts import AnnounceBrokenAccounts
from storage.credentials import SealedCredentials
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.contracts.storage_builders import NOW, a_person, an_account, stored
from tests.databases import DATABASES, a_database
from tests.fakes.clock import SettableClock
from tests.fakes.notifier import RecordingNotifier
from tests.integration.zoom_refresher import Refresher, access_token, refresher
from tests.patience import PATIENCE

ANA = "ana@acme.test"
PROCESSES = 8


@dataclass
class Scene:
    """Ana's Zoom account, whose access token has run out."""

    world: ZoomWorld
    urls: ZoomUrls
    client: Client
    store: SqlStore
    clock: SettableClock
    account: Account
    told: Refresher

    @property
    def credential(self) -> Credential:
        return SealedCredentials(self.store).load(self.account.id)

    def tries(self) -> str:
        """One more try, in this process."""
        return access_token(replace(self.told, now=self.clock.time, patience_seconds=0.1))

    def asked(self) -> int:
        """How many requests for tokens reached Zoom, refused ones included."""
        return len(self.world.settle().matching("POST", "/oauth/token"))

    def status(self) -> AccountStatus:
        with self.store.reading() as work:
            account = work.accounts.known(self.account.id)
        assert account is not None
        return account.status

    def marks_broken(self) -> None:
        """What whoever uses the account does about a refusal."""
        with self.store.writing() as work:
            work.accounts.mark_broken(self.account.id, self.clock.now())
            work.commit()


@pytest.fixture(params=DATABASES)
def scene(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Scene]:
    with ExitStack() as closing:
        url = closing.enter_context(a_database(request.param, tmp_path))
        engine = open_engine(url)
        closing.callback(engine.dispose)
        clock, key = SettableClock(NOW), new_key()
        world = ZoomWorld(now=clock.now)
        world.add_person(ANA, "Ana Berg", "Europe/Berlin")
        client = world.register_client(["http://127.0.0.1/oauth/zoom/callback"])
        urls = closing.enter_context(serve_zoom(world))
        answer = world.sign_in(client, ANA)
        expired = Credential(
            answer["access_token"], answer["refresh_token"], NOW - timedelta(hours=1), frozenset({"user:read:user"})
        )
        store = SqlStore(engine, Vault([key]))
        account = stored(store, replace(an_account(a_person(store), ANA), provider=Provider.ZOOM), expired)
        yield Scene(world, urls, client, store, clock, account, refresher(url, key, urls, client, account.id, NOW))


def processes() -> ForkServerContext:
    """New ones that share nothing, and yet need not all import the same for a second first."""
    context = get_context("forkserver")
    context.set_forkserver_preload([access_token.__module__])
    return context


def dies(told: Refresher) -> int | None:
    """How a process of its own ended."""
    process = processes().Process(target=access_token, args=(told,))
    process.start()
    process.join(PATIENCE)
    return process.exitcode


# fault 28
@pytest.mark.slow
def test_eight_processes_that_find_it_expired_make_one_refresh(scene: Scene) -> None:
    scene.world.faults.on("POST", "/oauth/token").delay(0.5)

    with ProcessPoolExecutor(PROCESSES, mp_context=processes()) as pool:
        used = list(pool.map(access_token, [scene.told] * PROCESSES, timeout=300))

    assert set(used) == {scene.credential.access_token}
    assert (scene.asked(), refreshes(scene.world.ledger, ANA)) == (1, 1)
    assert scene.status() is AccountStatus.ACTIVE


# fault 29
@pytest.mark.slow
def test_one_that_dies_between_answer_and_store_leaves_one_notice_and_no_storm(scene: Scene) -> None:
    before = scene.credential

    assert dies(replace(scene.told, dies_at=ANSWERED)) == -SIGKILL
    assert (scene.credential, refreshes(scene.world.settle(), ANA)) == (before, 1)

    with pytest.raises(ProviderBusy):  # it may still be alive, as far as anybody knows
        scene.tries()
    scene.clock.time += REFRESH_LEASE
    notifier = RecordingNotifier()
    for _ in range(5):
        with pytest.raises(CredentialRefused):
            scene.tries()
        scene.marks_broken()
        AnnounceBrokenAccounts(scene.store, notifier, scene.clock)()

    assert scene.asked() == 2
    assert notifier.told_to_reconnect == [("U1", ANA)]
    assert scene.status() is AccountStatus.NEEDS_RECONNECT


# fault 29
@pytest.mark.slow
@pytest.mark.parametrize(("dies_at", "asked"), [(ASKING, 1), (STORED, 1)])
def test_one_that_dies_before_asking_or_after_storing_loses_nothing(scene: Scene, dies_at: str, asked: int) -> None:
    assert dies(replace(scene.told, dies_at=dies_at)) == -SIGKILL

    scene.clock.time += REFRESH_LEASE

    assert scene.tries() == scene.credential.access_token
    assert (scene.asked(), scene.status()) == (asked, AccountStatus.ACTIVE)
