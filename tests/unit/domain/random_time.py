"""Hypothesis strategies: members with random schedules and busy time around the days of a clock change."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from bot.domain.intervals import Interval
from bot.domain.member_time import Busy, MemberTime
from bot.domain.schedule import Schedule, WallRange
from tests.builders import ANA, BEN, BERLIN, CARA, KATHMANDU, LORD_HOWE, NEW_YORK

DAYS_OF_A_CHANGE = [
    date(2026, 3, 29),  # Berlin, forward
    date(2026, 10, 25),  # Berlin, back
    date(2026, 3, 8),  # New York, forward
    date(2026, 11, 1),  # New York, back
    date(2027, 3, 14),  # New York, forward
    date(2026, 10, 4),  # Lord Howe, forward by half an hour
    date(2026, 4, 5),  # Lord Howe, back by half an hour
    date(2026, 11, 24),  # nowhere
]

_quarters = st.integers(0, 96).map(lambda quarter: quarter * 15)


def _ranges() -> st.SearchStrategy[tuple[WallRange, ...]]:
    """Up to two ranges of hours that do not overlap, touching ones included."""
    whole = st.sampled_from([(WallRange(0, 1440),), (WallRange(45, 1320),)])
    edges = st.lists(_quarters, min_size=4, max_size=4).map(sorted)
    pairs = edges.map(lambda four: ((four[0], four[1]), (four[2], four[3])))
    return st.one_of(whole, pairs.map(lambda two: tuple(WallRange(a, b) for a, b in two if a < b)))


def _schedules(day: date) -> st.SearchStrategy[Schedule]:
    near = st.sampled_from([day + timedelta(days=more) for more in (-1, 0, 1)])
    return st.builds(
        Schedule,
        zone=st.sampled_from([BERLIN, NEW_YORK, LORD_HOWE, KATHMANDU, "UTC"]),
        hours=_ranges().map(lambda ranges: dict.fromkeys(range(7), ranges)),
        step_minutes=st.sampled_from([7, 15, 30, 45, 60]),
        before_minutes=st.sampled_from([0, 5, 30]),
        after_minutes=st.sampled_from([0, 10, 45]),
        notice_minutes=st.sampled_from([0, 0, 90, 1440]),
        horizon_days=st.sampled_from([365, 365, 0, 1, 2]),
        daily_cap=st.sampled_from([None, None, 1, 2]),
        overrides=st.dictionaries(near, _ranges(), max_size=1),
    )


def _spans(noon: int) -> st.SearchStrategy[list[Busy]]:
    """Busy stretches within a day and a half of noon, empty and reversed ones among them."""
    minutes = st.integers(-2160, 2160)
    length = st.one_of(st.integers(-5, 240), st.sampled_from([-10, 0, 600, 2000]))
    one = st.builds(
        lambda start, more: Busy(noon + start * 60, noon + (start + more) * 60),
        minutes,
        length,
    )
    return st.lists(one, max_size=4)


@st.composite
def members_around(draw: st.DrawFn, day: date) -> tuple[list[MemberTime], Interval, datetime]:
    """One to three members, a window within a day and a half of the day's noon, and a now before or inside."""
    noon = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())
    members = [
        MemberTime(
            member_id,
            draw(_schedules(day)),
            draw(_spans(noon)),
            draw(_spans(noon)),
            known_until=draw(st.none() | st.integers(-36, 36).map(lambda hours: noon + hours * 3600)),
        )
        for member_id in (ANA, BEN, CARA)[: draw(st.integers(1, 3))]
    ]
    start = noon + draw(st.integers(-36, 0)) * 3600
    window = Interval(start, start + draw(st.integers(1, 36)) * 3600)
    now = datetime.fromtimestamp(noon, UTC) + timedelta(
        minutes=draw(st.sampled_from([-6000, -2000, -300, 0])), microseconds=draw(st.sampled_from([0, 1]))
    )
    return members, window, now
