"""Everybody in an appointment has one message about it, in step for life."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.appointments import Appointment, AppointmentStatus, Question, QuestionKind, Venue, Where
from bot.domain.cards import Card, CardButton, PostedCard
from bot.domain.effects import EffectKind
from bot.domain.errors import ProviderDown, ProviderError
from bot.domain.people import Member, Standing
from tests.builders import span
from tests.unit.rendering.answers import ana, ben, cara
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.delivery_house import DeliveryHouse

PLACE = Venue(Where.PLACE, "Torstr. 1")
BENS, CARAS = f"D{ben.slack_user_id}", f"D{cara.slack_user_id}"


def shown(house: DeliveryHouse) -> dict[str, Card]:
    """By channel."""
    return {posted.channel: card for posted, card in house.messages.posted.items()}


def booked_by_cara(house: DeliveryHouse) -> Appointment:
    """On Ana and Ben; nothing is delivered yet."""
    return house.book(a_request("15:00", ana, ben, venue=PLACE), by=cara).appointment


def booked_by_ben(*hosts: Member) -> DeliveryHouse:
    house = DeliveryHouse()
    house.delivered(a_request("15:00", *(hosts or (ana,)), venue=PLACE))
    return house


def test_whoever_booked_it_has_a_message_with_what_he_may_do() -> None:
    house = booked_by_ben()
    [(channel, card)] = shown(house).items()
    assert (channel, card.reader, card.appointment) == (BENS, ben, house.stored()[0])
    assert card.buttons == (CardButton.RESCHEDULE, CardButton.CANCEL, CardButton.UNDO)


def test_every_further_host_has_one_and_the_first_has_the_card_alone() -> None:
    house = DeliveryHouse()
    booked_by_cara(house)
    house.pass_by(2)
    assert set(shown(house)) == {BENS, CARAS}
    assert [posted.channel for posted in house.cards.posted] == [f"D{ana.slack_user_id}"]


def test_a_host_who_booked_it_has_one_message() -> None:
    house = booked_by_ben(ana, ben)
    assert [posted.channel for posted in house.messages.posted] == [BENS]


def test_who_books_himself_has_the_card_and_nothing_else() -> None:
    house = booked_by_ben(ben)
    assert (list(house.messages.posted), len(house.cards.posted)) == ([], 1)
    assert EffectKind.MESSAGES not in house.effects(house.stored()[0])


def test_one_message_for_life_follows_every_change() -> None:
    house = booked_by_ben()
    [one] = house.stored()
    house.move(one, "16:00-16:30")
    house.pass_by(2)
    assert shown(house)[BENS].appointment.span == span("16:00-16:30")
    house.cancel(one)
    house.pass_by(2)

    assert house.messages.requests.count("post") == 1
    card = shown(house)[BENS]
    assert (card.appointment.status, card.buttons) == (AppointmentStatus.CANCELLED, (CardButton.BOOK_AGAIN,))


def test_its_buttons_die_by_themselves_as_time_passes() -> None:
    house = booked_by_ben()
    house.clock.time += timedelta(minutes=10)
    house.tick()
    assert shown(house)[BENS].buttons == (CardButton.RESCHEDULE, CardButton.CANCEL)
    house.at("15:30")
    house.tick()
    assert shown(house)[BENS].buttons == (CardButton.SHOWED, CardButton.NO_SHOW, CardButton.BOOK_AGAIN)


def test_the_link_of_the_call_comes_onto_it() -> None:
    house = DeliveryHouse()
    house.delivered()
    assert shown(house)[BENS].join_url == next(iter(house.cards.posted.values())).join_url != ""


# fault 32
def test_one_whose_answer_was_lost_is_found_and_not_posted_again() -> None:
    house = DeliveryHouse()
    losses = iter([True])

    def lose(name: str) -> None:
        if name == "post" and next(losses, False):
            raise ProviderDown("Slack did not answer.")

    house.messages.after = lose
    house.delivered(a_request("15:00", ana, venue=PLACE))
    assert (house.messages.requests.count("post"), len(house.messages.posted)) == (1, 1)


def test_one_that_slack_refuses_keeps_neither_the_card_nor_the_others_waiting() -> None:
    house = DeliveryHouse()
    bens = [True]

    def refuse(name: str) -> None:
        # Ben comes first, and Cara's post follows his.
        if name == "post" and bens and house.messages.requests[-2:-1] != ["post"]:
            raise ProviderError("Slack refused the card (user_disabled).")

    house.messages.before = refuse
    one = booked_by_cara(house)
    house.pass_by(2)

    assert (len(house.cards.posted), set(shown(house))) == (1, {CARAS})
    assert not house.effects(one)[EffectKind.MESSAGES].is_dead
    house.at("15:30")
    house.pass_by(2)
    assert shown(house)[CARAS].buttons == (CardButton.SHOWED, CardButton.NO_SHOW, CardButton.BOOK_AGAIN)

    bens.clear()
    house.move(one, "16:00-16:30")
    house.pass_by(2)
    assert set(shown(house)) == {BENS, CARAS}


def test_one_that_slack_refuses_for_everybody_is_given_up() -> None:
    house = DeliveryHouse()

    def refuse(_name: str) -> None:
        raise ProviderError("Slack refused the card (invalid_blocks).")

    house.messages.before = refuse
    one = booked_by_cara(house)
    house.pass_by(2)
    effect = house.effects(one)[EffectKind.MESSAGES]
    assert (effect.is_dead, effect.problem) == (True, "Slack refused the card (invalid_blocks).")


def test_one_that_is_tried_again_has_nobody_elses_edited_again() -> None:
    house = DeliveryHouse()
    one = booked_by_cara(house)
    house.pass_by(2)
    [bens] = [posted for posted in house.messages.posted if posted.channel == BENS]
    asked: list[PostedCard] = []
    update = house.messages.update

    def down_for_ben(posted: PostedCard, card: Card) -> None:
        asked.append(posted)
        if posted == bens:
            raise ProviderDown("Slack did not answer.")
        update(posted, card)

    house.messages.update = down_for_ben  # type: ignore[method-assign]
    house.move(one, "16:00-16:30")
    house.pass_by(60)

    assert (asked.count(bens) > 5, len(asked) - asked.count(bens)) == (True, 1)
    assert shown(house)[CARAS].appointment.span == span("16:00-16:30")
    house.messages.update = update  # type: ignore[method-assign]
    house.pass_by(300)
    assert shown(house)[BENS].appointment.span == span("16:00-16:30")


def test_a_card_that_fails_keeps_no_message_waiting() -> None:
    house = DeliveryHouse()

    def refuse(_name: str) -> None:
        raise ProviderError("Slack refused the card.")

    house.cards.before = refuse
    house.delivered(a_request("15:00", ana, venue=PLACE))
    assert (list(house.cards.posted), set(shown(house))) == ([], {BENS})


def test_one_that_somebody_deleted_is_posted_anew_at_the_next_change() -> None:
    house = booked_by_ben()
    house.messages.posted.clear()
    house.move(house.stored()[0], "16:00-16:30")
    house.pass_by(2)
    assert shown(house)[BENS].appointment.span == span("16:00-16:30")


def test_nobody_is_told_for_the_first_time_of_what_is_over() -> None:
    house = DeliveryHouse()
    one = house.booked(a_request("15:00", ana, venue=PLACE))
    house.cancel(one)
    house.pass_by(2)
    assert house.messages.requests == []


def test_whoever_has_left_has_no_message() -> None:
    house = DeliveryHouse()
    booked_by_cara(house)
    house.store.tables.members[cara.id] = replace(cara, standing=Standing.DEACTIVATED)
    house.pass_by(2)
    assert set(shown(house)) == {BENS}


def test_only_the_host_is_asked() -> None:
    house = booked_by_ben()
    [one] = house.stored()
    asking = one.asking(Question(QuestionKind.COLLIDES, span("16:00-16:30")), house.clock.now())
    with house.store.writing() as work:
        work.appointments.save(asking)
        for kind in (EffectKind.CARD, EffectKind.MESSAGES):
            work.effects.want(asking, kind, lane=house.effects(one)[kind].lane, due_at=house.clock.now())
        work.commit()
    house.pass_by(2)
    [card] = house.cards.posted.values()
    assert card.buttons[:2] == (CardButton.KEEP_OURS, CardButton.USE_THEIRS)
    assert shown(house)[BENS].buttons == (CardButton.RESCHEDULE, CardButton.CANCEL)


def test_a_message_that_was_posted_is_known_where_it_stands() -> None:
    house = booked_by_ben()
    with house.store.reading() as work:
        messages = work.messages.of(house.stored()[0].id)
    assert {member: message.posted for member, message in messages.items()} == {ben.id: PostedCard(BENS, "1.0")}
