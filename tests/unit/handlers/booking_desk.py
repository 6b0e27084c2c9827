"""Every handler of booking on Acme, and a person before the forms as Slack shows them."""

from typing import Any

from bot.domain.appointments import Appointment
from bot.domain.cards import CardButton
from bot.domain.people import Member
from bot.rendering.card_ref import CardRef
from bot.rendering.names import ActionId, CallbackId, CommandName
from bot.rendering.surfaces import Modal
from bot.sandbox.slack.forms import Values, entry, initial_values
from bot.usecases.answer_question import AnswerQuestion
from bot.usecases.ask_to_connect import AskToConnect
from bot.usecases.book_appointment import BookAppointment
from bot.usecases.booking_form import BookAgain, ShowBookingForm
from bot.usecases.change_appointment import CancelAppointment, ChangeVenue, ConfirmHold, SettleAppointment
from bot.usecases.find_contacts import FindContacts
from bot.usecases.find_slots import FindSlots
from bot.usecases.move_appointment import MoveAppointment
from bot.usecases.move_form import ShowMoveForm
from bot.usecases.offer_slots import ClaimOffer, OfferSlots, WithdrawOffer
from bot.usecases.resolve_actor import Asker
from bot.usecases.retry_delivery import RetryDelivery
from bot.usecases.show_appointment import ShowAppointment
from bot.usecases.undo_change import UndoChange
from handlers.actions.booking import opening_with
from handlers.actions.card import CardCases
from handlers.booking_catalogue import BookingCases, booking_handlers
from handlers.commands.book import book_work
from handlers.interaction import Command
from handlers.payload import Payload
from handlers.registry import Kind, Prepared, Registry
from tests.fakes.notifier import RecordingNotifier
from tests.unit.handlers.acting import DrawnHomes, RecordingReply, acting, run
from tests.unit.rendering.answers import ACME, ana
from tests.unit.rendering.screen import read_view
from tests.unit.usecases.booking_house import BookingHouse


