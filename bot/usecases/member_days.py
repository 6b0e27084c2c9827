"""What an actor may see of a stretch of a member's time: his own with what is in it, another's as busy and free."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.agenda import one_calendar
from bot.domain.answers import Gathered
from bot.domain.calendars import Calendar
from bot.domain.events import AgendaEntry
from bot.domain.intervals import Interval, clip, merged
from bot.domain.join_links import AgendaAppointment
from bot.domain.people import Actor, Member
from bot.domain.permissions import may_see_titles, require_shared
from bot.domain.schedule import Schedule
from bot.ports import UnitOfWork
from bot.usecases.appointments_of import appointments_of
from bot.usecases.gather_times import gather, preferences_of


@dataclass(frozen=True, slots=True)
class MemberDays:
    """A member's days as the actor may see them.

    Args:
        schedule: by which his working time goes.
        calendars: the actor's own; of another member none.
        chosen: the one calendar that alone is shown.
        entries: the actor's own events.
        busy: when another member is busy.
        appointments: those that the actor hosts, and those that he booked with colleagues alone.
    """

    gathered: Gathered
    schedule: Schedule
    calendars: tuple[Calendar, ...]
    chosen: UUID | None
    entries: tuple[AgendaEntry, ...]
    busy: tuple[Interval, ...]
    appointments: tuple[AgendaAppointment, ...]


def days_of(
    work: UnitOfWork, actor: Actor, member: Member, window: Interval, calendar_id: UUID | None, now: datetime
) -> MemberDays:
    """The days of `window`; an id of a calendar that is not the actor's shows all of his. Raises `NotAllowed`."""
    preferences = preferences_of(work, actor, [member])
    gathered = gather(work, actor, [member], preferences, window, 0, now)
    require_shared(gathered.withheld)
    schedule = preferences[member.id].schedule
    if not may_see_titles(actor, member.id):
        return MemberDays(gathered, schedule, (), None, (), _busy(gathered, window), ())
    calendars = tuple(work.calendars.of(actor))
    chosen, entries = one_calendar(work.events.agenda(actor, window), calendars, calendar_id)
    booked = appointments_of(work, actor, window, now, calendars, chosen, even_booked=True)
    return MemberDays(gathered, schedule, calendars, chosen, entries, (), booked)


def _busy(gathered: Gathered, window: Interval) -> tuple[Interval, ...]:
    taken = (span for time in gathered.times for span in (*time.busy, *time.appointments))
    return tuple(clip(merged(taken), window))
