"""Busy times and agendas: everything that touches a window is found, and nothing else."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.calendars import Role
from bot.domain.effects import LinkState, RemoteLink
from bot.domain.events import AgendaEntry, EventKind, Occurrence, RemoteEvent, Response, ShowsAs
from bot.domain.intervals import Interval
from bot.ports import Store
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.contracts.storage_builders import (
    Synced,
    a_calendar,
    a_synced,
    an_occurrence,
    chosen,
    claimed,
    expanded,
    happening,
    upserted,
)
from tests.event_builders import a_day_off, a_meeting, utc_days

DAY = utc_days("2026-11-24", "2026-11-24")
_HOUR = 3600


def busy(store: Store, synced: Synced, window: Interval = DAY) -> list[tuple[int, int]]:
    with store.reading() as work:
        return list(work.events.busy(synced.actor, [synced.calendar_id], window)[synced.calendar_id])


def occurring(store: Store, synced: Synced, *spans: tuple[int, int]) -> None:
    """One series that happens at exactly these spans."""
    upserted(store, synced.claim, a_meeting())
    happenings = [Occurrence(*span, f"m_{number}", "m", blocks=True) for number, span in enumerate(spans)]
    expanded(store, synced.claim, "m", *happenings)


@pytest.fixture
def ana(store: Store) -> Synced:
    return a_synced(store)


# fault 9
def test_what_touches_a_window_is_busy_and_what_only_meets_its_edge_is_not(store: Store, ana: Synced) -> None:
    start, end = DAY
    inside, around = (start + _HOUR, end - _HOUR), (start - 1, end + 1)
    first, last = (start - _HOUR, start + 1), (end - 1, end + _HOUR)
    before, after = (start - _HOUR, start), (end, end + _HOUR)

    occurring(store, ana, inside, first, last, around, before, after)

    assert busy(store, ana) == sorted([first, around, inside, last])


def test_an_event_of_many_weeks_is_found_from_its_middle(store: Store, ana: Synced) -> None:
    start, end = DAY
    cruise = (start - 60 * 24 * _HOUR, end + 60 * 24 * _HOUR)
    meetings = [(start - day * 24 * _HOUR, start - day * 24 * _HOUR + _HOUR) for day in range(90)]

    occurring(store, ana, *meetings, cruise)

    assert busy(store, ana) == [cruise, meetings[0]]


def test_a_long_event_of_one_calendar_does_not_hide_in_another(store: Store, ana: Synced) -> None:
    chosen(store, ana.actor, a_calendar(ana.account), a_calendar(ana.account, "cruises"))
    [cruises] = claimed(store)
    long = (DAY.start - 1000 * _HOUR, DAY.end)
    occurring(store, ana, (DAY.start, DAY.start + 60))
    occurring(store, replace(ana, claim=cruises), long)

    with store.reading() as work:
        found = work.events.busy(ana.actor, [ana.calendar_id, cruises.calendar.id], DAY)

    assert {key: list(spans) for key, spans in found.items()} == {
        ana.calendar_id: [(DAY.start, DAY.start + 60)],
        cruises.calendar.id: [long],
    }


# fault 42
@pytest.mark.parametrize(
    ("day", "hours"),
    [("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)],
)
def test_a_day_off_fills_a_day_of_any_length(store: Store, day: str, hours: int) -> None:
    ana = a_synced(store, zone="Europe/Berlin")
    midnights = {"2026-03-29": 1774738800, "2026-10-25": 1792879200, "2026-10-26": 1792969200}
    span = (midnights[day], midnights[day] + hours * _HOUR)

    occurring(store, ana, span)

    last_second, next_second = Interval(span[1] - 1, span[1]), Interval(span[1], span[1] + 1)
    assert busy(store, ana, last_second) == [span]
    assert busy(store, ana, next_second) == []


def test_what_does_not_block_is_on_the_agenda_alone(store: Store, ana: Synced) -> None:
    happening(store, ana.claim, a_meeting("free"), blocks=False)

    assert busy(store, ana) == []
    with store.reading() as work:
        assert [entry.occurrence.blocks for entry in work.events.agenda(ana.actor, DAY)] == [False]


def test_an_agenda_tells_what_its_owner_may_read(store: Store, ana: Synced) -> None:
    chosen(
        store,
        ana.actor,
        a_calendar(ana.account, "main", name="Work", role=Role.LINKED),
        a_calendar(ana.account, "other", name="Private"),
    )
    claims = {claim.calendar.remote_id: claim for claim in claimed(store)}
    main, other = claims["main"], claims["other"]
    dentist = replace(
        a_meeting("dentist", "2026-11-24 11:00-12:00"),
        title="Dentist",
        is_private=True,
        kind=EventKind.OUT_OF_OFFICE,
        shows_as=ShowsAs.FREE,
        response=Response.TENTATIVE,
        link="https://www.google.com/calendar/event?eid=dentist",
        is_own=False,
    )
    happening(store, other, dentist)
    upserted(store, main, replace(a_day_off(), title="Fair"))
    expanded(store, main, "d", Occurrence(DAY.start - _HOUR, DAY.end - _HOUR, "d", "d", blocks=True))

    with store.reading() as work:
        agenda = list(work.events.agenda(ana.actor, DAY))

    assert agenda == [
        AgendaEntry(
            Occurrence(DAY.start - _HOUR, DAY.end - _HOUR, "d", "d", blocks=True),
            calendar_name="Work",
            is_linked=True,
            title="Fair",
            shows_as=ShowsAs.BUSY,
            kind=EventKind.DEFAULT,
            is_private=False,
            is_all_day=True,
            calendar_id=ana.calendar_id,
        ),
        AgendaEntry(
            an_occurrence(dentist),
            calendar_name="Private",
            is_linked=False,
            title="Dentist",
            shows_as=ShowsAs.FREE,
            kind=EventKind.OUT_OF_OFFICE,
            is_private=True,
            is_all_day=False,
            calendar_id=other.calendar.id,
            response=Response.TENTATIVE,
            link="https://www.google.com/calendar/event?eid=dentist",
            is_own=False,
        ),
    ]


def event_of(link: RemoteLink, when: str = "2026-11-24 9:00-10:00") -> RemoteEvent:
    """An appointment's event, as a calendar has it."""
    return replace(a_meeting(link.remote_id, when), ical_uid=link.ical_uid)


