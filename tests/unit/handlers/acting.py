"""People who act in Slack, as payloads, and what they are shown, as values."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.people import Actor, Member
from bot.rendering.names import base_name
from bot.rendering.surfaces import Message, Modal
from handlers.interaction import Surface
from handlers.payload import Payload
from handlers.registry import Handler, Kind, Prepared, Registry
from tests.unit.rendering.answers import ACME, actor, ana


@dataclass
class RecordingReply:
    """Implements `handlers.reply.Reply`; `shown` is what was shown, each with the way it was shown."""

    shown: list[tuple[str, Message | Modal]] = field(default_factory=list)

    def say(self, message: Message) -> None:
        self.shown.append(("say", message))

    def replace(self, message: Message) -> None:
        self.shown.append(("replace", message))

    def share(self, message: Message) -> None:
        self.shown.append(("share", message))

    def open(self, modal: Modal) -> None:
        self.shown.append(("open", modal))

    def update(self, modal: Modal) -> None:
        self.shown.append(("update", modal))

    def update_below(self, modal: Modal) -> None:
        self.shown.append(("update_below", modal))

    @property
    def ways(self) -> list[str]:
        """How things were shown, in order."""
        return [way for way, _ in self.shown]

    @property
    def last(self) -> Message | Modal:
        """What was shown last."""
        return self.shown[-1][1]


class DrawnHomes(list[str]):
    """A `RefreshHome` that knows whose Homes were brought up to date, by their Slack ids, in order."""

    def __call__(self, actor: Actor) -> None:
        self.append(actor.slack_user_id)


def run(prepared: Prepared, member: Member = ana) -> RecordingReply:
    """Do the work behind the acknowledgement as a member."""
    reply = RecordingReply()
    prepared.work(lambda _asker: acting(member), reply)
    return reply


def acting(member: Member) -> Actor:
    """The member as an actor."""
    return actor(member)


def pressed(
    handlers: Sequence[Handler],
    action_id: str,
    value: str,
    surface: Surface = Surface.CHANNEL,
    *,
    channel: str = "C1",
) -> Prepared:
    """A button pressed in an ephemeral message of a channel, in a modal or on Home."""
    body: dict[str, object] = {
        "user": {"id": "U1", "team_id": ACME.slack_team_id},
        "team": {"id": ACME.slack_team_id},
        "trigger_id": "1.2.3",
        "actions": [{"action_id": action_id, "block_id": "b", "type": "button", "value": value}],
    }
    if surface is Surface.CHANNEL:
        body |= {"response_url": "https://slack.test/response", "channel": {"id": channel}}
    else:
        body["view"] = {"id": "V1", "hash": "1.a", "type": surface.value, "callback_id": "", "private_metadata": ""}
    return _find(handlers, Kind.ACTION, base_name(action_id)).prepare(Payload(body))


def submitted(handlers: Sequence[Handler], callback_id: str, values: dict[str, dict[str, object]]) -> Prepared:
    """A modal submitted; `values` are its inputs' states by block id, which is their action id too."""
    state = {block_id: {block_id: element} for block_id, element in values.items()}
    view = {"id": "V1", "hash": "1.a", "type": "modal", "callback_id": callback_id, "state": {"values": state}}
    body = {"user": {"id": "U1", "team_id": ACME.slack_team_id}, "team": {"id": ACME.slack_team_id}, "view": view}
    return _find(handlers, Kind.VIEW, callback_id).prepare(Payload(body))


def shortcut(handlers: Sequence[Handler], callback_id: str) -> Prepared:
    """A global shortcut chosen."""
    body = {"user": {"id": "U1", "team_id": ACME.slack_team_id}, "callback_id": callback_id, "trigger_id": "1.2.3"}
    return _find(handlers, Kind.SHORTCUT, callback_id).prepare(Payload(body))


def _find(handlers: Sequence[Handler], kind: Kind, name: str) -> Handler:
    handler = Registry(handlers).find(kind, name)
    assert handler is not None, f"nothing handles {name}"
    return handler
