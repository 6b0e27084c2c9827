"""Events that come back, that cannot be read, and that are older than who listens; and how long a run takes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.calendars import TWO_WAY, ContactPolicy
from bot.domain.contact_edits import ContactTyped, read_new
from bot.domain.errors import DaybookError, KeyMissing
from bot.domain.events import RemoteEvent, Timed
from bot.ports import Store
from bot.usecases.decide_waiting import DecideWaiting
from bot.usecases.edit_contact import CreateContact
from bot.usecases.leave_out import AllowAgain
from tests.contracts.storage_builders import new_id
from tests.contracts.two_way_fakes import Googles
from tests.contracts.two_way_house import BEN, LEE, MAYA, TwoWay, invited, weekly

pytestmark = pytest.mark.slow

NINE, TEN = "2026-11-24 9:00-10:00", "2026-11-24 10:00-11:00"
BOOKED = "booked Demo 2026-11-24T09:00+01:00"
MOVED = "rescheduled Demo 2026-11-24T10:00+01:00 from 2026-11-24T09:00+01:00"


@pytest.fixture
def house(store: Store) -> TwoWay:
    return TwoWay(store)


def in_zone(event: RemoteEvent, zone: str) -> RemoteEvent:
    assert isinstance(event.start, Timed)
    assert isinstance(event.end, Timed)
    return replace(event, start=Timed(event.start.at, zone), end=Timed(event.end.at, zone))


def left_out(house: TwoWay) -> None:
    """Somebody has Maya never become a contact."""
    with house.store.writing() as work:
        work.taken.mark_invited(house.ana.actor.workspace_id, [MAYA])
        work.invitees.block(house.ana.actor, MAYA, house.clock.now())
        work.commit()
    house.run()


def let_in(house: TwoWay) -> None:
    """And takes that back."""
    AllowAgain(house.store)(house.ana.actor, MAYA)
    house.run()


def test_a_meeting_that_is_none_for_a_while_by_the_blocklist_is_booked_once(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    left_out(house)
    assert house.taken() == []
    let_in(house)

    assert house.told() == [BOOKED]
    [taken] = house.taken()
    assert (taken.title, taken.version, taken.hosts) == ("Demo", 1, (house.ana.actor.member_id,))


def test_a_move_is_told_although_the_meeting_was_none_for_a_while(house: TwoWay) -> None:
    house.put(invited("demo", NINE, MAYA))
    house.run()
    left_out(house)
    house.put(invited("demo", TEN, MAYA))
    let_in(house)

    assert house.told() == [BOOKED, MOVED]


def test_a_trigger_hears_nothing_of_meetings_that_were_made_before_it(store: Store) -> None:
    house = TwoWay(store, replace(TWO_WAY, contact_policy=ContactPolicy.KNOWN_ONLY))
    house.put(invited("demo", NINE, MAYA))
    house.run()
    house.clock.time += timedelta(hours=5)
    later = replace(house.trigger, id=new_id(), name="Later", created_at=house.clock.now())
    with store.writing() as work:
        work.triggers.add(later, None)
        work.commit()
    email, maya = read_new(ContactTyped(name="Maya Ortiz", phone="", zone="", tags="", note="", email=MAYA))
    CreateContact(store, house.clock, new_id)(house.ana.actor, email, maya)
    house.settle()

    with store.reading() as work:
        heard = [one.occasion.what.value for one in work.firings.of(later.id, limit=10)]
    assert (heard, house.told()) == (["contact_added"], [BOOKED])


@pytest.mark.parametrize("zone", ["GMT-03:00", "Mars/Base"])
def test_a_series_that_goes_on_in_an_unknown_zone_goes_on(house: TwoWay, zone: str) -> None:
    house.put(weekly(invited("demo", NINE, MAYA), "20261214T080000Z"))
    house.run()
    house.put(in_zone(weekly(invited("demo_R20261215T080000", "2026-12-15 9:00-10:00", MAYA)), zone))
    house.put(invited("other", TEN, LEE, title="Other"))
    house.run()

    assert "2026-11-24T10:00+01:00 blue Other: Lee Chen needsAction" in house.shown()
    assert house.told() == [BOOKED, "booked Other 2026-11-24T10:00+01:00"]


def test_an_event_that_cannot_be_decided_stands_in_nobodys_way(
    house: TwoWay, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuses(marked: object, span: object, now: int) -> int | None:
        raise OverflowError

    house.put(invited("other", TEN, BEN, title="Stand-up"))
    house.put(invited("demo", NINE, MAYA))
    monkeypatch.setattr("bot.usecases.decide_portion.over_at", refuses)
    house.run()

    assert house.shown() == ["2026-11-24T09:00+01:00 teal Demo", "2026-11-24T10:00+01:00 teal Stand-up"]
    assert "an event could not be decided" in caplog.text


class Refusing(Googles):
    """Cannot be asked at all, and takes its time."""

    def __init__(self, house: TwoWay, error: DaybookError | None, takes: timedelta = timedelta()) -> None:
        super().__init__(house.google.calendars_by_id)
        self._house, self._error, self._takes = house, error, takes
        self.asked: list[str] = []

    def with_uid(self, account_id: object, remote_id: str, ical_uid: str) -> str | None:
        self.asked.append(ical_uid.removesuffix("@google.com"))
        self._house.clock.time += self._takes
        if self._error is not None:
            raise self._error
        return None


def waits(house: TwoWay, google: Googles) -> DecideWaiting:
    return DecideWaiting(house.store, house.decide, house.learn, google, house.clock)


def went(house: TwoWay, *names: str) -> None:
    """Meetings of Ana's that went from Google, and were not looked for yet."""
    for name in names:
        house.put(invited(name, NINE, MAYA, title=name))
    house.run()
    for name in names:
        house.take_away(name)
    house.read()


def test_an_account_that_cannot_be_used_holds_up_no_other_calendar(house: TwoWay) -> None:
    went(house, "demo")
    house.roster.silent = True
    house.put(invited("ben", TEN, LEE, title="Ben's", by=BEN), house.ben)
    house.read()
    house.roster.silent = False
    assert waits(house, Refusing(house, KeyMissing()))() == 2

    assert house.shown(house.ben) == ["2026-11-24T10:00+01:00 blue Ben's: Lee Chen needsAction"]
    assert house.told() == ["booked demo 2026-11-24T09:00+01:00", "booked Ben's 2026-11-24T10:00+01:00"]


def test_a_run_looks_for_three_meetings_of_a_calendar_and_the_next_goes_on(house: TwoWay) -> None:
    went(house, *"abcde")
    google = Refusing(house, None)
    run = waits(house, google)
    run()
    assert len(set(google.asked)) == 3
    run()
    assert sorted(set(google.asked)) == list("abcde")
    assert [line for line in house.told() if line.startswith("cancelled")] == [
        f"cancelled {name} 2026-11-24T09:00+01:00" for name in "abcde"
    ]


def test_a_run_ends_after_ten_seconds_and_the_next_goes_on(house: TwoWay) -> None:
    went(house, "a", "b")
    google = Refusing(house, None, takes=timedelta(seconds=6))
    run = waits(house, google)
    run()
    assert len(set(google.asked)) == 1
    run()
    assert sorted(set(google.asked)) == ["a", "b"]
