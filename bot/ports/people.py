"""Workspaces, and the people in them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.people import Actor, Member, Profile, Workspace
from bot.domain.preferences import Preferences
from bot.domain.reading_habits import OwnHabits


class Workspaces(Protocol):
    """The Slack workspaces Daybook is installed in."""

    def add(self, workspace: Workspace) -> Workspace:
        """Store it, or return the one that has its Slack team id already (with the new name)."""
        ...

    def by_team(self, slack_team_id: str) -> Workspace | None: ...

    def get(self, workspace_id: UUID) -> Workspace:
        """Raises `NotFound`."""
        ...

    def lacks_addresses(self, workspace_id: UUID) -> bool:
        """Whether Daybook was not allowed to ask Slack whose an address is when it asked last."""
        ...

    def note_addresses(self, workspace_id: UUID, *, lacks: bool) -> None:
        """Remember whether it was."""
        ...


class Members(Protocol):
    """The people of a workspace, found by their Slack ids."""

    def save(self, workspace_id: UUID, profile: Profile, *, new_id: UUID, now: datetime) -> Member:
        """Insert or refresh the member of that Slack id; `new_id` is used for a new one alone."""
        ...

    def choose_habits(self, actor: Actor, own: OwnHabits) -> Member:
        """Keep how the actor wants to read times, whatever Slack says of him later; raises `NotFound`."""
        ...

    def by_slack_ids(self, workspace_id: UUID, slack_user_ids: Sequence[str]) -> Mapping[str, Member]: ...

    def full(self, workspace_id: UUID) -> Sequence[Member]:
        """The full members that are known, by name."""
        ...

    def get(self, workspace_id: UUID, member_id: UUID) -> Member:
        """Raises `NotFound`."""
        ...


class Schedules(Protocol):
    """What members decided about their time."""

    def of(self, actor: Actor, slack_zones: Mapping[UUID, str]) -> Mapping[UUID, Preferences]:
        """The preferences of members of the actor's workspace; whoever decided nothing has the defaults.

        `slack_zones` holds the zone that Slack tells of each member, by his id: it counts where he chose none.
        """
        ...

    def change(self, actor: Actor, change: Callable[[Preferences], Preferences]) -> None:
        """Change the actor's own from what they are, one change at a time; without a zone of his own he is where
        Slack says."""
        ...


class Directory(Protocol):
    """People as Slack describes them."""

    def profile(self, slack_user_id: str, team_id: str) -> Profile: ...


class Roster(Protocol):
    """Who is a colleague, by the addresses that Slack knows."""

    def colleagues(self, emails: Collection[str], team_id: str) -> Mapping[str, bool]:
        """Whether addresses are those of full members of the workspace `team_id`, as far as Slack answered.

        Those about which it did not are left out; it never raises for that. Raises `AddressesWithheld` where Daybook
        may not ask at all.
        """
        ...
