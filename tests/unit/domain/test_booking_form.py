"""The small decisions of the forms: which starts are shown, whose clock differs, what a meeting is called."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.booking_form import MOST_STARTS, spread, usual_title
from bot.domain.clock_shifts import ClockShift, PartyZone, other_zones, shift_near
from bot.domain.contacts import NewContact
from tests.builders import BERLIN, KATHMANDU, LORD_HOWE, NEW_YORK, at
from tests.unit.rendering.answers import ana, ben

BEN = PartyZone("Ben", NEW_YORK)


@given(st.sets(st.integers(0, 10_000), max_size=500), st.integers(0, 10_000))
def test_what_is_shown_is_in_order_of_what_is_free_and_never_too_much(free: set[int], wanted: int) -> None:
    starts = sorted(free)
    shown = spread(starts, wanted)
    assert list(shown) == sorted(set(shown))
    assert set(shown) <= free
    assert len(shown) <= MOST_STARTS
    assert len(shown) == len(starts) or len(starts) > MOST_STARTS
    assert (wanted in shown) == (wanted in free)


def test_a_title_names_the_people() -> None:
    maya = NewContact("maya@ortiz.test", "Maya Ortiz")
    assert usual_title(maya, [ana], "Ben") == "Maya Ortiz and Ana"
    assert usual_title(maya, [ana, ben], "Ben") == "Maya Ortiz, Ana and Ben"
    assert usual_title(None, [ana], "Ben") == "Ana and Ben"
    assert usual_title(None, [ana], "Ana") == "Ana"


def test_who_lives_by_the_same_clock_is_not_told() -> None:
    parties = [BEN, PartyZone("Paul", "Europe/Paris"), PartyZone("Nobody knows", ""), PartyZone("Ram", KATHMANDU)]
    assert other_zones(BERLIN, parties, at("12:00")) == (BEN, PartyZone("Ram", KATHMANDU))


def test_who_differs_only_in_the_next_weeks_is_told() -> None:
    # London and Reykjavik show the same until London goes forward.
    iceland = PartyZone("Jón", "Atlantic/Reykjavik")
    assert other_zones("Europe/London", [iceland], at("2027-03-20 12:00", "UTC")) == (iceland,)
    assert other_zones("Europe/London", [iceland], at("2027-01-20 12:00", "UTC")) == ()


# fault 42
def test_a_change_of_one_clock_alone_is_told_with_its_minute() -> None:
    assert shift_near(BERLIN, [BEN], at("2026-10-26 12:00")) == ClockShift(
        BEN, at("2026-10-25 1:00", "UTC"), before=-360, after=-300
    )
    assert shift_near(BERLIN, [BEN], at("2026-12-15 12:00")) is None


# fault 42
def test_of_two_changes_the_one_nearest_to_the_day_is_told() -> None:
    # Berlin went back on 25 October, New York does on 1 November.
    near = shift_near(BERLIN, [BEN], at("2026-10-30 12:00"))
    assert near == ClockShift(BEN, at("2026-11-01 7:00"), before=-300, after=-360)


def test_a_change_more_than_a_week_away_is_not_told() -> None:
    assert shift_near(BERLIN, [BEN], at("2026-11-09 12:00")) is None


# fault 42
def test_half_an_hour_is_a_change_too() -> None:
    island = PartyZone("Kim", LORD_HOWE)
    shift = shift_near("Australia/Brisbane", [island], at("2026-10-10 12:00"))
    assert shift is not None
    assert (shift.before, shift.after) == (30, 60)
    assert shift.at == at("2026-10-03 15:30", "UTC")
