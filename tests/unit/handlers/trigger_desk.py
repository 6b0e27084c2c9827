"""Ana before the form, the list and the ledger of triggers, which are pressed as Slack would press them."""

from collections.abc import Sequence
from typing import Any

from bot.domain.people import Member
from bot.rendering.names import ActionId, CallbackId, base_name
from bot.rendering.surfaces import Modal
from bot.sandbox.slack.forms import Values, entry, initial_values
from handlers.actions import triggers as trigger_actions
from handlers.commands.triggers import triggers_work
from handlers.interaction import Command
from handlers.payload import Payload
from handlers.registry import Kind, Prepared, Registry
from handlers.views import trigger as trigger_view
from tests.unit.handlers.acting import DrawnHomes, RecordingReply, acting, run
from tests.unit.rendering.answers import ACME, ana
from tests.unit.rendering.screen import read_view
from tests.unit.usecases.trigger_house import TriggerHouse


class TriggerDesk(TriggerHouse):
    """Ana before the list, on which views lie as Slack stacks them."""

    def __init__(self) -> None:
        super().__init__()
        cases = self.cases()
        self.registry = Registry(
            [*trigger_actions.handlers(cases, DrawnHomes()), *trigger_view.handlers(cases, DrawnHomes())]
        )
        self.list_work = triggers_work(cases.show_all)
        self.view: Modal | None = None
        self.held: Values = {}
        self.below = ""

    def types(self, by: Member = ana) -> list[str]:
        reply = RecordingReply()
        asked = Command(asker=None, name="/daybook", text="")  # type: ignore[arg-type]  # nobody asks who it is
        self.list_work(acting(by), asked, reply)
        return self._seen(reply)

    def presses(self, action_id: str, value: str = "", by: Member = ana) -> list[str]:
        action = {"action_id": action_id, "block_id": "b", "type": "button", "value": value}
        reply = run(self._prepared(Kind.ACTION, action_id, {"actions": [action], "view": self._view()}), by)
        if base_name(action_id) in (ActionId.TRIGGER_NEW, ActionId.TRIGGER_EDIT):
            self.below = "V1"
        return self._seen(reply)

    def fills(self, **fields: Any) -> list[str]:
        """Fields by their block ids; what the form shows then, where Slack tells of the change."""
        for block_id, value in fields.items():
            [block] = [block for block in self._blocks() if block.get("block_id") == block_id]
            element = block["element"]
            self.held[block_id] = {element["action_id"]: entry(element, _chosen(element, value))}
            if block.get("dispatch_action"):
                state = self.held[block_id][element["action_id"]]
                action = {"action_id": element["action_id"], "block_id": block_id, **state}
                body: dict[str, object] = {"actions": [action], "view": self._view()}
                self._seen(run(self._prepared(Kind.ACTION, element["action_id"], body)))
        assert self.view is not None
        return read_view(self.view)

    def prepares(self) -> Prepared:
        return self._prepared(Kind.VIEW, CallbackId.TRIGGER, {"view": self._view()})

    def submits(self, by: Member = ana) -> RecordingReply:
        prepared = self.prepares()
        assert prepared.mistakes == {}
        assert prepared.loading is not None
        reply = run(prepared, by)
        self._seen(reply)
        return reply

    def _seen(self, reply: RecordingReply) -> list[str]:
        views = [view for way, view in reply.shown if way in ("open", "update") and isinstance(view, Modal)]
        for view in views:
            read_view(view)
        self.view = views[-1]
        blocks: list[Any] = [block for block in self._blocks() if "block_id" in block]
        self.held = initial_values(blocks, self.held)
        return read_view(self.view)

    def _view(self) -> dict[str, object]:
        metadata = self.view.private_metadata if self.view else ""
        return {
            "id": "V1" if not self.below else "V2",
            "previous_view_id": self.below,
            "hash": "1.a",
            "type": "modal",
            "callback_id": CallbackId.TRIGGER,
            "private_metadata": metadata,
            "state": {"values": self.held},
        }

    def _prepared(self, kind: Kind, name: str, body: dict[str, object]) -> Prepared:
        handler = self.registry.find(kind, name)
        assert handler is not None, name
        person = {"id": "U1", "team_id": ACME.slack_team_id}
        return handler.prepare(Payload({"user": person, "team": {"id": "T1"}, "trigger_id": "1.2.3", **body}))

    def _blocks(self) -> Sequence[Any]:
        assert self.view is not None
        return list(self.view.blocks)


def _chosen(element: dict[str, Any], value: Any) -> Any:
    """Words as they stand on the screen, as what Slack delivers."""
    options = {option["text"]["text"]: option for option in element.get("options", ())}
    if element["type"] == "checkboxes":
        return [options[one] for one in value]
    return options.get(value, value)


def shown(reply: RecordingReply) -> list[list[str]]:
    """The lines of every view that was shown, in order."""
    return [read_view(view) for _, view in reply.shown if isinstance(view, Modal)]
