"""What becomes of what triggers do when it fails, and what is never done twice."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.errors import KeyMissing, NotFound, ProviderBusy, ProviderDown, ProviderError, SecretUnreadable
from bot.domain.firings import FIRING_LEASE, MOST_TRIES
from bot.domain.webhooks import WebhookRefused
from tests.trigger_builders import TO_HOOK, TO_HOST, a_trigger, an_occasion, happened
from tests.unit.rendering.answers import actor, ben
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


# fault 10, fault 11
def test_run_again_is_for_the_owner_and_for_what_came_to_nothing() -> None:
    house = TriggerHouse()
    trigger = a_fired(house, a_trigger(actor(), action=TO_HOOK))
    house.webhooks.before = refusing(WebhookRefused("hooks.example.com answered 404."))
    house.fires()
    house.webhooks.before = lambda: None
    run_again, firing_id = house.cases().run_again, first_id(house, trigger)
    with pytest.raises(NotFound):
        run_again(actor(ben), firing_id)
    assert [run_again(actor(), firing_id), run_again(actor(), firing_id)] == [trigger.id, trigger.id]
    house.fires()
    assert [call.id for _, call in house.webhooks.called] == [str(firing_id)]
    run_again(actor(), firing_id)
    assert house.fires() == 0
