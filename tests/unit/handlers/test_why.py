"""Asking why, and the fixes that a host has: what is shown after each, and that nobody else has them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain.errors import EventChanged, NotFound
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.people import Member
from bot.domain.preference_changes import audience
from bot.domain.preferences import Audience
from bot.rendering.form_blocks import day_picker, people_select, time_picker
from bot.rendering.own_events import ignored_note
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
from handlers.waiting import LOOKS, WaitForSync
from tests.builders import at, second
from tests.fakes.event_writer import RecordingWriter
from tests.fakes.notifier import RecordingNotifier
from tests.fakes.work_queue import HandQueue
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.handlers.acting import DrawnHomes, RecordingReply, pressed, run, submitted
from tests.unit.rendering.answers import actor, an_entry, ana, ben, cara
from tests.unit.rendering.screen import buttons_of, read_message, read_view

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


def test_a_host_is_told_every_reason_with_what_he_may_do() -> None:
    assert read_message(House().type("15:00")) == [
        "*Tuesday 24 November, 15:00-15:30: not free.*",
        "Berlin",
        "This stands in the way:",
        "· Ana has *Doctor*, 15:00-16:00 (Ana)",
        "15:00-16:00 ▪ grey  *Doctor* · Ana",
        "[Mark it free] [Ignore it in Daybook]",
        "Nearest:",
        "[14:00] [14:15] [14:30]",
    ]


# fault 11
def test_a_colleague_is_told_busy_and_may_do_nothing() -> None:
    answer = House().type("<@U1> 9:00", ben)
    assert read_message(answer)[2:5] == ["This stands in the way:", "· Ana is busy, 9:00-10:00", "Nearest:"]
    assert "Doctor" not in str(answer)


def test_of_somebody_without_a_calendar_nobody_can_say_and_he_can_be_asked_to_connect_one() -> None:
    answer = House().type("<@U1> <@U3> 15:00")
    assert read_message(answer) == [
        "Cara has no calendar connected, so nobody can say when Cara is free.",
        "[Ask Cara to connect] [Leave Cara out]",
    ]
    assert answer.text == "Cara has no calendar connected, so nobody can say."
    assert buttons_of(answer)["Ask Cara to connect"] == "U3 <@U1> <@U3> all 30m 2026-11-24 15:00"


def test_who_has_no_calendar_himself_is_led_to_connecting_one() -> None:
    assert read_message(House().type("15:00", cara))[1] == "[Connect Google Calendar]"


def filled(
    people: tuple[str, ...] = ("U1",), day: str = "2026-11-24", time: str = "15:00"
) -> dict[str, dict[str, object]]:
    """The inputs of the form *Why not?*."""
    return {
        "people": {"type": "multi_users_select", "selected_users": list(people)},
        "day": {"type": "datepicker", "selected_date": day},
        "time": {"type": "timepicker", "selected_time": time},
    }


def test_words_without_a_time_open_the_form_with_what_they_say() -> None:
    form = House().form("<@U1> <@U2> any 45m tomorrow")
    assert form.private_metadata == "any 45m"
    who, day, time = (block["element"] for block in form.blocks)
    assert who == {**people_select("people"), "initial_users": ["U1", "U2"]}
    assert (day, time) == (day_picker("day", initial="2026-11-25"), time_picker("time"))


def test_no_words_at_all_open_it_for_ones_own_today() -> None:
    who, day, _ = (block["element"] for block in House().form("").blocks)
    assert who == {**people_select("people"), "initial_users": ["U1"]}
    assert day == day_picker("day", initial="2026-11-24")


def test_words_that_could_mean_two_days_are_asked_about_and_each_leads_to_the_form() -> None:
    house = House()
    asked = house.type("next fri")
    assert read_message(asked) == [
        "Next Friday could be 27 November or 4 December.",
        "[Fri 27 Nov] [Fri 4 Dec]",
    ]
    reply = house.press("why:1", buttons_of(asked)["Fri 4 Dec"])
    assert reply.ways == ["open"]
    assert day_picker("day", initial="2026-12-04") in [block["element"] for block in reply.last.blocks]


def test_the_form_is_answered_with_every_reason_in_its_place() -> None:
    reply = House().submit(filled())
    assert reply.ways == ["update"]
    assert lines_of(reply.last)[:2] == ["*Tuesday 24 November, 15:00-15:30: not free.*", "Berlin"]


def test_of_whom_nobody_can_say_is_told_in_its_place_too() -> None:
    lines = lines_of(House().submit(filled(("U1", "U3"))).last)
    assert "Cara has no calendar connected, so nobody can say when Cara is free." in lines


def test_a_time_that_has_passed_is_told_on_the_form_that_keeps_what_was_chosen() -> None:
    form = House().submit(filled(time="09:00")).last
    assert lines_of(form)[0] == "9:00 today has passed."
    assert time_picker("time", initial="09:00") in [block.get("element") for block in form.blocks]


def test_what_was_left_empty_is_told_on_its_field() -> None:
    prepared = submitted(House().handlers(), "why", filled((), "", ""))
    assert prepared.mistakes == {
        "people": "Choose at least one person.",
        "day": "Choose a day.",
        "time": "Choose a time.",
    }


def test_a_nearest_time_replaces_the_message_or_the_modal_that_it_stood_in() -> None:
    value = f"{second('16:00')} 30 all U1"
    assert House().press("other_slot:1", value).ways == ["replace"]
    assert House().press("other_slot:1", value, Surface.MODAL).ways == ["update"]


@pytest.mark.parametrize(("surface", "way"), [(Surface.CHANNEL, "replace"), (Surface.MODAL, "update")])
def test_an_ignored_event_is_out_of_the_way_at_once_and_can_be_taken_back(surface: Surface, way: str) -> None:
    house = House()
    reply = house.press("ignore_event:0", house.mark(), surface)
    assert (reply.ways, house.homes) == ([way], ["U1"])
    lines = lines_of(reply.shown[0][1])
    assert lines[0] == "*Tuesday 24 November, 15:00-15:30: free.*"
    assert lines[2].startswith("_ *Doctor* does not block your time any more.")
    assert lines[4:6] == ["15:00-16:00 ▫ pale  *Doctor* · Ana · ignored", "[Take back]"]

    back = house.press("unignore_event:0", house.mark(), surface)
    lines = lines_of(back.shown[0][1])
    assert lines[0] == "*Tuesday 24 November, 15:00-15:30: not free.*"
    assert lines[2] == "_ *Doctor* counts again."


def test_what_is_taken_back_on_the_agenda_shows_on_the_agenda() -> None:
    house = House()
    house.press("ignore_event:0", house.mark())
    reply = house.press("unignore_event:0", house.mark("day 2026-11-24 U1 all"))
    assert (reply.ways, house.homes) == (["replace"], ["U1", "U1"])
    assert lines_of(reply.shown[0][1])[:3] == [
        "*Your day, Tuesday 24 November* (Berlin)",
        "_ *Doctor* counts again.",
        "15:00-16:00 ▪ grey  Doctor",
    ]


def test_what_is_taken_back_on_home_shows_on_home() -> None:
    house = House()
    house.press("ignore_event:0", house.mark())
    reply = house.press("unignore_event:0", house.mark("day 2026-11-24 U1 all"), Surface.HOME)
    assert (reply.ways, house.homes) == ([], ["U1", "U1"])


def test_an_event_marked_free_is_read_again_and_then_shown_as_free() -> None:
    house = House()
    reply = house.press("mark_free:0", house.mark())
    assert [marked.event_id for marked in house.writer.marked] == ["doctor"]
    house.passes(seconds=2)
    assert (reply.ways, house.homes) == (["replace"], ["U1"])
    house.is_read()
    house.passes(seconds=2)
    assert (reply.ways, house.homes) == (["replace", "replace"], ["U1", "U1"])
    first, last = lines_of(reply.shown[0][1]), lines_of(reply.shown[1][1])
    assert first[2] == "_ *Doctor* is Free in Google now. Daybook is reading it again; look again in a minute."
    assert last[:3] == [
        "*Tuesday 24 November, 15:00-15:30: free.*",
        "Berlin",
        "_ *Doctor* is Free in Google now.",
    ]


def test_a_reading_that_failed_does_not_show_the_event_as_read() -> None:
    house = House()
    reply = house.press("mark_free:0", house.mark())
    row = house.acme.store.tables.calendars[house.acme.calendars[ana.id].id]
    failed = replace(row.calendar, next_sync_at=NOW + timedelta(minutes=5), problem="Google did not answer.")
    house.acme.store.tables.calendars[failed.id] = replace(row, calendar=failed)
    house.passes(seconds=2)
    assert (reply.ways, house.homes) == (["replace"], ["U1"])


# fault 35
def test_an_event_marked_free_while_google_wants_a_pause_says_until_when_it_blocks() -> None:
    house = House()
    row = house.acme.store.tables.calendars[house.acme.calendars[ana.id].id]
    paused = replace(row.calendar, next_sync_at=at("12:30"), not_before=at("12:30"), problem="Google asks for a pause.")
    house.acme.store.tables.calendars[paused.id] = replace(row, calendar=paused)
    reply = house.press("mark_free:0", house.mark())
    assert lines_of(reply.shown[0][1])[2] == (
        "_ *Doctor* is Free in Google now. Google asks Daybook to wait with reading until "
        f"<!date^{second('12:30')}^{{date_short}}, {{time}}|Tue 24 Nov, 12:30 Berlin>; "
        "until then it blocks here as before."
    )
    assert house.acme.store.tables.calendars[paused.id].calendar.next_sync_at == at("12:30")


def test_what_was_marked_free_is_not_offered_to_be_marked_again_before_it_is_read() -> None:
    house = House()
    reply = house.press("mark_free:0", house.mark())
    assert lines_of(reply.shown[0][1])[5:7] == ["15:00-16:00 ▪ grey  *Doctor* · Ana", "[Ignore it in Daybook]"]


@pytest.mark.parametrize(
    ("action", "note"),
    [
        ("mark_free:0", "*Doctor* is Free in Google now. Daybook is reading it again; look again in a minute."),
        ("ignore_event:0", ignored_note(an_entry("15:00-16:00", "Doctor"))),
    ],
)
def test_what_was_done_is_told_although_a_colleague_stopped_sharing_meanwhile(action: str, note: str) -> None:
    house = House()
    house.acme.decide(ben, audience(Audience.NOBODY, []))
    reply = house.press(action, house.mark(f"why {second('15:00')} 30 all U1 U2"))
    assert (reply.ways, house.homes) == (["replace"], ["U1"])
    assert lines_of(reply.shown[0][1]) == [note, "Ben does not share free times with you."]


def test_a_read_that_takes_long_is_not_waited_for() -> None:
    house = House()
    reply = house.press("mark_free:0", house.mark())
    house.passes(seconds=LOOKS)
    house.is_read()
    house.passes(seconds=1)
    assert (reply.ways, house.homes) == (["replace"], ["U1"])


# fault 41
def test_an_event_that_changed_meanwhile_is_told_and_nothing_is_shown_as_done() -> None:
    house = House(writer=RecordingWriter(refusal=EventChanged()))
    with pytest.raises(EventChanged):
        house.press("mark_free:0", house.mark())


# fault 10, fault 11
@pytest.mark.parametrize("action", ["mark_free:0", "ignore_event:0", "unignore_event:0"])
def test_somebody_elses_event_is_not_there(action: str) -> None:
    house = House()
    before = house.acme.store.tables.snapshot()
    with pytest.raises(NotFound):
        house.press(action, house.mark(), member=ben)
    assert house.acme.store.tables == before
    assert house.writer.marked == []


# fault 10
@pytest.mark.parametrize("action", ["mark_free:0", "ignore_event:0", "unignore_event:0"])
@pytest.mark.parametrize("value", ["", "doctor", "1 2 doctor why 3"])
def test_a_value_that_no_button_carries_is_not_there(action: str, value: str) -> None:
    with pytest.raises(NotFound):
        House().press(action, value)


def test_an_invitation_is_offered_to_be_opened_or_ignored_alone() -> None:
    house = House()
    link = "https://www.google.com/calendar/event?eid=x"
    house.acme.put_event(ana, replace(DOCTOR, is_own=False, link=link), "15:00-16:00")
    assert read_message(house.type("15:00"))[5] == "[Open in Google] [Ignore it in Daybook]"
