"""What a form of Calendar Settings asks to change, read from the texts on it; each mistake stands on its field."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TypeVar

from bot.domain.appointments import Venue, Where
from bot.domain.booking import LONGEST_DETAILS
from bot.domain.date_overrides import MOST_DATES, DateSpan, with_dates
from bot.domain.errors import DaybookError
from bot.domain.horizon import DAYS_AHEAD
from bot.domain.hours_text import parse_hours
from bot.domain.number_text import parse_notice, whole_number
from bot.domain.preferences import MOST_INVITED, Audience, Preferences, TooManyInvited, WhenStale
from bot.domain.schedule import BadSchedule, Schedule
from bot.domain.slots_request import LONGEST_MINUTES, SHORTEST_MINUTES
from bot.domain.wall_time import UnknownZone, zone_named

MOST_APPOINTMENTS = 50
SLACK_ZONE = "slack"
_SLACK_ID = re.compile(r"[UW][A-Z0-9]{1,20}")
"""Stands for the zone that Slack tells, where the name of a zone is chosen."""

Change = Callable[[Preferences], Preferences]
_T = TypeVar("_T")
_D = TypeVar("_D")


class PreferenceField(StrEnum):
    """The fields of the forms."""

    MONDAY = "hours_0"
    TUESDAY = "hours_1"
    WEDNESDAY = "hours_2"
    THURSDAY = "hours_3"
    FRIDAY = "hours_4"
    SATURDAY = "hours_5"
    SUNDAY = "hours_6"
    FIRST_DATE = "first_date"
    LAST_DATE = "last_date"
    DATE_HOURS = "date_hours"
    ZONE = "zone"
    LENGTH = "length"
    STEP = "step"
    BEFORE = "before"
    AFTER = "after"
    NOTICE = "notice"
    HORIZON = "horizon"
    DAILY_CAP = "daily_cap"
    AUDIENCE = "audience"
    INVITED = "invited"
    BLOCKING = "blocking"
    WHEN_STALE = "when_stale"
    VENUE = "venue"
    VENUE_DETAILS = "venue_details"


WEEKDAY_FIELDS = tuple(PreferenceField)[:7]


class Uncertain(StrEnum):
    """The invitations of which a member decides whether they take time."""

    TENTATIVE = "tentative"
    UNANSWERED = "unanswered"


class FieldMistakes(DaybookError):
    """What was typed cannot be kept; `by_field` says of each field what to enter instead."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(" ".join(by_field.values()))
        self.by_field = dict(by_field)


class _Reading:
    """Reads one field after the other and collects what is wrong with any."""

    def __init__(self) -> None:
        self.mistakes: dict[str, str] = {}

    def read(self, field: PreferenceField, parse: Callable[[str], _T], text: str, otherwise: _D) -> _T | _D:
        """What `parse` makes of the text in a field; `otherwise` where it refuses, which `finish` tells."""
        try:
            return parse(text)
        except (BadSchedule, UnknownZone) as refused:
            self.mistakes[field] = str(refused)
            return otherwise

    def finish(self) -> None:
        """Raises `FieldMistakes` if there are any."""
        if self.mistakes:
            raise FieldMistakes(self.mistakes)


def weekly_hours(texts: Sequence[str]) -> Change:
    """The hours of the seven weekdays, Monday first, in words; raises `FieldMistakes`."""
    reading = _Reading()
    hours = [reading.read(field, parse_hours, text, ()) for field, text in zip(WEEKDAY_FIELDS, texts, strict=True)]
    reading.finish()
    worked = {weekday: ranges for weekday, ranges in enumerate(hours) if ranges}
    return lambda preferences: _with(preferences, replace(preferences.schedule, hours=worked))


def added_dates(first: str, last: str, hours: str, *, today: date) -> Change:
    """Dates, in ISO form, with hours of their own, in words; none are days off. Raises `FieldMistakes`.

    `today` is the earliest date that it is anywhere. How many dates there may be in all shows only when it is done:
    the change itself raises `BadSchedule` for too many.
    """
    reading = _Reading()
    ranges = reading.read(PreferenceField.DATE_HOURS, parse_hours, hours, ())
    begins = reading.read(PreferenceField.FIRST_DATE, partial(_coming_day, today=today), first, today)
    ends = reading.read(PreferenceField.LAST_DATE, _a_day, last, begins) if last else begins
    if ends < begins:
        reading.mistakes[PreferenceField.LAST_DATE] = "The last day is before the first."
    elif (ends - begins).days >= MOST_DATES:
        reading.mistakes[PreferenceField.LAST_DATE] = f"Choose {MOST_DATES} days at most."
    reading.finish()
    return lambda preferences: with_dates(preferences, DateSpan(begins, ends, ranges), today)