class Desk(BookingHouse):
    """What is pressed and typed is sent as Slack would send it; what stands in a form stays under its ids."""

    def __init__(self) -> None:
        super().__init__()
        store, clock, soon = self.store, self.clock, self.deliver_soon
        self.form_of = ShowBookingForm(store, clock, self.resolve_members())
        book = BookAppointment(store, clock, self.new_id, self.resolve_members(), self.read_live(), soon)
        card = CardCases(
            answer=AnswerQuestion(store, clock, soon),
            book_again=BookAgain(store),
            cancel=CancelAppointment(store, clock, soon),
            change_venue=ChangeVenue(store, clock, soon),
            confirm=ConfirmHold(store, clock, soon),
            retry=RetryDelivery(store, clock, soon),
            settle=SettleAppointment(store, clock, soon),
            show=ShowAppointment(store, clock),
            undo=UndoChange(store, clock, soon),
        )
        cases = BookingCases(
            book=book,
            booking_form=self.form_of,
            card=card,
            claim_offer=ClaimOffer(store, clock, book),
            find_contacts=FindContacts(store),
            find_slots=FindSlots(store, clock, self.resolve_members()),
            move=MoveAppointment(store, clock, self.read_live(), soon),
            move_form=ShowMoveForm(store, clock),
            offer_slots=OfferSlots(store, clock, self.new_id, self.resolve_members()),
            withdraw_offer=WithdrawOffer(store),
        )
        self.notifier = RecordingNotifier()
        ask = AskToConnect(store, self.notifier, self.resolve_members(), clock)
        self.homes = DrawnHomes()
        self.registry = Registry(booking_handlers(cases, ask, self.homes, clock))
        self.view: Modal | None = None
        self.held: Values = {}
        self.triggers = 0

    def types(self, words: str, by: Member = ana) -> RecordingReply:
        """`/daybook book` with these words."""
        reply = RecordingReply()
        command = Command(
            asker=Asker("U1", "T1", "T1", ""), name=CommandName.BOOK, text=words, trigger_id=self._trigger()
        )
        book_work(opening_with(self.form_of))(acting(by), command, reply)
        return self._seen(reply)

    def presses(self, action_id: str, value: str, by: Member = ana, *, menu: bool = False) -> RecordingReply:
        """A button in a message of a channel, or one behind three dots."""
        action: dict[str, object] = {"action_id": action_id, "block_id": "b", "type": "button", "value": value}
        if menu:
            action = {"action_id": action_id, "block_id": "b", "selected_option": {"value": value}}
        body: dict[str, object] = {
            "actions": [action],
            "response_url": "https://slack.test/response",
            "channel": {"id": "D1"},
        }
        return self._seen(run(self._prepared(Kind.ACTION, action_id, body), by))

    def presses_card(self, button: CardButton, appointment: Appointment, by: Member = ana) -> RecordingReply:
        """A button of the appointment's card, as it was drawn for that version."""
        value = CardRef(button, appointment.id, appointment.version).value()
        return self.presses(f"{ActionId.CARD}:{button}", value, by)

    def presses_inside(self, label: str) -> RecordingReply:
        """A button in the view that is shown."""
        [element] = [each for each in self._elements() if each["type"] == "button" and each["text"]["text"] == label]
        return self._act(element)

    def fills(self, block_id: str, value: object) -> None:
        """Something is typed or chosen in a field; Slack tells nobody."""
        block = next(block for block in self._blocks() if block.get("block_id") == block_id)
        self.held[block_id] = {block["element"]["action_id"]: entry(block["element"], value)}

    def changes(self, block_id: str, value: object) -> RecordingReply:
        """The same in a field of which Slack tells at once."""
        self.fills(block_id, value)
        block = next(block for block in self._blocks() if block.get("block_id") == block_id)
        assert block["dispatch_action"], f"nobody is told of {block_id}"
        element = block["element"]
        return self._act({**element, **self.held[block_id][element["action_id"]]})

    def prepares(self) -> Prepared:
        """The submission of the form, before anything is done."""
        assert self.view is not None
        return self._prepared(Kind.VIEW, self.view.callback_id, {"view": self._view()})

    def submits(self, by: Member = ana) -> RecordingReply:
        """The form without a mistake on it, and what comes of it."""
        prepared = self.prepares()
        assert prepared.mistakes == {}
        assert prepared.loading is not None
        self.held = {}
        return self._seen(run(prepared, by))

    def searches(self, typed: str, by: Member = ana) -> list[str]:
        """What is offered under the field for a contact."""
        prepared = self._prepared(Kind.OPTIONS, ActionId.CONTACT, {"value": typed, "view": self._view()})
        found: Any = prepared.search(lambda _asker: acting(by))
        return [option["text"]["text"] for option in found]

    def shortcut(self) -> RecordingReply:
        """The global shortcut."""
        return self._seen(run(self._prepared(Kind.SHORTCUT, CallbackId.BOOK, {"callback_id": CallbackId.BOOK})))

    def reads(self) -> list[str]:
        """The view that is shown, line by line."""
        assert self.view is not None
        return read_view(self.view)

    def stands_in(self, block_id: str) -> object:
        """What stands in a field."""
        [held] = self.held[block_id].values()
        [value] = [each for name, each in held.items() if name != "type"]
        return value["value"] if isinstance(value, dict) else value

    def _act(self, action: dict[str, Any]) -> RecordingReply:
        body: dict[str, object] = {"actions": [action], "view": self._view()}
        return self._seen(run(self._prepared(Kind.ACTION, action["action_id"], body)))

    def _seen(self, reply: RecordingReply) -> RecordingReply:
        views = [shown for way, shown in reply.shown if way in ("open", "update") and isinstance(shown, Modal)]
        if views:
            self.view = views[-1]
            read_view(self.view)
            self.held = initial_values([block for block in self._blocks() if "block_id" in block], self.held)
        return reply

    def _view(self) -> dict[str, object]:
        view = self.view
        metadata = view.private_metadata if view else ""
        callback = view.callback_id if view else ""
        state = {"values": self.held}
        return {
            "id": "V1",
            "hash": "1.a",
            "type": "modal",
            "callback_id": callback,
            "private_metadata": metadata,
            "state": state,
        }

    def _prepared(self, kind: Kind, name: str, body: dict[str, object]) -> Prepared:
        person = {"id": "U1", "team_id": ACME.slack_team_id}
        handler = self.registry.find(kind, name)
        assert handler is not None, name
        team = {"id": ACME.slack_team_id}
        return handler.prepare(Payload({"user": person, "team": team, "trigger_id": self._trigger(), **body}))

    def _trigger(self) -> str:
        self.triggers += 1
        return f"1.2.{self.triggers}"

    def _blocks(self) -> list[Any]:
        assert self.view is not None
        return list(self.view.blocks)

    def _elements(self) -> list[Any]:
        inside = [element for block in self._blocks() if block["type"] == "actions" for element in block["elements"]]
        return [*inside, *(block["accessory"] for block in self._blocks() if "accessory" in block)]
