"""Whose asking is counted as what, and when it is too much."""

from typing import Any

import pytest

from bot.domain.token_bucket import Allowance, TooMuchAtOnce
from bot.rendering.names import ActionId, CallbackId, CommandName, numbered
from bot.usecases.resolve_actor import Asker
from handlers.interaction import Action, Command, Interaction, Shortcut
from handlers.limits import DEAR, USUAL, RateLimits, cost_of, share_of
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


def typed(text: str, asker: Asker = ANA, name: str = CommandName.DAYBOOK) -> Command:
    return Command(asker=asker, name=name, text=text)


def pressed(action_id: str, value: str = "") -> Action:
    return Action(asker=ANA, action_id=action_id, value=value, chosen=())


@pytest.mark.parametrize(
    ("interaction", "cost"),
    [
        (typed("help"), USUAL),
        (typed(""), USUAL),
        (typed("slots @ben tomorrow"), DEAR),
        (typed("WEEK"), DEAR),
        (typed("", name=CommandName.SLOTS), DEAR),
        (typed("", name=CommandName.SETTINGS), USUAL),
        (pressed(numbered(ActionId.RUN, "help"), "help"), USUAL),
        (pressed(numbered(ActionId.RUN, "connect"), "connect"), DEAR),
        (pressed(numbered(ActionId.SLOT, "15:00"), "1 30 all U1"), DEAR),
        (pressed(ActionId.SETTINGS_TAB), USUAL),
        (pressed(ActionId.WEEK), DEAR),
        (pressed(ActionId.ROUND_TRIP), DEAR),
        (Shortcut(asker=ANA, callback_id=CallbackId.FIND_A_TIME), DEAR),
    ],
)
def test_what_costs_more_counts_for_more(interaction: Interaction, cost: int) -> None:
    assert cost_of(interaction) == cost


class Uncalled:
    """Stands for the use-cases: the words are named, and nothing is asked for."""

    def __getattr__(self, name: str) -> "Uncalled":
        return Uncalled()


def test_whatever_a_subcommand_is_called_by_it_costs_the_same() -> None:
    cases: Any = Uncalled()
    subcommands = subcommands_of(cases, SettableClock(NOON))
    costs = {one.word: {cost_of(typed(word)) for word in (one.word, *one.aliases)} for one in subcommands}
    dear = {"slots", "book", "week", "why", "connect", "status", "digest"}
    assert costs == {word: {DEAR if word in dear else USUAL} for word in costs}


def test_after_so_many_at_once_one_is_told_to_wait_and_then_served() -> None:
    seconds = Seconds()
    limits = RateLimits(seconds, member=Allowance(most=4, per_second=0.5))
    for _ in range(4):
        limits.spend(typed("help"))
    with pytest.raises(TooMuchAtOnce, match=r"^That was a lot at once\. Nothing was done\. Try again in 2 seconds\.$"):
        limits.spend(typed("help"))
    seconds.now += 2
    limits.spend(typed("help"))


# fault 62
def test_one_members_flood_takes_nothing_from_a_colleague_or_another_workspace() -> None:
    limits = RateLimits(Seconds(), member=Allowance(most=4, per_second=1), workspace=Allowance(most=8, per_second=1))
    for _ in range(4):
        limits.spend(typed("help"))
    for _ in range(100):
        with pytest.raises(TooMuchAtOnce):
            limits.spend(typed("help"))
    for _ in range(4):
        limits.spend(typed("help", BEN))
    limits.spend(typed("help", MIA))


def test_a_whole_workspace_has_its_bound_too() -> None:
    limits = RateLimits(Seconds(), member=Allowance(most=4, per_second=1), workspace=Allowance(most=5, per_second=1))
    for _ in range(4):
        limits.spend(typed("help"))
    limits.spend(typed("help", BEN))
    with pytest.raises(TooMuchAtOnce, match=r"^Your workspace asked for a lot at once"):
        limits.spend(typed("help", BEN))


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
        limits.spend(typed("slots" if number % 2 else "help"))


def test_work_is_shared_out_by_person_and_workspace() -> None:
    assert len({share_of(ANA), share_of(BEN), share_of(MIA)}) == 3
