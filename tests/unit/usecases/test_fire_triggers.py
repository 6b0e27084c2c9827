"""What triggers do when they fire."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.effects import PrivacyChange
from bot.domain.firings import FIRING_LEASE
from bot.domain.occasions import What
from bot.domain.people import Standing
from bot.domain.trigger_form import TriggerWish
from bot.domain.triggers import TriggerAction, TriggerFilter
from tests.builders import BEN
from tests.trigger_builders import AS_VIP, HOOK, LATER, TO_HOOK, TO_HOST, TO_SALES, a_trigger, an_occasion, happened
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.trigger_house import TriggerHouse, a_fired, first_id


def test_a_message_is_posted_once_and_recorded() -> None:
    house = TriggerHouse()
    trigger = a_fired(house)
    assert [house.fires(), house.fires()] == [1, 0]
    assert house.told(trigger) == [("done", "")]
    [said] = house.posts.said
    assert (said.trigger, said.host, said.owner, said.is_test) == (trigger, ana, ana, False)
    assert (said.id, house.ledger(trigger)[0].ended_at) == (first_id(house, trigger), house.clock.now())


def test_no_transaction_is_open_while_something_is_sent() -> None:
    house = TriggerHouse()
    open_then: list[bool] = []
    house.channels.before = lambda: open_then.append(house.store.is_open)
    house.posts.before = lambda: open_then.append(house.store.is_open)
    house.webhooks.before = lambda: open_then.append(house.store.is_open)
    a_fired(house)
    a_fired(house, a_trigger(actor(), action=TO_HOOK))
    house.fires()
    house.fires()
    assert set(open_then) == {False}


def test_the_host_that_is_looked_at_gets_the_message() -> None:
    house = TriggerHouse()
    a_fired(house, a_trigger(actor(ana), action=TO_HOST), an_occasion(actor(ben), hosts=(BEN, ana.id)))
    house.fires()
    assert [said.host for said in house.posts.said] == [ana]


@pytest.mark.parametrize(("action", "is_private"), [(TO_SALES, True), (TO_HOST, False)])
def test_a_channel_is_told_nothing_of_an_appointment_whose_event_is_private(
    action: TriggerAction, is_private: bool
) -> None:
    house = TriggerHouse()
    made = house.book(a_request("2026-11-24 15:00")).appointment
    with house.store.writing() as work:
        work.remote_links.keep_privacy(PrivacyChange(hidden=(made.id,)))
        work.commit()
    trigger = a_trigger(actor(), What.CANCELLED, action=action)
    a_fired(house, trigger, an_occasion(actor(), What.CANCELLED, subject=made.id))
    house.fires()
    assert [said.is_private for said in house.posts.said] == [is_private]


def test_a_webhook_is_called_with_what_is_sealed_for_it() -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor(), action=TO_HOOK))
    house.fires()
    [(webhook, call)] = house.webhooks.called
    assert (webhook, call.id, call.is_test) == (HOOK, str(first_id(house, trigger)), False)
    assert house.told(trigger) == [("done", "")]


def test_a_contact_is_tagged_once_and_nothing_fires_for_that() -> None:
    house = TriggerHouse()
    added = a_trigger(actor(), What.CONTACT_ADDED, action=AS_VIP)
    by_tag = house.has(a_trigger(actor(), What.CONTACT_ADDED, only=TriggerFilter((ana.id,), tag="vip")))
    maya = house.contact()
    trigger = a_fired(house, added, an_occasion(actor(), What.CONTACT_ADDED, contacts=[maya], subject=maya.id))
    house.fires()
    assert house.store.tables.contacts[maya.id].tags == ("vip",)
    assert (house.told(trigger), house.ledger(by_tag)) == ([("done", "")], [])


def test_without_a_contact_there_is_nobody_to_tag() -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor(), action=AS_VIP), an_occasion(actor()))
    house.fires()
    assert house.told(trigger) == [("left_out", "There is no contact to tag.")]


def test_a_contact_with_no_room_for_a_tag_is_named() -> None:
    house = TriggerHouse()
    full = house.contact("Lee Chen", *(f"tag {number}" for number in range(20)))
    trigger = a_fired(house, a_trigger(actor(), action=AS_VIP), an_occasion(actor(), contacts=[full]))
    house.fires()
    assert house.told(trigger) == [("left_out", "Lee Chen is gone, or has as many tags as one can have.")]


def test_what_is_paused_before_it_is_done_is_left_out() -> None:
    house = TriggerHouse()
    trigger = a_fired(house)
    house.cases().pause(actor(), trigger.id, is_paused=True)
    house.fires()
    assert house.told(trigger) == [("left_out", "The trigger was paused before this was done.")]
    assert house.posts.said == []


# fault 13
def test_whoever_left_or_is_no_admin_any_more_has_nothing_done() -> None:
    house = TriggerHouse()
    house.becomes(ana, is_admin=True)
    own, everybodys = a_trigger(actor(ana)), a_trigger(actor(ana), only=TriggerFilter())
    a_fired(house, own)
    a_fired(house, everybodys)
    house.becomes(ana, is_admin=False)
    house.fires()
    assert {state for state, _ in house.told(own)} == {"done"}
    assert house.told(everybodys) == [("left_out", "Its owner may not have this trigger any more.")]
    happened(house.store, an_occasion(actor()))
    house.becomes(ana, standing=Standing.DEACTIVATED)
    house.fires()
    assert [state for state, _ in house.told(own)].count("left_out") == 1


# fault 11, fault 13
def test_what_fired_for_others_is_not_done_for_who_is_no_admin_any_more_though_the_trigger_was_changed() -> None:
    house = TriggerHouse()
    house.becomes(ana, is_admin=True)
    trigger = a_fired(house, a_trigger(actor(ana), only=TriggerFilter()), an_occasion(actor(ben)))
    happened(house.store, an_occasion(actor(ana), at=LATER - timedelta(minutes=1)))
    house.becomes(ana, is_admin=False)
    wish = TriggerWish(when=frozenset({What.BOOKED}), channel_id="C0SALES")
    house.cases().save(actor(ana), wish, origin="1", trigger_id=trigger.id)
    house.fires()
    told = "It is about somebody else's appointment, and its owner is no admin any more."
    assert house.told(trigger) == [("left_out", told), ("done", "")]
    assert [said.occasion.hosts for said in house.posts.said] == [(ana.id,)]


# fault 13
def test_a_host_who_left_is_written_to_no_more() -> None:
    house = TriggerHouse()
    house.becomes(ana, is_admin=True)
    trigger = a_trigger(actor(ana), action=TO_HOST, only=TriggerFilter())
    a_fired(house, trigger, an_occasion(actor(ben)))
    house.becomes(ben, standing=Standing.DEACTIVATED)
    house.fires()
    assert house.told(trigger) == [("left_out", "The host is no full member of this workspace any more.")]


# fault 56
def test_whoever_was_overtaken_records_nothing() -> None:
    house = TriggerHouse()
    trigger = a_fired(house)

    def takes_long() -> None:
        house.posts.after = lambda: None
        house.passes(FIRING_LEASE)
        house.fires()

    house.posts.after = takes_long
    house.fires()
    assert (len(house.posts.said), house.told(trigger)) == (1, [("unsure", "Nobody can look there.")])


def test_many_of_one_trigger_are_done_in_one_go_and_in_order() -> None:
    house = TriggerHouse()
    trigger = house.has(a_trigger(actor(), What.BOOKED, What.RESCHEDULED, What.CANCELLED))
    booked = an_occasion(actor())
    for version, what in enumerate((What.BOOKED, What.RESCHEDULED, What.CANCELLED), start=1):
        happened(house.store, replace(booked, what=what, version=version))
    assert house.fires() == 1
    assert [said.occasion.what for said in house.posts.said] == [What.BOOKED, What.RESCHEDULED, What.CANCELLED]
    assert house.told(trigger) == [("done", "")] * 3


def test_what_the_queue_has_no_room_for_is_left_to_the_next_tick() -> None:
    house = TriggerHouse()
    a_fired(house)
    house.queue.room = 0
    assert house.fires() == 0
    house.queue.room = 8
    assert house.fires() == 1
