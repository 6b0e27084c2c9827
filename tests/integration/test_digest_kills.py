"""A process that posts a digest is killed before and after it sent it; three at once post it; others finish."""

import signal
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from bot.domain.digest_times import first_turn
from bot.domain.digests import DIGEST_LEASE, Digest, Level
from tests.contracts.storage_builders import all_at_once
from tests.databases import DATABASES
from tests.digest_builders import EVERY_DAY, a_digest, a_plan
from tests.integration.delivery_town import Services, Town, a_town
from tests.integration.digest_process import die_posting_at, post_for
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

PLACES = ["digest: before it is sent", "digest: after it is sent"]


@pytest.fixture(params=DATABASES)
def town(request: pytest.FixtureRequest, served: Services) -> Iterator[Town]:
    with a_town(served, request.param) as town:
        yield town


def due_now(town: Town) -> Digest:
    """Ana's in #sales, with her days alone, due at this moment."""
    workspace = town.slack.people.home_of(town.ana.slack_user_id)
    sales = town.slack.people.add_channel(workspace.id, "sales", [town.ana.slack_user_id])
    plan = a_plan(weekdays=EVERY_DAY)
    digest = a_digest(
        plan,
        workspace_id=town.ana.workspace_id,
        creator_id=town.ana.member_id,
        channel_id=sales.id,
        now=town.now - timedelta(days=2),
    )
    with town.store.writing() as work:
        work.digests.add(digest)
        work.digests.list_people(digest, [town.ana.member_id], town.now)
        work.digests.answer(digest, town.ana.member_id, Level.TITLES)
        work.commit()
    town.now = first_turn(plan, town.now - timedelta(days=2)).due_at
    return digest


def seen(town: Town, digest: Digest) -> tuple[int, list[str]]:
    """How many messages stand in its channel, and what became of each day."""
    with town.store.reading() as work:
        runs = work.digests.runs(digest.id, limit=9)
    return len(town.slack.messages_in(digest.channel_id)), [run.state.value for run in runs]


# faults 34, 57
@pytest.mark.parametrize(("place", "posted"), list(zip(PLACES, [0, 1], strict=True)))
def test_killed_around_the_post_the_channel_has_it_once_at_most(town: Town, place: str, posted: int) -> None:
    digest = due_now(town)
    context = get_context("forkserver")
    context.set_forkserver_preload([die_posting_at.__module__])
    process = context.Process(target=die_posting_at, args=(town.wires, town.now, place))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == -signal.SIGKILL, f"nobody came to {place!r}"
    for _ in range(2):
        town.now += DIGEST_LEASE
        post_for(town.wires, town.now)
    assert seen(town, digest) == (posted, ["sending"])
    town.now += timedelta(days=1) - 2 * DIGEST_LEASE
    post_for(town.wires, town.now)
    assert seen(town, digest) == (posted + 1, ["posted", "sending"])


# faults 57, 56
def test_three_processes_at_once_post_it_once(town: Town) -> None:
    digest = due_now(town)
    all_at_once(3, lambda _which: post_for(town.wires, town.now))
    post_for(town.wires, town.now)
    assert seen(town, digest) == (1, ["posted"])


def test_every_place_that_has_a_name_is_killed_at() -> None:
    """Whoever adds one has it tested."""
    source = Path("bot/usecases/post_digests.py").read_text(encoding="utf-8")
    assert [line.split('"')[1] for line in source.splitlines() if "_crash_point(" in line] == PLACES
