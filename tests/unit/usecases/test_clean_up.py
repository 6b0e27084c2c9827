"""The hourly clearing: what has had its time goes, what still waits stays."""

from datetime import UTC, timedelta
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.offers import Offer
from bot.domain.taken import TakenAppointment
from bot.domain.wall_time import epoch
from bot.usecases.clean_up import DIGEST_LIFE, INBOX_LIFE, LANDING_LIFE, LAPSED_LIFE, OFFER_LIFE, CleanUp
from bot.usecases.confirm_account import PATIENCE
from bot.usecases.make_connect_link import LINK_LIFE
from tests.builders import at
from tests.unit.usecases.connect_house import NOW, ConnectHouse
from tests.unit.usecases.digest_house import DigestHouse
from tests.unit.usecases.landing_house import LandingHouse

A_SECOND = timedelta(seconds=1)


def clean_up(house: ConnectHouse, after: timedelta) -> None:
    house.clock.time = NOW + after
    CleanUp(house.store, house.clock, house.end_grant)()


def test_a_connection_that_nobody_confirmed_is_given_back_and_erased() -> None:
    house = ConnectHouse()
    house.arrive(house.ana)
    clean_up(house, 2 * PATIENCE + A_SECOND)
    assert (house.accounts(), house.provider.revoked) == ([], ["refresh-code-1"])


def test_a_connection_that_may_just_be_being_confirmed_is_left_alone() -> None:
    house = ConnectHouse()
    arrival, _ = house.arrive(house.ana)
    clean_up(house, 2 * PATIENCE)
    assert house.accounts() == [arrival.account]


def test_a_confirmed_connection_stays() -> None:
    house = ConnectHouse()
    account = house.connect(house.ana)
    clean_up(house, timedelta(days=365))
    assert (house.accounts(), house.provider.revoked) == ([account], [])


def test_the_grant_stays_while_a_confirmed_connection_needs_it() -> None:  # fault 22
    house = ConnectHouse()
    account = house.connect(house.ana)
    house.arrive(house.ana)
    clean_up(house, 3 * PATIENCE)
    assert (house.accounts(), house.provider.revoked) == ([account], [])


def test_cleaning_up_twice_is_the_same_as_once() -> None:
    house = ConnectHouse()
    house.arrive(house.ana)
    clean_up(house, 3 * PATIENCE)
    clean_up(house, 3 * PATIENCE)
    assert house.provider.revoked == ["refresh-code-1"]


def test_a_spent_link_is_forgotten_well_after_it_expired() -> None:
    house = ConnectHouse()
    house.link(house.ana)
    clean_up(house, 2 * LINK_LIFE)
    assert len(house.store.tables.links) == 1
    clean_up(house, 2 * LINK_LIFE + A_SECOND)
    assert house.store.tables.links == {}


def test_what_landed_on_an_appointment_is_forgotten_a_month_after_it() -> None:
    house = LandingHouse()
    house.booked("15:00")
    house.lands("15:00-16:00")
    house.tell()
    clear = CleanUp(house.store, house.clock, ConnectHouse().end_grant)
    house.clock.time = at("15:30").astimezone(UTC) + LANDING_LIFE
    clear()
    assert len(house.store.tables.landings) == len(house.store.tables.landing_batches) == 1
    house.clock.time += A_SECOND
    clear()
    assert (house.store.tables.landings, house.store.tables.landing_batches) == ({}, {})


def test_days_on_which_digests_came_are_forgotten_a_month_after_them_but_for_the_last() -> None:
    house = DigestHouse()
    digest = house.has()
    for day in ("24", "25"):
        house.comes(f"2026-11-{day} 8:30")
        house.ticks()
    clear = CleanUp(house.store, house.clock, ConnectHouse().end_grant)
    seen = []
    for later in (DIGEST_LIFE - timedelta(days=1), A_SECOND, DIGEST_LIFE):
        house.clock.time += later
        clear()
        seen.append(house.runs(digest))
    both = [("2026-11-24", "posted"), ("2026-11-25", "posted")]
    assert seen == [both, both[1:], both[1:]]


def test_deliveries_are_remembered_for_a_day() -> None:
    house = ConnectHouse()
    with house.store.writing() as work:
        work.inbox.claim("event:1", now=NOW, lease=A_SECOND)
        work.inbox.done("event:1", now=NOW, answer="")
        work.commit()
    clean_up(house, INBOX_LIFE)
    assert list(house.store.tables.inbox) == ["event:1"]
    clean_up(house, INBOX_LIFE + A_SECOND)
    assert house.store.tables.inbox == {}


def test_a_meeting_that_lapsed_is_forgotten_a_month_after_its_end() -> None:
    house = ConnectHouse()
    lapsed = TakenAppointment(
        id=UUID(int=1),
        workspace_id=house.ana.workspace_id,
        ical_uid="demo@google.com",
        original=0,
        span=Interval(epoch(NOW), epoch(NOW) + 1800),
        title="",
        repeats=False,
        hosts=(),
        contacts=(),
        created_at=NOW,
        over_at=epoch(NOW) + 1800,
    )
    house.store.tables.taken[lapsed.id] = lapsed
    house.store.tables.taken_lapsed[lapsed.id] = UUID(int=2)
    clean_up(house, LAPSED_LIFE)
    assert list(house.store.tables.taken) == [lapsed.id]
    clean_up(house, LAPSED_LIFE + timedelta(hours=1))
    assert house.store.tables.taken == {}


def test_an_offer_is_forgotten_a_day_after_its_last_start() -> None:
    house = ConnectHouse()
    last = NOW + timedelta(days=3)
    offer = Offer(UUID(int=1), house.ana.workspace_id, house.ana.member_id, (epoch(NOW), epoch(last)), 30, NOW)
    with house.store.writing() as work:
        work.offers.add(offer, origin="V1")
        work.commit()
    clean_up(house, timedelta(days=3) + OFFER_LIFE)
    assert list(house.store.tables.offers.values()) == [offer]
    clean_up(house, timedelta(days=3) + OFFER_LIFE + A_SECOND)
    assert house.store.tables.offers == {}
