"""People's days in a digest, line by line."""

from collections.abc import Sequence
from datetime import date

from bot.domain.appointments import Where
from bot.domain.digest_changes import Change, ChangeKind
from bot.domain.digest_content import Edition
from bot.domain.digest_days import DigestItem, PersonDays
from bot.domain.digests import Level
from bot.domain.intervals import Interval, overlaps
from bot.rendering.booking_words import WHERE
from bot.rendering.text import user_text
from bot.rendering.wording import ANSWERS, NAME_LENGTH, counted, listed, name_of
from bot.rendering.zones import begins, from_to, told_moment

TITLE_LENGTH = 80
FREE_SHOWN = 4
GUESTS_SHOWN = 3
CHANGES_SHOWN = 10
LINE_LENGTH = 1200
# More never fit a line, however short they are.
ITEMS_READ = 100
_TIMES = {ChangeKind.TAKEN: "is taken now", ChangeKind.FREED: "is free again"}
_WORDS = {ChangeKind.NEW: "new", ChangeKind.MOVED: "moved", ChangeKind.CANCELLED: "cancelled"}


def person_line(
    person: PersonDays, window: Interval, zone: str, day: date, *, with_free: bool = True, limit: int = LINE_LENGTH
) -> str:
    """`*Ana* 9:00-9:30 Kick-off · 15:00-15:30 Maya Ortiz (Zoom)`, as far as it lies within the window.

    What is on has `limit` characters at most; the rest is counted.
    """
    name = f"*{name_of(person.member)}*"
    if not person.is_known and not person.items:
        why = "has no calendar that could be read" if person.has_calendar else "has no calendar connected"
        return f"{name} {why}, so nobody can say"
    items = [item for item in person.items if overlaps(item.span, window)]
    late = f" · {_late(person, zone)}" if person.is_late and with_free else ""
    if items:
        at_busy = person.level is Level.BUSY
        told = [_item(item, zone, day, at_busy=at_busy) for item in items[:ITEMS_READ]]
        left = len(items) - len(told)
        joined = f"busy {_joined(told, ', ', left, limit)}" if at_busy else _joined(told, " · ", left, limit)
        return f"{name} {joined}{late}"
    free = f" · free {spans(person.free, zone, day)}" if person.free and with_free else ""
    nothing = "nothing on" if person.level is Level.BUSY else "no appointments"
    return f"{name} {nothing}{free}{late}"


def spans(pieces: Sequence[Interval], zone: str, day: date) -> str:
    """`9:00-10:00 and 15:00-17:00`; of many the rest is counted."""
    shown = [from_to(*piece, zone, near=day) for piece in pieces[:FREE_SHOWN]]
    left = len(pieces) - len(shown)
    return listed([*shown, *([f"{left} more times"] if left > 1 else ["one more"] if left else [])])


def change_lines(edition: Edition) -> list[str]:
    """`moved: Lee Chen 9:30 to 13:00`, and what is amiss."""
    zone = edition.digest.plan.zone
    told = [_change(one, zone, edition.day) for one in edition.changes[:CHANGES_SHOWN]]
    left = len(edition.changes) - len(told)
    told += [f"+{left} more"] if left else []
    if edition.without_link:
        number = edition.without_link
        what = "one appointment has" if number == 1 else f"{counted(number, 'appointment')} have"
        told.append(f"{what} no link yet")
    return told


def _item(item: DigestItem, zone: str, day: date, *, at_busy: bool) -> str:
    time = from_to(*item.span, zone, near=day)
    if not item.is_shown:
        return time if at_busy else f"{time} busy"
    what = [user_text(each, limit=TITLE_LENGTH, empty="(no title)") for each in (item.contact, item.title) if each]
    named = " · ".join(dict.fromkeys(what)) or "(no title)"
    details = user_text(item.details, limit=TITLE_LENGTH, empty="")
    where = "" if item.where is Where.NOWHERE else details or WHERE[item.where]
    guests = [user_text(one.name, limit=NAME_LENGTH, empty="Somebody") for one in item.guests[:GUESTS_SHOWN]]
    answers = [f"{name}, {ANSWERS[one.response]}" for name, one in zip(guests, item.guests, strict=False)]
    more = [f"+{len(item.guests) - len(guests)}"] if len(item.guests) > len(guests) else []
    extra = [part for part in (where, *answers, *more, "on hold" if item.is_held else "") if part]
    in_brackets = f" ({'; '.join(extra)})" if extra else ""
    return f"{time} {named}{in_brackets}"


def _change(change: Change, zone: str, day: date) -> str:
    whose = listed([name_of(host) for host in change.hosts])
    if change.kind in _TIMES:
        span = change.after or change.before
        return f"{whose}: {from_to(*span, zone, near=day) if span is not None else 'some time'} {_TIMES[change.kind]}"
    title = user_text(change.title, limit=TITLE_LENGTH, empty="") or f"an appointment of {whose}"
    before = begins(change.before.start, zone, near=day) if change.before is not None else ""
    after = begins(change.after.start, zone, near=day) if change.after is not None else ""
    return f"{_WORDS[change.kind]}: {title} {' to '.join(part for part in (before, after) if part)}"


def _late(person: PersonDays, zone: str) -> str:
    if person.late_since is None:
        return "newer events may be missing"
    return f"newer events may be missing, last read {told_moment(person.late_since, zone)}"


def _joined(parts: Sequence[str], separator: str, beyond: int, limit: int) -> str:
    """As many whole parts as `limit` allows; the rest is counted, with those `beyond` that were not read."""
    for shown in range(len(parts), 0, -1):
        left = len(parts) - shown + beyond
        joined = separator.join([*parts[:shown], *([f"+{left} more"] if left else [])])
        if len(joined) <= limit:
            return joined
    return f"+{len(parts) + beyond} more"
