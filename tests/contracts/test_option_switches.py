"""Switching a calendar's sync option from any setting to any other, and back."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from bot.domain.calendars import ONE_WAY, TWO_WAY, ContactPolicy, SyncOption
from bot.domain.change_sets import TooLateToUndo
from bot.domain.errors import LeaseLost, NotFound
from bot.domain.invitees import LeftOut
from bot.domain.option_change import ChangeUntold, OptionKept
from bot.domain.shades import Shade
from bot.ports import Store
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.contracts.option_town import BEN, LEE, LONG_AGO, MAYA, ROOM, Town, meeting, names
from tests.contracts.storage_builders import NOW, a_person, all_at_once, new_id

pytestmark = pytest.mark.slow

ASK = replace(TWO_WAY, contact_policy=ContactPolicy.ASK)
KNOWN_ONLY = replace(TWO_WAY, contact_policy=ContactPolicy.KNOWN_ONLY)
QUIET = replace(TWO_WAY, fire_triggers=False)
NOBODY = replace(TWO_WAY, contact_policy=ContactPolicy.NONE)
SETTINGS = {"one-way": ONE_WAY, "add": TWO_WAY, "ask": ASK, "known": KNOWN_ONLY, "quiet": QUIET, "nobody": NOBODY}
PAIRS = [pytest.param(SETTINGS[a], SETTINGS[b], id=f"{a} to {b}") for a, b in permutations(SETTINGS, 2)]
EVENTS = (
    meeting("Kick-off", BEN, ROOM),
    meeting("Demo", MAYA, LEE, BEN, hour=11),
    meeting("Alone", hour=13),
    meeting("Review", LEE, hour=15),
)


@pytest.fixture
def town(store: Store) -> Town:
    return Town(store)


def test_a_preview_tells_what_the_switch_then_does(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    told = town.preview(ana.actor, TWO_WAY)
    assert told.shades == {(Shade.GREY, Shade.TEAL): 2, (Shade.GREY, Shade.BLUE): 2}
    assert [one.name for one in told.added] == ["Lee Chen", "Maya Ortiz"]
    assert told.left_out == {LeftOut.COLLEAGUE: 1, LeftOut.ROOM: 1}
    assert told.until == NOW + timedelta(days=30)
    assert town.state(ana) == (ONE_WAY, [], dict.fromkeys(["Kick-off", "Demo", "Alone", "Review"]))
    town.switch(ana, TWO_WAY)
    assert town.state(ana) == (
        TWO_WAY,
        ["Lee Chen", "Maya Ortiz"],
        {"Kick-off": Shade.TEAL, "Demo": Shade.BLUE, "Alone": Shade.TEAL, "Review": Shade.BLUE},
    )


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_every_switch_from_every_setting_is_undone_whole(town: Town, before: SyncOption, after: SyncOption) -> None:
    ana = town.owner("Ana", *EVENTS)
    if before != ONE_WAY:
        town.switch(ana, before)
    else:
        town.decide(ana)
    was = town.state(ana)
    contacts = town.contacts(ana)
    switch = town.switch(ana, after)
    assert town.option(ana) == after
    undone = town.undo(ana, switch)
    assert (undone.option, undone.kept) == (before, ())
    option, names_now, shades = town.state(ana)
    assert (option, names_now) == (was[0], contacts)
    # What is not shown in colour may or may not have been decided yet.
    assert {title: shade or Shade.GREY for title, shade in shades.items()} == {
        title: shade or Shade.GREY for title, shade in was[2].items()
    }


def test_two_way_to_one_way_and_back_duplicates_nothing(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    town.switch(ana, TWO_WAY)
    first = town.state(ana)
    town.switch(ana, ONE_WAY)
    assert town.state(ana)[:2] == (ONE_WAY, ["Lee Chen", "Maya Ortiz"])
    town.switch(ana, TWO_WAY)
    assert town.state(ana) == first
    assert town.meetings(ana, "Maya") == ["Demo"]


def test_an_undo_after_the_way_back_takes_the_contacts_along(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    switch = town.switch(ana, TWO_WAY)
    back = town.switch(ana, ONE_WAY)
    undone = town.undo(ana, switch)
    assert (undone.option, undone.removed) == (ONE_WAY, 2)
    assert town.contacts(ana) == []
    with pytest.raises(TooLateToUndo, match="undone already"):
        town.undo_switch(ana.actor, back.id)


def test_a_switch_that_others_followed_is_not_undone_before_them(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    first = town.switch(ana, ASK)
    second = town.switch(ana, TWO_WAY)
    with pytest.raises(TooLateToUndo, match="changed again since"):
        town.undo_switch(ana.actor, first.id)
    assert town.undo(ana, second).option == ASK
    assert town.undo(ana, first).option == ONE_WAY
    assert town.contacts(ana) == []


def test_what_somebody_touched_stays_and_is_named(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS, meeting("Chat", replace(MAYA, email="zoe@fox.test", name="Zoe Fox"), hour=17))
    town.remember({"zoe@fox.test": False}, ana.actor)
    switch = town.switch(ana, TWO_WAY)
    with town.store.writing() as work:
        people = work.contacts.by_address(ana.actor.workspace_id, ["maya@ortiz.test", "lee@chen.test"])
        work.contacts.tag(ana.actor.workspace_id, people["maya@ortiz.test"].id, "vip")
        work.commit()
    booked(town.store, an_appointment(ana.actor, "19:00-20:00", contact=people["lee@chen.test"]))
    undone = town.undo(ana, switch)
    assert (undone.removed, names(undone)) == (1, [("Lee Chen", "booked"), ("Maya Ortiz", "edited")])
    assert town.contacts(ana) == ["Lee Chen", "Maya Ortiz"]


def test_a_contact_that_was_there_before_is_never_removed(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    a_contact(town.store, ana.actor)
    switch = town.switch(ana, TWO_WAY)
    assert town.undo(ana, switch).removed == 1
    assert town.contacts(ana) == ["Maya Ortiz"]


def test_a_contact_of_an_event_made_since_the_switch_is_none_of_its_making(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    switch = town.switch(ana, TWO_WAY)
    kim = replace(MAYA, email="kim@poe.test", name="Kim Poe")
    town.remember({"kim@poe.test": False}, ana.actor)
    town.pass_time(timedelta(hours=1))
    town.read(ana, meeting("New", kim, hour=17, created_at=town.clock.now()))
    town.decide(ana)
    assert town.undo(ana, switch).removed == 2
    assert town.contacts(ana) == ["Kim Poe"]


def test_of_two_members_with_the_same_meeting_the_last_undo_takes_its_contact(town: Town) -> None:
    demo = meeting("Demo", MAYA, uid="demo@google.com")
    ana, ben = town.owner("Ana", demo), town.owner("Ben", demo)
    hers, his = town.switch(ana, TWO_WAY), town.switch(ben, TWO_WAY)
    assert town.contacts(ana) == ["Maya Ortiz"]
    undone = town.undo(ana, hers)
    assert (undone.removed, names(undone)) == (0, [("Maya Ortiz", "met_elsewhere")])
    assert town.meetings(ben, "Maya") == ["Demo"]
    assert town.shades(ben) == {"Demo": Shade.BLUE}
    assert town.undo(ben, his).removed == 1
    assert town.contacts(ben) == []


def test_an_undo_is_refused_after_thirty_days(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    switch = town.switch(ana, TWO_WAY)
    town.clock.time = switch.made_at + timedelta(days=30)
    with pytest.raises(TooLateToUndo, match="30 days"):
        town.undo_switch(ana.actor, switch.id)
    assert town.option(ana) == TWO_WAY


def test_an_undo_is_refused_the_second_time(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    switch = town.switch(ana, TWO_WAY)
    town.undo(ana, switch)
    with pytest.raises(TooLateToUndo, match="undone already"):
        town.undo_switch(ana.actor, switch.id)


def test_an_undo_while_events_are_being_decided_leaves_nothing_behind(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    switch = town.switch(ana, TWO_WAY, decides=False)

    def both(which: int) -> None:
        if which:
            with suppress(LeaseLost):
                town.decide(ana)
        else:
            town.undo_switch(ana.actor, switch.id)

    all_at_once(2, both)
    town.decide(ana)
    assert town.state(ana) == (ONE_WAY, [], dict.fromkeys(["Kick-off", "Demo", "Alone", "Review"], Shade.GREY))


def test_two_devices_that_switch_at_once_make_one_switch(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    agreed = town.preview(ana.actor, TWO_WAY).fingerprint

    def press(_which: int) -> str:
        try:
            town.switch_option(ana.actor, TWO_WAY, agreed=agreed)
        except (OptionKept, ChangeUntold) as refused:
            return type(refused).__name__
        return "switched"

    assert max(all_at_once(2, press)) == "switched"
    with town.store.reading() as work:
        assert [one.after for one in work.change_sets.standing(ana.actor)] == [TWO_WAY]
    with pytest.raises(OptionKept):
        town.switch_option(ana.actor, TWO_WAY, agreed=agreed)


def test_what_is_not_as_it_was_told_any_more_is_told_anew(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    told = town.preview(ana.actor, TWO_WAY)
    town.read(ana, meeting("Late", LEE, hour=19))
    with pytest.raises(ChangeUntold) as refused:
        town.switch_option(ana.actor, TWO_WAY, agreed=told.fingerprint)
    assert refused.value.change.becoming(Shade.BLUE) == 3
    assert town.option(ana) == ONE_WAY


def test_of_a_calendar_that_was_not_read_nothing_is_guessed(town: Town) -> None:
    ana = town.newcomer("Ana")
    told = town.preview(ana.actor, TWO_WAY)
    assert (told.is_read, told.is_known, told.shades) == (False, False, {})
    with pytest.raises(ChangeUntold):
        town.switch_option(ana.actor, TWO_WAY, agreed=told.fingerprint)


def test_invitees_of_whom_slack_said_nothing_are_no_contacts_yet(town: Town) -> None:
    kim = replace(MAYA, email="kim@poe.test", name="Kim Poe")
    ana = town.owner("Ana", meeting("Demo", kim))
    told = town.preview(ana.actor, TWO_WAY)
    assert (told.is_known, told.unanswered) == (False, 1)
    with pytest.raises(ChangeUntold):
        town.switch_option(ana.actor, TWO_WAY, agreed=told.fingerprint)


# fault 11
def test_nobody_elses_switch_can_be_undone(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    switch = town.switch(ana, TWO_WAY)
    eve = a_person(town.store, "T2", "U9")
    ben = a_person(town.store, "T1", "U8")
    for stranger in (eve, ben):
        with pytest.raises(NotFound):
            town.undo_switch(stranger, switch.id)
    with pytest.raises(NotFound):
        town.undo_switch(ana.actor, new_id())


def test_a_switch_of_a_calendar_that_is_gone_takes_its_contacts_back(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    switch = town.switch(ana, TWO_WAY)
    with town.store.writing() as work:
        work.calendars.choose(ana.actor, [])
        work.commit()
    undone = town.undo_switch(ana.actor, switch.id)
    assert (undone.option, undone.removed) == (None, 2)


def test_the_same_account_connected_again_duplicates_nothing(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    switch = town.switch(ana, TWO_WAY)
    with town.store.writing() as work:
        work.accounts.erase(town.calendar(ana).account_id)
        work.commit()
    again = town.reconnected(ana)
    town.read(again, *EVENTS)
    assert town.option(again) == ONE_WAY
    assert town.preview(again.actor, TWO_WAY).added == ()
    second = town.switch(again, TWO_WAY)
    assert town.contacts(again) == ["Lee Chen", "Maya Ortiz"]
    assert town.meetings(again, "Maya") == ["Demo"]
    assert town.undo(again, second).removed == 0
    assert town.undo_switch(again.actor, switch.id).removed == 2
    assert town.contacts(again) == []


def test_old_switches_are_forgotten(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    switch = town.switch(ana, TWO_WAY)
    with town.store.writing() as work:
        assert work.change_sets.forget(switch.made_at) == 0
        assert work.change_sets.forget(switch.made_at + timedelta(seconds=1)) == 1
        assert work.change_sets.standing(ana.actor) == []
        work.commit()


def test_an_option_counts_from_the_moment_it_was_chosen(town: Town) -> None:
    ana = town.owner("Ana", *EVENTS)
    switch = town.switch(ana, TWO_WAY)
    assert town.calendar(ana).option_since == switch.made_at
    assert switch.made_at > LONG_AGO


def test_a_copy_of_an_appointment_of_ours_is_not_counted(town: Town) -> None:
    ana = town.newcomer("Ana")
    link = copied(town.store, booked(town.store, an_appointment(ana.actor)), town.calendar(ana))
    town.read(ana, meeting("Demo", MAYA, uid=link.ical_uid))
    assert town.preview(ana.actor, TWO_WAY).shades == {}
