"""The job that delivers: who is tried again when, what is given up, and what holds up whom."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.accounts import AccountStatus
from bot.domain.appointments import Venue, Where
from bot.domain.cards import CardButton, Progress
from bot.domain.effects import EFFECT_LEASE, LONGEST_WAIT, MOST_ATTEMPTS, EffectKind, wait_after
from bot.domain.errors import CredentialRefused, KeyMissing, ProviderBusy, ProviderDown, SecretUnreadable
from bot.usecases.retry_delivery import RetryDelivery
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.delivery_house import DeliveryHouse

PLACE = Venue(Where.PLACE, "Torstr. 1")
REFUSED = CredentialRefused("Google no longer accepts Daybook's access to this account.")


def failing(house: DeliveryHouse, error: Exception, times: int = 10_000) -> None:
    """Google fails so often."""
    left = iter(range(times))

    def fail(_name: str) -> None:
        if next(left, None) is not None:
            raise error

    house.copies.before = fail


def test_each_due_effect_is_handed_out_once() -> None:
    house = DeliveryHouse()
    house.booked(a_request("15:00", ana, venue=PLACE))

    assert (house.deliver(), house.deliver()) == (3, 0)


def test_what_a_full_queue_has_no_room_for_is_taken_up_by_the_next_tick() -> None:
    house = DeliveryHouse()
    house.queue.room = 1
    house.booked(a_request("15:00", ana, venue=PLACE))

    assert house.deliver() == 1
    house.queue.run_all()
    assert house.deliver() == 1


def test_a_delivery_whose_process_died_is_done_by_another_when_its_lease_ends() -> None:
    house = DeliveryHouse()
    house.booked(a_request("15:00", ana, venue=PLACE))
    house.deliver()
    dead, house.queue.waiting = house.queue.waiting, []
    house.clock.time += EFFECT_LEASE
    house.tick()
    # The dead one wakes up after all: it writes nothing.
    house.queue.waiting = dead
    house.queue.run_all()

    assert house.copies.requests.count("insert") == 1
    assert (len(house.cards.posted), house.queue.escaped) == (1, [])


def test_a_pause_that_the_provider_asks_for_is_kept_to() -> None:
    house = DeliveryHouse()
    one = house.booked(a_request("15:00", ana, venue=PLACE))
    failing(house, ProviderBusy("Google asks for a pause.", 120.0), times=1)
    house.tick()

    assert house.effects(one)[EffectKind.EVENT].due_at == house.clock.now() + timedelta(minutes=2)


def test_one_appointment_that_fails_holds_up_none_of_the_others() -> None:
    house = DeliveryHouse()
    house.booked(a_request("15:00", ana, venue=PLACE))
    failing(house, ProviderDown("Google did not answer."), times=1)
    house.booked(a_request("16:00", ana, venue=PLACE))
    house.booked(a_request("16:00", ben, venue=PLACE))
    house.tick()

    assert len(house.in_google()) == 2


@pytest.mark.parametrize("error", [REFUSED, SecretUnreadable("It does not open.")])
def test_a_dead_permission_breaks_the_account_and_its_owner_is_told_once(error: Exception) -> None:
    house = DeliveryHouse()
    failing(house, error)
    one = house.delivered(a_request("15:00", ana, venue=PLACE))
    house.delivered(a_request("16:00", ana, venue=PLACE, anyway=True))

    assert house.notifier.told_to_reconnect == [(ana.slack_user_id, "ana@acme.test")]
    assert house.copies.requests == ["insert"]
    [first, second] = house.cards.posted.values()
    assert first.event is not None
    assert second.event is not None
    assert (first.event.progress, first.event.problem) == (Progress.GIVEN_UP, str(error))
    assert second.event.problem == "ana@acme.test has to be connected again first."
    assert house.effects(one)[EffectKind.EVENT].is_dead


def test_what_was_given_up_for_an_account_is_delivered_once_it_is_connected_anew() -> None:
    house = DeliveryHouse()
    failing(house, REFUSED, times=1)
    house.delivered(a_request("15:00", ana, venue=PLACE))
    account_id = house.calendars[ana.id].account_id
    row = house.store.tables.accounts[account_id]
    working = replace(row.account, status=AccountStatus.ACTIVE, absorbed_id=house.new_id(), broken_since=None)
    house.store.tables.accounts[account_id] = replace(row, account=working)
    with house.store.writing() as work:
        assert work.effects.revive(account_id, house.clock.now()) == 1
        work.commit()
    house.pass_by(2)

    assert len(house.in_google()) == 1
    [card] = house.cards.posted.values()
    assert card.event is not None
    assert card.event.progress is Progress.DONE


def test_a_key_that_is_missing_breaks_no_account() -> None:
    house = DeliveryHouse()
    failing(house, KeyMissing(), times=3)
    house.booked(a_request("15:00", ana, venue=PLACE))
    house.pass_by(20)

    assert (house.notifier.told_to_reconnect, len(house.in_google())) == ([], 1)


def test_a_mistake_of_ours_is_logged_and_not_made_at_every_tick() -> None:
    house = DeliveryHouse()
    failing(house, ZeroDivisionError())
    one = house.booked(a_request("15:00", ana, venue=PLACE))
    house.tick()
    house.tick()

    assert [type(error) for error in house.queue.escaped] == [ZeroDivisionError]
    assert house.effects(one)[EffectKind.EVENT].problem == "Something went wrong in Daybook itself."


def test_what_fails_for_a_day_is_given_up_and_tried_again_by_a_button() -> None:
    house = DeliveryHouse()
    failing(house, ProviderDown("Google did not answer."), times=MOST_ATTEMPTS)
    one = house.booked(a_request("2026-12-24 15:00", ana, venue=PLACE))
    for _ in range(MOST_ATTEMPTS):
        house.tick()
        house.clock.time += LONGEST_WAIT

    [card] = house.cards.posted.values()
    assert card.event is not None
    assert (card.event.progress, CardButton.TRY_AGAIN in card.buttons) == (Progress.GIVEN_UP, True)
    assert len(house.copies.requests) == MOST_ATTEMPTS

    RetryDelivery(house.store, house.clock, house.deliver_soon)(actor(ana), one.id)
    house.tick()

    assert len(house.in_google()) == 1


def test_following_a_calendar_delivers_what_was_noticed_in_it() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, venue=PLACE))
    house.notice(one)
    calendar_id = house.calendars[ana.id].id
    # Nobody works on the queue here, so that it is not followed in time.
    left = house.deliver.follow([calendar_id], seconds=0.01)

    assert (left, len(house.queue.waiting)) == (frozenset({calendar_id}), 1)


def test_following_a_calendar_in_which_nothing_was_moved_delivers_nothing() -> None:
    house = DeliveryHouse()
    house.booked(a_request("15:00", ana, venue=PLACE))
    left = house.deliver.follow([house.calendars[ana.id].id])

    assert (left, len(house.queue.waiting)) == (frozenset(), 0)


@pytest.mark.parametrize(
    ("attempts", "jitter", "asked", "seconds"),
    [
        (0, 0.0, None, 1),
        (0, 1.0, None, 2),
        (3, 0.5, None, 8.5),
        (50, 1.0, None, 300),
        (0, 0.0, 90.0, 90),
        (9, 1.0, 5.0, 300),
    ],
)
def test_waits_are_drawn_from_a_range_that_doubles(
    attempts: int, jitter: float, asked: float | None, seconds: float
) -> None:
    assert wait_after(attempts, jitter, retry_after=asked) == timedelta(seconds=seconds)


def test_what_waits_behind_a_success_follows_at_once() -> None:
    house = DeliveryHouse()
    for when in ("14:00", "15:00", "16:00"):
        house.booked(a_request(when, ana, venue=PLACE))
    house.deliver()
    house.queue.run_all()

    assert len(house.in_google()) == 3
