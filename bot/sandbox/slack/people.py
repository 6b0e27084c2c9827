"""Workspaces, their members and their channels."""

import dataclasses
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.sandbox.slack.identifiers import new_id
from bot.sandbox.slack.pulse import Pulse
from bot.sandbox.slack.registration import Registration

Kind = Literal["public", "private", "im"]


@dataclasses.dataclass
class Member:
    """One account in a workspace; `team_id` is where it is at home, which for a stranger is another one."""

    id: str
    team_id: str
    name: str
    real_name: str
    email: str
    tz: str | None
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    # What he asks to be called; most people leave it empty.
    display_name: str = ""
    # The language that he has Slack speak, told to apps that ask for it.
    locale: str = "en-US"
    # How clocks are shown to this person; nothing an app can see.
    twelve_hours: bool = False

    def tz_offset(self, now: float) -> int:
        """Seconds east of Greenwich at the instant `now`; nought without a zone."""
        if self.tz is None:
            return 0
        offset = datetime.fromtimestamp(now, ZoneInfo(self.tz)).utcoffset()
        return int(offset.total_seconds()) if offset else 0


@dataclasses.dataclass
class Channel:
    """A place for messages; a direct message between two members is one of kind `im`."""

    id: str
    team_id: str
    name: str
    kind: Kind
    creator: str
    created: int
    members: set[str]
    is_archived: bool = False
    # People of another organisation read it as well (Slack Connect).
    is_ext_shared: bool = False


@dataclasses.dataclass
class Workspace:
    """A workspace with the app installed, until it is removed."""

    id: str
    domain: str
    name: str
    bot: Member
    bot_id: str
    bot_token: str = dataclasses.field(repr=False)
    members: dict[str, Member] = dataclasses.field(default_factory=dict)
    channels: dict[str, Channel] = dataclasses.field(default_factory=dict)
    # Why the bot token is refused, in Slack's word; empty while it is good.
    refused_because: str = ""


class People:
    """Everyone and every place there is."""

    def __init__(self, pulse: Pulse, app: Registration) -> None:
        """Start with an empty world."""
        self._pulse = pulse
        self._app = app
        self.workspaces: dict[str, Workspace] = {}

    def add_workspace(self, domain: str, name: str = "") -> Workspace:
        """Make a workspace and install the app in it: it gets its bot user and a token."""
        team_id = new_id("T")
        bot = Member(new_id("U"), team_id, self._app.name.lower(), self._app.name, "", None, is_bot=True)
        token = f"xoxb-{secrets.randbelow(10**12)}-{secrets.token_hex(12)}"
        workspace = Workspace(team_id, domain, name or domain.title(), bot, new_id("B"), token)
        # Every list of members begins with it, and it says of itself that it is no bot.
        slackbot = Member("USLACKBOT", team_id, "slackbot", "Slackbot", "", "America/Los_Angeles")
        workspace.members |= {slackbot.id: slackbot, bot.id: bot}
        with self._pulse:
            self.workspaces[team_id] = workspace
            self._pulse.beat()
        return workspace

    def add_member(
        self,
        team_id: str,
        name: str,
        real_name: str = "",
        *,
        tz: str | None = "Europe/Berlin",
        email: str = "",
        home_team: str = "",
        admin: bool = False,
        guest: bool = False,
        locale: str = "en-US",
    ) -> Member:
        """Add a person; one with a `home_team` of his own is a stranger from another organisation."""
        workspace = self.workspaces[team_id]
        member = Member(
            new_id("U"),
            home_team or team_id,
            name,
            real_name or name.title(),
            email or f"{name}@{workspace.domain}.test",
            tz,
            is_admin=admin,
            is_restricted=guest,
            is_stranger=bool(home_team),
            locale=locale,
        )
        with self._pulse:
            workspace.members[member.id] = member
            self._pulse.beat()
        return member

    def add_channel(
        self, team_id: str, name: str, members: Iterable[str], *, private: bool = False, with_bot: bool = True
    ) -> Channel:
        """Add a channel with these members, the first of whom made it."""
        workspace = self.workspaces[team_id]
        inside = list(members)
        kind: Kind = "private" if private else "public"
        channel = Channel(new_id("C"), team_id, name, kind, inside[0] if inside else "", 0, set(inside))
        if with_bot:
            channel.members.add(workspace.bot.id)
        with self._pulse:
            workspace.channels[channel.id] = channel
            self._pulse.beat()
        return channel

    def direct(self, workspace: Workspace, one: str, other: str) -> Channel:
        """The direct message channel of two members, made when first asked for."""
        with self._pulse:
            for channel in workspace.channels.values():
                if channel.kind == "im" and channel.members == {one, other}:
                    return channel
            channel = Channel(new_id("D"), workspace.id, "directmessage", "im", one, 0, {one, other})
            workspace.channels[channel.id] = channel
            self._pulse.beat()
            return channel

    def home_of(self, user_id: str) -> Workspace:
        """The workspace in which a member is.

        Raises:
            KeyError: nobody has this id.
        """
        for workspace in self.workspaces.values():
            if user_id in workspace.members:
                return workspace
        raise KeyError(user_id)

    def holder(self, token: str) -> Workspace | None:
        """The workspace whose bot token this is."""
        for workspace in self.workspaces.values():
            if secrets.compare_digest(workspace.bot_token, token):
                return workspace
        return None
