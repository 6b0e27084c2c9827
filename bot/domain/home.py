"""What a member's Home shows."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.connections import Status
from bot.domain.digests import Digest
from bot.domain.events import AgendaEntry
from bot.domain.intervals import Interval
from bot.domain.join_links import AgendaAppointment


@dataclass(frozen=True, slots=True)
class Home:
    """A member's day, and how everything he connected is doing.

    Args:
        slack_user_id: whose Home it is.
        zone: the member's own, in which `today` is the date.
        window: the instants that today lasts.
        chosen: the only calendar of which entries are shown, or None for all.
        appointments: that he hosts today, live and settled, by start.
        following: the one that he hosts next, or is in now, within the days that are looked ahead.
        digests: that concern him.
        support: where people write who need help, an address of the web or of mail; empty where nobody said.
    """

    status: Status
    slack_user_id: str
    zone: str
    today: date
    window: Interval
    entries: tuple[AgendaEntry, ...]
    chosen: UUID | None = None
    appointments: tuple[AgendaAppointment, ...] = ()
    following: AgendaAppointment | None = None
    digests: tuple[Digest, ...] = ()
    support: str = ""
