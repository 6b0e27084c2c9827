"""Calendar Settings of Ana, each made with one visible difference."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.domain.accounts import Account
from bot.domain.calendar_settings import CalendarSettings
from bot.domain.calendars import Calendar
from bot.domain.connections import Status
from bot.domain.preferences import Preferences, default_preferences
from tests.builders import BERLIN
from tests.unit.rendering.answers import NOON
from tests.unit.rendering.connections import HOME, WORK, a_calendar, a_linked_calendar

LINKED = a_linked_calendar()
FAMILY, HOLIDAYS = a_calendar("Family"), a_calendar("Team holidays", account=HOME)


def settings_of(
    *changes: Callable[[Preferences], Preferences],
    accounts: Sequence[Account] = (WORK, HOME),
    calendars: Sequence[Calendar] = (LINKED, FAMILY, HOLIDAYS),
    pending: Sequence[Account] = (),
    slack_zone: str = BERLIN,
) -> CalendarSettings:
    """Forty events were read from the linked calendar, and one from Family."""
    preferences = default_preferences(slack_zone)
    for change in changes:
        preferences = change(preferences)
    status = Status(NOON, tuple(accounts), tuple(pending), tuple(calendars))
    counts = {LINKED.id: 40, FAMILY.id: 1}
    return CalendarSettings(status, counts, preferences, slack_zone, date(2026, 11, 24))
