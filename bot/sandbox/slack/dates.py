"""Shows an instant in the words of a date token, such as `{date_short_pretty} at {time}`, for one reader."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime

_TOKEN = re.compile(r"\{(\w+)\}")


def shown(instant: datetime, wording: str, now: datetime, *, twelve_hours: bool) -> str | None:
    """The wording with its tokens filled in; None where a token is unknown, so that the fallback is due.

    Args:
        instant: when, in the reader's own zone.
        wording: the middle part of a `<!date^…>` token.
        now: the present, in the same zone, which decides what is "Today".
        twelve_hours: whether this reader's clock says 3:00 PM for 15:00.
    """
    if not set(_TOKEN.findall(wording)) <= {*_FORMATS, "time", "time_secs", "ago"}:
        return None

    def fill(token: re.Match[str]) -> str:
        name = token.group(1)
        if name in ("time", "time_secs"):
            return _time(instant, seconds=name == "time_secs", twelve_hours=twelve_hours)
        if name == "ago":
            return _ago(instant, now)
        return _FORMATS[name](instant, now)

    return _TOKEN.sub(fill, wording)


def _time(at: datetime, *, seconds: bool, twelve_hours: bool) -> str:
    tail = f":{at:%M:%S}" if seconds else f":{at:%M}"
    if twelve_hours:
        return f"{at.hour % 12 or 12}{tail} {'PM' if at.hour >= 12 else 'AM'}"
    return f"{at.hour}{tail}"


def _ago(at: datetime, now: datetime) -> str:
    minutes = round((now - at).total_seconds() / 60)
    for size, name in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        count = abs(minutes) // size
        if count:
            words = f"{count} {name}{'' if count == 1 else 's'}"
            return f"{words} ago" if minutes > 0 else f"in {words}"
    return "just now"


def _ordinal(day: int) -> str:
    ending = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _date(at: datetime, _now: datetime) -> str:
    return f"{at:%B} {_ordinal(at.day)}, {at.year}"


def _long(at: datetime, _now: datetime) -> str:
    return f"{at:%A, %B} {_ordinal(at.day)}, {at.year}"


def _short(at: datetime, _now: datetime) -> str:
    return f"{at:%b} {at.day}, {at.year}"


def _long_full(at: datetime, _now: datetime) -> str:
    return f"{at:%A, %B} {at.day}, {at.year}"


def _number(at: datetime, _now: datetime) -> str:
    return f"{at:%Y-%m-%d}"


def _slash(at: datetime, _now: datetime) -> str:
    return f"{at:%m/%d/%Y}"


def _divider(at: datetime, _now: datetime) -> str:
    return f"{at:%A, %B} {_ordinal(at.day)}"


_Format = Callable[[datetime, datetime], str]


def _pretty(plain: _Format) -> _Format:
    def near_or_plain(at: datetime, now: datetime) -> str:
        days = (at.date() - now.date()).days
        return {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}.get(days) or plain(at, now)

    return near_or_plain


_FORMATS: Mapping[str, _Format] = {
    "date_num": _number,
    "date_slash": _slash,
    "date": _date,
    "date_pretty": _pretty(_date),
    "date_long": _long,
    "date_long_pretty": _pretty(_long),
    "date_long_full": _long_full,
    "date_short": _short,
    "date_short_pretty": _pretty(_short),
    "day_divider_pretty": _pretty(_divider),
}
