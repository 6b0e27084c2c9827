"""Whose asking is counted as what, and when it is too much."""

from pathlib import Path
from typing import Any

import pytest

from bot.domain.token_bucket import Allowance, TooMuchAtOnce
from bot.rendering.names import ActionId, CallbackId, CommandName, numbered
from bot.usecases.resolve_actor import Asker
from handlers.catalogue import build_handlers
from handlers.interaction import FormOutdated
from handlers.limits import RateLimits, share_of
from handlers.payload import Payload
from handlers.registry import Handler, Kind, Registry
from handlers.subcommands import subcommands_of
from tests.fakes.clock import SettableClock
from tests.unit.rendering.answers import NOON

ANA = Asker("U1", "T1", "T1")
BEN = Asker("U2", "T1", "T1")
MIA = Asker("U1", "T2", "T2")


class Seconds:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Uncalled:
    """Stands for the use-cases: the handlers are named, and nothing is asked for."""

    def __getattr__(self, name: str) -> "Uncalled":
        return Uncalled()


USE_CASES: Any = Uncalled()
CLOCK = SettableClock(NOON)


def is_dear(handler: Handler) -> bool:
    """Whether it costs more, whatever was typed into it."""
    try:
        return handler.prepare(Payload({})).is_dear
    except FormOutdated:  # a form of settings, whose fields are looked for at once
        return False


def test_what_looks_through_several_peoples_time_draws_or_asks_a_provider_costs_more() -> None:
    handlers = build_handlers(USE_CASES, CLOCK, USE_CASES)
    dear = [(one.kind, one.name) for one in handlers if is_dear(one)]
    assert sorted(dear) == [
        (Kind.ACTION, ActionId.ADD_NEW),
        (Kind.ACTION, ActionId.ALL_TIMES),
        (Kind.ACTION, ActionId.ANOTHER_DAY),
        (Kind.ACTION, ActionId.ASK_AGAIN),
        (Kind.ACTION, ActionId.BOOK_SLOT),
        (Kind.ACTION, ActionId.BOOKING),
        (Kind.ACTION, ActionId.DIGEST_ASK),
        (Kind.ACTION, ActionId.DIGEST_DO),
        (Kind.ACTION, ActionId.DIGEST_OPEN),
        (Kind.ACTION, ActionId.DIGEST_PREVIEW),
        (Kind.ACTION, ActionId.LANDING),
        (Kind.ACTION, ActionId.MISSING),
        (Kind.ACTION, ActionId.MISSING_DO),
        (Kind.ACTION, ActionId.MOVING),
        (Kind.ACTION, ActionId.OTHER_SLOT),
        (Kind.ACTION, ActionId.ROUND_TRIP),
        (Kind.ACTION, ActionId.SLOT),
        (Kind.ACTION, ActionId.SYNC_NOW),
        (Kind.ACTION, ActionId.TRIGGER_DO),
        (Kind.ACTION, ActionId.WEEK),
        (Kind.ACTION, ActionId.WEEK_CALENDAR),
        (Kind.ACTION, ActionId.WHY),
        (Kind.COMMAND, CommandName.BOOK),
        (Kind.COMMAND, CommandName.SLOTS),
        (Kind.SHORTCUT, CallbackId.BOOK),
        (Kind.SHORTCUT, CallbackId.FIND_A_TIME),
        (Kind.VIEW, CallbackId.BOOK),
        (Kind.VIEW, CallbackId.DIGEST),
        (Kind.VIEW, CallbackId.FIND_A_TIME),
        (Kind.VIEW, CallbackId.MISSING),
        (Kind.VIEW, CallbackId.MOVE),
        (Kind.VIEW, CallbackId.SWITCH_OPTION),
        (Kind.VIEW, CallbackId.WHY),
    ]


def test_the_page_names_the_subcommands_that_cost_more() -> None:
    dear = [f"`{one.word}`" for one in subcommands_of(USE_CASES, CLOCK) if one.is_dear is True]
    page = (Path(__file__).parents[3] / "docs" / "limits.md").read_text()
    assert f"({', '.join(dear)})" in page


@pytest.mark.parametrize(
    ("typed", "is_dear"),
    [
        ("help", False),
        ("", False),
        ("slots @ben tomorrow", True),
        ("WEEK", True),
        ("picture next week", True),
        ("trouble", False),
        ("agenda free", False),
    ],
)
def test_a_command_costs_by_its_subcommand_typed_or_pressed(typed: str, *, is_dear: bool) -> None:
    registry = Registry(build_handlers(USE_CASES, CLOCK, USE_CASES))
    command, run = registry.find(Kind.COMMAND, CommandName.DAYBOOK), registry.find(Kind.ACTION, ActionId.RUN)
    assert command is not None
    assert run is not None
    pressed = {"actions": [{"action_id": numbered(ActionId.RUN, "x"), "value": typed}]}
    assert command.prepare(Payload({"text": typed})).is_dear == is_dear
    assert run.prepare(Payload(pressed)).is_dear == is_dear


def test_after_so_many_at_once_one_is_told_to_wait_and_then_served() -> None:
    seconds = Seconds()
    limits = RateLimits(seconds, member=Allowance(most=4, per_second=0.5))
    for _ in range(4):
        limits.spend(ANA)
    with pytest.raises(TooMuchAtOnce, match=r"^That was a lot at once\. Nothing was done\. Try again in 2 seconds\.$"):
        limits.spend(ANA)
    seconds.now += 2
    limits.spend(ANA)


def test_what_costs_more_takes_three_at_once() -> None:
    limits = RateLimits(Seconds(), member=Allowance(most=4, per_second=1))
    limits.spend(ANA, is_dear=True)
    with pytest.raises(TooMuchAtOnce, match="Try again in 2 seconds"):
        limits.spend(ANA, is_dear=True)
    limits.spend(ANA)


# fault 62
def test_one_members_flood_takes_nothing_from_a_colleague_or_another_workspace() -> None:
    limits = RateLimits(Seconds(), member=Allowance(most=4, per_second=1), workspace=Allowance(most=8, per_second=1))
    for _ in range(4):
        limits.spend(ANA)
    for _ in range(100):
        with pytest.raises(TooMuchAtOnce):
            limits.spend(ANA)
    for _ in range(4):
        limits.spend(BEN)
    limits.spend(MIA)


def test_a_whole_workspace_has_its_bound_too() -> None:
    limits = RateLimits(Seconds(), member=Allowance(most=4, per_second=1), workspace=Allowance(most=5, per_second=1))
    for _ in range(4):
        limits.spend(ANA)
    limits.spend(BEN)
    with pytest.raises(TooMuchAtOnce, match=r"^Your workspace asked for a lot at once"):
        limits.spend(BEN)


def test_a_refusal_is_said_once_in_a_few_seconds() -> None:
    seconds = Seconds()
    limits = RateLimits(seconds)
    assert [limits.is_to_be_told(ANA), limits.is_to_be_told(ANA), limits.is_to_be_told(BEN)] == [True, False, True]
    seconds.now += 5
    assert limits.is_to_be_told(ANA)


def test_a_person_at_his_screen_is_never_held_up() -> None:
    seconds = Seconds()
    limits = RateLimits(seconds)
    for number in range(300):
        seconds.now += 1.0
        limits.spend(ANA, is_dear=number % 2 == 1)


def test_work_is_shared_out_by_person_and_workspace() -> None:
    assert len({share_of(ANA), share_of(BEN), share_of(MIA)}) == 3
