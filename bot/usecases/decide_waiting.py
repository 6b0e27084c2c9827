"""Finds out what decisions about events hang on: who is a colleague, and where meetings went to."""

import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.calendars import Calendar, EventStyle, Role
from bot.domain.errors import AccessLost, CalendarGone, CredentialRefused, DaybookError, LeaseLost
from bot.domain.polling import LEASE
from bot.domain.taken import MarkedEvent, TakenAppointment
from bot.domain.wall_time import epoch
from bot.ports import Clock, EventCopies, Store
from bot.usecases.decide_events import DecideEvents
from bot.usecases.know_team import known_team
from bot.usecases.learn_colleagues import LearnColleagues

PAUSE = timedelta(seconds=30)
"""How long a calendar is left alone in which something could not be decided."""
_CALENDARS_AT_ONCE = 20
_EVENTS_AT_ONCE = 500
# Slack lets itself be asked fifty times a minute.
_PEOPLE_AT_ONCE = 40
_MEETINGS_AT_ONCE = 3
_PLACES_AT_MOST = 25
_AT_MOST = timedelta(seconds=10)
"""How long a run may take, about: the next one goes on with those that wait longest."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _LookedFor:
    """Meetings that went: found nowhere, or where they are no appointments; the others wait.

    `has_more` where some were not looked for yet, and there is nothing to wait for.
    """

    missing: set[UUID] = field(default_factory=set)
    moved: set[UUID] = field(default_factory=set)
    has_more: bool = False


class DecideWaiting:
    """The job `decide_events`; any number of processes may run it.

    Slack and Google are asked outside any transaction and without a claim. What they did not answer waits, and the
    calendar is left alone for a while.
    """

    def __init__(
        self, store: Store, decide: DecideEvents, learn: LearnColleagues, copies: EventCopies, clock: Clock
    ) -> None:
        self._store = store
        self._decide = decide
        self._learn = learn
        self._copies = copies
        self._clock = clock
        self._reached: dict[UUID, tuple[int, UUID]] = {}

    def __call__(self) -> int:
        """How many calendars were looked at."""
        until, looked_at = self._clock.now() + _AT_MOST, 0
        with self._store.reading() as work:
            waiting = work.taken.waiting(self._clock.now(), limit=_CALENDARS_AT_ONCE)
        for calendar in waiting:
            if looked_at and self._clock.now() >= until:
                break
            looked_at += 1
            self._leave_alone(calendar)  # ahead of all, so that what fails again and again does not stand in the way
            try:
                self._look_up(calendar)
                self._decide_all(calendar, self._look_for(calendar, until))
            except (DaybookError, ValueError, OverflowError):
                _log.exception("a calendar could not be decided", extra={"calendar": str(calendar.id)})
        return looked_at

    def _leave_alone(self, calendar: Calendar) -> None:
        with self._store.writing() as work:
            work.taken.leave_alone(calendar.id, self._clock.now() + PAUSE)
            work.commit()

    def _look_up(self, calendar: Calendar) -> None:
        """Ask Slack about the addresses of which nobody knows; some of them, if they are many."""
        now, unknown = self._clock.now(), set[str]()
        after: str | None = ""
        with self._store.reading() as work:
            while after is not None and len(unknown) < _PEOPLE_AT_ONCE:
                marked: Collection[MarkedEvent] = work.taken.marked(calendar, after=after, limit=_EVENTS_AT_ONCE)
                events = [one.event for one in marked]
                unknown |= known_team(work, calendar, events, now).unanswered
                after = events[-1].id if len(events) == _EVENTS_AT_ONCE else None
        if unknown:
            self._learn(calendar, unknown)

    def _look_for(self, calendar: Calendar, until: datetime) -> _LookedFor:
        """Look for meetings that went: a move to another calendar looks like a deletion."""
        looked_for, now = _LookedFor(), epoch(self._clock.now())
        with self._store.reading() as work:
            left = [one.taken for one in work.taken.left(calendar) if not one.is_elsewhere]
            places = [calendar, *work.taken.neighbours(calendar, limit=_PLACES_AT_MOST)]
        gone = [one for one in left if not one.is_cancelled and not one.is_over(now)]
        turn = self._turn(calendar, gone)
        looked_for.has_more = len(turn) > _MEETINGS_AT_ONCE
        for number, taken in enumerate(turn[:_MEETINGS_AT_ONCE]):
            if number and self._clock.now() >= until:
                looked_for.has_more = True
                break
            self._reached[calendar.id] = _place_in_turn(taken)
            try:
                place = self._place(taken, places)
            except DaybookError:
                # Nobody can say for now, be it that Google is down or that the account cannot be used.
                looked_for.has_more = False
                break
            if place is None:
                looked_for.missing.add(taken.id)
            elif place.role is not Role.LINKED or place.option.event_style is EventStyle.BLOCKED:
                looked_for.moved.add(taken.id)
        return looked_for

    def _turn(self, calendar: Calendar, gone: Sequence[TakenAppointment]) -> Sequence[TakenAppointment]:
        """Those behind the one that was looked for last; all of them, once the end is reached."""
        reached = self._reached.pop(calendar.id, None)
        in_order = sorted(gone, key=_place_in_turn)
        behind = [one for one in in_order if reached is None or _place_in_turn(one) > reached]
        return behind or in_order

    def _place(self, taken: TakenAppointment, places: Collection[Calendar]) -> Calendar | None:
        """Where it is now; raises `DaybookError` where nobody can say."""
        for place in places:
            # Whoever cannot read a calendar any more cannot have moved anything there either.
            with suppress(AccessLost, CalendarGone, CredentialRefused):
                if self._copies.with_uid(place.account_id, place.remote_id, taken.ical_uid) is not None:
                    return place
        return None

    def _decide_all(self, calendar: Calendar, looked_for: _LookedFor) -> None:
        with self._store.writing() as work:
            claims = work.calendars.claim_these([calendar.id], self._clock.now(), lease=LEASE)
            work.commit()
        for claim in claims:
            with suppress(LeaseLost):
                self._decide(claim, looked_for.missing, looked_for.moved)
                with self._store.writing() as work:
                    work.calendars.keep(claim, self._clock.now())
                    is_done = not work.taken.marked(calendar, after="", limit=1) and not work.taken.left(calendar)
                    if is_done or looked_for.has_more:
                        work.taken.leave_alone(calendar.id, self._clock.now())
                    work.commit()


def _place_in_turn(taken: TakenAppointment) -> tuple[int, UUID]:
    return taken.original, taken.id
