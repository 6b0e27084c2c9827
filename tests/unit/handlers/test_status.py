"""The state of one's calendars, what stands in the way of their sync, and *Sync now*."""

from datetime import timedelta

from bot.domain.people import Member
from bot.usecases.resolve_actor import Asker
from handlers.actions import status as status_actions
from handlers.commands.status import status_work
from handlers.interaction import Command
from handlers.waiting import LOOKS
from tests.unit.handlers.acme import NOW
from tests.unit.handlers.acting import RecordingReply, pressed, run
from tests.unit.handlers.trouble_house import LATER, TroubleHouse, lines_of
from tests.unit.rendering.answers import actor, ana, cara

CHECKED = (
    "_ Checked and found right: sync option, linked calendar, accounts, sharing, lost events, Busy or Free, "
    "last reading, odd events, permissions, messages from Google, triggers."
)
BUTTONS = "[Sync now] [An event is missing] [Check the round trip] [Questions] [Calendar Settings]"


def sync_now(house: TroubleHouse) -> RecordingReply:
    """*Sync now* pressed by Ana."""
    return run(pressed(status_actions.handlers(house.cases, house.homes, house.wait_for_sync), "sync_now", ""))


def status_of(house: TroubleHouse, member: Member) -> RecordingReply:
    """`/daybook status` typed by a member."""
    reply = RecordingReply()
    command = Command(asker=Asker("U1", "T1", "T1"), name="/daybook", text="")
    status_work(house.cases.diagnose)(actor(member), command, reply)
    return reply


def test_status_tells_of_ones_own_calendars_and_that_all_is_right() -> None:
    house = TroubleHouse()
    house.acme.set_read(ana, NOW - timedelta(minutes=2), next_sync_at=NOW + timedelta(minutes=3))
    assert lines_of(status_of(house, ana)) == [
        [
            "*Everything is in order.*",
            "---",
            "*ana@acme.test* · Google Calendar",
            "· Ana (linked, one-way) · up to date · read 2 minutes ago, next in 3 minutes",
            CHECKED,
            BUTTONS,
        ]
    ]


def test_status_begins_with_what_is_to_be_done_first() -> None:
    house = TroubleHouse()
    house.acme.set_read(ana, NOW - timedelta(hours=3), next_sync_at=LATER)
    assert lines_of(status_of(house, ana))[0][0] == (
        "*Ana* was last read 3 hours ago, later than planned. Newer changes are unknown. [Read it now]"
    )


def test_status_of_somebody_without_a_calendar_leads_to_connecting() -> None:
    assert lines_of(status_of(TroubleHouse(), cara))[0][-2:] == ["[Connect Google Calendar]", "[Questions]"]


def test_sync_now_says_what_is_read_and_then_shows_the_new_state() -> None:
    house = TroubleHouse()
    reply = sync_now(house)
    house.passes(seconds=2)
    assert reply.ways == ["replace"]
    house.acme.set_read(ana, NOW, next_sync_at=LATER)
    house.passes(seconds=2)
    assert (reply.ways, house.homes) == (["replace", "replace"], ["U1"])
    first, last = lines_of(reply)
    assert first[0] == "Reading 1 calendar now."
    assert last[0] == "*Everything is in order.*"
    assert last[3] == "· Ana (linked, one-way) · up to date · read less than a minute ago, next in 5 minutes"


def test_sync_now_stops_waiting_and_says_so() -> None:
    house = TroubleHouse()
    reply = sync_now(house)
    house.passes(seconds=LOOKS - 1)
    assert len(lines_of(reply)) == 1
    house.passes(seconds=1)
    assert lines_of(reply)[-1][0] == "Still reading. Look again in a minute."


def test_sync_now_without_a_calendar_waits_for_nothing() -> None:
    house = TroubleHouse()
    house.acme.store.tables.calendars.clear()
    reply = sync_now(house)
    house.passes(seconds=LOOKS)
    assert reply.ways == ["replace"]
