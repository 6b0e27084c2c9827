"""Workspaces, members, and the actor on whose behalf every lookup is made."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


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
    """A person as Slack describes him: `zone` is an IANA name, never an offset (offsets change by DST).

    `is_app` of what is none: wherever Slack lets people choose people, it offers apps and Slackbot too.
    """

    slack_user_id: str
    name: str
    zone: str
    standing: Standing
    is_admin: bool
    is_app: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a workspace, as last read from Slack at `checked_at`."""

    id: UUID
    workspace_id: UUID
    slack_user_id: str
    name: str
    zone: str
    standing: Standing
    is_admin: bool
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks. Ids from payloads are hints; what an actor may reach is decided by this value alone."""

    workspace_id: UUID
    member_id: UUID
    slack_team_id: str
    slack_user_id: str
    name: str
    zone: str
    standing: Standing
    is_admin: bool


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
    )
