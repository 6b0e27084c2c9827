"""Values for tests, each made with one visible difference; the usual day is Tuesday 24 November 2026 in Berlin."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.availability import Mode, free_slots
from bot.domain.hours_text import parse_hours
from bot.domain.intervals import Interval, Span
from bot.domain.member_time import Busy, BusyReason, MemberTime
from bot.domain.schedule import Schedule, WallRange

ANA, BEN, CARA = (UUID(int=number) for number in (1, 2, 3))
BERLIN, NEW_YORK, KATHMANDU, LORD_HOWE = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
)
TUESDAY = "2026-11-24"
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def at(text: str, zone: str = BERLIN) -> datetime:
    """The aware moment of `2026-11-24 15:00`, or of `15:00` on the usual day, on the wall of a zone."""
    day, _, time = text.rpartition(" ")
    return datetime.fromisoformat(f"{day or TUESDAY} {time:0>5}").replace(tzinfo=ZoneInfo(zone))


def second(text: str, zone: str = BERLIN) -> int:
    """The epoch second of the same words."""
    return int(at(text, zone).timestamp())


def span(text: str, zone: str = BERLIN) -> Interval:
    """The interval of `2026-11-24 9:00-10:00`, or of `9:00-10:00` on the usual day."""
    day, _, times = text.rpartition(" ")
    start, end = times.split("-")
    return Interval(second(f"{day} {start}".strip(), zone), second(f"{day} {end}".strip(), zone))


def busy(text: str, zone: str = BERLIN, reason: BusyReason = BusyReason.EVENT, title: str = "") -> Busy:
    """A busy stretch with its source, written as for `span`."""
    return Busy(*span(text, zone), reason=reason, title=title)


def hours_of(text: str) -> dict[int, tuple[WallRange, ...]]:
    """Weekly hours of `Mon-Fri 9:00-12:00 13:00-17:00, Sat 10:00-12:00`, or of `daily 0:00-24:00`."""
    hours: dict[int, tuple[WallRange, ...]] = {}
    for part in text.split(", "):
        days, *ranges = part.split()
        first, _, last = ("Mon-Sun" if days == "daily" else days).partition("-")
        for weekday in range(_WEEKDAYS.index(first), _WEEKDAYS.index(last or first) + 1):
            hours[weekday] = parse_hours(",".join(ranges))
    return hours


def a_schedule(
    hours: str = "Mon-Fri 9:00-17:00",
    *,
    zone: str = BERLIN,
    step: int = 15,
    before: int = 0,
    after: int = 0,
    notice: int = 0,
    horizon: int = 365,
    daily_cap: int | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Schedule:
    """A schedule; overrides are written `{"2026-11-24": "10:00-12:00"}`, a day off being an empty text."""
    return Schedule(
        zone=zone,
        hours=hours_of(hours),
        step_minutes=step,
        before_minutes=before,
        after_minutes=after,
        notice_minutes=notice,
        horizon_days=horizon,
        daily_cap=daily_cap,
        overrides={
            date.fromisoformat(day): parse_hours(",".join(ranges.split())) for day, ranges in (overrides or {}).items()
        },
    )


def a_member(
    schedule: Schedule | None = None,
    busy: Sequence[Span] = (),
    appointments: Sequence[Span] = (),
    member_id: UUID = ANA,
) -> MemberTime:
    """A member's time, Ana's unless told otherwise."""
    return MemberTime(member_id, schedule or a_schedule(), busy, appointments)


def days(first: str = TUESDAY, last: str | None = None, zone: str = BERLIN) -> Interval:
    """The whole local days from one date to another, both included."""
    end = date.fromisoformat(last or first) + timedelta(days=1)
    return Interval(second(f"{first} 0:00", zone), second(f"{end.isoformat()} 0:00", zone))


def local(starts: Iterable[int], zone: str = BERLIN) -> list[str]:
    """Epoch seconds as ISO texts on the wall of a zone, to the minute and with the offset."""
    moments = (datetime.fromtimestamp(start, UTC).astimezone(ZoneInfo(zone)) for start in starts)
    return [each.isoformat(timespec="minutes") for each in moments]


def slots_of(
    schedule: Schedule,
    busy: Sequence[Span] = (),
    *,
    appointments: Sequence[Span] = (),
    on: str = TUESDAY,
    minutes: int = 30,
    now: datetime | None = None,
) -> list[str]:
    """The starts that one member offers on a day of his zone, as ISO texts; asked two days before."""
    window = days(on, zone=schedule.zone)
    asked = now or datetime.fromtimestamp(window.start, UTC) - timedelta(days=2)
    member = a_member(schedule, busy, appointments)
    slots = free_slots([member], window, minutes, Mode.ALL, now=asked)
    return local((slot.start for slot in slots), schedule.zone)
