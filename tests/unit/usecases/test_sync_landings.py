"""A sync notices what landed on an appointment, whenever it is killed; what is quiet looks at nothing."""

from dataclasses import replace

import pytest

from bot.domain.appointments import NOWHERE, Appointment, AppointmentStatus
from bot.domain.events import EventPage
from bot.usecases.notice_landings import NoticeLandings
from bot.usecases.sync_calendar import SyncCalendar
from tests.builders import BERLIN, span
from tests.event_builders import a_meeting
from tests.unit.usecases.sync_house import FIVE_MINUTES, NOW, House, page, power_cut, scripted

CALL = replace(a_meeting("call", "2026-11-25 9:30-10:30"), title="Board call")


def a_house(*script: list[EventPage | Exception]) -> House:
    """Ana with an appointment on Wednesday at ten, in a calendar that was read before."""
    house, gateway = scripted([page(token="1")], *script)
    house.sync = SyncCalendar(
        house.store,
        gateway,
        house.clock,
        interval=FIVE_MINUTES,
        jitter=lambda: 0.5,
        notice=NoticeLandings(house.store, house.clock),
    )
    house.run()
    with house.store.writing() as work:
        work.appointments.add(appointment(house), origin="hers")
        work.commit()
    house.store.commits = 0
    return house


def appointment(house: House) -> Appointment:
    return Appointment(
        id=house.actor.member_id,
        workspace_id=house.actor.workspace_id,
        hosts=(house.actor.member_id,),
        booker_id=house.actor.member_id,
        contact=None,
        title="Demo",
        span=span("2026-11-25 10:00-10:30"),
        zone=BERLIN,
        venue=NOWHERE,
        note="",
        status=AppointmentStatus.CONFIRMED,
        invites=False,
        created_at=NOW,
        changed_at=NOW,
    )


def noticed(house: House) -> list[str]:
    return [row.landing.event_id for row in house.store.tables.landings.values()]


def test_an_event_that_landed_is_noticed_by_the_sync_that_brought_it() -> None:
    house = a_house([page(CALL, token="2")])
    house.run()
    assert noticed(house) == ["call"]


def test_an_event_that_moved_onto_it_is_noticed_too() -> None:
    earlier, moved = a_meeting("call", "2026-11-25 12:00-13:00"), a_meeting("call", "2026-11-25 10:00-11:00")
    house = a_house([page(earlier, token="2")], [page(moved, token="3")])
    house.run()
    assert noticed(house) == []
    house.run()
    assert noticed(house) == ["call"]


def test_a_quiet_sync_looks_at_nothing() -> None:
    house = a_house([page(token="1")])
    house.run()
    assert house.store.commits <= 3  # to make it due, to claim it, and to end it


# fault 37
@pytest.mark.parametrize("commits", range(8))
def test_wherever_a_sync_is_killed_the_next_one_notices(commits: int) -> None:
    house = a_house([page(CALL, token="2")], [page(CALL, token="2")], [page(CALL, token="3")])
    with power_cut(house, after_commits=commits):
        house.run()
    house.clock.time += 2 * FIVE_MINUTES
    house.run()
    assert noticed(house) == ["call"]
