"""Why a time is not offered: each reason by example, and that explanation and answer never disagree."""

from dataclasses import replace

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from bot.domain.availability import Mode, free_slots
from bot.domain.explanation import Reason, ReasonKind, judged
from bot.domain.intervals import Interval
from bot.domain.member_time import Busy, BusyReason
from tests.builders import (
    ANA,
    BEN,
    NEW_YORK,
    TUESDAY,
    a_member,
    a_schedule,
    at,
    busy,
    days,
    second,
    span,
)
from tests.unit.domain.random_time import DAYS_OF_A_CHANGE, members_around

LONG_AGO = at("2026-11-20 0:00")


def kinds(reasons: tuple[Reason, ...]) -> list[ReasonKind]:
    return [reason.kind for reason in reasons]


def test_an_offered_time_has_no_reason_against_it() -> None:
    assert judged([a_member()], second("15:00"), 30, now=LONG_AGO).reasons == ()
    assert judged([a_member()], second("16:30"), 30, now=LONG_AGO).reasons == ()


def test_a_time_outside_the_hours_is_told_with_the_hours_of_the_day() -> None:
    assert judged([a_member()], second("18:00"), 30, now=LONG_AGO).reasons == (
        Reason(ANA, ReasonKind.OUTSIDE_HOURS, hours=(span("9:00-17:00"),)),
    )


def test_a_meeting_that_would_end_after_the_hours_is_outside_of_them() -> None:
    assert kinds(judged([a_member()], second("16:45"), 30, now=LONG_AGO).reasons) == [ReasonKind.OUTSIDE_HOURS]


def test_a_date_with_hours_of_its_own_is_named_as_the_source() -> None:
    member = a_member(a_schedule(overrides={TUESDAY: "10:00-12:00"}))
    assert judged([member], second("15:00"), 30, now=LONG_AGO).reasons == (
        Reason(ANA, ReasonKind.DATE_OVERRIDE, hours=(span("10:00-12:00"),)),
    )


def test_a_date_that_is_off_has_no_hours_to_tell() -> None:
    member = a_member(a_schedule(overrides={TUESDAY: ""}))
    assert judged([member], second("15:00"), 30, now=LONG_AGO).reasons == (
        Reason(ANA, ReasonKind.DATE_OVERRIDE, hours=()),
    )


def test_the_past_is_past() -> None:
    assert judged([a_member()], second("10:00"), 30, now=at("10:01")).reasons == (Reason(ANA, ReasonKind.PAST),)


def test_a_start_within_the_notice_tells_until_when_it_lasts() -> None:
    member = a_member(a_schedule(notice=120))
    assert judged([member], second("11:00"), 30, now=at("10:00")).reasons == (
        Reason(ANA, ReasonKind.NOTICE, span("10:00-12:00"), limit=120),
    )


def test_a_start_beyond_the_horizon_tells_how_many_days_it_has() -> None:
    member = a_member(a_schedule(horizon=2))
    assert judged([member], second("11:00"), 30, now=LONG_AGO).reasons == (Reason(ANA, ReasonKind.HORIZON, limit=2),)


def test_nothing_is_free_behind_what_was_worked_out_of_a_calendar() -> None:
    member = replace(a_member(a_schedule(after=15)), known_until=second("11:00"))
    unknown = (Reason(ANA, ReasonKind.NOT_READ),)
    told = {start: judged([member], second(start), 30, now=LONG_AGO).reasons for start in ("10:15", "10:30", "16:00")}
    assert told == {"10:15": (), "10:30": unknown, "16:00": unknown}
    offered = [slot.start for slot in free_slots([member], days(), 30, now=LONG_AGO)]
    assert (offered[0], offered[-1]) == (second("9:00"), second("10:15"))


def test_limits_of_days_begin_and_end_at_midnight() -> None:
    member = a_member(
        a_schedule("daily 0:00-24:00", horizon=1, daily_cap=1), appointments=[span("2026-11-25 9:00-9:30")]
    )
    midnights = [second(f"{day} 0:00") for day in ("2026-11-25", "2026-11-26")]
    assert [kinds(judged([member], start, 30, now=at("9:00")).reasons) for start in midnights] == [
        [ReasonKind.DAILY_CAP],
        [ReasonKind.HORIZON],
    ]


def test_a_full_day_is_told_with_its_limit() -> None:
    member = a_member(a_schedule(daily_cap=1), appointments=[span("9:00-9:30")])
    assert judged([member], second("11:00"), 30, now=LONG_AGO).reasons == (
        Reason(ANA, ReasonKind.DAILY_CAP, days(), limit=1),
    )


def test_busy_time_is_told_with_its_source() -> None:
    board = busy("16:00-16:30", reason=BusyReason.CONFLICT, title="Board call")
    assert judged([a_member(busy=[board])], second("16:15"), 30, now=LONG_AGO).reasons == (
        Reason(ANA, ReasonKind.BUSY, span("16:00-16:30"), source=board),
    )


def test_a_bare_row_is_a_source_without_a_name() -> None:
    member = a_member(busy=[span("16:00-16:30")], appointments=[span("16:15-16:45")])
    assert [reason.source for reason in judged([member], second("16:15"), 15, now=LONG_AGO).reasons] == [
        Busy(*span("16:00-16:30"), BusyReason.EVENT),
        Busy(*span("16:15-16:45"), BusyReason.APPOINTMENT),
    ]


