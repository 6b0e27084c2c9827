"""A Home is published where it would show something else, and only then; who cannot be shown one is dropped."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.errors import NotFound, ProviderBusy, ProviderDown
from bot.domain.home import Home
from bot.domain.home_turns import HOME_LEASE, LOOK_EVERY, QUIET_AFTER
from bot.domain.people import Member, Standing
from bot.rendering.home import render_home
from bot.usecases.draw_home import PAUSE, DrawHome
from bot.usecases.refresh_homes import RefreshHomes
from bot.usecases.show_home import ShowHome
from bot.usecases.show_status import ShowStatus
from tests.fakes.homes import FakeTabs
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.rendering.screen import read_view


@dataclass
class House:
    """Acme with everybody's Home; the day is Tuesday 24 November, noon in Berlin."""

    acme: Acme
    tabs: FakeTabs
    draw: DrawHome
    refresh: RefreshHomes

    def due_of(self, member: Member = ana) -> datetime:
        """When his Home is looked at again."""
        return self.acme.store.tables.homes[member.id].until

    def passes(self, time: timedelta) -> int:
        """How many are published once that time is over; calendars are read as usual meanwhile."""
        self.acme.clock.time += time
        for member in (ana, ben):
            self.acme.set_read(member, self.acme.clock.now())
        return self.refresh()


@pytest.fixture
def house() -> House:
    acme = Acme()
    show = ShowHome(acme.store, acme.clock, ShowStatus(acme.store, acme.clock))
    tabs = FakeTabs(lambda home: "\n".join(read_view(render_home(home))))
    draw = DrawHome(acme.store, show, tabs, acme.clock)
    return House(acme, tabs, draw, RefreshHomes(acme.store, draw, acme.clock, limit=4))


def raising(error: Exception) -> Callable[[Home], None]:
    def refuse(_home: Home) -> None:
        raise error

    return refuse


def test_what_shows_the_same_is_published_once(house: House) -> None:
    for _ in range(3):
        house.draw(actor())
    assert len(house.tabs.published) == 1
    assert house.passes(LOOK_EVERY) == 0
    assert house.passes(LOOK_EVERY) == 0
    assert len(house.tabs.published) == 1


def test_what_changed_is_published_at_the_next_look(house: House) -> None:
    house.draw(actor())
    house.acme.add_event(ana, "15:00-16:00", "Doctor")
    assert house.passes(LOOK_EVERY) == 1
    assert "15:00-16:00 ▪ grey  Doctor" in house.tabs.published[-1]


def test_what_slack_says_that_it_shows_is_believed(house: House) -> None:
    house.draw(actor())
    house.draw(actor(), shown=house.acme.store.tables.homes[ana.id].state)
    assert len(house.tabs.published) == 1
    house.draw(actor(), shown="")
    assert len(house.tabs.published) == 2


# fault 42
@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        (datetime(2026, 3, 28, 22, 55, tzinfo=UTC), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (datetime(2026, 3, 29, 21, 55, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (datetime(2026, 10, 25, 22, 55, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)),
    ],
)
def test_at_local_midnight_the_day_changes(house: House, now: datetime, midnight: datetime) -> None:
    house.acme.clock.time = now
    house.acme.set_read(ana, now)
    house.draw(actor())
    assert house.due_of() == midnight
    assert house.passes(midnight - now) == 1


# fault 42
def test_in_new_york_it_is_midnight_later(house: House) -> None:
    house.acme.clock.time = datetime(2026, 3, 9, 3, 55, tzinfo=UTC)
    house.acme.set_read(ben, house.acme.clock.now())
    house.draw(actor(ben))
    assert house.due_of(ben) == datetime(2026, 3, 9, 4, tzinfo=UTC)


def test_whoever_has_not_opened_it_for_a_week_gets_one_a_day(house: House) -> None:
    house.draw(actor())
    house.passes(QUIET_AFTER + timedelta(minutes=1))
    assert house.due_of() == datetime(2026, 12, 1, 23, tzinfo=UTC)


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.DEACTIVATED])
def test_people_who_left_are_dropped(house: House, standing: Standing) -> None:
    house.draw(actor())
    house.acme.store.tables.members[ana.id] = replace(ana, standing=standing)
    house.acme.add_event(ana, "15:00-16:00", "Doctor")
    assert house.passes(LOOK_EVERY) == 0
    assert house.acme.store.tables.homes == {}


