"""The state of one's calendars, and *Sync now*."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.people import Actor
from bot.rendering.surfaces import HomeView, Message
from bot.usecases.resolve_actor import Asker
from bot.usecases.show_status import RequestSync, ShowStatus
from handlers.actions import status as status_actions
from handlers.commands.status import status_work
from handlers.interaction import Command
from handlers.reply import Reply
from handlers.waiting import LOOKS, WaitForSync
from tests.fakes.work_queue import HandQueue
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.handlers.acting import RecordingReply, pressed, run
from tests.unit.rendering.answers import actor, ana, cara
from tests.unit.rendering.screen import read_message

LATER = NOW + timedelta(minutes=5)
EMPTY_HOME = HomeView(())


def messages_of(reply: RecordingReply) -> list[list[str]]:
    """The lines of every message that was shown."""
    return [read_message(shown) for _, shown in reply.shown if isinstance(shown, Message)]


def refresh_home(_actor: Actor, reply: Reply) -> None:
    reply.publish_home(EMPTY_HOME)


@dataclass
class House:
    """Acme with *Sync now*; seconds pass by hand."""

    acme: Acme = field(default_factory=Acme)
    queue: HandQueue = field(default_factory=HandQueue)

    def __post_init__(self) -> None:
        self.acme.set_read(ana, NOW - timedelta(minutes=4), next_sync_at=LATER)
        self.show_status = ShowStatus(self.acme.store, self.acme.clock)
        self.wait_for_sync = WaitForSync(self.show_status, self.queue)

    def sync_now(self) -> RecordingReply:
        """*Sync now* pressed by Ana."""
        request_sync = RequestSync(self.acme.store, self.acme.clock)
        handlers = status_actions.handlers(self.show_status, request_sync, refresh_home, self.wait_for_sync)
        return run(pressed(handlers, "sync_now", ""))

    def passes(self, seconds: int) -> None:
        """As many ticks of the job that looks at who waits, and the work that comes of each."""
        for _ in range(seconds):
            self.wait_for_sync.look()
            self.queue.run_all()


def test_status_tells_of_ones_own_calendars() -> None:
    acme = Acme()
    acme.set_read(ana, NOW - timedelta(minutes=2), next_sync_at=NOW + timedelta(minutes=3))
    reply = RecordingReply()
    command = Command(asker=Asker("U1", "T1", "T1"), name="/daybook", text="")
    status_work(ShowStatus(acme.store, acme.clock))(actor(ana), command, reply)
    assert messages_of(reply) == [
        [
            "*ana@acme.test* · Google Calendar",
            "· Ana (linked, one-way) · up to date · read 2 minutes ago, next in 3 minutes",
            "[Sync now] [Calendar Settings]",
        ]
    ]


def test_status_of_somebody_without_a_calendar_leads_to_connecting() -> None:
    acme = Acme()
    reply = RecordingReply()
    command = Command(asker=Asker("U3", "T1", "T1"), name="/daybook", text="")
    status_work(ShowStatus(acme.store, acme.clock))(actor(cara), command, reply)
    assert messages_of(reply)[0][-1] == "[Connect Google Calendar]"


def test_sync_now_says_what_is_read_and_then_shows_the_new_state() -> None:
    house = House()
    reply = house.sync_now()
    house.passes(seconds=2)
    assert reply.ways == ["replace"]
    house.acme.set_read(ana, NOW, next_sync_at=LATER)
    house.passes(seconds=2)
    assert reply.ways == ["replace", "replace", "publish_home"]
    first, last = messages_of(reply)
    assert first[0] == "Reading 1 calendar now."
    assert last[1] == "· Ana (linked, one-way) · up to date · read less than a minute ago, next in 5 minutes"


def test_sync_now_stops_waiting_and_says_so() -> None:
    house = House()
    reply = house.sync_now()
    house.passes(seconds=LOOKS - 1)
    assert len(messages_of(reply)) == 1
    house.passes(seconds=1)
    assert messages_of(reply)[-1][0] == "Still reading. Look again in a minute."


def test_sync_now_without_a_calendar_waits_for_nothing() -> None:
    house = House()
    house.acme.store.tables.calendars.clear()
    reply = house.sync_now()
    house.passes(seconds=LOOKS)
    assert reply.ways == ["replace"]
