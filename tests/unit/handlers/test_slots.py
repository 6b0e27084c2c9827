"""Asking who is free: the command and its buttons."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.preference_changes import audience
from bot.domain.slots_request import UnclearRequest
from bot.rendering.names import ActionId, base_name
from bot.rendering.surfaces import Message
from bot.usecases.ask_to_connect import AskedAlready, ConnectedMeanwhile
from handlers.commands.slots import slots_loading, slots_work
from handlers.interaction import Surface
from tests.builders import second
from tests.unit.handlers.acting import RecordingReply, pressed, run
from tests.unit.handlers.slots_house import House, a_house, command, message_of, modal_of
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.rendering.screen import buttons_of, read_view

TODAY = "2026-11-24"


@pytest.fixture
def house() -> House:
    return a_house()


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
        "Fri 27 Nov": "<@U2> all 2026-11-27",
        "Fri 4 Dec": "<@U2> all 2026-12-04",
    }


def test_all_times_of_a_day_take_the_place_of_the_few(house: House) -> None:
    whole = run(pressed(house.handlers, "all_times:2026-11-27", "<@U1> all 2h 2026-11-27"))
    assert whole.ways == ["replace"]
    assert message_of(whole.last) == [
        "*Ana, 2 hours, Friday 27 November* (Berlin)",
        "[9:00] [9:15] [9:30] [9:45] [10:00]",
        "[10:15] [10:30] [10:45] [11:00] [11:15]",
        "[11:30] [11:45] [12:00] [12:15] [12:30]",
        "[12:45] [13:00] [13:15] [13:30] [13:45]",
        "[14:00] [14:15] [14:30] [14:45] [15:00]",
        "[Another day] [Share in channel] [Offer three in channel]",
    ]


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


def test_all_times_of_a_day_stay_when_they_are_shared_or_somebody_is_asked_to_connect(house: House) -> None:
    question = "<@U1> <@U3> any 30m 2026-11-25"
    whole = run(pressed(house.handlers, "all_times:2026-11-25", question)).last
    assert isinstance(whole, Message)
    blocks: Any = whole.blocks
    buttons = [each for block in blocks for each in block.get("elements", ()) if "action_id" in each]
    share, ask = (
        next(each for each in buttons if base_name(each["action_id"]) == name)
        for name in (ActionId.SHARE_SLOTS, ActionId.ASK_TO_CONNECT)
    )
    for button in (share, ask):
        reply = run(pressed(house.handlers, button["action_id"], button["value"]))
        assert "[9:00] [9:15] [9:30] [9:45] [10:00]" in message_of(reply.last)


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
