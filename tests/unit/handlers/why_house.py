"""Ana with a doctor in her calendar, who asks why, and everything that answers her."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.people import Member
from bot.rendering.surfaces import Message, Modal
from bot.usecases.ask_to_connect import AskToConnect
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.explain_when import ExplainWhen
from bot.usecases.find_slots import FindSlots
from bot.usecases.ignore_event import IgnoreEvent, UnignoreEvent
from bot.usecases.mark_free import MarkFree
from bot.usecases.resolve_actor import Asker
from bot.usecases.show_agenda import ShowAgenda
from bot.usecases.show_status import ShowStatus
from handlers.actions import slots as slots_actions
from handlers.actions import why as why_actions
from handlers.commands.why import why_loading, why_work
from handlers.interaction import Command, Surface
from handlers.registry import Handler
from handlers.views import why as why_views
from handlers.waiting import WaitForSync
from tests.builders import second
from tests.fakes.event_writer import RecordingWriter
from tests.fakes.notifier import RecordingNotifier
from tests.fakes.work_queue import HandQueue
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.handlers.acting import DrawnHomes, RecordingReply, pressed, run, submitted
from tests.unit.rendering.answers import actor, ana
from tests.unit.rendering.screen import read_message, read_view

DOCTOR = RemoteEvent("doctor", EventStatus.CONFIRMED, etag='"7"', title="Doctor")


@dataclass
class House:
    """Acme, where Ana is at the doctor's from three to four, and every handler of why.

    Seconds pass by hand; nothing is read by itself.
    """

    acme: Acme = field(default_factory=Acme)
    writer: RecordingWriter = field(default_factory=RecordingWriter)
    queue: HandQueue = field(default_factory=HandQueue)
    homes: DrawnHomes = field(default_factory=DrawnHomes)

    def __post_init__(self) -> None:
        self.acme.put_event(ana, DOCTOR, "15:00-16:00")
        self.acme.set_read(ana, NOW, next_sync_at=NOW + timedelta(minutes=5))
        self.wait_for_sync = WaitForSync(ShowStatus(self.acme.store, self.acme.clock), self.queue)

    @property
    def explain_slot(self) -> ExplainSlot:
        return ExplainSlot(self.acme.store, self.acme.clock, self.acme.resolve_members())

    @property
    def explain_when(self) -> ExplainWhen:
        return ExplainWhen(self.explain_slot, self.acme.clock)

    def handlers(self) -> Sequence[Handler]:
        store, clock, resolve = self.acme.store, self.acme.clock, self.acme.resolve_members()
        redraw = why_actions.Redraw(self.explain_slot, ShowAgenda(store, clock, resolve), self.homes)
        return (
            *why_actions.handlers(
                self.explain_when,
                MarkFree(store, self.writer, clock),
                IgnoreEvent(store),
                UnignoreEvent(store),
                ShowStatus(store, clock),
                redraw,
                self.wait_for_sync,
            ),
            *why_views.handlers(self.explain_when),
            *slots_actions.handlers(
                FindSlots(store, clock, resolve),
                self.explain_slot,
                AskToConnect(store, RecordingNotifier(), resolve, clock),
            ),
        )

    def is_read(self) -> None:
        """The doctor is read anew, as free."""
        self.acme.put_event(ana, DOCTOR, "15:00-16:00", blocks=False)
        self.acme.set_read(ana, NOW, next_sync_at=NOW + timedelta(minutes=5))

    def passes(self, seconds: int) -> None:
        """As many ticks of the job that looks at who waits, and the work that comes of each."""
        for _ in range(seconds):
            self.wait_for_sync.look()
            self.queue.run_all()

    def type(self, words: str, member: Member = ana) -> Message:
        """The answer to `/daybook why` with words."""
        reply = RecordingReply()
        command = Command(asker=Asker(member.slack_user_id, "T1", "T1"), name="/daybook", text=words)
        why_work(self.explain_when)(actor(member), command, reply)
        [(way, shown)] = reply.shown
        assert way == "say"
        assert isinstance(shown, Message)
        return shown

    def form(self, words: str) -> Modal:
        """The form that opens for words without a time."""
        reply = RecordingReply()
        command = Command(asker=Asker("U1", "T1", "T1"), name="/daybook", text=words)
        assert why_loading(command) is not None
        why_work(self.explain_when)(actor(), command, reply)
        [(way, shown)] = reply.shown
        assert way == "open"
        assert isinstance(shown, Modal)
        return shown

    def submit(self, values: dict[str, dict[str, object]]) -> RecordingReply:
        """The form submitted by Ana."""
        return run(submitted(self.handlers(), "why", values))

    def press(
        self, action_id: str, value: str, surface: Surface = Surface.CHANNEL, member: Member = ana
    ) -> RecordingReply:
        return run(pressed(self.handlers(), action_id, value, surface), member)

    def mark(self, then: str = "") -> str:
        """What the buttons of the doctor carry."""
        calendar, start = self.acme.calendars[ana.id].id, second("15:00")
        return f"{calendar} {start} doctor {then or f'why {start} 30 all U1'}"


def lines_of(shown: Message | Modal) -> list[str]:
    return read_message(shown) if isinstance(shown, Message) else read_view(shown)
