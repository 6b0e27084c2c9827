"""The card of an appointment: one message for life, and its history in the thread below."""

from datetime import timedelta

from bot.domain.accounts import Provider
from bot.domain.appointment_log import Deed
from bot.domain.appointments import Venue, Where
from bot.domain.cards import CardButton, Progress
from bot.domain.effects import EffectKind
from bot.domain.errors import ProviderBusy, ProviderDown
from bot.rendering.card import card_message
from bot.usecases.delivering import want_again
from tests.builders import at, span
from tests.unit.rendering.answers import ana, ben
from tests.unit.rendering.screen import read_message
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.delivery_house import DeliveryHouse

PLACE = Venue(Where.PLACE, "Torstr. 1")


def told(house: DeliveryHouse) -> list[Deed]:
    [thread] = house.cards.threads.values()
    return [line.entry.deed for line in thread]


def at_a_place() -> DeliveryHouse:
    house = DeliveryHouse()
    house.delivered(a_request("15:00", ana, venue=PLACE))
    return house


def test_moved_after_google_was_left_only_the_new_time_is_not_mailed() -> None:
    house = DeliveryHouse()
    booked = house.delivered(a_request("15:00", ana, venue=PLACE))
    house.leave(Provider.GOOGLE)
    house.move(booked, "16:00-16:30")
    house.pass_by(5)
    [card] = house.cards.posted.values()
    assert (card.appointment.span, card.told_span) == (span("16:00-16:30"), span("15:00-15:30"))
    assert "new time not e-mailed yet" in read_message(card_message(card))[1]


def test_the_card_stands_with_the_first_host_and_names_whoever_booked() -> None:
    house = DeliveryHouse()
    house.delivered(a_request("15:00", ana, ben, venue=PLACE))

    [(posted, card)] = house.cards.posted.items()
    assert posted.channel == f"D{ana.slack_user_id}"
    assert ([host.name for host in card.hosts], card.booker.name) == (["Ana", "Ben"], "Ben")
    assert card.event is not None
    assert card.event.progress is Progress.DONE
    assert told(house) == [Deed.BOOKED]


def test_one_card_for_life_follows_every_change() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.move(one, "16:00-16:30")
    house.pass_by(2)
    house.cancel(one)
    house.pass_by(2)

    assert house.cards.requests.count("post") == 1
    [card] = house.cards.posted.values()
    assert (card.appointment.span, card.buttons) == (span("16:00-16:30"), (CardButton.BOOK_AGAIN,))
    assert told(house) == [Deed.BOOKED, Deed.MOVED, Deed.CANCELLED]


def test_a_card_whose_answer_was_lost_is_found_and_not_posted_again() -> None:
    house = DeliveryHouse()
    losses = iter([True])

    def lose(name: str) -> None:
        if name == "post" and next(losses, False):
            raise ProviderDown("Slack did not answer.")

    house.cards.after = lose
    house.delivered(a_request("15:00", ana, venue=PLACE))

    assert house.cards.requests.count("post") == 1
    assert len(house.cards.posted) == 1
    assert told(house) == [Deed.BOOKED]


def test_a_line_whose_answer_was_lost_is_not_told_again() -> None:
    house = DeliveryHouse()
    losses = iter([True])

    def lose(name: str) -> None:
        if name == "reply" and next(losses, False):
            raise ProviderDown("Slack did not answer.")

    house.cards.after = lose
    house.delivered(a_request("15:00", ana, venue=PLACE))

    assert told(house) == [Deed.BOOKED]


def test_a_line_that_slack_asked_to_wait_for_is_told_later() -> None:
    house = DeliveryHouse()
    pauses = iter([True])

    def pause(name: str) -> None:
        if name == "reply" and next(pauses, False):
            raise ProviderBusy("Slack asks for a pause.", 2.0)

    house.cards.before = pause
    house.delivered(a_request("15:00", ana, venue=PLACE))

    assert told(house) == [Deed.BOOKED]


def test_a_card_that_somebody_deleted_is_posted_anew_at_the_next_change() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.cards.posted.clear()
    house.move(one, "16:00-16:30")
    house.pass_by(2)

    [card] = house.cards.posted.values()
    assert card.appointment.span == span("16:00-16:30")


def test_buttons_die_by_themselves_as_time_passes() -> None:
    house = at_a_place()
    [card] = house.cards.posted.values()
    assert CardButton.UNDO in card.buttons
    assert card.changes_at == at("12:10")

    house.clock.time += timedelta(minutes=10)
    house.tick()
    [card] = house.cards.posted.values()
    assert card.buttons == (CardButton.RESCHEDULE, CardButton.CANCEL)
    assert card.changes_at == at("15:30")

    house.at("15:30")
    house.tick()
    [card] = house.cards.posted.values()
    assert card.buttons == (CardButton.SHOWED, CardButton.NO_SHOW, CardButton.BOOK_AGAIN)
    assert house.effects(card.appointment)[EffectKind.CARD].due_at is None


def test_a_card_that_is_wanted_while_it_is_delivered_is_delivered_again() -> None:
    house = DeliveryHouse()
    house.booked(a_request("15:00", ana, venue=PLACE))
    wishes = iter([True])

    def wish(name: str) -> None:
        if name == "post" and next(wishes, False):
            [one] = house.stored()
            with house.store.writing() as work:
                want_again(work, one.id, EffectKind.CARD, house.clock.now())
                work.commit()

    house.cards.after = wish
    house.pass_by(3)

    assert house.cards.requests.count("update") >= 1


def test_a_history_that_holds_nothing_new_is_not_told_again() -> None:
    house = at_a_place()
    [one] = house.stored()
    with house.store.writing() as work:
        want_again(work, one.id, EffectKind.CARD, house.clock.now())
        work.commit()
    house.pass_by(1)

    assert house.cards.requests.count("reply") == 1
