"""What a member's Home shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bot.domain.connections import Status
from bot.domain.digests import Digest
from bot.domain.events import AgendaEntry, Response
from bot.domain.intervals import Interval
from bot.domain.join_links import AgendaAppointment
from bot.domain.people import Member
from bot.domain.reading_habits import EVERYBODYS, Habits
from bot.domain.shades import Shade


@dataclass(frozen=True, slots=True)
class Home:
    """A member's day, and how everything he connected is doing.

    Args:
        slack_user_id: whose Home it is.
        zone: the member's own, in which `today` is the date.
        window: the instants that today lasts.
        chosen: the only calendar of which entries are shown, or None for all.
        appointments: that he hosts today, live and settled, by start.
        following: the one that he hosts next, or is in now, within the days that are looked ahead: an appointment
            booked in Daybook, or a meeting with a contact in Google.
        digests: that concern him.
        paused_by: who paused those of them that somebody paused, by the id of the digest.
        support: where people write who need help, an address of the web or of mail; empty where nobody said.
        habits: how the member reads times.
    """

    status: Status
    slack_user_id: str
    zone: str
    today: date
    window: Interval
    entries: tuple[AgendaEntry, ...]
    chosen: UUID | None = None
    appointments: tuple[AgendaAppointment, ...] = ()
    following: AgendaAppointment | AgendaEntry | None = None
    digests: tuple[Digest, ...] = ()
    paused_by: Mapping[UUID, Member] = field(default_factory=dict)
    support: str = ""
    habits: Habits = EVERYBODYS

    @property
    def following_span(self) -> Interval | None:
        """When that is."""
        return span_of(self.following) if self.following is not None else None


def following_of(
    appointments: Iterable[AgendaAppointment], entries: Iterable[AgendaEntry]
) -> AgendaAppointment | AgendaEntry | None:
    """What comes first of appointments and of meetings with contacts in Google; None where there is neither.

    Whole days begin at no moment, and what the owner has Daybook pass over, or declined, is no meeting of his.
    """
    meetings: list[AgendaAppointment | AgendaEntry] = [
        one
        for one in entries
        if one.shade is Shade.BLUE and not (one.is_all_day or one.is_ignored) and one.response is not Response.DECLINED
    ]
    return min([*appointments, *meetings], key=span_of, default=None)


def span_of(one: AgendaAppointment | AgendaEntry) -> Interval:
    """When an appointment or a meeting is."""
    return one.appointment.span if isinstance(one, AgendaAppointment) else one.occurrence.span
