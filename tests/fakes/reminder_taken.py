"""Meetings taken from Google, as reminders of them ask the fake storage."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.calendars import Role
from bot.domain.event_fixes import openable
from bot.domain.events import Timed
from bot.domain.intervals import Interval
from bot.domain.join_links import venue_of_link
from bot.domain.occasions import BookedIn
from bot.domain.reminder_telling import MeetingNow
from bot.domain.reminders import Reminder, ReminderKind, ReminderState
from bot.domain.taken import TakenAppointment
from tests.fakes.reminder_rows import ReminderRow
from tests.fakes.tables import EventRow, Tables, aware
from tests.fakes.taken import FakeTaken

Happening = tuple[TakenAppointment, UUID, EventRow, Interval]
"""A meeting, its host, its event there, and when."""


class RemindersOfGoogle:
    """The part of `ports.Reminders` that knows where these meetings are by now."""

    _tables: Tables

    def meeting(self, reminder: Reminder) -> MeetingNow | None:
        then = [one for one in self._times_of(reminder) if _is_then(one, reminder)]
        by_now = self._times_of(reminder) if reminder.posted is not None else []
        for taken, _, row, span in [*then, *by_now][:1]:
            return MeetingNow(
                title=taken.title,
                span=span,
                version=taken.version,
                hosts=taken.hosts,
                contacts=tuple(one.contact for one in taken.contacts),
                venue=venue_of_link(row.event.join_url),
                join_url=row.event.join_url,
                link=openable(row.event.link),
                is_private=row.event.is_private,
            )
        if reminder.posted is None or (off := self._called_off(reminder)) is None:
            return None
        return MeetingNow(
            title=off.title,
            span=reminder.span,
            version=off.version,
            hosts=off.hosts or (reminder.member_id,),
            is_private=True,
            is_cancelled=True,
        )

    def look_at_taken(self, now: datetime) -> None:
        for row in list(self._tables.reminders.values()):
            if self.is_told_wrongly(row, now):
                due = replace(row, reminder=replace(row.reminder, due_at=aware(now)))
                self._tables.reminders[row.reminder.id] = due

    def happenings(self) -> Iterator[Happening]:
        """Each time of each meeting, in each linked calendar that has it."""
        repository = FakeTaken(self._tables)
        for (calendar_id, event_id), place in self._tables.taken_places.items():
            calendar = self._tables.calendars[calendar_id].calendar
            event = self._tables.events.get(calendar_id, {}).get(event_id)
            taken = self._tables.taken[place.taken_id]
            if place.is_gone or taken.is_cancelled or calendar.role is not Role.LINKED or event is None:
                continue
            if not isinstance(event.event.start, Timed):
                continue
            standing = repository.by_key(taken.workspace_id, [taken.key])[taken.key]
            for series in self._tables.occurrences.get(calendar_id, {}).values():
                for one in series:
                    if one.event_id == event_id:
                        yield standing, calendar.member_id, event, Interval(one.start, one.end)

    def _times_of(self, reminder: Reminder) -> list[Happening]:
        """The meeting itself, of a series that one time, or else that time where it was changed by itself."""
        series = self._tables.taken.get(reminder.subject)
        own = [one for one in self.happenings() if one[1] == reminder.member_id]
        itself = [
            one for one in own if one[0].id == reminder.subject and (not one[0].repeats or _is_then(one, reminder))
        ]
        if itself or series is None:
            return sorted(itself, key=lambda one: one[3])
        key = (series.workspace_id, series.ical_uid, reminder.span.start)
        return [one for one in own if (one[0].workspace_id, one[0].ical_uid, one[0].original) == key]

    def _called_off(self, reminder: Reminder) -> TakenAppointment | None:
        series = self._tables.taken.get(reminder.subject)
        if series is None:
            return None
        hosts = {
            calendar.member_id
            for (calendar_id, _), place in self._tables.taken_places.items()
            if (calendar := self._tables.calendars[calendar_id].calendar).role is Role.LINKED
            and place.taken_id == series.id
            and not place.is_gone
        }
        goes_on = series.repeats and reminder.member_id in hosts
        return series if goes_on or (series.is_cancelled and hosts) else None

    def is_told_wrongly(self, row: ReminderRow, now: datetime) -> bool:
        reminder = row.reminder
        is_shown = reminder.state is ReminderState.SENT and reminder.posted is not None and reminder.due_at is None
        if not is_shown or reminder.booked_in is not BookedIn.GOOGLE or reminder.kind is not ReminderKind.BEFORE:
            return False
        if reminder.span.end <= second_of(now) or not self._is_in_order(reminder.member_id):
            return False
        told = reminder.span.start if row.told_start is None else row.told_start
        if by_now := self._times_of(reminder):
            return by_now[0][3].start != told
        return told != 0 and self._called_off(reminder) is not None

    def _is_in_order(self, member_id: UUID) -> bool:
        return not any(
            event.needs_expansion or event.needs_decision
            for calendar_id, row in self._tables.calendars.items()
            if row.calendar.member_id == member_id and row.calendar.role is Role.LINKED
            for event in self._tables.events.get(calendar_id, {}).values()
        )


def second_of(at: datetime) -> int:
    """The epoch second that has begun."""
    return int(aware(at).timestamp())


def _is_then(one: Happening, reminder: Reminder) -> bool:
    return (one[0].id, one[1], one[3].start) == (reminder.subject, reminder.member_id, reminder.span.start)
