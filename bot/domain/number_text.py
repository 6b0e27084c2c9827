"""Numbers and short stretches of time as people type them."""

import re

from bot.domain.schedule import BadSchedule

MOST_NOTICE_DAYS = 90
_DAY, _HOUR = 24 * 60, 60
_UNITS = {"d": _DAY, "h": _HOUR, "m": 1}
_SIZES = (("day", _DAY), ("hour", _HOUR), ("minute", 1))
_NOTICE = re.compile(r"(?P<number>[0-9]{1,5})\s?(?P<unit>d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?)")
_NO_NOTICE = frozenset({"", "-", "0", "none"})


def whole_number(text: str, *, least: int, most: int) -> int:
    """The number in a text; raises `BadSchedule` with the numbers that are possible."""
    typed = text.strip()
    if typed.isascii() and typed.isdigit() and len(typed) < 10 and least <= int(typed) <= most:
        return int(typed)
    raise BadSchedule(f"Write a whole number from {least} to {most}.")


def parse_notice(text: str) -> int:
    """The minutes in `2 hours`, `1 day` or `90m`; 0 for an empty text. Raises `BadSchedule`."""
    typed = text.strip().lower()
    if typed in _NO_NOTICE:
        return 0
    found = _NOTICE.fullmatch(typed)
    if found is None:
        raise BadSchedule("Write hours or days, like 2 hours or 1 day; 0 is none.")
    minutes = int(found["number"]) * _UNITS[found["unit"][0]]
    if minutes > MOST_NOTICE_DAYS * _DAY:
        raise BadSchedule(f"At most {MOST_NOTICE_DAYS} days.")
    return minutes


def notice_text(minutes: int) -> str:
    """The stretch of time as `parse_notice` reads it, in its largest whole unit."""
    if minutes == 0:
        return "0"
    name, size = next((name, size) for name, size in _SIZES if minutes % size == 0)
    number = minutes // size
    return f"{number} {name}{'' if number == 1 else 's'}"
