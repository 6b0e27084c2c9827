"""Everything that the checks look at, gathered of the actor's own alone."""

from dataclasses import replace

import pytest

from bot.domain.calendars import TWO_WAY, EventStyle, SyncOption
from bot.domain.diagnosis import Check, Diagnosis, Fortnight
from bot.domain.errors import NotAllowed, ProviderDown
from bot.domain.event_fixes import EventRef
from bot.domain.events import EventStatus, RemoteEvent, ShowsAs
from bot.domain.firings import FiringState
from bot.domain.people import Member, Standing
from bot.usecases.diagnose import Diagnose
from bot.usecases.ignore_event import IgnoreEvent
from tests.builders import span
from tests.fakes.calendar_rows import CalendarRow, PushPlanRow
from tests.fakes.round_trips import FakePermissions
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.trigger_house import TriggerHouse, a_fired, first_id


def diagnosed(acme: Acme, member: Member = ana, permissions: FakePermissions | None = None) -> Diagnosis:
    return Diagnose(acme.store, permissions or FakePermissions(), acme.clock)(actor(member))


def checks(diagnosis: Diagnosis) -> list[Check]:
    return [one.check for one in diagnosis.findings]


def two_way(acme: Acme, option: SyncOption = TWO_WAY) -> None:
    calendar = acme.calendars[ana.id]
    acme.store.tables.calendars[calendar.id] = CalendarRow(replace(calendar, option=option))


def test_a_calendar_that_was_just_read_has_no_findings() -> None:
    assert checks(diagnosed(Acme())) == []


def test_the_events_that_leave_time_open_are_counted_for_a_fortnight() -> None:
    acme = Acme()
    free = RemoteEvent("f", EventStatus.CONFIRMED, title="Free", shows_as=ShowsAs.FREE)
    acme.put_event(ana, free, "14:00-15:00", blocks=False)
    acme.add_event(ana, "16:00-17:00", "Kept")
    acme.add_event(ana, "2026-12-01 9:00-10:00", "Ignored")
    acme.add_event(ana, "2026-12-20 9:00-10:00", "Much later")
    acme.add_event(ana, "2026-11-24 8:00-9:00", "Over")
    acme.add_event(ben, "16:00-17:00", "Somebody else's")
    calendar_id = acme.calendars[ana.id].id
    IgnoreEvent(acme.store)(actor(ana), EventRef(calendar_id, span("2026-12-01 9:00-10:00").start, "Ignored"))
    diagnosis = diagnosed(acme)
    assert diagnosis.evidence.coming == Fortnight(total=3, free=1, ignored=1)
    assert checks(diagnosis) == [Check.BUSY]


def test_why_google_tells_of_nothing_is_found_for_ones_own_calendars() -> None:
    acme = Acme()
    acme.store.tables.push_plans[acme.calendars[ana.id].id] = PushPlanRow(NOW, problem="Google does not tell.")
    assert checks(diagnosed(acme)) == [Check.PUSH]
    assert checks(diagnosed(acme, ben)) == []


def test_slack_is_asked_what_it_lets_daybook_do_where_two_way_needs_it() -> None:
    acme = Acme()
    nothing = FakePermissions(granted=frozenset())
    assert checks(diagnosed(acme, permissions=nothing)) == []
    two_way(acme)
    assert checks(diagnosed(acme, permissions=nothing)) == [Check.PEOPLE]
    assert checks(diagnosed(acme)) == []


def test_without_colour_nobody_asks_who_is_on_an_event() -> None:
    acme = Acme()
    two_way(acme, replace(TWO_WAY, event_style=EventStyle.BLOCKED))
    assert checks(diagnosed(acme, permissions=FakePermissions(granted=frozenset()))) == []


def test_a_slack_that_does_not_answer_is_held_against_nobody() -> None:
    acme = Acme()
    two_way(acme)
    assert checks(diagnosed(acme, permissions=FakePermissions(problem=ProviderDown("Slack")))) == []


def test_guests_are_refused() -> None:
    acme = Acme()
    with pytest.raises(NotAllowed):
        Diagnose(acme.store, FakePermissions(), acme.clock)(replace(actor(ana), standing=Standing.GUEST))


def test_firings_of_ones_own_triggers_that_came_to_nothing_are_counted() -> None:
    house = TriggerHouse()
    firing_id = first_id(house, a_fired(house))
    row = house.store.tables.firings[firing_id]
    failed = replace(row, firing=replace(row.firing, state=FiringState.FAILED))
    diagnose = Diagnose(house.store, FakePermissions(), house.clock)
    assert diagnose(actor(ana)).evidence.failed_firings == 0
    house.store.tables.firings[firing_id] = failed
    assert diagnose(actor(ana)).evidence.failed_firings == 1
    assert diagnose(actor(ben)).evidence.failed_firings == 0
