"""What triggers do when they fire, what becomes of it when it fails, and what is never done twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import KeyMissing, ProviderBusy, ProviderDown, ProviderError, SecretUnreadable
from bot.domain.firings import FIRING_LEASE, MOST_TRIES
from bot.domain.occasions import What
from bot.domain.people import Standing
from bot.domain.trigger_form import TriggerWish
from bot.domain.triggers import TriggerFilter
from bot.domain.webhooks import WebhookRefused
from tests.builders import BEN
from tests.trigger_builders import AS_VIP, HOOK, LATER, TO_HOOK, TO_HOST, a_trigger, an_occasion, happened
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.trigger_house import TriggerHouse, a_fired, first_id

AN_HOUR = timedelta(hours=1)


class PowerCut(BaseException):
    """The process is gone: nothing is cleaned up, and nothing is recorded."""


def cut_at(place: str) -> Callable[[str], None]:
    def crash_point(name: str) -> None:
        if name == place:
            raise PowerCut

    return crash_point


def refusing(error: Exception) -> Callable[[], None]:
    def refuse() -> None:
        raise error

    return refuse


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


# fault 35
@pytest.mark.parametrize(
    ("error", "wait", "told"),
    [
        (ProviderDown("It is down."), timedelta(seconds=2), "It is down."),
        (ProviderBusy("It asks for a pause.", 90), timedelta(seconds=90), "It asks for a pause."),
        (KeyMissing(), timedelta(seconds=2), "The key that seals its address is not configured; "),
    ],
)
def test_what_may_go_through_later_is_tried_again(error: Exception, wait: timedelta, told: str) -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor(), action=TO_HOOK))
    house.webhooks.before = refusing(error)
    house.fires()
    [firing] = house.ledger(trigger)
    assert (firing.state, firing.attempts, firing.problem.startswith(told)) == ("waiting", 1, True)
    assert firing.due_at == house.clock.now() + wait
    house.webhooks.before = lambda: None
    assert house.fires() == 0
    house.passes(wait)
    assert house.fires() == 1
    assert house.told(trigger) == [("done", "")]


# fault 58
def test_what_fails_again_and_again_is_given_up_visibly() -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor(), action=TO_HOOK))
    house.webhooks.before = refusing(ProviderBusy("hooks.example.com answered 503."))
    tries = 0
    while house.ledger(trigger)[0].due_at is not None:
        tries += house.fires()
        house.passes(AN_HOUR)
    assert (tries, house.told(trigger)) == (MOST_TRIES, [("failed", "hooks.example.com answered 503.")])


@pytest.mark.parametrize("error", [WebhookRefused("hooks.example.com answered 404."), ProviderError("No.")])
def test_what_is_refused_is_not_tried_again(error: Exception) -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor(), action=TO_HOOK))
    house.webhooks.before = refusing(error)
    house.fires()
    assert house.told(trigger) == [("failed", str(error))]


# fault 25
def test_an_address_that_does_not_open_asks_for_another_one() -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor(), action=TO_HOOK))
    house.webhooks.before = refusing(SecretUnreadable("damaged"))
    house.fires()
    told = "Its address cannot be opened any more. Edit the trigger and enter it again."
    assert house.told(trigger) == [("failed", told)]


def test_a_mistake_of_ours_is_logged_and_not_made_at_every_tick() -> None:
    house = TriggerHouse()
    trigger = a_fired(house)
    house.posts.before = refusing(RuntimeError("bug"))
    house.fires()
    assert [str(error) for error in house.queue.escaped] == ["bug"]
    assert house.told(trigger) == [("waiting", "Something went wrong in Daybook itself.")]


# fault 11
def test_a_channel_that_others_read_by_now_is_posted_in_no_more() -> None:
    house = TriggerHouse()
    trigger = a_fired(house)
    house.channels.names = {}
    house.fires()
    assert house.told(trigger) == [("failed", "Daybook is not in that channel.")]
    house.channels.names = {"C0SALES": "sales"}
    house.cases().run_again(actor(), first_id(house, trigger))
    house.fires()
    assert (len(house.posts.said), house.told(trigger)) == (1, [("done", "")])


# fault 35
def test_a_channel_of_which_slack_says_nothing_is_asked_about_again() -> None:
    house = TriggerHouse()
    trigger = a_fired(house)
    house.channels.before = refusing(ProviderDown("Slack could not be reached. Try again in a minute."))
    house.fires()
    [firing] = house.ledger(trigger)
    assert (firing.state, firing.attempts, firing.sent_at) == ("waiting", 1, None)
    assert firing.problem == "Slack did not say whether that channel may still be posted in."
    house.channels.before = lambda: None
    house.passes(AN_HOUR)
    house.fires()
    assert (len(house.posts.said), house.told(trigger)) == (1, [("done", "")])


def test_what_goes_to_no_channel_asks_about_none() -> None:
    house = TriggerHouse()
    house.channels.before = refusing(ProviderDown("Nobody asked."))
    to_host, to_hook = a_fired(house, a_trigger(actor(), action=TO_HOST)), house.has(a_trigger(actor(), action=TO_HOOK))
    happened(house.store, an_occasion(actor()))
    while house.fires():
        pass
    assert [state for one in (to_host, to_hook) for state, _ in house.told(one)] == ["done"] * 3


# fault 34
@pytest.mark.parametrize("place", ["firing: before it is sent", "firing: after it is sent"])
def test_a_message_to_the_host_is_looked_for_after_a_kill(place: str) -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor(), action=TO_HOST))
    with pytest.raises(PowerCut):
        house.fires(cut_at(place))
    house.passes(FIRING_LEASE)
    house.fires()
    assert (len(house.posts.said), house.told(trigger)) == (1, [("done", "")])


# fault 34
@pytest.mark.parametrize(("place", "posted"), [("firing: before it is sent", 0), ("firing: after it is sent", 1)])
def test_a_message_in_a_channel_is_sent_at_most_once_whatever_is_killed(place: str, posted: int) -> None:
    house = TriggerHouse()
    trigger = a_fired(house)
    with pytest.raises(PowerCut):
        house.fires(cut_at(place))
    house.passes(FIRING_LEASE)
    house.fires()
    assert (len(house.posts.said), house.told(trigger)) == (posted, [("unsure", "Nobody can look there.")])


# fault 34
def test_an_answer_that_was_lost_is_not_taken_for_a_no() -> None:
    house = TriggerHouse()
    channel, host = a_fired(house), a_fired(house, a_trigger(actor(), action=TO_HOST))
    house.posts.after = refusing(ProviderDown("Slack did not answer.", is_silent=True))
    house.fires()
    house.posts.after = lambda: None
    house.passes(AN_HOUR)
    house.fires()
    house.fires()
    assert [len({*house.posts.ids}), len(house.posts.ids)] == [3, 3]
    assert sorted(state for state, _ in house.told(channel)) == ["done", "unsure"]
    assert house.told(host) == [("done", "")]


# fault 34
def test_a_message_that_surely_was_not_taken_is_sent_again() -> None:
    house = TriggerHouse()
    trigger = a_fired(house)
    house.posts.before = refusing(ProviderBusy("Slack asks for a pause: too many messages.", 30))
    house.fires()
    house.posts.before = lambda: None
    house.passes(timedelta(seconds=30))
    house.fires()
    assert (len(house.posts.said), house.told(trigger)) == (1, [("done", "")])


# fault 30
@pytest.mark.parametrize("place", ["firing: before it is sent", "firing: after it is sent"])
def test_a_webhook_is_called_at_least_once_with_the_same_id(place: str) -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor(), action=TO_HOOK))
    with pytest.raises(PowerCut):
        house.fires(cut_at(place))
    house.passes(FIRING_LEASE)
    house.fires()
    assert {call.id for _, call in house.webhooks.called} == {str(first_id(house, trigger))}
    assert len({call.body for _, call in house.webhooks.called}) == 1
    assert house.told(trigger) == [("done", "")]


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


# fault 10, fault 11
def test_run_again_is_for_the_owner_and_for_what_came_to_nothing() -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor(), action=TO_HOOK))
    house.webhooks.before = refusing(WebhookRefused("hooks.example.com answered 404."))
    house.fires()
    house.webhooks.before = lambda: None
    run_again, firing_id = house.cases().run_again, first_id(house, trigger)
    with pytest.raises(Exception, match="not there any more"):
        run_again(actor(ben), firing_id)
    assert [run_again(actor(), firing_id), run_again(actor(), firing_id)] == [trigger.id, trigger.id]
    house.fires()
    assert [call.id for _, call in house.webhooks.called] == [str(firing_id)]
    run_again(actor(), firing_id)
    assert house.fires() == 0
