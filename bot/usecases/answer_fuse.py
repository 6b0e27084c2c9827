"""The owner's word on a loss that was held back."""

from uuid import UUID

from bot.domain.calendars import Calendar
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store


class AnswerFuse:
    """*Yes* lets the next sync remove what is gone, *No* has the calendar read from the start first."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, calendar_id: UUID, number: int, *, removes: bool) -> Calendar:
        """The calendar, which is due now.

        Raises `NotFound` unless it is the actor's own and this very question still waits for an answer: a second
        press, or one after the events came back, changes nothing.
        """
        require_full_member(actor)
        with self._store.writing() as work:
            calendar = work.calendars.answer_fuse(actor, calendar_id, number, removes=removes, now=self._clock.now())
            work.commit()
        return calendar
