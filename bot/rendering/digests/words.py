"""The words in which digests are spoken of."""

from bot.domain.day_words import WEEKDAYS
from bot.domain.digest_form import WORKING_WEEK
from bot.domain.digests import Digest, Level, Plan, Rhythm, Share
from bot.rendering.wording import channel_text, listed
from bot.rendering.zones import city

LEVELS = {Level.BUSY: "busy times alone", Level.TITLES: "titles", Level.FULL: "titles, people and places"}
_EVERY_DAY = frozenset(range(7))


def channel_of(digest: Digest) -> str:
    """`#sales`."""
    return channel_text(digest.channel_name)


def times_text(plan: Plan) -> str:
    """`weekdays 8:30, Berlin time`, or `every Monday 8:30, Berlin time`."""
    return f"{_days_text(plan)} {plan.at.hour}:{plan.at.minute:02}, {city(plan.zone)} time"


def covers_text(plan: Plan) -> str:
    """`the day itself, Mondays 8:30, Berlin time`, or `the coming week, every Monday 8:30, Berlin time`."""
    if plan.rhythm is Rhythm.WEEKLY:
        return f"the coming week, {times_text(plan)}"
    return f"the day itself, {times_text(plan)}"


def word_of(share: Share, digest: Digest) -> str:
    """What became of asking somebody: `titles`, `was asked`, `said no`."""
    if share.agreed is not None:
        shown = min(share.agreed, digest.level, key=lambda level: level.rank)
        more = share.asked.rank > share.agreed.rank and digest.level.rank > share.agreed.rank
        return f"{LEVELS[shown]}; was asked about {LEVELS[share.asked]}" if more else LEVELS[shown]
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
