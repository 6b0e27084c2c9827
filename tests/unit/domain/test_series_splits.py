"""A series that goes on under another id, told from a new one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.events import AllDay, Invitee, RemoteEvent
from bot.domain.series_splits import Cut, cut_by_uid, goes_on, would_have_been
from tests.builders import BERLIN, NEW_YORK, span
from tests.contracts.two_way_house import LEE, MADE, MAYA, invited, weekly

OLD = weekly(invited("weekly", "2026-11-24 9:00-10:00", MAYA), until="20261208T075959Z")
NEW = weekly(replace(invited("other", "2026-12-08 9:00-10:00", MAYA), created_at=MADE + timedelta(days=1)))


@pytest.mark.parametrize(
    ("uid", "cut"),
    [
        ("weekly_R20261208T080000@google.com", Cut("weekly@google.com", date(2026, 12, 8))),
        ("weekly_R20261208@google.com", Cut("weekly@google.com", date(2026, 12, 8))),
        (
            "weekly_R20261208T080000_R20270105T080000@google.com",
            Cut("weekly_R20261208T080000@google.com", date(2027, 1, 5)),
        ),
        ("weekly@google.com", None),
        ("weekly_R20261399T080000@google.com", None),
        ("weekly_Room@google.com", None),
        ("", None),
    ],
)
def test_googles_own_ids_name_the_series_that_was_cut(uid: str, cut: Cut | None) -> None:
    assert cut_by_uid(uid) == cut


def test_the_same_people_under_the_same_title_go_on_where_it_was_cut() -> None:
    assert goes_on(NEW, OLD, BERLIN)


def other_people() -> RemoteEvent:
    return replace(NEW, invitees=(*NEW.invitees, Invitee(LEE)))


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (replace(NEW, title="Review"), OLD),
        (other_people(), OLD),
        (replace(NEW, recurrence=()), OLD),
        (NEW, replace(OLD, recurrence=("RRULE:FREQ=WEEKLY",))),
        (replace(NEW, created_at=MADE - timedelta(days=1)), OLD),
        (replace(NEW, start=AllDay(date(2027, 3, 1))), OLD),
        (replace(NEW, start=OLD.start), OLD),
        (OLD, OLD),
    ],
    ids=["title", "people", "single", "endless", "older", "much later", "before the cut", "itself"],
)
def test_anything_else_is_a_series_of_its_own(new: RemoteEvent, old: RemoteEvent) -> None:
    assert not goes_on(new, old, BERLIN)


@pytest.mark.parametrize(
    ("zone", "day", "was", "would_be"),
    [
        (BERLIN, date(2027, 3, 30), "2026-11-24 9:00-10:00", "2027-03-30 9:00-10:00"),
        (NEW_YORK, date(2027, 3, 16), "2026-11-24 9:00-10:00", "2027-03-16 9:00-10:00"),
    ],
)
def test_it_would_have_been_at_the_same_time_on_the_wall_whatever_the_clocks_did(
    zone: str, day: date, was: str, would_be: str
) -> None:
    assert would_have_been(span(was, zone), day, zone) == span(would_be, zone)
