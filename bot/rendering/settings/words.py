"""What a member decided about his time, in a line each."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from bot.domain.date_overrides import DateSpan
from bot.domain.day_words import WEEKDAYS
from bot.domain.hours_text import hours_text
from bot.domain.number_text import notice_text
from bot.domain.preferences import Audience, Preferences, WhenStale
from bot.domain.schedule import Schedule, WallRange
from bot.rendering.reader import hour_cycle
from bot.rendering.wording import counted, meeting_length
from bot.rendering.zones import city, short_day

DAYS = tuple(name[:3] for name in WEEKDAYS)


def week_text(hours: Mapping[int, Sequence[WallRange]]) -> str:
    """`Mon-Fri 9:00-17:00 · Sat, Sun off`: days in a row with the same hours as one."""
    told = []
    for ranges, days in groupby(range(7), key=lambda day: tuple(hours.get(day, ()))):
        told.append(f"{_days(list(days))} {hours_text(ranges, hour_cycle()) or 'off'}")
    return " · ".join(told)


def dates_text(span: DateSpan) -> str:
    """`Thu 24 Dec 2026: off`, or `Thu 24 Dec to Sat 26 Dec 2026: 9:00-12:00`."""
    last = f" to {short_day(span.last)}" if span.last != span.first else ""
    return f"{short_day(span.first)}{last} {span.last.year}: {hours_text(span.hours, hour_cycle()) or 'off'}"


def zone_text(preferences: Preferences) -> str:
    """Where his hours are, and who says so."""
    zone = preferences.schedule.zone
    return f"{city(zone)} ({zone})" if preferences.has_own_zone else f"{city(zone)}, as in Slack"


def meetings_text(schedule: Schedule) -> str:
    """How long meetings are, and what is kept free around them."""
    kept = [
        f"{counted(minutes, 'minute')} free {side}"
        for minutes, side in ((schedule.before_minutes, "before"), (schedule.after_minutes, "after"))
        if minutes
    ]
    step = f"may start every {meeting_length(schedule.step_minutes)}"
    return " · ".join([meeting_length(schedule.slot_minutes), step, *kept])


def limits_text(schedule: Schedule) -> str:
    """How soon, how far ahead and how often he can be booked."""
    notice = f"{notice_text(schedule.notice_minutes)} notice" if schedule.notice_minutes else "no notice"
    horizon = f"up to {counted(schedule.horizon_days, 'day')} ahead" if schedule.horizon_days else "today alone"
    cap = [f"{counted(schedule.daily_cap, 'appointment')} a day"] if schedule.daily_cap else []
    return " · ".join([notice, horizon, *cap])


def audience_text(preferences: Preferences) -> str:
    """Who may see when he is free, and book him."""
    if preferences.audience is Audience.INVITED:
        number = len(preferences.invited)
        return "one person" if number == 1 else f"{number} people"
    return "everyone" if preferences.audience is Audience.EVERYONE else "only me"


def blocking_text(preferences: Preferences) -> str:
    """What takes his time, and what happens while a calendar is stale."""
    schedule = preferences.schedule
    taking = {"tentative": schedule.tentative_blocks, "unanswered": schedule.unanswered_blocks}
    blocking = [kind for kind, blocks in taking.items() if blocks]
    told = {
        0: "tentative and unanswered invitations leave time open",
        1: f"{''.join(blocking)} invitations block time, "
        f"{''.join(kind for kind in taking if kind not in blocking)} ones do not",
        2: "tentative and unanswered invitations block time",
    }[len(blocking)]
    late = "warns" if preferences.when_stale is WhenStale.WARN else "offers nothing"
    return f"{told} · {late} while a calendar is not up to date"


def _days(days: Sequence[int]) -> str:
    if len(days) > 2:
        return f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
    return ", ".join(DAYS[day] for day in days)
