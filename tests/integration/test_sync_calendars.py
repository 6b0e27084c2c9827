"""What becomes of calendars over real HTTP: cleared, deleted, shared less, renamed, moved to another zone, or huge."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.calendars import AccessRole, SyncOutcome
from bot.sandbox.google.errors import error_body, rate_limited
from tests.builders import BERLIN, NEW_YORK
from tests.contracts.google_client import ANA, Stage
from tests.databases import a_file
from tests.integration.fire_house import EVENTS, LIST, FireHouse, MortalStore, a_busy_house, a_mortal_store, truth

BEN = "ben@acme.test"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MortalStore]:
    with a_mortal_store(a_file(tmp_path_factory.mktemp("fire"))) as store:
        yield store


@pytest.fixture
def house(stage: Stage, store: MortalStore) -> FireHouse:
    return a_busy_house(stage, store)


def refusal(status: int, reason: str) -> dict[str, Any]:
    return error_body(status, reason, "Not now")


HOUR = timedelta(hours=1)


# fault 39
def test_a_listing_that_comes_empty_once_is_held_back_and_nobody_has_to_answer(house: FireHouse) -> None:
    house.world.expire_sync_tokens(ANA)
    nothing = {"kind": "calendar#events", "timeZone": BERLIN, "items": [], "nextSyncToken": "t"}
    house.world.faults.on(path=EVENTS, skip=1).answer(200, nothing)
    assert house.run() is SyncOutcome.HELD
    fuse = house.calendar().fuse
    assert fuse is not None
    assert (fuse.gone, fuse.coming, len(house.busy())) == (8, 8, 8)
    assert house.run() is SyncOutcome.SYNCED
    assert (house.calendar().fuse, house.busy()) == (None, truth(house.world))


# fault 39
def test_a_calendar_that_was_really_cleared_is_cleared_when_its_owner_says_so(house: FireHouse) -> None:
    for day in range(1, 9):
        house.world.delete_event(ANA, f"event{day}")
    assert house.run() is SyncOutcome.HELD
    calendar = house.calendar()
    assert calendar.fuse is not None
    assert (calendar.fuse.gone, calendar.fuse.coming, len(house.busy())) == (8, 8, 9)
    house.answer(house.actor, calendar.id, calendar.fuse.number, removes=True)
    assert house.run() is SyncOutcome.SYNCED
    assert house.busy() == truth(house.world)


# fault 38
def test_a_broken_calendar_stops_no_other_one(stage: Stage, store: MortalStore) -> None:
    google = stage.set_up()
    family = google.world.add_calendar(ANA, "Family", BERLIN)
    holidays = google.world.add_calendar(BEN, "Team holidays", NEW_YORK)
    google.world.share(holidays, ANA, "reader")
    house = FireHouse(store, google, ANA, family, holidays)
    google.world.put_event(ANA, start="2026-12-01T09:00", end="2026-12-01T10:00")
    google.world.unshare(holidays, ANA)
    google.world.faults.on(path=f"/calendar/v3/calendars/{family}/events").answer(500, refusal(500, "backendError"))
    outcomes = {claim.calendar.name: house.sync(claim) for claim in house.claims()}
    assert outcomes == {
        ANA: SyncOutcome.SYNCED,
        "Family": SyncOutcome.FAILED,
        "Team holidays": SyncOutcome.FAILED,
    }
    assert house.busy() == truth(google.world)
    lost = house.calendar(holidays)
    assert (lost.is_lost, lost.problem) == (True, f"It is no longer shared with {ANA}, or was deleted.")
    google.world.share(holidays, ANA, "reader")
    house.google.clock.pass_by(HOUR)
    assert {house.sync(claim) for claim in house.claims()} == {SyncOutcome.SYNCED}


# fault 38
def test_a_deleted_calendar_keeps_what_it_blocked_and_says_so(stage: Stage, store: MortalStore) -> None:
    google = stage.set_up()
    family = google.world.add_calendar(ANA, "Family", BERLIN)
    google.world.put_event(family, start="2026-12-01T09:00", end="2026-12-01T10:00")
    house = FireHouse(store, google, family)
    assert house.run() is SyncOutcome.SYNCED
    google.world.remove_calendar(family)
    assert house.run() is SyncOutcome.FAILED
    calendar = house.calendar(family)
    assert (calendar.is_lost, calendar.problem, house.due_in(family)) == (True, "It was deleted in Google.", HOUR)
    assert len(house.busy(family)) == 1


# fault 38
def test_a_lowered_role_is_noticed_at_once_and_what_it_hides_still_blocks(stage: Stage, store: MortalStore) -> None:
    google = stage.set_up()
    team = google.world.add_calendar(BEN, "Team", BERLIN)
    google.world.share(team, ANA, "writer")
    google.world.put_event(team, summary="Board call", start="2026-12-01T09:00", end="2026-12-01T10:00")
    house = FireHouse(store, google, team)
    house.run()
    assert (house.calendar(team).access_role, house.titles()) == (AccessRole.WRITER, ["Board call"])
    google.world.share(team, ANA, "freeBusyReader")
    assert house.run() is SyncOutcome.SYNCED
    assert (house.calendar(team).access_role, house.titles()) == (AccessRole.FREE_BUSY_READER, [""])
    assert house.busy(team) == truth(google.world, team)


# fault 38
def test_a_renamed_and_handed_over_calendar_is_called_by_its_new_name_within_a_day(
    stage: Stage, store: MortalStore
) -> None:
    google = stage.set_up()
    team = google.world.add_calendar(ANA, "Team", BERLIN)
    house = FireHouse(store, google, team)
    house.run()
    google.world.rename(team, "Everyone")
    house.run()
    assert house.calendar(team).name == "Team"
    google.clock.pass_by(timedelta(days=1))
    house.run()
    assert house.calendar(team).name == "Everyone"
    google.world.hand_over(team, BEN)
    house.run()
    assert house.calendar(team).access_role is AccessRole.WRITER


# fault 42
def test_a_calendar_that_changes_its_zone_has_its_days_begin_elsewhere(house: FireHouse) -> None:
    house.world.put_event(ANA, start="2026-12-20", end="2026-12-21")
    house.run()
    house.world.rezone(ANA, NEW_YORK)
    assert house.run() is SyncOutcome.SYNCED
    assert (house.calendar().zone, house.busy()) == (NEW_YORK, truth(house.world))


def test_names_that_cannot_be_looked_up_hold_nothing_up(house: FireHouse) -> None:
    house.google.clock.pass_by(timedelta(days=1))
    house.world.faults.on(path=LIST).answer(403, rate_limited())
    assert house.run() is SyncOutcome.SYNCED
    assert house.busy() == truth(house.world)


# fault 40
def test_of_thousands_of_invitees_the_answer_of_the_owner_alone_counts(house: FireHouse) -> None:
    crowd = [{"email": f"guest{n}@many.test", "responseStatus": "accepted"} for n in range(5000)]
    for answer in ("accepted", "declined"):
        day = "2026-12-20" if answer == "accepted" else "2026-12-21"
        own = {"email": ANA, "responseStatus": answer}
        house.world.put_event(ANA, start=f"{day}T09:00", end=f"{day}T10:00", attendees=[*crowd, own])
    assert house.run() is SyncOutcome.SYNCED
    assert (len(house.busy()), house.busy()) == (10, truth(house.world))
