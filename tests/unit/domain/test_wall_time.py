"""Wall clocks of every zone, against the standard library's own arithmetic."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wall_time import (
    UnknownZone,
    WallClock,
    epoch,
    local_day,
    midnight,
    moment,
    wall_clock,
    zone_named,
)
from tests.builders import BERLIN, LORD_HOWE

ZONES = sorted(available_timezones())
A_WHILE = (date(2025, 1, 1), date(2028, 12, 31))


def clock_of(zone: str, day: str) -> WallClock:
    return wall_clock(ZoneInfo(zone), date.fromisoformat(day), date.fromisoformat(day))


def hours_in(zone: str, day: str) -> float:
    start, end = clock_of(zone, day).day(date.fromisoformat(day))
    return (end - start) / 3600


def days_of_a_jump(zone: ZoneInfo, year: int) -> list[date]:
    """The days on which the offset differs from the day before or after."""
    noons = [datetime(year, 1, 1, 12, tzinfo=UTC) + timedelta(days=number) for number in range(365)]
    offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
    changed = [number for number in range(1, 365) if offsets[number] != offsets[number - 1]]
    return [noons[number + more].date() for number in changed for more in (-1, 0)]


@st.composite
def zone_and_day(draw: st.DrawFn) -> tuple[ZoneInfo, date]:
    """Any zone, and one of its days of a jump where it has some."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    jumps = days_of_a_jump(zone, draw(st.sampled_from([2025, 2026, 2027])))
    return zone, draw(st.sampled_from(jumps) if jumps else st.dates(*A_WHILE))


# fault 42
@given(zone_and_day(), st.integers(0, 24 * 60))
def test_any_wall_time_is_its_first_instant_or_the_end_of_the_jump(place: tuple[ZoneInfo, date], minute: int) -> None:
    zone, day = place
    written = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    local = midnight(day) + minute * 60
    clock = wall_clock(zone, day, day)

    shown = moment(clock.instant(local)).astimezone(zone).replace(tzinfo=None)
    first_meaning = written.replace(tzinfo=zone, fold=0)
    if clock.shows(local):
        assert shown == written
        assert clock.instant(local) == first_meaning.timestamp()
    else:
        just_before = moment(clock.instant(local) - 1).astimezone(zone).replace(tzinfo=None)
        assert just_before < written < shown
        assert first_meaning.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != written


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (BERLIN, "2026-03-28", 24),
        (BERLIN, "2026-03-29", 23),
        (BERLIN, "2026-10-25", 25),
        (LORD_HOWE, "2026-04-05", 24.5),
        (LORD_HOWE, "2026-10-04", 23.5),
        ("America/Havana", "2026-03-08", 23),  # skips midnight itself
        ("America/Havana", "2026-11-01", 25),  # shows midnight twice
        ("Pacific/Apia", "2011-12-30", 0),  # the day that Samoa left out
    ],
)
def test_a_day_has_the_hours_that_its_clock_gives_it(zone: str, day: str, hours: float) -> None:
    assert hours_in(zone, day) == hours


@given(st.integers(-(10**15), 10**16))
def test_a_moment_becomes_the_first_second_at_or_after_it(microseconds: int) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    assert moment(epoch(at)) - at < timedelta(seconds=1)
    assert moment(epoch(at)) >= at


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="has no zone"):
        epoch(datetime(2026, 11, 24))  # noqa: DTZ001 - the naive value is the point


def test_the_day_on_the_wall_is_not_the_day_in_utc() -> None:
    late = epoch(datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    assert local_day(late, ZoneInfo(BERLIN)) == date(2026, 11, 25)


def test_a_local_time_after_the_days_of_a_clock_is_refused() -> None:
    with pytest.raises(ValueError, match="after the days"):
        clock_of(BERLIN, "2026-03-29").instant(midnight(date(2026, 5, 1)))


@pytest.mark.parametrize("name", ["", "Berlin", "America", "../etc/passwd", "/etc/passwd", "a\0b", "x" * 300])
def test_a_name_that_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zone_named(name)
    assert str(refused.value) == f"There is no time zone named “{name[:60]}”. Names look like Europe/Berlin."
