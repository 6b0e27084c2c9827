"""On which days, and at what hour, the owner of a broken connection is reminded."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.nudges import DueNudge, NudgePlan, next_waking, nudge_plan
from tests.builders import BERLIN, KATHMANDU, NEW_YORK, at
from tests.unit.rendering.connections import WORK

TOLD = at("2026-11-24 10:00")


def due(sent: int = 0, told_at: datetime = TOLD) -> DueNudge:
    return DueNudge(WORK, told_at, sent, told_at + timedelta(days=1))


def told(moment: datetime | None) -> str:
    return moment.isoformat(timespec="minutes") if moment else "never"


def test_the_four_days_are_counted_from_the_first_message() -> None:
    now, sent, plans = TOLD, 0, []
    while True:
        plan = nudge_plan(due(sent), BERLIN, now)
        plans.append((plan.is_now, plan.sent, told(plan.next_at and plan.next_at.astimezone(TOLD.tzinfo))))
        if plan.next_at is None:
            break
        now, sent = plan.next_at, plan.sent
    assert plans == [
        (False, 0, "2026-11-25T10:00+01:00"),
        (True, 1, "2026-11-27T10:00+01:00"),
        (True, 2, "2026-12-01T10:00+01:00"),
        (True, 3, "2026-12-08T10:00+01:00"),
        (True, 4, "never"),
    ]


def test_after_an_outage_only_the_latest_is_said() -> None:
    plan = nudge_plan(due(), BERLIN, TOLD + timedelta(days=8))
    assert plan == NudgePlan(True, 3, TOLD + timedelta(days=14))


def test_after_an_outage_of_weeks_nothing_is_said() -> None:
    assert nudge_plan(due(1), BERLIN, TOLD + timedelta(days=30)) == NudgePlan(False, 4, None)


def test_what_is_due_at_night_waits_for_the_morning() -> None:
    late = replace(due(), told_at=at("2026-11-24 22:00"))
    plan = nudge_plan(late, BERLIN, at("2026-11-25 22:00"))
    assert (plan.is_now, plan.sent, told(plan.next_at)) == (False, 0, "2026-11-26T09:00+01:00")
    assert nudge_plan(late, BERLIN, at("2026-11-26 9:00")).is_now


@pytest.mark.parametrize(
    ("now", "zone", "waking"),
    [
        ("2026-11-24 8:59", BERLIN, "2026-11-24T09:00+01:00"),
        ("2026-11-24 9:00", BERLIN, "2026-11-24T09:00+01:00"),
        ("2026-11-24 16:59", BERLIN, "2026-11-24T16:59+01:00"),
        ("2026-11-24 17:00", BERLIN, "2026-11-25T09:00+01:00"),
        # The clocks change in the night: nine is nine all the same.
        ("2026-10-24 20:00", BERLIN, "2026-10-25T09:00+01:00"),
        ("2027-03-27 20:00", BERLIN, "2027-03-28T09:00+02:00"),
        ("2026-10-31 20:00", NEW_YORK, "2026-11-01T09:00-05:00"),
        ("2027-03-13 20:00", NEW_YORK, "2027-03-14T09:00-04:00"),
        ("2026-11-24 3:00", KATHMANDU, "2026-11-24T09:00+05:45"),
    ],
)
def test_nobody_is_reminded_outside_nine_to_five_of_his_own_day(now: str, zone: str, waking: str) -> None:
    moment = at(now, zone)
    assert next_waking(moment, zone) == datetime.fromisoformat(waking)


def test_the_hour_is_that_of_the_owner_and_not_ours() -> None:
    assert told(next_waking(at("2026-11-24 9:00", BERLIN), NEW_YORK)) == "2026-11-24T15:00+01:00"
