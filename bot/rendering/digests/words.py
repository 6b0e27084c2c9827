"""The words in which digests are spoken of."""

from bot.domain.day_words import WEEKDAYS
from bot.domain.digest_form import WORKING_WEEK
from bot.domain.digests import Digest, Level, PauseReason, Plan, Rhythm, Share, lowest
from bot.domain.people import Member
from bot.rendering.wording import channel_text, listed, name_of
from bot.rendering.zones import city, told_clock, told_moment

LEVELS = {Level.BUSY: "busy times alone", Level.TITLES: "titles", Level.FULL: "titles, people and places"}
LEVELS_SHOW = LEVELS | {
    Level.TITLES: "titles as they stand in the calendar; a title may name the contact",
    Level.FULL: "titles, with whom appointments and events are, and places",
}
"""The same where somebody chooses, or agrees."""
_EVERY_DAY = frozenset(range(7))


def channel_of(digest: Digest) -> str:
    """`#sales`."""
    return channel_text(digest.channel_name)


def times_text(plan: Plan) -> str:
    """`weekdays 8:30, Berlin time`, or `every Monday 8:30, Berlin time`."""
    return f"{_days_text(plan)} {told_clock(plan.at)}, {city(plan.zone)} time"


def covers_text(plan: Plan) -> str:
    """`the day itself, Mondays 8:30, Berlin time`, or `the coming week, every Monday 8:30, Berlin time`."""
    if plan.rhythm is Rhythm.WEEKLY:
        return f"the coming week, {times_text(plan)}"
    return f"the day itself, {times_text(plan)}"


def paused_text(digest: Digest, by: Member | None, zone: str, *, is_own: bool = False) -> str:
    """`by Ana, Tue 24 Nov, 9:00`, what follows after `paused`; empty where nobody noted it down.

    `is_own`: the reader himself paused it.
    """
    itself = "" if digest.paused is PauseReason.BY_HAND else "by itself"
    who = "by you" if is_own else f"by {name_of(by)}" if by is not None else itself
    if digest.paused_at is None:
        return who
    when = told_moment(digest.paused_at, zone)
    return f"{who}, {when}" if who else f"since {when}"


def word_of(share: Share, digest: Digest) -> str:
    """What became of asking somebody: `titles`, `was asked`, `said no`."""
    if share.agreed is not None:
        shown, more = LEVELS[lowest(share.agreed, digest.level)], share.asked_about(digest.level)
        return shown if more is None else f"{shown}; was asked about {LEVELS[more]}"
    return "said no" if share.has_declined else "was asked"


def _days_text(plan: Plan) -> str:
    days = [WEEKDAYS[day] for day in sorted(plan.weekdays)]
    if plan.rhythm is Rhythm.WEEKLY:
        return f"every {''.join(days)}"
    if plan.weekdays == WORKING_WEEK:
        return "weekdays"
    if plan.weekdays == _EVERY_DAY:
        return "every day"
    return f"{days[0]}s" if len(days) == 1 else listed(days)
