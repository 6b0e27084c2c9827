"""The questions about losses that are held back: told to the calendar's owner once, and ended by his word."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, literal, or_, select, update

from bot.domain.calendars import Calendar
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from storage.repositories.calendar_rows import SELECT_CALENDARS, calendar_from, due_from
from storage.repositories.locks import lock_own_calendar
from storage.tables import CALENDARS
from storage.types import UtcDateTime

NO_FUSE: dict[str, object] = {
    "fuse_number": None,
    "fuse_gone": None,
    "fuse_coming": None,
    "fuse_approved": False,
    "fuse_asked_at": None,
    "fuse_ask_at": None,
}


class Fuses:
    """The part of `ports.Calendars` about losses that wait for their owner's word."""

    _connection: Connection

    def claim_question(self, now: datetime) -> Calendar | None:
        """A calendar whose owner was not asked yet, handed to exactly one caller, who asks."""
        unasked = (
            select(CALENDARS.c.id)
            .where(
                CALENDARS.c.fuse_number.is_not(None),
                CALENDARS.c.fuse_approved.is_(False),
                or_(CALENDARS.c.fuse_asked_at.is_(None), CALENDARS.c.fuse_ask_at <= now),
            )
            .order_by(CALENDARS.c.id)
            .limit(1)
            .with_for_update(skip_locked=True, key_share=True)
        )
        calendar_id = self._connection.scalar(unasked)
        if calendar_id is None:
            return None
        asked = {
            "fuse_asked_at": func.coalesce(CALENDARS.c.fuse_asked_at, literal(now, UtcDateTime())),
            "fuse_ask_at": None,
        }
        self._connection.execute(update(CALENDARS).where(CALENDARS.c.id == calendar_id).values(asked))
        return calendar_from(self._connection.execute(SELECT_CALENDARS.where(CALENDARS.c.id == calendar_id)).one())

    def release_question(self, calendar: Calendar, due_at: datetime, *, first_asked: datetime) -> None:
        """The owner could not be asked after all: somebody will try again, from then on; see the port."""
        if calendar.fuse is not None:
            self._connection.execute(
                update(CALENDARS)
                .where(
                    CALENDARS.c.id == calendar.id,
                    CALENDARS.c.fuse_number == calendar.fuse.number,
                    CALENDARS.c.fuse_asked_at > first_asked,
                )
                .values(fuse_ask_at=due_at)
            )

    def answer_fuse(self, actor: Actor, calendar_id: UUID, number: int, *, removes: bool, now: datetime) -> Calendar:
        """The owner's word on what is held back; raises `NotFound` unless it is his and still waits for it.

        Args:
            actor: who says it.
            calendar_id: of a calendar of his own.
            number: the question's.
            removes: True lets the next sync remove, False has everything read from the start first.
            now: when the calendar becomes due.
        """
        waits = (CALENDARS.c.fuse_number == number, CALENDARS.c.fuse_approved.is_(False))
        if not lock_own_calendar(self._connection, actor, calendar_id, *waits):
            raise NotFound("That was answered already, or Google lists the events again. Nothing was changed.")
        # A sync that runs just now knows nothing of the answer: the fence lets it write nothing more.
        values: dict[str, object] = {"next_sync_at": due_from(now), "fence": CALENDARS.c.fence + 1, "lease_until": None}
        values |= {"fuse_approved": True} if removes else NO_FUSE | {"sync_token": None}
        self._connection.execute(update(CALENDARS).where(CALENDARS.c.id == calendar_id).values(values))
        [row] = self._connection.execute(SELECT_CALENDARS.where(CALENDARS.c.id == calendar_id))
        return calendar_from(row)
