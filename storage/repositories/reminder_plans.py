"""What members want to be reminded of, and which meetings that concerns by now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from bot.domain.event_fixes import openable
from bot.domain.intervals import Interval
from bot.domain.join_links import venue_of_link
from bot.domain.occasions import BookedIn
from bot.domain.people import Actor
from bot.domain.reminder_planning import Coming, Over
from bot.domain.reminder_telling import MeetingNow
from bot.domain.reminders import ASKED_WITHIN, USUAL_CHOICE, USUAL_MINUTES, Reminder, ReminderChoice
from bot.domain.wall_time import MINUTE
from storage.repositories.locks import lock_member
from storage.repositories.reminder_queries import BOOKED_SOON, ENDED, TAKEN_SOON, WITHOUT_REMINDERS
from storage.repositories.reminder_taken import CALLED_OFF, TAKEN_NOW, TAKEN_THEN
from storage.repositories.taken_rows import taken_from
from storage.repositories.upserts import insert as insert_or_leave
from storage.repositories.upserts import upsert
from storage.tables import (
    REMINDER_CHOICES,
    REMINDER_MINUTES,
    REMINDINGS,
)
from storage.text import storable


class ReminderPlans:
    """The part of `ports.Reminders` that says what is due; each one that was made is in its child."""

    _connection: Connection

    def choice(self, member_id: UUID) -> ReminderChoice:
        """What a member decided; the usual where he did not."""
        row = self._connection.execute(
            select(REMINDER_CHOICES).where(REMINDER_CHOICES.c.member_id == member_id)
        ).one_or_none()
        if row is None:
            return USUAL_CHOICE
        minutes = self._connection.scalars(
            select(REMINDER_MINUTES.c.minutes)
            .where(REMINDER_MINUTES.c.member_id == member_id)
            .order_by(REMINDER_MINUTES.c.minutes.desc())
        )
        return ReminderChoice(
            tuple(minutes), row.channel_id, row.channel_name, row.shows_titles, row.asks_after, row.problem
        )

    def choose(self, actor: Actor, choice: ReminderChoice, now: datetime) -> None:
        """Keep the actor's own; what was due before `now` is not made up for."""
        lock_member(self._connection, actor)
        values = {
            "since_at": _second(now),
            "channel_id": choice.channel_id,
            "channel_name": storable(choice.channel_name),
            "shows_titles": choice.shows_titles,
            "asks_after": choice.asks_after,
            "problem": storable(choice.problem),
        }
        statement = upsert(self._connection.dialect.name, REMINDER_CHOICES, by=("member_id",), updating=tuple(values))
        own = {"member_id": actor.member_id, "workspace_id": actor.workspace_id}
        self._connection.execute(statement, own | values)
        self._connection.execute(delete(REMINDER_MINUTES).where(REMINDER_MINUTES.c.member_id == actor.member_id))
        if choice.minutes:
            rows = [{"member_id": actor.member_id, "minutes": minutes} for minutes in choice.minutes]
            self._connection.execute(insert(REMINDER_MINUTES), rows)

    def note_problem(self, member_id: UUID, channel_id: str, problem: str) -> None:
        """Why his channel could not be posted in, if it is still the one that he chose; empty where it could."""
        of_his = REMINDER_CHOICES.c.member_id == member_id, REMINDER_CHOICES.c.channel_id == channel_id
        told = storable(problem)
        self._connection.execute(
            update(REMINDER_CHOICES).where(*of_his, REMINDER_CHOICES.c.problem != told).values(problem=told)
        )

    def has_begun(self) -> bool:
        """Whether there is no workspace that still has to begin."""
        return self._connection.execute(WITHOUT_REMINDERS.limit(1)).first() is None

    def begin(self, now: datetime) -> None:
        """Reminders count from `now` in workspaces that had none yet."""
        for workspace_id in self._connection.scalars(WITHOUT_REMINDERS).all():
            self._connection.execute(
                insert_or_leave(self._connection.dialect.name, REMINDINGS)
                .values(workspace_id=workspace_id, since_at=_second(now))
                .on_conflict_do_nothing()
            )

    def coming(self, now: datetime, *, limit: int) -> Sequence[Coming]:
        """Starts of which a host is to be reminded by now, and for which nothing is entered, by start."""
        asked = {"now": _second(now), "until": _second(now) + self._longest() * MINUTE}
        found = [
            _coming(row, booked_in)
            for query, booked_in in ((BOOKED_SOON, BookedIn.DAYBOOK), (TAKEN_SOON, BookedIn.GOOGLE))
            for row in self._connection.execute(query.limit(limit), asked)
        ]
        return sorted(found, key=lambda one: (one.span, one.subject, one.member_id, -one.minutes))[:limit]

    def over(self, now: datetime, *, limit: int) -> Sequence[Over]:
        """Confirmed appointments with contacts that ended within a day, by their end."""
        asked = {"now": _second(now), "earliest": _second(now - ASKED_WITHIN)}
        return [
            Over(
                row.workspace_id,
                row.host_id,
                row.id,
                row.version,
                Interval(row.start_at, row.end_at),
                asks_after=row.asks_after is None or bool(row.asks_after),
            )
            for row in self._connection.execute(ENDED.limit(limit), asked)
        ]

    def meeting(self, reminder: Reminder) -> MeetingNow | None:
        """A meeting taken from Google, at the time that the reminder is for; see the port."""
        asked = {"subject": reminder.subject, "start": reminder.span.start, "member": reminder.member_id}
        # Of what was not said yet, a changed time has a reminder of its own.
        queries = (TAKEN_THEN, *TAKEN_NOW) if reminder.posted is not None else (TAKEN_THEN,)
        for query in queries:
            if rows := self._connection.execute(query, asked).all():
                return self._meeting(rows[0], Interval(rows[0].happens_at, rows[0].happens_until))
        if reminder.posted is None or not (off := self._connection.execute(CALLED_OFF, asked).all()):
            return None
        [taken] = taken_from(self._connection, off)
        # Whether it was private is not known any more.
        return MeetingNow(
            title=taken.title,
            span=reminder.span,
            version=taken.version,
            hosts=taken.hosts or (reminder.member_id,),
            is_private=True,
            is_cancelled=True,
        )

    def _meeting(self, row: Row[Any], span: Interval) -> MeetingNow:
        [taken] = taken_from(self._connection, [row])
        return MeetingNow(
            title=taken.title,
            span=span,
            version=taken.version,
            hosts=taken.hosts,
            contacts=tuple(one.contact for one in taken.contacts),
            venue=venue_of_link(row.join_url),
            join_url=row.join_url,
            link=openable(row.link),
            is_private=row.is_private,
        )

    def _longest(self) -> int:
        longest = self._connection.scalar(select(func.max(REMINDER_MINUTES.c.minutes)))
        return max(USUAL_MINUTES, longest or 0)


def _second(at: datetime) -> int:
    """The epoch second that has begun."""
    return int(at.timestamp())


def _coming(row: Row[Any], booked_in: BookedIn) -> Coming:
    return Coming(
        workspace_id=row.workspace_id,
        member_id=row.host_id,
        subject=row.id,
        booked_in=booked_in,
        version=row.version,
        span=Interval(row.start_at, row.end_at),
        made_at=row.made_at,
        known_at=row.known_at,
        minutes=row.minutes,
        channel_id=row.channel_id or "",
        since=max(row.begun_at, row.chosen_at or 0),
    )
