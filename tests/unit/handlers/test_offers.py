"""Free times of one's own offered in a channel: whoever is first has one, and everybody sees who."""

from datetime import timedelta

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.offers import OfferTaken, WithdrawnTooLate
from bot.domain.people import Member
from bot.rendering.surfaces import Message
from tests.builders import second, span
from tests.unit.handlers.booking_desk import Desk
from tests.unit.rendering.answers import ana, ben, cara
from tests.unit.rendering.screen import buttons_of, read_message

MINE = "<@U1> all 30m 2026-11-25"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def offered(desk: Desk) -> list[str]:
    """What the three buttons carry."""
    reply = desk.presses("offer_slots", MINE)
    assert reply.ways == ["share"]
    assert isinstance(reply.last, Message)
    return [str(block["accessory"]["value"]) for block in reply.last.blocks if "accessory" in block]  # type: ignore[index]


def test_three_times_of_ones_own_are_offered_in_every_readers_zone(desk: Desk) -> None:
    reply = desk.presses("offer_slots", MINE)
    assert isinstance(reply.last, Message)
    lines = read_message(reply.last)
    assert lines[0] == "*Ana offers 3 times*, 30 minutes · Google Meet"
    assert lines[1].startswith(
        f"<!date^{second('2026-11-25 9:00')}^{{date_short_pretty}} {{time}}|Wed 25 Nov 9:00 Berlin>"
    )
    assert [line.endswith("[Take it]") for line in lines[1:4]] == [True] * 3
    assert lines[4:] == [
        "[Withdraw]",
        "_ Whoever is first has it, and the others are gone. Times are in your own zone.",
    ]


def test_the_first_to_take_one_has_it_and_the_second_is_told_who(desk: Desk) -> None:
    first, second_one, _ = offered(desk)
    reply = desk.presses("take_offer:1", first, ben)
    assert reply.ways == ["replace"]
    assert isinstance(reply.last, Message)
    assert read_message(reply.last)[0].startswith("Ben has taken a time of Ana: <!date^")
    assert buttons_of(reply.last) == {}
    with pytest.raises(OfferTaken, match="Ben has taken one of these already"):
        desk.presses("take_offer:1", second_one, cara)
    assert [one.span for one in desk.stored()] == [span("2026-11-25 9:00-9:30")]


def test_whoever_is_not_free_himself_is_told_by_what_and_the_offer_stands(desk: Desk) -> None:
    first, second_one, _ = offered(desk)
    desk.add_event(ben, "2026-11-25 9:00-9:30", "School run")
    reply = desk.presses("take_offer:1", first, ben)
    assert reply.ways == ["say"]
    assert isinstance(reply.last, Message)
    assert read_message(reply.last) == [
        "You are not free at 3:00 yourself, so nothing was booked. The times are still offered.",
        "· Ben has *School run*, 3:00-3:30 (Ana)",
    ]
    desk.presses("take_offer:1", second_one, ben)
    assert [one.hosts for one in desk.stored()] == [(ana.id, ben.id)]


def test_whoever_has_no_calendar_takes_one_and_is_told_that_his_own_time_is_not_taken(desk: Desk) -> None:
    first, *_ = offered(desk)
    reply = desk.presses("take_offer:1", first, cara)
    assert reply.ways == ["replace", "say"]
    assert isinstance(reply.last, Message)
    assert read_message(reply.last) == [
        "Your own time is not taken: you have no calendar that appointments can be written to."
    ]
    assert [one.hosts for one in desk.stored()] == [(ana.id,)]


def test_ones_own_offer_is_for_others(desk: Desk) -> None:
    first, *_ = offered(desk)
    with pytest.raises(NotAllowed, match="somebody else has to take it"):
        desk.presses("take_offer:1", first, ana)


def test_somebody_elses_times_cannot_be_offered(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.presses("offer_slots", MINE, ben)


def withdraws(desk: Desk, member: Member = ana) -> list[str]:
    [offer] = desk.store.tables.offers.values()
    reply = desk.presses("withdraw_offer", str(offer.id), member)
    assert reply.ways == ["replace"]
    assert isinstance(reply.last, Message)
    return read_message(reply.last)


def test_whoever_offered_withdraws_and_everybody_sees_it(desk: Desk) -> None:
    first, *_ = offered(desk)
    assert withdraws(desk) == ["No longer offered. Ana withdrew it."]
    reply = desk.presses("take_offer:1", first, ben)
    assert reply.ways == ["replace", "say"]
    [message, answer] = [shown for _, shown in reply.shown if isinstance(shown, Message)]
    assert (read_message(message), buttons_of(message)) == (["No longer offered."], {})
    assert read_message(answer) == ["These times are no longer offered. Nothing was booked."]
    assert desk.stored() == []


def test_only_whoever_offered_withdraws(desk: Desk) -> None:
    offered(desk)
    with pytest.raises(NotAllowed, match="Only Ana can withdraw this offer"):
        withdraws(desk, ben)


def test_what_was_taken_is_not_withdrawn(desk: Desk) -> None:
    first, *_ = offered(desk)
    desk.presses("take_offer:1", first, ben)
    with pytest.raises(WithdrawnTooLate) as late:
        withdraws(desk)
    assert str(late.value) == "Ben has taken one of these already, so it cannot be withdrawn."


def test_an_offer_whose_times_have_all_passed_vanishes_with_the_first_press(desk: Desk) -> None:
    *_, last = offered(desk)
    desk.clock.time += timedelta(days=2)
    reply = desk.presses("take_offer:1", last, ben)
    assert reply.ways == ["replace", "say"]
    assert desk.stored() == []


@pytest.mark.parametrize("value", ["", "x", f"{'-' * 36} 1"])
def test_a_time_that_no_offer_has_is_not_there(desk: Desk, value: str) -> None:
    with pytest.raises(NotFound):
        desk.presses("take_offer:1", value, ben)
