"""Series in two-way sync: one appointment, of which single times move, are called off, or go on elsewhere."""

from datetime import timedelta

import pytest

from bot.domain.calendars import TWO_WAY
from bot.ports import Store
from tests.contracts.two_way_house import (
    MAYA,
    TwoWay,
    invited,
    one_time,
    weekly,
)

pytestmark = pytest.mark.slow

NINE, TEN, ELEVEN = "2026-11-24 9:00-10:00", "2026-11-24 10:00-11:00", "2026-11-24 11:00-12:00"


@pytest.fixture
def house(store: Store) -> TwoWay:
    return TwoWay(store)


# fault 44
def test_of_a_series_one_time_that_moves_and_one_that_is_called_off_are_told_once(house: TwoWay) -> None:
    series = weekly(invited("weekly", NINE, MAYA))
    house.put(series)
    house.run()
    house.put(one_time(series, "2026-12-01", to="2026-12-02 15:00-16:00"))
    house.put(one_time(series, "2026-12-08"))
    house.run()
    house.switch(house.ana, TWO_WAY)
    house.run()

    assert house.told() == [
        "booked Demo 2026-11-24T09:00+01:00",
        "cancelled Demo 2026-12-08T09:00+01:00",
        "rescheduled Demo 2026-12-02T15:00+01:00 from 2026-12-01T09:00+01:00",
    ]
    assert house.shown()[:4] == [
        "2026-11-24T09:00+01:00 blue Demo: Maya Ortiz needsAction",
        "2026-12-02T15:00+01:00 blue Demo: Maya Ortiz needsAction",
        "2026-12-15T09:00+01:00 blue Demo: Maya Ortiz needsAction",
        "2026-12-22T09:00+01:00 blue Demo: Maya Ortiz needsAction",
    ]


# fault 44
def test_a_series_that_is_deleted_is_cancelled_as_a_whole(house: TwoWay) -> None:
    series = weekly(invited("weekly", NINE, MAYA))
    house.put(series)
    house.put(one_time(series, "2026-12-01", to="2026-12-02 15:00-16:00"))
    house.run()
    house.take_away("weekly")
    house.run()

    assert house.told()[-1] == "cancelled Demo 2026-11-24T09:00+01:00"
    assert (len(house.told()), house.taken()) == (3, [])


@pytest.mark.parametrize(
    ("new_id", "starts", "told"),
    [
        ("weekly_R20261208T080000", "2026-12-08 9:00-10:00", []),
        (
            "weekly_R20261208T080000",
            "2026-12-08 14:00-15:00",
            ["rescheduled Demo 2026-12-08T14:00+01:00 from 2026-12-08T09:00+01:00"],
        ),
        ("another", "2026-12-08 9:00-10:00", []),
    ],
    ids=["by its id", "by its id, and moved", "by its people and title"],
)
def test_this_and_following_goes_on_with_the_series(house: TwoWay, new_id: str, starts: str, told: list[str]) -> None:
    series = invited("weekly", NINE, MAYA)
    house.put(weekly(series))
    house.run()
    house.put(weekly(series, until="20261208T075959Z"))
    house.put(weekly(invited(new_id, starts, MAYA)))
    house.run()

    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00", *told]


# fault 44
@pytest.mark.parametrize("until", ["20261208T075959Z", "20261124T235959Z"], ids=["some are left", "none is left"])
def test_this_and_following_that_is_deleted_tells_nobody(house: TwoWay, until: str) -> None:
    series = weekly(invited("weekly", NINE, MAYA))
    house.put(series)
    house.put(one_time(series, "2026-12-15", to="2026-12-16 15:00-16:00"))
    house.run()
    before = house.told()
    house.clock.time += timedelta(days=2)  # the first one was
    house.put(weekly(invited("weekly", NINE, MAYA), until=until))
    house.put(one_time(series, "2026-12-15"))
    house.run()
    house.run()

    assert (len(before), house.told()) == (2, before)
    assert [line[:10] for line in house.shown()] == ["2026-11-24", "2026-12-01"][: 1 + (until > "202612")]


def test_a_second_series_for_the_same_people_is_a_new_one(house: TwoWay) -> None:
    house.put(weekly(invited("weekly", NINE, MAYA)))
    house.run()
    house.put(weekly(invited("another", TEN, MAYA)))
    house.run()
    assert house.told() == ["booked Demo 2026-11-24T09:00+01:00", "booked Demo 2026-11-24T10:00+01:00"]


# fault 44
@pytest.mark.parametrize(("day", "offset"), [("2027-03-30", "+02:00"), ("2027-03-23", "+01:00")])
def test_one_time_of_a_series_is_the_same_on_either_side_of_a_change_of_clocks(
    house: TwoWay, day: str, offset: str
) -> None:
    series = weekly(invited("weekly", "2026-11-24 9:00-10:00", MAYA))
    house.put(series)
    house.run()
    house.put(one_time(series, day))
    house.run()
    assert house.told()[-1] == f"cancelled Demo {day}T09:00{offset}"