def test_an_appointment_in_the_way_also_tells_when_its_buffer_would_end() -> None:
    maya = busy("16:00-16:30", reason=BusyReason.APPOINTMENT)
    member = a_member(a_schedule(before=10), appointments=[maya])
    assert judged([member], second("16:00"), 30, now=LONG_AGO).reasons == (
        Reason(ANA, ReasonKind.BUSY, span("16:00-16:30"), source=maya),
        Reason(ANA, ReasonKind.BUFFER, span("16:30-16:40"), limit=10, source=maya),
    )


def test_a_time_that_only_a_buffer_forbids_names_whose_buffer_it_is() -> None:
    call = busy("10:00-10:30")
    member = a_member(a_schedule(before=15, after=5), busy=[call])
    assert judged([member], second("10:30"), 30, now=LONG_AGO).reasons == (
        Reason(ANA, ReasonKind.BUFFER, span("10:30-10:45"), limit=15, source=call),
    )
    assert judged([member], second("9:30"), 30, now=LONG_AGO).reasons == (
        Reason(ANA, ReasonKind.BUFFER, span("9:55-10:00"), limit=5, source=call),
    )


def test_every_reason_is_told_earliest_source_first() -> None:
    late, early = busy("18:30-19:30"), busy("18:00-18:45")
    member = a_member(a_schedule(notice=1440), busy=[late, early])
    assert judged([member], second("18:30"), 30, now=at("12:00")).reasons == (
        Reason(ANA, ReasonKind.OUTSIDE_HOURS, hours=(span("9:00-17:00"),)),
        Reason(ANA, ReasonKind.NOTICE, span("12:00-12:00")._replace(end=second("2026-11-25 12:00")), limit=1440),
        Reason(ANA, ReasonKind.BUSY, span("18:00-18:45"), source=early),
        Reason(ANA, ReasonKind.BUSY, span("18:30-19:30"), source=late),
    )


def test_a_free_time_beside_the_steps_has_only_a_soft_reason() -> None:
    reasons = judged([a_member()], second("15:05"), 30, now=LONG_AGO).reasons
    assert reasons == (Reason(ANA, ReasonKind.OFF_GRID),)
    assert reasons[0].is_soft


def test_a_busy_time_beside_the_steps_has_both_reasons() -> None:
    member = a_member(busy=[span("15:00-16:00")])
    reasons = judged([member], second("15:05"), 30, now=LONG_AGO).reasons
    assert kinds(reasons) == [ReasonKind.BUSY, ReasonKind.OFF_GRID]


# fault 42
def test_the_second_showing_of_a_repeated_hour_is_free_but_not_offered() -> None:
    member = a_member(a_schedule("daily 1:00-4:00", step=30))
    first_showing = second("2026-10-25 2:30")
    assert judged([member], first_showing, 30, now=LONG_AGO.replace(month=10)).reasons == ()
    assert judged([member], first_showing + 3600, 30, now=LONG_AGO.replace(month=10)).reasons == (
        Reason(ANA, ReasonKind.OFF_GRID),
    )


def test_with_everyone_the_reasons_of_each_are_told() -> None:
    ana = a_member(busy=[span("10:00-10:30")])
    ben = a_member(a_schedule(zone=NEW_YORK), member_id=BEN)
    reasons = judged([ana, ben], second("10:00"), 30, now=LONG_AGO).reasons
    assert [(reason.member_id, reason.kind) for reason in reasons] == [
        (ANA, ReasonKind.BUSY),
        (BEN, ReasonKind.OUTSIDE_HOURS),
    ]


def test_with_anyone_and_nobody_free_all_reasons_are_told() -> None:
    ana = a_member(busy=[span("10:00-10:30")])
    ben = a_member(a_schedule(zone=NEW_YORK), member_id=BEN)
    reasons = judged([ana, ben], second("10:00"), 30, Mode.ANY, now=LONG_AGO).reasons
    assert kinds(reasons) == [ReasonKind.BUSY, ReasonKind.OUTSIDE_HOURS]


@pytest.mark.slow
@settings(max_examples=80)
@given(st.data())
def test_a_start_is_offered_exactly_when_nothing_stands_against_it(data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(DAYS_OF_A_CHANGE))
    members, window, now = data.draw(members_around(day))
    minutes = data.draw(st.sampled_from([5, 30, 45, 120]))
    mode = data.draw(st.sampled_from(Mode))
    offered = {slot.start for slot in free_slots(members, window, minutes, mode, now=now)}

    tried = st.integers(window.start // 60, (window.end - 1) // 60).map(lambda minute: minute * 60)
    start = data.draw(st.one_of(tried, st.sampled_from(sorted(offered))) if offered else tried)
    verdict = judged(members, start, minutes, mode, now=now)

    event("offered" if start in offered else "not offered")
    free = [member.member_id in verdict.free for member in members]
    is_free = any(free) if mode is Mode.ANY else all(free)
    assert (start in offered) == (is_free and not any(reason.is_soft for reason in verdict.reasons))


@pytest.mark.slow
@settings(max_examples=20)
@given(st.data())
def test_a_time_with_only_a_soft_reason_is_offered_once_the_steps_allow_it(data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(DAYS_OF_A_CHANGE))
    members, window, now = data.draw(members_around(day))
    start = data.draw(st.integers(window.start // 60, (window.end - 1) // 60)) * 60
    reasons = judged(members, start, 30, now=now).reasons
    slots = free_slots(members, Interval(start, start + 1), 30, now=now)
    assert bool(slots) == (not reasons)
    assert all(reason.is_soft == (reason.kind is ReasonKind.OFF_GRID) for reason in reasons)
