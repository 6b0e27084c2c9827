"""Trying a trigger: something made up is said, or why it cannot be."""

import pytest

from bot.domain.errors import ProviderDown
from bot.domain.firings import ChannelUnusable
from tests.trigger_builders import AS_VIP, TO_HOOK, TO_HOST, a_trigger
from tests.unit.rendering.answers import actor, ana
from tests.unit.usecases.trigger_house import TriggerHouse


def test_trying_it_says_something_made_up_and_leaves_no_trace() -> None:
    house = TriggerHouse()
    cases = house.cases()
    for action in (TO_HOOK, TO_HOST, AS_VIP):
        trigger = house.has(a_trigger(actor(), action=action))
        cases.try_it(actor(), trigger.id)
        assert house.ledger(trigger) == []
    [(_, call)] = house.webhooks.called
    [said] = house.posts.said
    assert (call.is_test, said.is_test, said.host) == (True, True, ana)
    assert [contact.name for contact in said.occasion.contacts] == ["Sam Sample"]
    assert house.store.tables.contacts == {}


def test_trying_what_does_not_work_says_why() -> None:
    house = TriggerHouse()
    trigger = house.has(a_trigger(actor(), action=TO_HOOK))

    def refuse() -> None:
        raise ProviderDown("hooks.example.com could not be reached.")

    house.webhooks.before = refuse
    with pytest.raises(ProviderDown, match=r"hooks\.example\.com could not be reached"):
        house.cases().try_it(actor(), trigger.id)


# fault 11
def test_trying_it_says_nothing_in_a_channel_that_others_read_by_now() -> None:
    house = TriggerHouse()
    trigger = house.has(a_trigger(actor()))
    house.channels.names = {}
    with pytest.raises(ChannelUnusable, match="not in that channel"):
        house.cases().try_it(actor(), trigger.id)
    assert house.posts.said == []