def own_zone(name: str) -> Change:
    """A zone by its IANA name, or `SLACK_ZONE`; raises `FieldMistakes`."""
    if name in ("", SLACK_ZONE):
        return lambda preferences: replace(preferences, has_own_zone=False)
    reading = _Reading()
    reading.read(PreferenceField.ZONE, zone_named, name, None)
    reading.finish()
    return lambda preferences: preferences.in_zone(name)


def meetings(length: str, step: str, before: str, after: str) -> Change:
    """How long meetings are, how far apart they may start, and what is kept free around them, all in minutes.

    Raises `FieldMistakes`.
    """
    reading = _Reading()
    slot_minutes = reading.read(PreferenceField.LENGTH, _a_length, length, SHORTEST_MINUTES)
    step_minutes = reading.read(PreferenceField.STEP, _a_length, step, SHORTEST_MINUTES)
    before_minutes = reading.read(PreferenceField.BEFORE, _a_buffer, before, 0)
    after_minutes = reading.read(PreferenceField.AFTER, _a_buffer, after, 0)
    reading.finish()
    return lambda preferences: _with(
        preferences,
        replace(
            preferences.schedule,
            slot_minutes=slot_minutes,
            step_minutes=step_minutes,
            before_minutes=before_minutes,
            after_minutes=after_minutes,
        ),
    )


def limits(notice: str, horizon: str, daily_cap: str) -> Change:
    """How soon, how far ahead and how often one can be booked; raises `FieldMistakes`."""
    reading = _Reading()
    notice_minutes = reading.read(PreferenceField.NOTICE, parse_notice, notice, 0)
    horizon_days = reading.read(PreferenceField.HORIZON, _days_ahead, horizon, 0)
    cap = reading.read(PreferenceField.DAILY_CAP, _a_cap, daily_cap, None)
    reading.finish()
    return lambda preferences: _with(
        preferences,
        replace(preferences.schedule, notice_minutes=notice_minutes, horizon_days=horizon_days, daily_cap=cap),
    )


def audience(choice: str, invited: Sequence[str]) -> Change:
    """Who may see when one is free, the invited by their Slack ids; raises `FieldMistakes`."""
    if choice not in list(Audience):
        raise FieldMistakes({PreferenceField.AUDIENCE: "Choose who may book you."})
    # Slack refuses a form that holds anything else as chosen: it could never be opened again.
    invited = [one for one in invited if _SLACK_ID.fullmatch(one)]
    if choice == Audience.INVITED and not invited:
        raise FieldMistakes({PreferenceField.INVITED: "Choose at least one person, or another answer above."})
    if len(invited) > MOST_INVITED:
        raise FieldMistakes({PreferenceField.INVITED: str(TooManyInvited())})
    return lambda preferences: replace(preferences, audience=Audience(choice), invited=tuple(invited))


def blocking(uncertain: Collection[str], when_stale: str) -> Change:
    """Which uncertain invitations take time, and what a stale calendar means; raises `FieldMistakes`."""
    if when_stale not in list(WhenStale):
        raise FieldMistakes({PreferenceField.WHEN_STALE: "Choose one of these."})

    def change(preferences: Preferences) -> Preferences:
        schedule = replace(
            preferences.schedule,
            tentative_blocks=Uncertain.TENTATIVE in uncertain,
            unanswered_blocks=Uncertain.UNANSWERED in uncertain,
        )
        return replace(_with(preferences, schedule), when_stale=WhenStale(when_stale))

    return change


def usual_venue(choice: str, details: str) -> Change:
    """How one usually meets people; `details` are a phone number or an address. Raises `FieldMistakes`."""
    if choice not in list(Where):
        raise FieldMistakes({PreferenceField.VENUE: "Choose one of these."})
    where, told = Where(choice), " ".join(details.split())
    if where not in (Where.PHONE, Where.PLACE):
        told = ""
    elif where is Where.PLACE and not told:
        raise FieldMistakes({PreferenceField.VENUE_DETAILS: "Write which place, like a street or a room."})
    elif len(told) > LONGEST_DETAILS:
        raise FieldMistakes({PreferenceField.VENUE_DETAILS: f"Write at most {LONGEST_DETAILS} characters."})
    return lambda preferences: replace(preferences, usual_venue=Venue(where, told))


def _with(preferences: Preferences, schedule: Schedule) -> Preferences:
    return replace(preferences, schedule=schedule)


def _a_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadSchedule("Choose a day.") from error


def _coming_day(text: str, today: date) -> date:
    day = _a_day(text)
    if day < today:
        raise BadSchedule("That day has passed. Choose one that is still to come.")
    return day


def _a_length(text: str) -> int:
    return whole_number(text, least=SHORTEST_MINUTES, most=LONGEST_MINUTES)


def _a_buffer(text: str) -> int:
    return whole_number(text.strip() or "0", least=0, most=LONGEST_MINUTES)


def _days_ahead(text: str) -> int:
    return whole_number(text, least=0, most=DAYS_AHEAD)


def _a_cap(text: str) -> int | None:
    return whole_number(text, least=1, most=MOST_APPOINTMENTS) if text.strip() else None
