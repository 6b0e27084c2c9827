"""Workspaces, members, and the actor on whose behalf every lookup is made."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.reading_habits import EVERYBODYS, FOLLOWS_SLACK, Habits, OwnHabits, habits_of


class Standing(StrEnum):
    """What a person is to the workspace; only `FULL` members use Daybook."""

    FULL = "full"
    GUEST = "guest"
    EXTERNAL = "external"
    DEACTIVATED = "deactivated"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A Slack workspace that Daybook is installed in."""

    id: UUID
    slack_team_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as Slack describes him.

    `zone` is an IANA name, never an offset (offsets change by DST); `locale` names the language that he has Slack
    speak, such as `en-US`, and is empty where Slack does not say. `is_app` marks an app or Slackbot, which Slack offers
    wherever people are chosen.
    """

    slack_user_id: str
    name: str
    zone: str
    standing: Standing
    is_admin: bool
    locale: str = ""
    is_app: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a workspace, as last read from Slack at `checked_at`, and how he chose to read times."""

    id: UUID
    workspace_id: UUID
    slack_user_id: str
    name: str
    zone: str
    standing: Standing
    is_admin: bool
    checked_at: datetime
    locale: str = ""
    own_habits: OwnHabits = FOLLOWS_SLACK

    @property
    def habits(self) -> Habits:
        """How he reads times."""
        return habits_of(self.locale, self.own_habits)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. Ids from payloads are hints; what an actor may reach is decided by this value alone.

    By his `habits` the words that he writes about weeks are understood, and what he is answered is written.
    """

    workspace_id: UUID
    member_id: UUID
    slack_team_id: str
    slack_user_id: str
    name: str
    zone: str
    standing: Standing
    is_admin: bool
    habits: Habits = EVERYBODYS


def actor_of(member: Member, workspace: Workspace) -> Actor:
    """The member as the one who asks."""
    return Actor(
        workspace_id=workspace.id,
        member_id=member.id,
        slack_team_id=workspace.slack_team_id,
        slack_user_id=member.slack_user_id,
        name=member.name,
        zone=member.zone,
        standing=member.standing,
        is_admin=member.is_admin,
        habits=member.habits,
    )
