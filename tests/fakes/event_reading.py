"""The reading half of the in-memory repository of events, with the semantics of `bot.ports`."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from bot.domain.accounts import AccountStatus
from bot.domain.appointments import Appointment, AppointmentStatus, QuestionKind
from bot.domain.calendars import Calendar, Role
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.errors import NotFound
from bot.domain.events import (
    AgendaEntry,
    AllDay,
    Certainty,
    Guest,
    Occurrence,
    RemoteEvent,
)
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.shades import Shade
from tests.fakes.calendar_rows import CalendarRow
from tests.fakes.tables import Tables


class FakeEventReading:
    """What people are told of events: their own in full, and of everybody's the time that they take."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def busy(
        self, actor: Actor, calendar_ids: Sequence[UUID], window: Interval, *, without: UUID | None = None
    ) -> Mapping[UUID, Sequence[tuple[int, int]]]:
        return {
            calendar_id: sorted(
                (one.start, one.end)
                for one in self._touching(calendar_id, window)
                if one.blocks or self._blocks_besides(row.calendar, one, without)
            )
            for calendar_id, row in self._tables.calendars.items()
            if calendar_id in calendar_ids and row.calendar.workspace_id == actor.workspace_id
        }

    def agenda(self, actor: Actor, window: Interval) -> Sequence[AgendaEntry]:
        ignored = self._tables.ignored
        entries = [
            replace(
                _entry(row.calendar, self._event(row, one), self._told(row, one)),
                is_ignored=(row.calendar.id, one.series_id) in ignored,
                shade=self._tables.events[row.calendar.id][one.event_id].shade,
                guests=self._guests(row.calendar.id, one.event_id),
            )
            for row in self._tables.own_calendars(actor)
            for one in self._touching(row.calendar.id, window)
            if (one.certainty is not Certainty.COPY and not self._is_copied(row.calendar, self._event(row, one)))
            or self._is_besides(row.calendar, one, None)
        ]
        return sorted(entries, key=lambda entry: entry.occurrence)

    def _guests(self, calendar_id: UUID, event_id: str) -> tuple[Guest, ...]:
        place = self._tables.taken_places.get((calendar_id, event_id))
        if place is None or self._tables.events[calendar_id][event_id].shade is not Shade.BLUE:
            return ()
        told = self._tables.taken[place.taken_id].contacts
        return tuple(sorted(Guest(one.contact.name, one.response) for one in told))

    def _is_copied(self, calendar: Calendar, event: RemoteEvent) -> bool:
        """Whether it is the event of an appointment that the calendar's owner hosts."""
        hosted = {key for key, row in self._tables.appointments.items() if calendar.member_id in row.appointment.hosts}
        links = self._tables.remote_links.items()
        uids = {link.ical_uid for key, link in links if key[0] in hosted and link.state is not LinkState.REMOVED}
        return event.ical_uid != "" and event.ical_uid in uids

    def _event(self, row: CalendarRow, one: Occurrence) -> RemoteEvent:
        return self._tables.events[row.calendar.id][one.event_id].event

    def _told(self, row: CalendarRow, one: Occurrence) -> Occurrence:
        return one._replace(blocks=one.blocks or self._blocks_besides(row.calendar, one, None))

    def _blocks_besides(self, calendar: Calendar, one: Occurrence, without: UUID | None) -> bool:
        return one.certainty is Certainty.COPY and self._is_besides(calendar, one, without)

    def _is_besides(self, calendar: Calendar, one: Occurrence, without: UUID | None) -> bool:
        """Whether it takes time as Google shows it: no appointment takes the same, and nobody is about to change it."""
        hosted = [row.appointment for row in self._tables.appointments.values()]
        hosted = [each for each in hosted if calendar.member_id in each.hosts]
        taken = [each.span for each in hosted if each.status is not AppointmentStatus.CANCELLED and each.id != without]
        event = self._tables.events[calendar.id][one.event_id].event
        links = {each: self._tables.remote_links.get((each.id, EffectKind.EVENT)) for each in hosted}
        marked = {each: link for each, link in links.items() if link is not None and link.ical_uid == event.ical_uid}
        is_followed = any(self._is_followed(calendar, event, each, link) for each, link in marked.items())
        return (one.start, one.end) not in taken and not is_followed and without not in [each.id for each in marked]

    def _is_followed(self, calendar: Calendar, event: RemoteEvent, whose: Appointment, link: RemoteLink) -> bool:
        """Whether it is the event that we wrote, and a delivery brings it in line, or has taken it away."""
        is_near = link.container == calendar.remote_id or calendar.member_id != whose.hosts[0]
        if event.id != link.remote_id or event.recurrence or not is_near:
            return False
        question, account = whose.question, self._tables.accounts.get(link.account_id) if link.account_id else None
        effect = self._tables.effects.get((whose.id, EffectKind.EVENT))
        is_impossible = question is not None and question.kind is QuestionKind.COLLIDES and question.theirs is None
        return link.state is LinkState.REMOVED or (
            account is not None
            and account.account.status is AccountStatus.ACTIVE
            and not (effect is not None and effect.effect.is_dead)
            and (whose.is_live or whose.status is AppointmentStatus.CANCELLED)
            and not is_impossible
        )

    def get(self, actor: Actor, calendar_id: UUID, event_id: str) -> RemoteEvent:
        if calendar_id not in [row.calendar.id for row in self._tables.own_calendars(actor)]:
            raise NotFound
        row = self._tables.events.get(calendar_id, {}).get(event_id)
        if row is None:
            raise NotFound
        return row.event

    def unreadable(self, actor: Actor, *, limit: int) -> Mapping[UUID, Sequence[RemoteEvent]]:
        found: dict[UUID, list[RemoteEvent]] = {}
        for calendar_id in [row.calendar.id for row in self._tables.own_calendars(actor)]:
            for event_id, row in sorted(self._tables.events.get(calendar_id, {}).items()):
                if row.trouble is not None and sum(map(len, found.values())) < limit:
                    found.setdefault(calendar_id, []).append(replace(row.event, id=event_id, problem=row.trouble))
        return found

    def _touching(self, calendar_id: UUID, window: Interval) -> list[Occurrence]:
        preferences = self._tables.schedules.get(self._tables.calendars[calendar_id].calendar.member_id)
        left_open = preferences.left_open if preferences else frozenset()
        return [
            one._replace(blocks=one.blocks and one.certainty not in left_open)
            for occurrences in self._tables.occurrences.get(calendar_id, {}).values()
            for one in occurrences
            if one.start < window.end and one.end > window.start
        ]


def _entry(calendar: Calendar, event: RemoteEvent, occurrence: Occurrence) -> AgendaEntry:
    return AgendaEntry(
        occurrence=occurrence,
        calendar_name=calendar.name,
        is_linked=calendar.role is Role.LINKED,
        title=event.title,
        shows_as=event.shows_as,
        kind=event.kind,
        is_private=event.is_private,
        is_all_day=isinstance(event.start, AllDay),
        calendar_id=calendar.id,
        response=event.response,
        link=event.link,
        is_own=event.is_own,
        repeats=bool(event.recurrence) or event.series_id is not None,
        join_url=event.join_url,
    )
