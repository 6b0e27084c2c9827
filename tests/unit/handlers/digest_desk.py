"""The people of Acme before the screens of digests, which are pressed as Slack would press them."""

from typing import Any

from bot.domain.people import Member
from bot.rendering.digests.ref import DigestDeed, DigestRef
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Message, Modal
from bot.usecases.ask_to_connect import AskToConnect
from handlers.actions import digests as digest_actions
from handlers.commands.digest import digest_work
from handlers.interaction import Command, Surface
from handlers.payload import Payload
from handlers.registry import Kind, Prepared, Registry
from handlers.views import digest as digest_view
from tests.digest_builders import SALES
from tests.fakes.notifier import RecordingNotifier
from tests.unit.handlers.acting import DrawnHomes, RecordingReply, acting, run
from tests.unit.rendering.answers import ACME, ana
from tests.unit.rendering.screen import read_message, read_view
from tests.unit.usecases.digest_house import DigestHouse


class DigestDesk(DigestHouse):
    """The people of Acme before Slack, in #sales or elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        cases, self.homes = self.cases(), DrawnHomes()
        self.notifier = RecordingNotifier()
        ask = AskToConnect(self.store, self.notifier, self.resolve_members(), self.clock)
        self.registry = Registry(
            [*digest_actions.handlers(cases, ask, self.homes), *digest_view.handlers(cases, self.homes)]
        )
        self.work = digest_work(cases)
        self.mark = ""

    def types(self, by: Member = ana, channel: str = SALES, text: str = "") -> list[str]:
        """`/daybook digest` in a channel, or what follows it; what is on the screen then."""
        reply = RecordingReply()
        asked = Command(asker=None, name="/daybook", text=text, trigger_id="1.2.3", channel_id=channel)  # type: ignore[arg-type]  # nobody asks who it is
        self.work(acting(by), asked, reply)
        return self._seen(reply)

    def presses(self, action_id: str, value: str, by: Member = ana, surface: Surface = Surface.MODAL) -> list[str]:
        body: dict[str, object] = {
            "trigger_id": "1.2.4",
            "actions": [{"action_id": action_id, "block_id": "b", "type": "button", "value": value}],
        }
        if surface is Surface.MODAL:
            body["view"] = {"id": "V1", "hash": "1.a", "type": "modal", "private_metadata": self.mark}
        return self._seen(run(self._prepared(Kind.ACTION, action_id, body), by))

    def does(self, deed: DigestDeed, by: Member = ana) -> list[str]:
        [row] = self.store.tables.digests.values()
        level = row.digest.level if deed is DigestDeed.JOIN else None
        return self.presses(ActionId.DIGEST_DO, DigestRef(deed, row.digest.id, level).value(), by)

    def prepares(self, **fields: Any) -> Prepared:
        """The form as it is submitted, of Ana's own days at 9:00 on Mondays, but for what is told."""
        entered: dict[str, Any] = {
            "rhythm": {"selected_option": {"value": "weekly"}},
            "weekdays": {"selected_options": [{"value": "0"}]},
            "time": {"selected_time": "09:00"},
            "zone": {"selected_option": {"value": "slack"}},
            "people": {"selected_users": ["U1", "U2"]},
            "level": {"selected_option": {"value": "titles"}},
            "quiet": {"selected_options": []},
        } | fields
        state = {block: {str(ActionId.DIGEST): {"type": "x", **held}} for block, held in entered.items()}
        view = {"id": "V2", "hash": "1", "type": "modal", "callback_id": CallbackId.DIGEST, "state": {"values": state}}
        return self._prepared(Kind.VIEW, CallbackId.DIGEST, {"view": {**view, "private_metadata": self.mark}})

    def submits(self, by: Member = ana, **fields: Any) -> list[str]:
        prepared = self.prepares(**fields)
        assert prepared.mistakes == {}
        return self._seen(run(prepared, by))

    def _prepared(self, kind: Kind, name: str, body: dict[str, object]) -> Prepared:
        person = {"user": {"id": "U1", "team_id": ACME.slack_team_id}, "team": {"id": ACME.slack_team_id}}
        handler = self.registry.find(kind, name)
        assert handler is not None
        return handler.prepare(Payload(person | body))

    def _seen(self, reply: RecordingReply) -> list[str]:
        shown = [one for way, one in reply.shown if way != "update_below"][-1]
        if isinstance(shown, Message):
            return read_message(shown)
        assert isinstance(shown, Modal)
        self.mark = shown.private_metadata
        return read_view(shown)
