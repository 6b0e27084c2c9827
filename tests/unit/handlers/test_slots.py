"""Asking who is free: the command, its buttons, and the form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.preference_changes import audience, meetings
from bot.domain.slots_request import UnclearRequest
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Message, Modal
from bot.usecases.ask_to_connect import AskedAlready, AskToConnect, ConnectedMeanwhile
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.find_slots import FindSlots
from bot.usecases.resolve_actor import Asker
from handlers.actions import slots as slots_actions
from handlers.commands.slots import slots_loading, slots_work
from handlers.interaction import Command, Surface
from handlers.registry import Handler
from handlers.views import find_a_time
from tests.builders import second
from tests.fakes.notifier import RecordingNotifier
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import RecordingReply, pressed, run, shortcut, submitted
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.rendering.screen import buttons_of, read_message, read_view

TODAY = "2026-11-24"


@dataclass
class House:
    """The use-cases on Acme, and every handler of free time."""

    acme: Acme
    find_slots: FindSlots
    notifier: RecordingNotifier
    handlers: Sequence[Handler]

    def type(self, words: str, surface: Surface = Surface.CHANNEL) -> RecordingReply:
        """`/daybook slots` with words."""
        reply = RecordingReply()
        slots_work(self.find_slots, self.acme.clock)(actor(), command(words, surface), reply)
        return reply


@pytest.fixture
def house() -> House:
    acme = Acme()
    resolve = acme.resolve_members()
    notifier = RecordingNotifier()
    find_slots = FindSlots(acme.store, acme.clock, resolve)
    explain_slot = ExplainSlot(acme.store, acme.clock, resolve)
    ask_to_connect = AskToConnect(acme.store, notifier, resolve, acme.clock)
    handlers = (
        *slots_actions.handlers(find_slots, explain_slot, ask_to_connect),
        *find_a_time.handlers(find_slots, acme.clock),
    )
    return House(acme, find_slots, notifier, handlers)


def command(words: str, surface: Surface = Surface.CHANNEL) -> Command:
    """What Ana typed, or pressed for the same."""
    response_url = "https://slack.test/response" if surface is Surface.CHANNEL else ""
    asker = Asker("U1", "T1", "T1")
    return Command(asker=asker, surface=surface, response_url=response_url, name="/daybook", text=words)


def message_of(shown: Message | Modal) -> list[str]:
    """The lines of what has to be a message."""
    assert isinstance(shown, Message)
    return read_message(shown)


def modal_of(shown: Message | Modal) -> list[str]:
    """The lines of what has to be a modal."""
    assert isinstance(shown, Modal)
    return read_view(shown)


def form(**changed: dict[str, object]) -> dict[str, dict[str, object]]:
    """The form *Find a time* as it is submitted: Ana and Ben, everyone, 30 minutes, the usual day."""
    filled: dict[str, dict[str, object]] = {
        ActionId.PEOPLE: {"type": "multi_users_select", "selected_users": ["U1", "U2"]},
        ActionId.MODE: {"type": "radio_buttons", "selected_option": {"value": "all"}},
        ActionId.LENGTH: {"type": "static_select", "selected_option": {"value": "30"}},
        ActionId.DAY: {"type": "datepicker", "selected_date": TODAY},
    }
    return {**filled, **changed}


def test_slots_in_a_channel_answers_the_asker_alone_and_can_be_shared(house: House) -> None:
    house.acme.add_event(ben, "15:00-16:30", "Board")
    reply = house.type("<@U1|ana> <@U2|ben> 30m today")
    assert reply.ways == ["say"]
    assert message_of(reply.last) == [
        "*Ana and Ben, 30 minutes, Tuesday 24 November* (Berlin; 10:30-11:00 for Ben)",
        "[16:30]",
        "[Another day] [Share in channel]",
    ]


def test_slots_asked_for_on_home_cannot_be_shared(house: House) -> None:
    assert message_of(house.type("2h today", Surface.HOME).last)[-1] == "[Another day]"


# fault 11
def test_times_that_some_people_may_see_are_not_shared_with_a_channel(house: House) -> None:
    house.acme.decide(ben, audience("invited", ["U1"]))
    assert message_of(house.type("<@U1> <@U2> 2h today").last)[-1] == "[Another day]"
    with pytest.raises(NotAllowed, match="to some people only"):
        run(pressed(house.handlers, "share_slots", "<@U1> <@U2> 2h today"))


def test_ones_own_times_are_ones_own_to_share(house: House) -> None:
    house.acme.decide(ana, audience("nobody", []))
    # Nobody may book them, so nobody could take one that was offered.
    assert message_of(house.type("2h today").last)[-1] == "[Another day] [Share in channel]"
    house.acme.decide(ana, audience("everyone", []))
    assert message_of(house.type("2h today").last)[-1] == "[Another day] [Share in channel] [Offer three in channel]"


def test_slots_asked_for_in_a_direct_message_cannot_be_shared(house: House) -> None:
    asked = replace(command("2h today", Surface.CHANNEL), channel_id="D1")
    reply = RecordingReply()
    slots_work(house.find_slots, house.acme.clock)(actor(), asked, reply)
    assert message_of(reply.last)[-1] == "[Another day]"


def test_slots_without_words_opens_the_form(house: House) -> None:
    reply = house.type("")
    assert reply.ways == ["open"]
    assert modal_of(reply.last)[0] == "Who: ['U1']"
    assert modal_of(reply.last)[-1] == f"Day: {TODAY}"
    loading = slots_loading(command(""))
    assert loading is not None
    assert loading.title == "Find a time"
    assert slots_loading(command("today")) is None


def test_an_unclear_day_is_asked_about(house: House) -> None:
    shown = house.type("<@U2> next friday").last
    assert buttons_of(shown) == {
        "2026-11-27": "<@U2> all 2026-11-27",
        "2026-12-04": "<@U2> all 2026-12-04",
    }


def test_a_meaning_pressed_answers_in_the_place_of_the_question(house: House) -> None:
    reply = run(pressed(house.handlers, "ask_again:2026-11-27", "<@U2> all 30m 2026-11-27"))
    assert reply.ways == ["replace"]
    assert message_of(reply.last)[0].startswith("*Ben, 30 minutes, Friday 27 November* (Berlin; ")


def test_more_people_than_a_button_can_carry_are_refused(house: House) -> None:
    with pytest.raises(UnclearRequest, match="30 people at most"):
        house.type(" ".join(f"<@U{number}>" for number in range(31)))


def test_a_slot_opens_its_reasons_and_another_one_takes_their_place(house: House) -> None:
    house.acme.add_event(ana, "15:00-16:00", "Kick-off")
    opened = pressed(house.handlers, f"slot:{second('15:30')}", f"{second('15:30')} 30 all U1 U2")
    assert opened.loading is not None
    reply = run(opened)
    assert reply.ways == ["update"]
    assert modal_of(reply.last)[:4] == [
        "*Tuesday 24 November, 15:30-16:00: not free.*",
        "Berlin · 9:30-10:00 for Ben in New York",
        "Ben is free.",
        "This stands in the way:",
    ]
    near = pressed(house.handlers, f"other_slot:{second('16:00')}", f"{second('16:00')} 30 all U1 U2", Surface.MODAL)
    assert near.loading is None
    assert modal_of(run(near).last)[0] == "*Tuesday 24 November, 16:00-16:30: free.*"


def test_the_reasons_of_somebody_else_never_tell_a_title(house: House) -> None:
    house.acme.add_event(ben, "15:00-16:00", "Doctor")
    reply = run(pressed(house.handlers, "slot:1", f"{second('15:00')} 30 all U1 U2"))
    assert "· Ben is busy, 15:00-16:00" in modal_of(reply.last)
    assert "Doctor" not in str(reply.last)


@pytest.mark.parametrize("value", ["", "soon 30 all U1", "1 0 all U1", "1 30 some U1", "1 30 all", "9" * 5000])
def test_a_value_that_no_button_carries_is_not_there(house: House, value: str) -> None:
    with pytest.raises(NotFound):
        run(pressed(house.handlers, "slot:1", value))


def test_another_day_opens_the_form_at_once_and_replaces_a_modal(house: House) -> None:
    words = "<@U1> <@U2> any 45m 2026-11-25"
    from_message = pressed(house.handlers, "another_day", words)
    assert from_message.loading is not None
    assert read_view(from_message.loading) == [
        "Who: ['U1', 'U2']",
        "Everyone or anyone: Any one of them is enough",
        "Length: 45 minutes",
        "Day: 2026-11-25",
    ]
    assert run(from_message).shown == []
    from_modal = pressed(house.handlers, "another_day", words, Surface.MODAL)
    assert from_modal.loading is None
    assert run(from_modal).shown == [("update", from_message.loading)]


def test_sharing_posts_the_answer_once_and_takes_the_button_away(house: House) -> None:
    reply = run(pressed(house.handlers, "share_slots", f"<@U1> <@U2> all 90m {TODAY}"))
    assert reply.ways == ["share", "replace"]
    (_, shared), (_, own) = reply.shown
    assert message_of(shared)[-1] == "_ Shared by Ana. Times are in your own zone."
    assert message_of(own)[-2:] == ["_ Shared in this channel.", "[Another day]"]


def test_asking_somebody_to_connect_writes_to_him_and_takes_the_button_away(house: House) -> None:
    reply = run(pressed(house.handlers, "ask_to_connect:U3", f"U3 <@U1> <@U3> all 30m {TODAY}"))
    assert house.notifier.asked_to_connect == [("U1", "U3")]
    assert reply.ways == ["replace"]
    assert message_of(reply.last)[1:] == [
        "Cara was asked to connect a calendar. Until then nobody can say when Cara is free.",
        "[Leave Cara out]",
    ]


def test_asking_the_same_person_again_that_day_writes_to_nobody(house: House) -> None:
    run(pressed(house.handlers, "ask_to_connect:U3", f"U3 <@U1> <@U3> all 30m {TODAY}"))
    with pytest.raises(AskedAlready, match="You asked Cara today already"):
        run(pressed(house.handlers, "ask_to_connect:U3", f"U3 <@U3> all 2h {TODAY}"))
    assert house.notifier.asked_to_connect == [("U1", "U3")]


def test_somebody_who_connected_meanwhile_is_not_written_to(house: House) -> None:
    with pytest.raises(ConnectedMeanwhile):
        run(pressed(house.handlers, "ask_to_connect:U2", f"U2 <@U2> all 30m {TODAY}"))
    assert house.notifier.asked_to_connect == []


def test_a_calendar_on_its_first_read_is_no_answer(house: House) -> None:
    house.acme.set_read(ben, None)
    assert message_of(house.type("<@U1> <@U2> today").last)[1:] == [
        "Ben's calendar is being read for the first time. Ask again in a minute. [Ask again]"
    ]


def test_a_calendar_that_was_not_read_for_long_warns(house: House) -> None:
    house.acme.set_read(ben, house.acme.clock.time - timedelta(minutes=40))
    lines = message_of(house.type("<@U1> <@U2> 2h today").last)
    assert "_ One of Ben's calendars was last read 40 minutes ago; newer events are unknown." in lines


def test_the_form_is_answered_in_its_own_modal(house: House) -> None:
    found = submitted(house.handlers, CallbackId.FIND_A_TIME, form())
    assert found.mistakes == {}
    assert found.loading is not None
    reply = run(found)
    assert reply.ways == ["update"]
    assert modal_of(reply.last) == [
        "*Ana and Ben, 30 minutes, Tuesday 24 November* (Berlin; 9:00-11:00 for Ben)",
        "[15:00] [15:15] [15:30] [15:45] [16:00]",
        "[16:15] [16:30]",
        "[Another day]",
    ]


def test_a_form_that_leaves_the_length_open_is_answered_for_the_usual_one(house: House) -> None:
    house.acme.decide(ben, meetings("90", "30", "0", "0"))
    usual = form(people={"selected_users": ["U2"]}, length={"selected_option": {"value": "usual"}})
    found = submitted(house.handlers, CallbackId.FIND_A_TIME, usual)
    assert found.mistakes == {}
    assert modal_of(run(found).last)[0].startswith("*Ben, 1 hour 30 minutes, Tuesday 24 November*")


def test_a_form_without_people_or_day_says_so_on_the_fields(house: House) -> None:
    empty = form(
        people={"type": "multi_users_select", "selected_users": []}, day={"type": "datepicker", "selected_date": None}
    )
    assert submitted(house.handlers, CallbackId.FIND_A_TIME, empty).mistakes == {
        "people": "Choose at least one person.",
        "day": "Choose a day.",
    }


def test_a_day_that_has_passed_brings_the_form_back_with_all_that_was_chosen(house: House) -> None:
    past = form(day={"type": "datepicker", "selected_date": "2026-11-20"})
    reply = run(submitted(house.handlers, CallbackId.FIND_A_TIME, past))
    assert modal_of(reply.last) == [
        "Friday 20 November has passed. Choose another one.",
        "Who: ['U1', 'U2']",
        "Everyone or anyone: Everyone has to be free",
        "Length: 30 minutes",
        "Day: 2026-11-20",
    ]


def test_a_guest_chosen_on_the_form_brings_it_back(house: House) -> None:
    members = house.acme.store.tables.members
    members[ben.id] = replace(ben, standing=type(ben.standing).GUEST)
    reply = run(submitted(house.handlers, CallbackId.FIND_A_TIME, form()))
    assert (
        modal_of(reply.last)[0] == "Ben is not a full member of this workspace, so Daybook keeps no calendar for them."
    )


def test_the_shortcut_opens_the_form(house: House) -> None:
    opened = shortcut(house.handlers, CallbackId.FIND_A_TIME)
    assert opened.loading is not None
    assert modal_of(run(opened).last)[-1] == f"Day: {TODAY}"
