"""What the events of appointments take of their hosts' time, where the appointments are not."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.appointments import Appointment, AppointmentStatus, Question, QuestionKind
from bot.domain.effects import LinkState, RemoteLink, event_lane
from bot.domain.events import Certainty, Occurrence, RemoteEvent
from bot.domain.intervals import Interval
from bot.ports import Store
from tests.builders import span
from tests.contracts.appointment_builders import an_appointment, booked, saved
from tests.contracts.effect_builders import claimed as claimed_effect
from tests.contracts.effect_builders import copied, given_up, wanted
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    a_calendar,
    a_synced,
    an_occurrence,
    chosen,
    claimed,
    expanded,
    upserted,
)
from tests.event_builders import a_day_off, a_meeting, utc_days

DAY = utc_days("2026-11-24", "2026-11-24")
ALL_DAY = Interval(span("00:00-01:00").start, span("23:00-23:30").end + 1800)
IMPOSSIBLE = Question(QuestionKind.COLLIDES)


@pytest.fixture
def ana(store: Store) -> Synced:
    return a_synced(store)


def a_side(store: Store, ana: Synced) -> Synced:
    """Another calendar of hers, which was read."""
    with store.reading() as work:
        present = work.calendars.of(ana.actor)
    side = a_calendar(ana.account, "side@group.test", name="Side")
    chosen(store, ana.actor, *present, side)
    claim = next(one for one in claimed(store) if one.calendar.remote_id == side.remote_id)
    return replace(ana, claim=claim)


def event_of(link: RemoteLink, when: str = "9:00-10:00") -> RemoteEvent:
    return replace(a_meeting(link.remote_id, f"2026-11-24 {when}"), ical_uid=link.ical_uid)


def seen(store: Store, where: Synced, event: RemoteEvent, *times: str, span_of: Interval | None = None) -> None:
    """The event in a calendar as a sync leaves it: its times are told by its appointment."""
    upserted(store, where.claim, event)
    spans = [span(when) for when in times] if span_of is None else [span_of]
    marks = [Occurrence(*one, event.id, event.id, blocks=False, certainty=Certainty.COPY) for one in spans]
    expanded(store, where.claim, event.id, *marks)


def busy(store: Store, *where: Synced, without: UUID | None = None) -> list[Interval]:
    ids = [one.claim.calendar.id for one in where]
    with store.reading() as work:
        found = work.events.busy(where[0].actor, ids, DAY, without=without)
    return sorted(Interval(*one) for spans in found.values() for one in spans)


def agenda(store: Store, ana: Synced) -> Sequence[tuple[str, bool]]:
    with store.reading() as work:
        return [(one.occurrence.event_id, one.occurrence.blocks) for one in work.events.agenda(ana.actor, DAY)]


def a_booked(store: Store, ana: Synced) -> tuple[Appointment, RemoteLink]:
    one = booked(store, an_appointment(ana.actor))
    return one, copied(store, one, ana.claim.calendar)


def test_the_event_that_we_wrote_takes_no_time_wherever_it_is(store: Store, ana: Synced) -> None:
    _, link = a_booked(store, ana)
    seen(store, ana, event_of(link, "15:00-16:00"), "15:00-16:00")

    assert (busy(store, ana), agenda(store, ana)) == ([], [])


def test_while_its_host_is_asked_its_days_are_as_google_has_them(store: Store, ana: Synced) -> None:
    one, link = a_booked(store, ana)
    event = replace(a_day_off(link.remote_id, "2026-11-24"), ical_uid=link.ical_uid)
    seen(store, ana, event, span_of=ALL_DAY)
    assert busy(store, ana) == []

    asking = saved(store, one.asking(IMPOSSIBLE, NOW))
    assert (busy(store, ana), busy(store, ana, without=one.id)) == ([ALL_DAY], [])
    assert agenda(store, ana) == [(link.remote_id, True)]

    saved(store, asking.asking(None, NOW))
    assert busy(store, ana) == []


def test_a_question_about_a_time_that_is_possible_is_told_by_the_appointment(store: Store, ana: Synced) -> None:
    one, link = a_booked(store, ana)
    seen(store, ana, event_of(link, "15:00-16:00"), "15:00-16:00")
    saved(store, one.asking(Question(QuestionKind.COLLIDES, span("15:00-16:00")), NOW))

    assert busy(store, ana) == []


def test_a_copy_in_another_calendar_takes_time_where_the_appointment_is_not(store: Store, ana: Synced) -> None:
    _, link = a_booked(store, ana)
    side = a_side(store, ana)
    seen(store, side, replace(event_of(link), id="same"), "9:00-10:00")
    seen(store, side, replace(event_of(link), id="other"), "9:30-10:30")
    seen(store, side, event_of(link), "15:00-16:00")

    assert busy(store, ana, side) == [span("9:30-10:30"), span("15:00-16:00")]
    assert agenda(store, ana) == [("other", True), (link.remote_id, True)]


def test_a_copy_counts_as_the_appointment_stands_now(store: Store, ana: Synced) -> None:
    one, link = a_booked(store, ana)
    side = a_side(store, ana)
    seen(store, side, replace(event_of(link), id="copy"), "9:30-10:30")
    assert busy(store, side) == [span("9:30-10:30")]

    moved = saved(store, one.moved(span("9:30-10:30"), NOW))
    assert busy(store, side) == []

    saved(store, moved.moved(span("12:00-13:00"), NOW))
    assert (busy(store, side), busy(store, side, without=one.id)) == ([span("9:30-10:30")], [])


def test_in_another_hosts_calendar_it_is_on_its_way_to_where_the_appointment_is(store: Store, ana: Synced) -> None:
    ben = a_synced(store, user="U2")
    one = booked(store, an_appointment(ana.actor, others=[ben.actor]))
    link = copied(store, one, ana.claim.calendar)
    seen(store, ben, event_of(link), "9:00-10:00")
    moved = saved(store, one.moved(span("12:00-13:00"), NOW))
    assert busy(store, ben) == []

    saved(store, moved.asking(IMPOSSIBLE, NOW))
    assert busy(store, ben) == [span("9:00-10:00")]


def test_what_somebody_made_to_repeat_takes_its_other_times_alone(store: Store, ana: Synced) -> None:
    _, link = a_booked(store, ana)
    series = replace(event_of(link), recurrence=("RRULE:FREQ=HOURLY;COUNT=3",))
    seen(store, ana, series, "9:00-10:00", "10:00-11:00", "11:00-12:00")

    assert busy(store, ana) == [span("10:00-11:00"), span("11:00-12:00")]
    assert agenda(store, ana) == [(series.id, True), (series.id, True)]


def test_a_copy_that_is_passed_over_takes_no_time(store: Store, ana: Synced) -> None:
    _, link = a_booked(store, ana)
    seen(store, ana, replace(event_of(link), id="copy"), "15:00-16:00")
    with store.writing() as work:
        work.events.ignore(ana.actor, ana.calendar_id, "copy")
        work.commit()
    assert busy(store, ana) == []

    seen(store, ana, replace(event_of(link), id="copy"), "16:00-17:00")
    assert busy(store, ana) == []


def test_a_copy_of_another_members_appointment_is_not_told_by_it(store: Store, ana: Synced) -> None:
    ben = a_synced(store, user="U2")
    _, link = a_booked(store, ana)
    upserted(store, ben.claim, event_of(link))
    expanded(store, ben.claim, link.remote_id, an_occurrence(event_of(link)))

    assert busy(store, ben) == [span("9:00-10:00")]


def test_what_we_took_away_takes_no_time_until_its_calendar_is_read(store: Store, ana: Synced) -> None:
    one, link = a_booked(store, ana)
    seen(store, ana, event_of(link), "9:00-10:00")
    saved(store, one.cancelled("", NOW))
    with store.writing() as work:
        work.remote_links.plan(replace(link, state=LinkState.REMOVED))
        work.commit()

    assert busy(store, ana) == []


def test_a_copy_at_the_time_of_a_cancelled_appointment_takes_it(store: Store, ana: Synced) -> None:
    one, link = a_booked(store, ana)
    side = a_side(store, ana)
    seen(store, ana, event_of(link), "9:00-10:00")
    seen(store, side, replace(event_of(link), id="copy"), "9:00-10:00")
    assert busy(store, ana, side) == []

    saved(store, one.cancelled("", NOW))  # ours is about to be taken away
    assert busy(store, ana, side) == [span("9:00-10:00")]
    assert agenda(store, ana) == [("copy", True)]


def test_an_event_that_is_moved_after_its_appointment_was_settled_takes_time(store: Store, ana: Synced) -> None:
    one, link = a_booked(store, ana)
    seen(store, ana, event_of(link), "9:00-10:00")
    saved(store, one.settled(AppointmentStatus.SHOWED, one.ends_at))
    assert busy(store, ana) == []

    seen(store, ana, event_of(link, "15:00-16:00"), "15:00-16:00")
    assert busy(store, ana) == [span("15:00-16:00")]


def test_a_copy_of_an_event_that_was_made_anew_since_takes_time(store: Store, ana: Synced) -> None:
    _, link = a_booked(store, ana)
    side = a_side(store, ana)
    seen(store, side, replace(event_of(link), id="copy"), "15:00-16:00")
    seen(store, side, replace(event_of(link), id="same"), "9:00-10:00")
    with store.writing() as work:
        work.remote_links.plan(replace(link, generation=1, remote_id="new", ical_uid="new@google.com"))
        work.commit()

    assert (busy(store, side), agenda(store, ana)) == ([span("15:00-16:00")], [("copy", True)])


def test_what_nobody_can_follow_is_as_google_has_it(store: Store, ana: Synced) -> None:
    ben = a_synced(store, user="U2")
    one = booked(store, an_appointment(ana.actor, others=[ben.actor]))
    link = copied(store, one, ana.claim.calendar)
    seen(store, ana, event_of(link, "15:00-16:00"), "15:00-16:00")
    seen(store, ben, event_of(link, "15:00-16:00"), "15:00-16:00")
    assert (busy(store, ana), busy(store, ben)) == ([], [])

    with store.writing() as work:
        work.accounts.mark_broken(ana.account.id, NOW)
        work.commit()
    assert (busy(store, ana), busy(store, ben)) == ([span("15:00-16:00")], [span("15:00-16:00")])

    with store.writing() as work:
        work.accounts.erase(ana.account.id)
        work.commit()
    assert busy(store, ben) == [span("15:00-16:00")]

    saved(store, one.moved(span("15:00-16:00"), NOW))
    assert busy(store, ben) == []


def test_what_was_given_up_is_as_google_has_it(store: Store, ana: Synced) -> None:
    one, link = a_booked(store, ana)
    seen(store, ana, event_of(link), "9:00-10:00")
    saved(store, one.cancelled("", NOW))
    wanted(store, one, lane=event_lane(ana.calendar_id))
    assert busy(store, ana) == []

    given_up(store, claimed_effect(store))
    assert busy(store, ana) == [span("9:00-10:00")]
