"""What comes next on Home: appointments of Daybook's and meetings in Google alike, on every store."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.calendars import ONE_WAY
from bot.domain.event_fixes import ref_of
from bot.domain.events import AgendaEntry, AllDay, Response
from bot.domain.home import Home
from bot.domain.join_links import AgendaAppointment
from bot.ports import Store
from bot.usecases.ignore_event import IgnoreEvent
from bot.usecases.show_home import ShowHome
from bot.usecases.show_status import ShowStatus
from tests.builders import at, span
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.two_way_house import MAYA, TwoWay, invited, one_time, weekly

WHEN = "2026-11-24 15:00-16:00"
CALL = "https://meet.google.com/abc-defg-hij"


@pytest.fixture
def two_way(store: Store) -> TwoWay:
    return TwoWay(store)


def shown(two_way: TwoWay, when: str = "9:00") -> Home:
    """Ana's Home then, on Tuesday."""
    two_way.clock.time = at(when)
    return ShowHome(two_way.store, two_way.clock, ShowStatus(two_way.store, two_way.clock))(two_way.ana.actor)


def following(two_way: TwoWay, when: str = "9:00") -> str:
    """What comes next for Ana then: `Demo 15:00, by https://...`."""
    match shown(two_way, when).following:
        case AgendaEntry() as entry:
            start = f"{entry.title} {entry.occurrence.start - span(WHEN).start:+}"
            return f"{start}, by {entry.join_url}" if entry.join_url else start
        case AgendaAppointment() as one:
            return f"booked {one.appointment.span.start - span(WHEN).start:+}"
        case _:
            return ""


def books(two_way: TwoWay, when: str) -> None:
    """An appointment of Ana's with Lee, booked in Daybook."""
    lee = a_contact(two_way.store, two_way.ana.actor, "lee@chen.test")
    booked(two_way.store, replace(an_appointment(two_way.ana.actor, contact=lee), span=span(when)))


def test_a_meeting_in_google_comes_next_until_it_is_over(two_way: TwoWay) -> None:
    two_way.put(replace(invited("e1", WHEN, MAYA), join_url=CALL))
    two_way.run()
    assert [following(two_way, when) for when in ("9:00", "15:30", "16:00")] == [f"Demo +0, by {CALL}"] * 2 + [""]
    assert shown(two_way).following_span == span(WHEN)


@pytest.mark.parametrize(
    ("when", "told"),
    [("2026-11-24 14:00-14:30", "booked -3600"), ("2026-11-24 17:00-17:30", "Demo +0"), (WHEN, "booked +0")],
)
def test_of_an_appointment_and_a_meeting_the_earlier_comes_next(two_way: TwoWay, when: str, told: str) -> None:
    two_way.put(invited("e1", WHEN, MAYA))
    two_way.run()
    books(two_way, when)
    assert following(two_way) == told


def test_of_a_series_the_coming_time_is_next_where_it_was_moved_to(two_way: TwoWay) -> None:
    series = weekly(invited("s1", "2026-11-17 15:00-16:00", MAYA))
    two_way.put(series)
    two_way.put(one_time(series, "2026-11-24", to="2026-11-24 17:00-18:00"))
    two_way.run()
    assert following(two_way) == "Demo +7200"


@pytest.mark.parametrize(
    "make",
    [
        lambda house: house.put(invited("e1", WHEN)),
        lambda house: house.put(invited("e1", "2026-12-24 15:00-16:00", MAYA)),
        lambda house: house.put(
            replace(
                invited("e1", WHEN, MAYA), start=AllDay(at("0:00").date()), end=AllDay(at("2026-11-25 0:00").date())
            )
        ),
        lambda house: house.put(
            invited("e1", WHEN, MAYA, "ana@acme.test", by="ben@acme.test", said={"ana@acme.test": Response.DECLINED})
        ),
        lambda house: (house.put(invited("e1", WHEN, MAYA)), house.switch(house.ana, ONE_WAY)),
    ],
    ids=["nobody from outside", "too far ahead", "a whole day", "declined", "one-way"],
)
def test_what_is_no_meeting_with_a_contact_is_not_next(two_way: TwoWay, make: Callable[[TwoWay], object]) -> None:
    make(two_way)
    two_way.run()
    assert following(two_way) == ""


def test_what_its_owner_ignores_is_not_next(two_way: TwoWay) -> None:
    two_way.put(invited("e1", WHEN, MAYA))
    two_way.run()
    entry = shown(two_way).following
    assert isinstance(entry, AgendaEntry)
    IgnoreEvent(two_way.store)(two_way.ana.actor, ref_of(entry))
    assert following(two_way) == ""


# fault 11
def test_a_colleagues_meeting_is_never_next(two_way: TwoWay) -> None:
    two_way.put(invited("e1", WHEN, MAYA, by="ben@acme.test"), two_way.ben)
    two_way.run()
    assert following(two_way) == ""
