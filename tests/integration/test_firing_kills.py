"""A process that carries out a firing is killed before and after it sent something; another one finishes."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.firings import FIRING_LEASE
from bot.domain.triggers import ActionKind, Trigger, TriggerAction
from bot.domain.webhooks import Webhook
from bot.sandbox.serving import serving
from tests.databases import DATABASES
from tests.integration.delivery_town import Services, Town, a_town
from tests.integration.firing_process import die_firing_at, fire_for
from tests.patience import PATIENCE
from tests.trigger_builders import TO_HOOK, TO_HOST, a_trigger, an_occasion, happened, made

pytestmark = pytest.mark.slow

PLACES = ["firing: before it is sent", "firing: after it is sent"]


@pytest.fixture(params=DATABASES)
def town(request: pytest.FixtureRequest, served: Services) -> Iterator[Town]:
    with a_town(served, request.param) as town:
        yield town


def fired(town: Town, action: TriggerAction, webhook: Webhook | None = None) -> Trigger:
    """A trigger of Ana's that has just fired."""
    trigger = made(town.store, replace(a_trigger(town.ana, action=action), created_at=town.now), webhook)
    assert happened(town.store, an_occasion(town.ana, at=town.now)) == 1
    return trigger


def killed_at(town: Town, place: str) -> None:
    """A process of its own fires until it is killed there, which proves that it came that far."""
    context = get_context("forkserver")
    context.set_forkserver_preload([die_firing_at.__module__])
    process = context.Process(target=die_firing_at, args=(town.wires, town.now, place))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == -signal.SIGKILL, f"nobody came to {place!r}"


def finished(town: Town) -> None:
    """The lease of the dead process runs out, and others go on."""
    town.now += FIRING_LEASE
    for _ in range(2):
        fire_for(town.wires, town.now)


def state_of(town: Town, trigger: Trigger) -> str:
    with town.store.reading() as work:
        [firing] = work.firings.of(trigger.id, limit=5)
    return firing.state.value


def texts(town: Town, channel_id: str) -> list[str]:
    return [message.text for message in town.slack.messages_in(channel_id)]


# fault 34
@pytest.mark.parametrize("place", PLACES)
def test_the_host_gets_one_message(town: Town, place: str) -> None:
    trigger = fired(town, TO_HOST)
    killed_at(town, place)
    finished(town)
    workspace = town.slack.people.home_of(town.ana.slack_user_id)
    direct = town.slack.people.direct(workspace, workspace.bot.id, town.ana.slack_user_id)
    assert (len(texts(town, direct.id)), state_of(town, trigger)) == (1, "done")


# fault 34
@pytest.mark.parametrize(("place", "posted"), list(zip(PLACES, [0, 1], strict=True)))
def test_a_channel_gets_one_message_at_most_and_the_ledger_says_that_nobody_knows(
    town: Town, place: str, posted: int
) -> None:
    workspace = town.slack.people.home_of(town.ana.slack_user_id)
    sales = town.slack.people.add_channel(workspace.id, "sales", [town.ana.slack_user_id])
    trigger = fired(town, TriggerAction(ActionKind.POST, sales.id, "sales"))
    killed_at(town, place)
    finished(town)
    assert (len(texts(town, sales.id)), state_of(town, trigger)) == (posted, "unsure")


# fault 30
@pytest.mark.parametrize(("place", "calls"), list(zip(PLACES, [1, 2], strict=True)))
def test_a_webhook_is_called_at_least_once_by_one_id(town: Town, place: str, calls: int) -> None:
    heard: list[tuple[str, bytes]] = []

    async def hear(request: Request) -> Response:
        heard.append((request.headers["daybook-id"], await request.body()))
        return Response()

    with serving(Starlette(routes=[Route("/", hear, methods=["POST"])])) as url:
        trigger = fired(town, TO_HOOK, Webhook(f"{url}/", "secret"))
        killed_at(town, place)
        finished(town)
    assert (len(heard), len(set(heard)), state_of(town, trigger)) == (calls, 1, "done")


def test_every_place_that_has_a_name_is_killed_at() -> None:
    """Whoever adds one has it tested."""
    source = Path("bot/usecases/carry_out_firing.py").read_text(encoding="utf-8")
    assert [line.split('"')[1] for line in source.splitlines() if "_crash_point(" in line] == PLACES