def test_a_person_whom_slack_does_not_know_is_dropped(house: House) -> None:
    house.tabs.before_publish = raising(NotFound())
    house.draw(actor())
    assert house.acme.store.tables.homes == {}


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (ProviderDown("Slack is silent."), PAUSE),
        (ProviderBusy("Too many.", 5.0), PAUSE),
        (ProviderBusy("Too many.", 300.0), timedelta(minutes=5)),
    ],
)
def test_what_slack_did_not_take_is_tried_again_and_nobody_hears_of_it(
    house: House, error: Exception, pause: timedelta
) -> None:
    house.tabs.before_publish = raising(error)
    house.draw(actor())
    assert house.due_of() == NOW + pause
    house.tabs.before_publish = lambda _home: None
    assert house.passes(pause) == 1


def test_no_transaction_is_open_while_slack_is_asked(house: House) -> None:
    was_open: list[bool] = []
    house.tabs.before_publish = lambda _home: was_open.append(house.acme.store.is_open)
    house.draw(actor())
    assert was_open == [False]


def test_a_change_while_it_is_drawn_is_not_lost(house: House) -> None:
    def change(_home: Home) -> None:
        house.acme.add_event(ana, "15:00-16:00", "Doctor")
        with house.acme.store.writing() as work:
            work.homes.changed([ana.id], house.acme.clock.now())
            work.commit()

    house.tabs.before_publish = change
    house.draw(actor())
    house.tabs.before_publish = lambda _home: None
    assert "Doctor" not in house.tabs.published[-1]
    assert house.refresh() == 1
    assert "Doctor" in house.tabs.published[-1]


def test_one_that_cannot_be_drawn_keeps_nobody_waiting(house: House) -> None:
    for member in (ana, ben, cara):
        house.draw(actor(member))
        house.acme.add_event(ben, "15:00-16:00", "Doctor")

    def refuse(home: Home) -> None:
        if home.slack_user_id == "U1":
            raise RuntimeError("a mistake of ours")

    house.tabs.before_publish = refuse
    house.acme.add_event(ana, "15:00-16:00", "Doctor")
    with pytest.raises(RuntimeError):
        house.passes(LOOK_EVERY)
    assert house.due_of(ben) > house.acme.clock.now()
    assert house.due_of() == house.acme.clock.now() + HOME_LEASE


def test_where_nothing_is_due_nothing_is_written(house: House) -> None:
    house.draw(actor())
    commits = house.acme.store.commits
    assert house.refresh() == 0
    assert house.acme.store.commits == commits


def test_the_calendar_that_was_chosen_stays_chosen(house: House) -> None:
    house.acme.add_event(ana, "15:00-16:00", "Doctor")
    house.draw(actor())
    house.draw.of_one_calendar(actor(), house.acme.calendars[ana.id].id)
    assert house.acme.store.tables.homes[ana.id].chosen == house.acme.calendars[ana.id].id
    house.draw.of_one_calendar(actor(), UUID(int=999))
    assert "Doctor" in house.tabs.published[-1]


def test_a_pause_that_slack_asks_for_is_kept_for_its_whole_workspace(house: House) -> None:
    for member in (ana, ben):
        house.draw(actor(member))
    states = [house.acme.store.tables.homes[member.id].state for member in (ana, ben)]
    asked: list[str] = []

    def busy(home: Home) -> None:
        asked.append(home.slack_user_id)
        raise ProviderBusy("Too many.", 30.0)

    house.tabs.before_publish = busy
    for member in (ana, ben):
        house.acme.add_event(member, "15:00-16:00", "Doctor")
    assert house.passes(LOOK_EVERY) == 0
    assert house.passes(timedelta(seconds=3)) == 0
    house.draw(actor(ana))
    [first] = asked
    other = {"U1": ben, "U2": ana}[first]
    kept = house.acme.store.tables.homes[other.id]
    assert kept.state == states[[ana, ben].index(other)]

    house.tabs.before_publish = lambda _home: None
    assert house.passes(timedelta(seconds=27)) == 2


def test_other_workspaces_do_not_wait_with_it(house: House) -> None:
    house.draw(actor())
    house.tabs.before_publish = raising(ProviderBusy("Too many.", 300.0))
    house.acme.add_event(ana, "15:00-16:00", "Doctor")
    house.passes(LOOK_EVERY)
    assert house.draw.paused() == [ana.workspace_id]
    house.acme.clock.time += timedelta(minutes=5)
    assert house.draw.paused() == []
