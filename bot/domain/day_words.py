"""The words for one day, read and spoken: `today`, `fri`, `2026-12-01`, `1 dec`, `Tuesday 24 November`.

What could be two days is asked about and never guessed.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher, get_close_matches

from bot.domain.errors import DaybookError

EXAMPLES = "today, tomorrow, fri, next week, 2026-12-01, tue 15:00 or 2026-12-01..2026-12-05"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONDAY = 0
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
PARTS_OF_A_DAY = frozenset({"morning", "afternoon", "evening", "night", "tonight", "noon", "midday", "lunchtime"})
"""Which the grammar does not have: how long they last, everybody sees differently."""
# A day and a month without a year mean the coming one, unless that is so far off that a slip is likelier.
COMING_DAYS = 183
FURTHEST_DAYS = 731
_LEAP_YEAR = 2028

_CLOSE_WORDS = ("today", "tomorrow", "yesterday", *(name.lower() for name in (*WEEKDAYS, *MONTHS)))
_CLOSENESS = 0.75

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,4})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{1,4}))?[.]?")
_DAY_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"[0-9]{4}")


class UnclearWhen(DaybookError):
    """Words for a day or time that could mean several, or none; the sentence asks which.

    Args:
        question: what the person is asked.
        options: what could be written instead, ready to be offered.
    """

    def __init__(self, question: str, options: Sequence[str] = ()) -> None:
        super().__init__(f"{question} Write {_either(options)}." if options else question)
        self.question = question
        self.options = tuple(options)

    @property
    def days(self) -> tuple[date, ...]:
        """Those of the options that are dates."""
        found = [_date_or_none(*map(int, each.groups())) for each in map(_ISO.fullmatch, self.options) if each]
        return tuple(day for day in found if day is not None)


def not_understood(word: str, *, is_name: bool = False) -> UnclearWhen:
    """The refusal of a word that is not in the grammar; `is_name` where it could have named somebody."""
    if word.lower() in PARTS_OF_A_DAY:
        return UnclearWhen(
            f"Daybook knows no parts of a day, such as “{word}”. Leave it out, or write a time, such as tue 15:00."
        )
    if nearest := _nearest(word.lower()):
        return UnclearWhen(f"Daybook does not understand “{word[:40]}” as a day or time. Did you mean {nearest}?")
    if is_name and word.isalpha():
        return UnclearWhen(
            f"Daybook does not understand “{word[:40]}”: nobody here is called so, and it is no day or time. "
            f"Write @ and pick a colleague from the list; for a day write for example {EXAMPLES}."
        )
    return UnclearWhen(f"Daybook does not understand “{word[:40]}” as a day or time. Write for example {EXAMPLES}.")


def nearness_to_a_day(word: str) -> float:
    """How near a lower-case word is to one that names a day, from 0 to 1; 0 where it is hardly a slip for one."""
    near = _nearest(word)
    return SequenceMatcher(None, near, word).ratio() if near else 0.0


def _nearest(word: str) -> str:
    """The word that was meant, as far as can be told: hardly anybody mistypes the first letter."""
    near = get_close_matches(word, _CLOSE_WORDS, n=3, cutoff=_CLOSENESS)
    return next((one for one in near if one[0] == word[0]), "")


def spoken(day: date, today: date) -> str:
    """The date as people say it, `Tuesday 24 November`, with its year where `year_of` has one."""
    return f"{WEEKDAYS[day.weekday()]} {_day_and_month(day)}{year_of(day, today)}"


def year_of(day: date, today: date) -> str:
    """` 2027` behind a date of another year, or one half a year away; empty for every other."""
    is_near = day.year == today.year and abs((day - today).days) <= COMING_DAYS
    return "" if is_near else f" {day.year}"


def week_start(day: date, first_day: int) -> date:
    """The first day of the week in which a date lies; `first_day` is its weekday, 0 being Monday."""
    return day - timedelta(days=(day.weekday() - first_day) % 7)


def read_day(words: Sequence[str], today: date, base: date, first_day: int) -> date:
    """The day that lower-case words mean.

    A weekday or a date without a year is the first one from `base` on, `base` included.
    `today` is what `today`, `yesterday` and `tomorrow` are counted from, and the week in which `this` weekday lies.
    Raises `UnclearWhen`.
    """
    match list(words):
        case ["today"]:
            return today
        case ["yesterday"]:
            return today - timedelta(days=1)
        case ["tomorrow"]:
            return today + timedelta(days=1)
        case ["this" | "next" as which, name] if (weekday := weekday_of(name)) is not None:
            return _this_or_next(which, weekday, today, first_day)
        case [name] if (weekday := weekday_of(name)) is not None:
            return base + timedelta(days=(weekday - base.weekday()) % 7)
        case [name, *rest] if rest and (weekday := weekday_of(name)) is not None:
            return _checked_weekday(_read_date(rest, base), weekday)
        case _:
            return _read_date(words, base)


def weekday_of(word: str) -> int | None:
    """The weekday that a word begins to name, Monday being 0: `tue`, `tues`, `tuesday`."""
    return _named(word, WEEKDAYS)


def is_day_word(word: str) -> bool:
    """Whether a lower-case word may stand in a day, judged by itself."""
    if word in ("today", "tomorrow", "yesterday", "this", "next", "week"):
        return True
    if weekday_of(word) is not None or _named(word, MONTHS) is not None:
        return True
    return any(pattern.fullmatch(word) for pattern in (_ISO, _NUMBERS, _DAY_NUMBER, _YEAR))


def _this_or_next(which: str, weekday: int, today: date, first_day: int) -> date:
    if which == "this":
        here = week_start(today, first_day) + timedelta(days=(weekday - first_day) % 7)
        # Even where weeks begin on Sunday, this Sunday is the weekend that comes.
        coming = week_start(today, MONDAY) + timedelta(days=weekday)
        return max(here, coming) if here < today else here
    # People mean either by it, and some change their mind on Sundays.
    one = today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    other = one + timedelta(days=7)
    name = WEEKDAYS[weekday]
    raise UnclearWhen(
        f"Next {name} could be {_day_and_month(one)} or {_day_and_month(other)}.",
        (one.isoformat(), other.isoformat()),
    )


def _checked_weekday(day: date, weekday: int) -> date:
    if day.weekday() != weekday:
        raise UnclearWhen(
            f"{_day_and_month(day)} {day.year} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[weekday]}.",
            (day.isoformat(), WEEKDAYS[weekday].lower()),
        )
    return day


def _read_date(words: Sequence[str], base: date) -> date:
    if len(words) == 1:
        if found := _ISO.fullmatch(words[0]):
            year, month, number = (int(part) for part in found.groups())
            return _existing(year, month, number)
        if found := _NUMBERS.fullmatch(words[0]):
            raise _which_order(words[0], [int(part) for part in found.groups(default="0")], base)
    if len(words) not in (2, 3):
        raise not_understood(" ".join(words))
    for month_word, day_word in (words[:2], (words[1], words[0])):
        named, found = _named(month_word, MONTHS), _DAY_NUMBER.fullmatch(day_word)
        if named is not None and found is not None:
            return _in_year(words[2:], named + 1, int(found[1]), base)
    raise not_understood(next((word for word in words if not is_day_word(word)), " ".join(words)))


def _in_year(year: Sequence[str], month: int, number: int, base: date) -> date:
    if year:
        if not _YEAR.fullmatch(year[0]):
            raise not_understood(year[0])
        return _existing(int(year[0]), month, number)
    day = _coming(month, number, base)
    if day is None:
        exists = _date_or_none(_LEAP_YEAR, month, number) is not None
        raise UnclearWhen(f"There is no {number} {MONTHS[month - 1]}{' in the year ahead' if exists else ''}.")
    if (day - base).days > COMING_DAYS:
        raise UnclearWhen(f"Do you mean {_day_and_month(day)} {day.year}?", (day.isoformat(),))
    return day


def _coming(month: int, number: int, base: date) -> date | None:
    """The first such day from `base` on, within a year."""
    days = (_date_or_none(year, month, number) for year in (base.year, base.year + 1))
    return next((day for day in days if day is not None and day >= base), None)


def _which_order(text: str, numbers: list[int], base: date) -> UnclearWhen:
    """What to ask about `12/1` or `01.02.2027`: the order of day and month differs between countries."""
    year = next((number for number in numbers if number > 99), 2000 + numbers[2] if numbers[2] else None)
    one, other = numbers[1:] if numbers[0] > 99 else numbers[:2]
    readings = [
        _date_or_none(year, month, day) if year else _coming(month, day, base)
        for month, day in ((other, one), (one, other))
    ]
    days = list(dict.fromkeys(day for day in readings if day is not None))
    if not days:
        return not_understood(text)
    meanings = " or ".join(map(_day_and_month, days))
    question = f"{text} could be {meanings}." if len(days) > 1 else f"Do you mean {meanings}?"
    return UnclearWhen(question, [day.isoformat() for day in days])


def _existing(year: int, month: int, number: int) -> date:
    day = _date_or_none(year, month, number)
    if day is None:
        raise UnclearWhen(f"There is no {year:04}-{month:02}-{number:02} in the calendar.")
    return day


def _date_or_none(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _named(word: str, names: Sequence[str]) -> int | None:
    """The place of the only name that begins with the word, of which at least three letters are there."""
    if len(word) < 3:
        return None
    return next((place for place, name in enumerate(names) if name.lower().startswith(word)), None)


def _day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"


def _either(options: Sequence[str]) -> str:
    return " or ".join(options)
