"""Many who book at the same moment, through the use-case and on real databases: one has it, nobody waits for ever."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.booking import BookingRequest, SlotTaken
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.builders import second, span
from tests.contracts.storage_builders import all_at_once
from tests.databases import DATABASES, an_engine
from tests.integration.booking_stage import BookingStage

pytestmark = pytest.mark.slow

NINE = second("2026-11-24 9:00", "UTC")
BOTH_WAYS = (("U1", "U2"), ("U2", "U1"))


@pytest.fixture(params=DATABASES)
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BookingStage]:
    with an_engine(request.param, tmp_path) as (_url, engine):
        yield BookingStage(SqlStore(engine, Vault([new_key()])), engine)


def tries(stage: BookingStage, number: int, request_of: Callable[[int], BookingRequest]) -> list[Appointment | None]:
    """What each of so many who submit at once has booked, or None where somebody was quicker."""

    def submit(place: int) -> Appointment | None:
        try:
            return stage.book(stage.actors[place % 3], request_of(place), f"V{place}")
        except SlotTaken:
            return None

    return all_at_once(number, submit)


# fault 6
def test_of_eight_who_want_the_same_time_one_has_it(stage: BookingStage) -> None:
    request = BookingRequest(("U1",), None, NINE, 30)
    booked = [one for one in tries(stage, 8, lambda _place: request) if one is not None]
    assert [one.span for one in booked] == [span("2026-11-24 9:00-9:30", "UTC")]
    assert stage.overlaps() == 0


# fault 6
def test_several_hosts_in_whatever_order_lock_nobody_out(stage: BookingStage) -> None:
    def request_of(place: int) -> BookingRequest:
        return BookingRequest(BOTH_WAYS[place % 2], None, NINE + place % 4 * 30 * 60, 60)

    booked = [one for one in tries(stage, 8, request_of) if one is not None]
    assert booked
    assert len(stage.guarded()) == 2 * len(booked)
    assert stage.overlaps() == 0


# fault 5
def test_the_same_submission_from_four_devices_at_once_is_one_booking(stage: BookingStage) -> None:
    request = BookingRequest(("U1",), None, NINE, 30)
    booked = all_at_once(4, lambda _place: stage.book(stage.actors[0], request, "V1"))
    assert len({one.id for one in booked}) == 1
    assert len(stage.guarded()) == 1


# fault 6
def test_a_hold_that_has_run_out_is_ended_once_by_all_who_want_its_time(stage: BookingStage) -> None:
    request = BookingRequest(("U1", "U2"), None, NINE, 30)
    held = stage.book(stage.actors[0], replace(request, holds=True), "held")
    assert held.expires_at is not None
    stage.clock.time = held.expires_at

    booked = [one for one in tries(stage, 6, lambda _place: request) if one is not None]

    assert len(booked) == 1
    assert stage.known(held.id).status is AppointmentStatus.CANCELLED
    assert stage.known(held.id).version == 2
