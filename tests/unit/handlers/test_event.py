"""Events of one's own changed from Slack: what is written to Google, what is shown, and that nobody else can."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.domain.calendars import AccessRole
from bot.domain.contacts import new_contact
from bot.domain.errors import EventChanged, NotAllowed, NotFound
from bot.domain.events import EventKind, EventStatus, Invitee, RemoteEvent
from bot.domain.people import Member
from bot.domain.shades import Shade
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.event_mark import EventMark
from bot.rendering.names import ActionId, BookingField, CallbackId
from bot.rendering.surfaces import Message, Modal
from bot.usecases.change_event import CancelEvent, MoveEvent, ShowEvent
from handlers.interaction import Surface
from handlers.payload import Payload
from handlers.registry import Handler, Kind, Registry
from handlers.views import event as event_views
from tests.builders import span
from tests.event_builders import timed
from tests.fakes.event_writer import Cancelled, Moved, RecordingWriter
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.handlers.acting import DrawnHomes, RecordingReply, acting, pressed, run
from tests.unit.rendering.answers import ACME, ana, ben
from tests.unit.rendering.screen import read_message, read_view
from tests.unit.rendering.two_way import SHOWN_DAY

GUESTS = (Invitee("ana@acme.test", "Ana", is_self=True), Invitee("maya@ortiz.test", "Maya Ortiz"))
DEMO = RemoteEvent(
    "demo",
    EventStatus.CONFIRMED,
    etag='"7"',
    title="Demo",
    start=timed("15:00", "Europe/London"),
    link="https://www.google.com/calendar/event?eid=demo",
    invitees=GUESTS,
)


@dataclass
class House:
    """Acme, where Ana has a demo from three to four, in colour."""

    acme: Acme = field(default_factory=Acme)
    writer: RecordingWriter = field(default_factory=RecordingWriter)
    homes: DrawnHomes = field(default_factory=DrawnHomes)

    def __post_init__(self) -> None:
        self.put(DEMO)

    def put(self, event: RemoteEvent, shade: Shade = Shade.BLUE) -> None:
        self.acme.put_event(ana, event, "15:00-16:00")
        events = self.acme.store.tables.events[self.acme.calendars[ana.id].id]
        events[event.id] = replace(events[event.id], shade=shade)

    def handlers(self) -> Sequence[Handler]:
        store, clock = self.acme.store, self.acme.clock
        cases = event_views.EventCases(
            ShowEvent(store), MoveEvent(store, self.writer, clock), CancelEvent(store, self.writer, clock)
        )
        return event_views.handlers(cases, self.homes)

    def value(self, event_id: str = "demo") -> str:
        return EventMark(self.acme.ref(ana, "15:00-16:00", event_id), AgendaRef(SHOWN_DAY, "U1")).value()

    def press(self, action: ActionId, member: Member = ana, *, surface: Surface = Surface.MODAL) -> RecordingReply:
        return run(pressed(self.handlers(), action, self.value(), surface), member)

    def submit(self, day: str, clock: str, member: Member = ana, *, metadata: str = "") -> RecordingReply:
        state = {
            BookingField.DAY: {"setting": {"type": "datepicker", "selected_date": day}},
            BookingField.TIME: {"setting": {"type": "timepicker", "selected_time": clock}},
        }
        view = {
            "id": "V1",
            "hash": "1.a",
            "type": "modal",
            "callback_id": CallbackId.EVENT_MOVE,
            "private_metadata": metadata or self.value(),
            "state": {"values": state},
        }
        body = {"user": {"id": "U1", "team_id": ACME.slack_team_id}, "team": {"id": ACME.slack_team_id}, "view": view}
        handler = Registry(self.handlers()).find(Kind.VIEW, CallbackId.EVENT_MOVE)
        assert handler is not None
        return run(handler.prepare(Payload(body)), member)

    @property
    def account_id(self) -> object:
        return self.acme.calendars[ana.id].account_id

    def is_due(self) -> bool:
        return self.acme.store.tables.calendars[self.acme.calendars[ana.id].id].calendar.next_sync_at == NOW


@pytest.fixture
def house() -> House:
    return House()


def lines_of(shown: Message | Modal) -> list[str]:
    return read_message(shown) if isinstance(shown, Message) else read_view(shown)


def test_details_open_on_the_agenda(house: House) -> None:
    reply = house.press(ActionId.EVENT, surface=Surface.CHANNEL)
    assert reply.ways == ["open"]
    assert lines_of(reply.last) == [
        "*Demo*",
        "Tue 24 Nov, 15:00-16:00 · ▪ blue · Ana",
        "· Maya Ortiz · not answered",
        "[Move] [Cancel event] [Open in Google]",
    ]


def test_a_move_is_written_in_the_events_own_zone_and_as_long_as_it_was(house: House) -> None:
    assert house.press(ActionId.EVENT_MOVE).ways == ["update"]
    reply = house.submit("2026-11-26", "09:30")

    remote_id = house.acme.calendars[ana.id].remote_id
    wanted = Moved(
        house.acme.calendars[ana.id].account_id,
        remote_id,
        "demo",
        '"7"',
        span("2026-11-26 9:30-10:30"),
        "Europe/London",
    )
    assert (house.writer.moved, house.is_due()) == ([wanted], True)
    assert (reply.ways, house.homes) == (["update"], ["U1"])
    assert lines_of(reply.shown[0][1])[0] == "*Demo* is at Thu 26 Nov, 9:30-10:30 in Google now."


@pytest.mark.parametrize(
    ("day", "clock", "mistake"),
    [
        ("2026-11-24", "11:00", "That has passed already. Choose a later time."),
        ("2026-11-24", "15:00", "It is at that time already. Choose another one."),
        ("2027-03-28", "02:30", "The clocks skip that time on that day. Choose another one."),
    ],
)
def test_a_time_that_cannot_be_is_told_and_nothing_is_written(house: House, day: str, clock: str, mistake: str) -> None:
    reply = house.submit(day, clock)
    assert (house.writer.moved, lines_of(reply.last)[0]) == ([], mistake)
    assert lines_of(reply.last)[3:5] == [f"Day: {day}", f"Time: {clock}"]


def test_a_cancellation_is_written_and_told(house: House) -> None:
    reply = house.press(ActionId.EVENT_CANCEL)
    calendar = house.acme.calendars[ana.id]
    assert house.writer.cancelled == [Cancelled(calendar.account_id, calendar.remote_id, "demo", '"7"')]
    assert lines_of(reply.shown[0][1]) == [
        "*Demo* is cancelled in Google.",
        "_ Google e-mails Maya Ortiz the cancellation. Daybook is reading the calendar again.",
    ]
    assert house.is_due()


def test_of_a_series_the_one_time_is_named(house: House) -> None:
    house.put(replace(DEMO, recurrence=("RRULE:FREQ=WEEKLY",)))
    house.press(ActionId.EVENT_CANCEL)
    assert [(one.event_id, one.etag) for one in house.writer.cancelled] == [("demo_20261124T140000Z", "")]


# fault 41
def test_what_was_changed_meanwhile_is_left_alone_and_read_again(house: House) -> None:
    house.writer.refusal = EventChanged()
    with pytest.raises(EventChanged):
        house.press(ActionId.EVENT_CANCEL)
    assert house.is_due()


# fault 14
def test_nobody_else_changes_it_or_sees_it(house: House) -> None:
    for action in (ActionId.EVENT, ActionId.EVENT_MOVE, ActionId.EVENT_CANCEL):
        with pytest.raises(NotFound):
            house.press(action, ben)
    with pytest.raises(NotFound):
        house.submit("2026-11-26", "09:30", ben)
    assert (house.writer.moved, house.writer.cancelled) == ([], [])


@pytest.mark.parametrize(
    ("event", "shade"),
    [
        (replace(DEMO, is_own=False), Shade.BLUE),
        (replace(DEMO, kind=EventKind.FOCUS_TIME), Shade.TEAL),
        (DEMO, Shade.GREY),
    ],
    ids=["somebody else's", "of a kind of its own", "one-way"],
)
def test_what_may_not_be_changed_here_is_refused_behind_the_buttons_too(
    house: House, event: RemoteEvent, shade: Shade
) -> None:
    house.put(event, shade)
    assert lines_of(house.press(ActionId.EVENT).last)[-1] == "[Open in Google]"
    with pytest.raises(NotAllowed):
        house.press(ActionId.EVENT_CANCEL)
    with pytest.raises(NotAllowed):
        house.submit("2026-11-26", "09:30")


def test_a_calendar_that_may_only_be_read_is_never_written_to(house: House) -> None:
    calendar = replace(house.acme.calendars[ana.id], access_role=AccessRole.WRITER_WITHOUT_PRIVATE_ACCESS)
    row = house.acme.store.tables.calendars[calendar.id]
    house.acme.store.tables.calendars[calendar.id] = replace(row, calendar=calendar)
    with pytest.raises(NotAllowed):
        house.press(ActionId.EVENT_CANCEL)


def test_an_event_that_moved_since_it_was_shown_is_not_touched(house: House) -> None:
    house.acme.put_event(ana, DEMO, "17:00-18:00")
    with pytest.raises(NotFound):
        house.press(ActionId.EVENT_CANCEL)
    assert house.writer.cancelled == []


def test_a_time_that_is_taken_is_told_with_what_stands_there_and_meant_when_sent_again(house: House) -> None:
    house.acme.put_event(ana, replace(DEMO, id="tasting", title="Tasting"), "17:00-17:30")
    asked = house.submit("2026-11-24", "16:45").last
    assert isinstance(asked, Modal)
    assert (house.writer.moved, asked.submit) == ([], "Move it anyway")
    assert lines_of(asked)[0] == (
        ":warning: 16:45 overlaps *Tasting*, 17:00-17:30. Nothing was moved yet: choose another time, or "
        "*Move it anyway*."
    )
    other = house.submit("2026-11-24", "17:15", metadata=asked.private_metadata)
    assert (house.writer.moved, lines_of(other.last)[0][:26]) == ([], ":warning: 17:15 overlaps *")
    house.submit("2026-11-24", "16:45", metadata=asked.private_metadata)
    assert [one.span for one in house.writer.moved] == [span("16:45-17:45")]


def test_where_it_only_overlaps_itself_it_is_moved_at_once(house: House) -> None:
    house.submit("2026-11-24", "15:30")
    assert [one.span for one in house.writer.moved] == [span("15:30-16:30")]


def test_a_guest_who_is_a_contact_goes_by_that_name(house: House) -> None:
    with house.acme.store.writing() as work:
        work.contacts.known(acting(ana), new_contact("maya@ortiz.test", "Maya O."), new_id=ACME.id)
        work.commit()
    assert "· Maya O. · not answered" in lines_of(house.press(ActionId.EVENT, surface=Surface.CHANNEL).last)
