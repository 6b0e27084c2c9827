"""What strangers could send to the buttons under messages about trouble, and what they would reach of Ana's."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.clients.system import new_id
from bot.domain.appointments import Appointment
from bot.domain.calendars import SyncClaim
from bot.domain.cards import PostedCard
from bot.domain.events import EventStatus, Occurrence, RemoteEvent, Timed
from bot.domain.recurrence import Expansion
from bot.domain.sync_plan import ExpandedEvent
from bot.ports import UnitOfWork

LANDINGS = (
    "move {hers.landing} 1 1 {hers.start}",
    "keep {hers.landing} 1 0 0",
    "keep {hers.landing} 0 0 0",
    "keep {hers.appointment} 1 0 0",
    "x",
)


def a_landing(work: UnitOfWork, claim: SyncClaim, appointment: Appointment, title: str, now: datetime) -> UUID:
    """An event on an appointment, of which its host was told."""
    start = Timed(appointment.starts_at, "Europe/Berlin")
    end = Timed(appointment.ends_at, "Europe/Berlin")
    event = RemoteEvent("e2", EventStatus.CONFIRMED, title=title, start=start, end=end)
    work.events.upsert(claim, [event], generation=claim.generation + 1)
    there = Occurrence(*appointment.span, "e2", "e2", blocks=True)
    work.events.expand(claim, [ExpandedEvent("e2", Expansion((there,)))])
    work.landings.notice(replace(claim.calendar, read_at=now), now)
    batch = work.landings.claim(now, new_id, limit=10)
    assert batch is not None
    work.landings.posted(batch, PostedCard("D0", "1.1"))
    return batch.id
