"""Free times of one's own offered in a channel: whoever is first has one, and everybody sees who."""

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.offers import OfferTaken
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
    assert lines[4:] == ["_ Whoever is first has it, and the others are gone. Times are in your own zone."]


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


def test_ones_own_offer_is_for_others(desk: Desk) -> None:
    first, *_ = offered(desk)
    with pytest.raises(NotAllowed, match="somebody else has to take it"):
        desk.presses("take_offer:1", first, ana)


def test_somebody_elses_times_cannot_be_offered(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.presses("offer_slots", MINE, ben)


@pytest.mark.parametrize("value", ["", "x", f"{'-' * 36} 1"])
def test_a_time_that_no_offer_has_is_not_there(desk: Desk, value: str) -> None:
    with pytest.raises(NotFound):
        desk.presses("take_offer:1", value, ben)
