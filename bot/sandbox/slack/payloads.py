"""What Slack sends for each kind of interaction and event, field by field."""

import secrets
import uuid
from collections.abc import Mapping

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.identifiers import new_id, stamp
from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.methods.chat import described
from bot.sandbox.slack.people import Channel, Member, Workspace
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.views import View


class Payloads:
    """The payloads about one member of one workspace."""

    def __init__(self, backend: Backend, workspace: Workspace, member: Member) -> None:
        """Tell of what `member` does in `workspace`."""
        self._backend = backend
        self._workspace = workspace
        self._member = member

    def command(self, channel: Channel, command: str, text: str) -> dict[str, str]:
        """A slash command, as a form."""
        workspace, member = self._workspace, self._member
        path = self._backend.tickets.new_response_url("commands", workspace.id, member.id, channel.id)
        return {
            "token": self._backend.app.verification_token,
            "team_id": workspace.id,
            "team_domain": workspace.domain,
            "channel_id": channel.id,
            "channel_name": _shown_name(channel),
            "user_id": member.id,
            "user_name": member.name,
            "command": command,
            "text": text,
            "api_app_id": self._backend.app.app_id,
            "is_enterprise_install": "false",
            "response_url": self._backend.url + path,
            "trigger_id": self._backend.tickets.new_trigger(workspace.id, member.id),
        }

    def message_action(self, message: Message, action: Json) -> Json:
        """Something done in a message."""
        workspace, ephemeral = self._workspace, message.only_for is not None
        channel = workspace.channels[message.channel_id]
        path = self._backend.tickets.new_response_url("actions", workspace.id, self._member.id, channel.id, message.ts)
        payload = self._interaction("block_actions") | {
            "container": {
                "type": "message",
                "message_ts": message.ts,
                "channel_id": channel.id,
                "is_ephemeral": ephemeral,
            },
            "trigger_id": self._backend.tickets.new_trigger(workspace.id, self._member.id),
            "channel": {"id": channel.id, "name": _shown_name(channel)},
            "state": {"values": message.values},
            "response_url": self._backend.url + path,
            "actions": [action],
        }
        if not ephemeral:
            # Slack does not keep what it shows to one person, so it cannot send it along.
            payload["message"] = described(self._backend.app, workspace, message)
        return payload

    def view_action(self, view: View, action: Json) -> Json:
        """Something done in a modal or on the Home tab."""
        return self._interaction("block_actions") | {
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self._trigger(view),
            "view": self._view(view),
            "actions": [action],
        }

    def submission(self, view: View) -> Json:
        """A modal is submitted."""
        return self._interaction("view_submission") | {
            "trigger_id": self._trigger(view),
            "view": self._view(view),
            "response_urls": self._response_urls(view),
        }

    def closing(self, view: View, *, cleared: bool) -> Json:
        """A modal was closed, with all under it if `cleared`."""
        return self._interaction("view_closed") | {"view": self._view(view), "is_cleared": cleared}

    def suggestion(self, surface: Message | View, block_id: str, action_id: str, typed: str) -> Json:
        """Somebody types into a select whose options come from the app."""
        payload = self._interaction("block_suggestion") | {
            "action_id": action_id,
            "block_id": block_id,
            "value": typed,
        }
        if isinstance(surface, View):
            return payload | {
                "container": {"type": "view", "view_id": surface.id},
                "view": self._view(surface),
            }
        channel = self._workspace.channels[surface.channel_id]
        container = {
            "type": "message",
            "message_ts": surface.ts,
            "channel_id": channel.id,
            "is_ephemeral": surface.only_for is not None,
        }
        return payload | {
            "container": container,
            "channel": {"id": channel.id, "name": _shown_name(channel)},
        }

    def shortcut(self, callback_id: str) -> Json:
        """A global shortcut."""
        return self._interaction("shortcut") | {
            "action_ts": self._now(),
            "callback_id": callback_id,
            "trigger_id": self._backend.tickets.new_trigger(self._workspace.id, self._member.id),
        }

    def home_opened(self, tab: str) -> Json:
        """The event of opening a tab of the app."""
        channel = self._backend.people.direct(self._workspace, self._workspace.bot.id, self._member.id)
        event: Json = {
            "type": "app_home_opened",
            "user": self._member.id,
            "channel": channel.id,
            "tab": tab,
            "event_ts": self._now(),
        }
        home = self._backend.views.home(self._member.id)
        if tab == "home" and home is not None:
            event["view"] = self._view(home)
        return event

    def written(self, message: Message) -> Json:
        """The event of a message that the member wrote to the app."""
        words = {"type": "rich_text_section", "elements": [{"type": "text", "text": message.text}]}
        return {
            "client_msg_id": str(uuid.uuid4()),
            "type": "message",
            "user": self._member.id,
            "team": self._member.team_id,
            "channel": message.channel_id,
            "channel_type": "im",
            "text": message.text,
            "blocks": [{"type": "rich_text", "block_id": new_id("b"), "elements": [words]}],
            "ts": message.ts,
            "event_ts": message.ts,
        }

    def action(self, block_id: str, element: Json, state: Mapping[str, object]) -> Json:
        """What was done with an element: `state` is what stands in it now."""
        told = {"type": element["type"], "block_id": block_id, "action_id": element["action_id"], **state}
        for field in ("text", "value", "url", "style", "placeholder", "initial_option", "initial_date"):
            if field in element:
                told.setdefault(field, element[field])
        return told | {"action_ts": self._now()}

    def _interaction(self, kind: str) -> Json:
        workspace, member = self._workspace, self._member
        return {
            "type": kind,
            "user": {
                "id": member.id,
                "username": member.name,
                "name": member.name,
                "team_id": member.team_id,
            },
            "api_app_id": self._backend.app.app_id,
            "token": self._backend.app.verification_token,
            "team": {"id": workspace.id, "domain": workspace.domain},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _view(self, view: View) -> Json:
        return self._backend.views.payload(view, self._workspace)

    def _trigger(self, view: View) -> str:
        inside = view.id if view.kind == "modal" else None
        return self._backend.tickets.new_trigger(self._workspace.id, self._member.id, inside)

    def _response_urls(self, view: View) -> list[Json]:
        urls = []
        for block in view.blocks:
            element = block.get("element", {})
            if not element.get("response_url_enabled"):
                continue
            state = view.values[block["block_id"]][element["action_id"]]
            channel_id = state.get("selected_conversation") or state.get("selected_channel")
            if channel_id in self._workspace.channels:
                path = self._backend.tickets.new_response_url("app", self._workspace.id, self._member.id, channel_id)
                urls.append(
                    {
                        "block_id": block["block_id"],
                        "action_id": element["action_id"],
                        "channel_id": channel_id,
                        "response_url": self._backend.url + path,
                    }
                )
        return urls

    def _now(self) -> str:
        return stamp(self._backend.clock(), secrets.randbelow(1_000_000))


def event_callback(backend: Backend, workspace: Workspace, event: Json) -> Json:
    """The envelope in which an event travels."""
    authorization = {
        "enterprise_id": None,
        "team_id": workspace.id,
        "user_id": workspace.bot.id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": backend.app.verification_token,
        "team_id": workspace.id,
        "api_app_id": backend.app.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(backend.clock()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{secrets.token_urlsafe(48)}",
    }


def _shown_name(channel: Channel) -> str:
    return "privategroup" if channel.kind == "private" else channel.name
