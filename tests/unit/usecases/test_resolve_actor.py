"""The person whom Slack names becomes the actor, freshly enough known."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.errors import NotAllowed, ProviderDown
from bot.domain.people import Actor, Profile, Standing, Workspace
from bot.usecases.resolve_actor import Asker, ResolveActor
from tests.fakes.clock import SettableClock
from tests.fakes.store import FakeStore

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ANA = Profile("U1", "Ana", "Europe/Berlin", Standing.FULL, is_admin=False)
ASKER = Asker(user_id="U1", team_id="T1", installed_team_id="T1")


@dataclass
class Slack:
    """Implements `ports.Directory`; `asked` tells whom it was asked about."""

    profiles: dict[str, Profile] = field(default_factory=lambda: {"U1": ANA})
    asked: list[str] = field(default_factory=list)
    is_down: bool = False

    def profile(self, slack_user_id: str, team_id: str) -> Profile:
        self.asked.append(slack_user_id)
        if self.is_down:
            raise ProviderDown("Slack did not answer.")
        return self.profiles[slack_user_id]


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(NOW)


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    with store.writing() as work:
        work.workspaces.add(Workspace(UUID(int=1), "T1", "Acme"))
        work.commit()
    return store


@pytest.fixture
def resolve(store: FakeStore, slack: Slack, clock: SettableClock) -> ResolveActor:
    return ResolveActor(store, slack, clock, lambda: UUID(int=11))


def test_somebody_new_is_looked_up_and_kept(resolve: ResolveActor, slack: Slack) -> None:
    assert resolve(ASKER) == Actor(
        workspace_id=UUID(int=1),
        member_id=UUID(int=11),
        slack_team_id="T1",
        slack_user_id="U1",
        name="Ana",
        zone="Europe/Berlin",
        standing=Standing.FULL,
        is_admin=False,
    )
    assert slack.asked == ["U1"]


def test_somebody_known_is_not_looked_up_within_the_hour(
    resolve: ResolveActor, slack: Slack, clock: SettableClock
) -> None:
    resolve(ASKER)
    clock.time = NOW + timedelta(hours=1)
    resolve(ASKER)
    assert slack.asked == ["U1"]


# fault 13
def test_somebody_who_became_a_guest_is_refused_within_the_hour_after(
    resolve: ResolveActor, slack: Slack, clock: SettableClock
) -> None:
    resolve(ASKER)
    slack.profiles["U1"] = replace(ANA, standing=Standing.GUEST)
    clock.time = NOW + timedelta(hours=1, seconds=1)
    with pytest.raises(NotAllowed, match="Guests cannot use it"):
        resolve(ASKER)


# fault 13
def test_a_change_that_slack_tells_of_counts_at_once(resolve: ResolveActor, slack: Slack) -> None:
    resolve(ASKER)
    slack.profiles["U1"] = replace(ANA, standing=Standing.DEACTIVATED)
    resolve.refresh(ASKER)
    with pytest.raises(NotAllowed, match="deactivated"):
        resolve(ASKER)


def test_a_change_of_somebody_unknown_is_none_of_our_business(resolve: ResolveActor, slack: Slack) -> None:
    resolve.refresh(ASKER)
    assert slack.asked == []


# fault 12
@pytest.mark.parametrize(
    "asker",
    [
        replace(ASKER, team_id="T2"),
        replace(ASKER, installed_team_id="T2"),
        replace(ASKER, team_id="T2", installed_team_id="T2"),
        replace(ASKER, team_id="", installed_team_id=""),
        replace(ASKER, user_id=""),
    ],
)
def test_people_from_elsewhere_are_refused_without_a_look(resolve: ResolveActor, slack: Slack, asker: Asker) -> None:
    with pytest.raises(NotAllowed, match="belongs to another workspace"):
        resolve(asker)
    assert slack.asked == []


# fault 12
@pytest.mark.parametrize("standing", [Standing.FULL, Standing.EXTERNAL])
def test_within_an_enterprise_slack_says_who_is_a_colleague(
    resolve: ResolveActor, slack: Slack, standing: Standing
) -> None:
    slack.profiles["U1"] = replace(ANA, standing=standing)
    asker = replace(ASKER, team_id="T2", enterprise_id="E1")
    if standing is Standing.FULL:
        assert resolve(asker).name == "Ana"
    else:
        with pytest.raises(NotAllowed, match="belongs to another workspace"):
            resolve(asker)
    assert slack.asked == ["U1"]


def test_nobody_is_looked_up_while_a_transaction_is_open(store: FakeStore, clock: SettableClock) -> None:
    seen: list[bool] = []

    class Watching(Slack):
        def profile(self, slack_user_id: str, team_id: str) -> Profile:
            seen.append(store.is_open)
            return super().profile(slack_user_id, team_id)

    ResolveActor(store, Watching(), clock, lambda: UUID(int=11))(ASKER)
    assert seen == [False]


def test_a_slack_that_does_not_answer_is_told_to_somebody_new(resolve: ResolveActor, slack: Slack) -> None:
    slack.is_down = True
    with pytest.raises(ProviderDown):
        resolve(ASKER)