def on_the_agenda(store: Store, whose: Synced) -> list[str]:
    with store.reading() as work:
        return [entry.occurrence.event_id for entry in work.events.agenda(whose.actor, DAY)]


def test_an_agenda_leaves_out_the_events_of_its_owners_own_appointments(store: Store, ana: Synced) -> None:
    link = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)
    theirs = replace(a_meeting("theirs", "2026-11-24 11:00-12:00"), ical_uid="theirs@google.com")
    happening(store, ana.claim, event_of(link), theirs, a_meeting("nameless", "2026-11-24 12:00-13:00"))

    assert on_the_agenda(store, ana) == ["theirs", "nameless"]


def test_what_a_person_copied_from_an_appointments_event_stays_on_the_agenda(store: Store, ana: Synced) -> None:
    link = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)
    happening(store, ana.claim, replace(event_of(link), id="copied", ical_uid="copied@google.com"))

    assert on_the_agenda(store, ana) == ["copied"]


def test_a_guest_has_the_event_of_somebody_elses_appointment_on_his_agenda(store: Store, ana: Synced) -> None:
    ben = a_synced(store, user="U2")
    link = copied(store, booked(store, an_appointment(ben.actor)), ben.claim.calendar)
    happening(store, ana.claim, event_of(link))
    happening(store, ben.claim, event_of(link))

    assert (on_the_agenda(store, ana), on_the_agenda(store, ben)) == ([link.remote_id], [])


def test_each_host_has_the_appointment_and_not_its_event_on_his_agenda(store: Store, ana: Synced) -> None:
    ben = a_synced(store, user="U2")
    appointment = booked(store, an_appointment(ana.actor, others=[ben.actor]))
    link = copied(store, appointment, ana.claim.calendar)
    happening(store, ben.claim, event_of(link))

    assert on_the_agenda(store, ben) == []


def test_an_appointments_event_that_was_made_to_repeat_is_on_the_agenda_besides_it(store: Store, ana: Synced) -> None:
    link = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar)
    series = replace(event_of(link), recurrence=("RRULE:FREQ=DAILY",))
    moved = replace(event_of(link, "2026-11-24 15:00-16:00"), id="moved", series_id=series.id)
    upserted(store, ana.claim, series, moved)
    expanded(store, ana.claim, series.id, an_occurrence(series), an_occurrence(moved, series_id=series.id))

    assert on_the_agenda(store, ana) == ["moved"]


def test_the_event_of_an_appointment_that_we_took_away_is_on_the_agenda_where_somebody_brought_it_back(
    store: Store, ana: Synced
) -> None:
    link = copied(store, booked(store, an_appointment(ana.actor)), ana.claim.calendar, LinkState.REMOVED)
    happening(store, ana.claim, event_of(link))

    assert on_the_agenda(store, ana) == [link.remote_id]


def test_a_calendar_without_events_is_there_with_nothing_in_it(store: Store) -> None:
    assert busy(store, a_synced(store)) == []


_spans = st.tuples(st.integers(0, 500), st.integers(1, 300)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(spans=st.sets(_spans, max_size=12), start=st.integers(0, 800), length=st.integers(1, 300))
def test_busy_is_what_a_look_at_every_occurrence_finds(
    store: Store, ana: Synced, spans: set[tuple[int, int]], start: int, length: int
) -> None:
    window = Interval(start, start + length)

    occurring(store, ana, *spans)

    assert sorted(busy(store, ana, window)) == sorted(
        span for span in spans if span[0] < window.end and window.start < span[1]
    )
