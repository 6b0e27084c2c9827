"""Every handler of contacts on Acme, and a person before the views as Slack shows them."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from bot.domain.calendars import TWO_WAY, ContactPolicy, EventStyle, SyncOption
from bot.domain.contacts import Contact, new_contact
from bot.domain.events import EventStatus, Occurrence, RemoteEvent, Response
from bot.domain.invitee_questions import WAIT, InviteeBatch
from bot.domain.occasions import Occasion, What
from bot.domain.people import Member
from bot.domain.taken import TakenAppointment, TakenContact
from bot.domain.triggers import ActionKind, Trigger, TriggerAction, TriggerFilter
from bot.rendering.invitees import invitees_message
from bot.rendering.names import CommandName
from bot.rendering.surfaces import Message, Modal
from bot.sandbox.slack.forms import Values, entry, initial_values
from bot.usecases.answer_invitee import AnswerInvitee
from bot.usecases.ask_about_invitees import AskAboutInvitees
from bot.usecases.booking_form import ShowBookingForm
from bot.usecases.cancel_named import CancelNamed
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.delete_contact import DeleteContact, LookAtDelete
from bot.usecases.edit_contact import CreateContact, EditContact
from bot.usecases.find_contacts import FindContacts
from bot.usecases.leave_out import AllowAgain, NameDomains, ShowLeftOut
from bot.usecases.list_contacts import ListContacts
from bot.usecases.merge_contacts import LookAtMerge, MergeContacts
from bot.usecases.resolve_actor import Asker
from bot.usecases.show_contact import ShowContact
from bot.usecases.take_off_address import TakeOffAddress
from handlers.actions.booking import opening_with
from handlers.actions.contacts import ContactCases
from handlers.contacts_catalogue import contact_handlers, contacts_subcommand
from handlers.interaction import Command
from handlers.payload import Payload
from handlers.registry import Kind, Prepared, Registry
from tests.builders import span
from tests.fakes.notifier import RecordingNotifier
from tests.fakes.tables import EventRow, PlaceRow
from tests.fakes.trigger_rows import TriggerRow
from tests.unit.handlers.acting import RecordingReply, acting, run
from tests.unit.rendering.answers import ACME, ana
from tests.unit.rendering.screen import read_message, read_view
from tests.unit.usecases.booking_house import BookingHouse


class ContactsDesk(BookingHouse):
    """What is pressed and typed is sent as Slack would send it; what stands in a form stays under its ids."""

    def __init__(self) -> None:
        super().__init__()
        store, clock = self.store, self.clock
        self.cases = ContactCases(
            allow_again=AllowAgain(store),
            answer_invitee=AnswerInvitee(store, clock, self.new_id),
            cancel=CancelNamed(CancelAppointment(store, clock, lambda: None)),
            create=CreateContact(store, clock, self.new_id),
            delete=DeleteContact(store, clock),
            edit=EditContact(store),
            list=ListContacts(store),
            look_at_delete=LookAtDelete(store, clock),
            look_at_merge=LookAtMerge(store, clock),
            merge=MergeContacts(store),
            name_domains=NameDomains(store, clock),
            show=ShowContact(store, clock),
            show_left_out=ShowLeftOut(store),
            take_off=TakeOffAddress(store),
        )
        self.notifier = RecordingNotifier()
        self.ask = AskAboutInvitees(store, self.notifier, clock)
        open_booking = opening_with(ShowBookingForm(store, clock, self.resolve_members()))
        self.registry = Registry(contact_handlers(self.cases, FindContacts(store), open_booking))
        self.shown: Modal | Message | None = None
        self.held: Values = {}

    # --- What there is

    def has_contact(self, email: str = "maya@ortiz.test", name: str = "Maya Ortiz", **fields: Any) -> Contact:
        """A contact of Acme's."""
        contact = Contact(self.new_id(), ACME.id, email, name, **fields)
        self.store.tables.contacts[contact.id] = contact
        return contact

    def contacts(self) -> list[Contact]:
        """All that are somebody, by name."""
        with self.store.reading() as work:
            return list(work.contacts.search(acting(ana), "", limit=1000))

    def batch(self, member: Member = ana) -> InviteeBatch:
        """What a host was asked last."""
        asked = [batch for who, batch in self.notifier.asked_about_invitees if who == member.slack_user_id]
        return asked[-1]

    def meets(
        self, contact: Contact, when: str, *, host: Member = ana, title: str = "Plans", response: Response
    ) -> None:
        """A meeting with the contact in a member's Google."""
        key = self.new_id()
        people = (TakenContact(contact, response),)
        place = (self.calendars[host.id].id, str(key))
        self.store.tables.taken_places[place] = PlaceRow(key, span(when))
        self.store.tables.taken[key] = TakenAppointment(
            key, ACME.id, f"{key}@g", 0, span(when), title, False, (host.id,), people, self.clock.now()
        )

    def is_invited_by(self, *people: str, host: Member = ana) -> list[str]:
        """People whom nobody knows stand in a host's calendar, and he is asked; each is `Name <address>`."""
        unknown = [new_contact(one.partition("<")[2].rstrip(">"), one.partition("<")[0]) for one in people]
        with self.store.writing() as work:
            work.invitees.ask(ACME.id, host.id, unknown, self.clock.now(), met_at=self.clock.now())
            work.commit()
        if not self.is_coloured(host):
            self.has_option(replace(TWO_WAY, contact_policy=ContactPolicy.ASK, fire_triggers=False), host)
        self.clock.time += WAIT
        self.ask()
        return self.is_asked(invitees_message(self.batch(host)))

    def stands_in_an_event(self, email: str, when: str, *, title: str) -> None:
        """Ana's calendar has an event whose decision hangs on that address."""
        calendar_id, at = self.calendars[ana.id].id, span(when)
        event = RemoteEvent("met", EventStatus.CONFIRMED, title=title)
        self.store.tables.events.setdefault(calendar_id, {})["met"] = EventRow(event, 0, False, None, emails=(email,))
        happening = (Occurrence(*at, "met", "met", True),)
        self.store.tables.occurrences.setdefault(calendar_id, {})["met"] = happening

    def is_two_way(self) -> None:
        """Ana's linked calendar asks about strangers, and triggers hear of what is made in it."""
        self.has_option(replace(TWO_WAY, contact_policy=ContactPolicy.ASK))

    def has_option(self, option: SyncOption, host: Member = ana) -> None:
        """A host's linked calendar has that option from now on."""
        row = self.store.tables.calendars[self.calendars[host.id].id]
        calendar = replace(row.calendar, option=option, option_since=self.clock.now())
        self.store.tables.calendars[calendar.id] = replace(row, calendar=calendar)

    def is_coloured(self, host: Member) -> bool:
        """Whether a host's calendar is two-way."""
        option = self.store.tables.calendars[self.calendars[host.id].id].calendar.option
        return option.event_style is EventStyle.COLOURED

    def listens(self) -> None:
        """A trigger waits for contacts from now on."""
        trigger = Trigger(
            self.new_id(),
            ACME.id,
            ana.id,
            "New people",
            frozenset({What.CONTACT_ADDED}),
            TriggerFilter(),
            TriggerAction(ActionKind.MESSAGE),
            self.clock.now(),
        )
        self.store.tables.triggers[trigger.id] = TriggerRow(trigger, None)

    def heard(self) -> list[Occasion]:
        """What it fires for."""
        return [row.firing.occasion for row in self.store.tables.firings.values()]

    # --- Acting

    def types(self, words: str = "", by: Member = ana) -> list[str]:
        """`/daybook contacts` with these words, and what is read then."""
        reply = RecordingReply()
        asker = Asker("U1", "T1", "T1", "")
        command = Command(asker=asker, name=CommandName.DAYBOOK, text=words, trigger_id="1.2.3")
        contacts_subcommand(self.cases).work(acting(by), command, reply)
        self._see(reply)
        return self.reads()

    def presses(self, label: str, by: Member = ana, *, near: str = "") -> list[str]:
        """A button on the screen, the one beside or under `near` where there are several."""
        element = self._button(label, near)
        self._see(run(self._prepared(Kind.ACTION, element["action_id"], {"actions": [element]}), by))
        return self.reads()

    def carries(self, label: str, *, near: str = "") -> str:
        """What a button on the screen carries."""
        return str(self._button(label, near)["value"])

    def sends(self, action_id: str, value: str, by: Member = ana) -> RecordingReply:
        """A button of which nothing is known but its name and value."""
        return run(self._prepared(Kind.ACTION, action_id, {"actions": [{"action_id": action_id, "value": value}]}), by)

    def picks(self, action_id: str, contact_id: UUID | str, by: Member = ana) -> list[str]:
        """Somebody is chosen in a select of which Slack tells at once."""
        element = next(each for each in self._elements() if each["action_id"].startswith(action_id))
        chosen = {"action_id": element["action_id"], "selected_option": {"value": str(contact_id)}}
        for block in self._blocks():
            if block.get("element", {}).get("action_id") == element["action_id"]:
                value = {"text": {"type": "plain_text", "text": "x"}, "value": str(contact_id)}
                self.held[block["block_id"]] = {element["action_id"]: {"type": "s", "selected_option": value}}
        self._see(run(self._prepared(Kind.ACTION, element["action_id"], {"actions": [chosen]}), by))
        return self.reads()

    def searches(self, action_id: str, typed: str, by: Member = ana) -> list[str]:
        """What a select offers."""
        prepared = self._prepared(Kind.OPTIONS, action_id, {"value": typed})
        found: Any = prepared.search(lambda _asker: acting(by))
        return [option["text"]["text"] for option in found]

    def fills(self, block_id: str, value: object) -> None:
        """Something is typed or chosen in a field."""
        block = next(block for block in self._blocks() if block.get("block_id") == block_id)
        self.held[block_id] = {block["element"]["action_id"]: entry(block["element"], value)}

    def holds(self, block_id: str, value: str) -> None:
        """The option with that value is chosen in a field."""
        block = next(block for block in self._blocks() if block.get("block_id") == block_id)
        chosen = {"text": {"type": "plain_text", "text": "x"}, "value": value}
        is_one = block["element"]["type"] != "checkboxes"
        held: Any = {"selected_option": chosen} if is_one else {"selected_options": [chosen]}
        self.held[block_id] = {block["element"]["action_id"]: {"type": block["element"]["type"], **held}}

    def prepares(self) -> Prepared:
        """The submission of the form, before anything is done."""
        assert isinstance(self.shown, Modal)
        return self._prepared(Kind.VIEW, self.shown.callback_id, {})

    def submits(self, by: Member = ana) -> list[str]:
        """The form without a mistake on it, and what is read then."""
        prepared = self.prepares()
        assert prepared.mistakes == {}
        assert prepared.loading is not None
        self.held = {}
        self._see(run(prepared, by))
        return self.reads()

    def is_asked(self, message: Message) -> list[str]:
        """A message is in front of the person."""
        self.shown = message
        return self.reads()

    def reads(self) -> list[str]:
        """The screen, line by line."""
        assert self.shown is not None
        return read_view(self.shown) if isinstance(self.shown, Modal) else read_message(self.shown)

    # --- As Slack does

    def _see(self, reply: RecordingReply) -> None:
        for way, shown in reply.shown:
            assert isinstance(shown, Modal | Message), way
            self.shown = shown
        if isinstance(self.shown, Modal):
            read_view(self.shown)
            self.held = initial_values([block for block in self._blocks() if "block_id" in block], self.held)

    def _prepared(self, kind: Kind, name: str, body: dict[str, object]) -> Prepared:
        handler = self.registry.find(kind, name)
        assert handler is not None, name
        person: dict[str, object] = {
            "user": {"id": "U1", "team_id": ACME.slack_team_id},
            "team": {"id": ACME.slack_team_id},
            "trigger_id": "1.2.3",
        }
        return handler.prepare(Payload({**person, **self._place(), **body}))

    def _place(self) -> dict[str, object]:
        if not isinstance(self.shown, Modal):
            return {"response_url": "https://slack.test/response", "channel": {"id": "D1"}}
        view = {
            "id": "V1",
            "hash": "1.a",
            "type": "modal",
            "callback_id": self.shown.callback_id,
            "private_metadata": self.shown.private_metadata,
            "state": {"values": self.held},
        }
        return {"view": view}

    def _button(self, label: str, near: str) -> Any:
        is_near = near == ""
        for block in self._blocks():
            is_near = is_near or near in str(block.get("text", {}).get("text", ""))
            inside = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]
            for element in inside:
                if is_near and element["type"] == "button" and element["text"]["text"] == label:
                    return element
        raise AssertionError(f"there is no [{label}] near {near!r}: {self.reads()}")

    def _blocks(self) -> list[Any]:
        assert self.shown is not None
        return list(self.shown.blocks)

    def _elements(self) -> list[Any]:
        return [
            element
            for block in self._blocks()
            for element in [*block.get("elements", ()), *(block[at] for at in ("accessory", "element") if at in block)]
            if "action_id" in element
        ]
