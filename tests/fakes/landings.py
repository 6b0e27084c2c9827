"""An in-memory repository of events that landed on appointments, with the semantics of `bot.ports`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar
from bot.domain.cards import PostedCard
from bot.domain.effects import EffectKind
from bot.domain.errors import NotFound
from bot.domain.events import Certainty, Occurrence
from bot.domain.intervals import Interval, overlaps
from bot.domain.landings import (
    LANDING_LEASE,
    Landing,
    LandingBatch,
    LandingNow,
    LandingState,
    accepted,
    distinct,
    lands_again,
    lands_unasked,
    state_now,
)
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from bot.ports import NewId
from tests.fakes.landing_rows import BatchRow, LandingRow
from tests.fakes.tables import Tables, aware

_Key = tuple[UUID, UUID, str, int]
_SAYS_WHEN = (LandingState.TOLD, LandingState.KEPT, LandingState.MOVED)
_WERE_TOLD = (LandingState.TOLD, LandingState.KEPT)
_UNTOLD = (LandingState.KNOWN, LandingState.WAITING)


class FakeLandings:
    """Implements `ports.Landings`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def accept(self, appointment: Appointment, *, unasked: Collection[UUID] = ()) -> None:
        if not appointment.is_live:
            return
        for row in list(self._tables.calendars.values()):
            for landing in self._longest(row.calendar, appointment):
                self._accept(landing, appointment, is_asked=landing.member_id not in unasked)
        for told in list(self._tables.landings.values()):
            is_its_own = told.landing.appointment_id == appointment.id
            if is_its_own and told.landing.state in _SAYS_WHEN:
                self._end(told, told.landing.state)

    def _accept(self, landing: Landing, appointment: Appointment, *, is_asked: bool) -> None:
        known = self._tables.landings.get(_key(landing))
        if known is None:
            fresh = replace(landing, state=LandingState.KNOWN if is_asked else LandingState.WAITING)
            self._tables.landings[_key(landing)] = LandingRow(fresh, appointment.changed_at)
        elif is_asked:
            state = accepted(known.landing, appointment.span)
            if state is not known.landing.state:
                self._end(known, state)
            if not state.is_open:
                self._grow(landing)
        elif lands_unasked(known.landing, appointment.span):
            self._tables.landings[_key(landing)] = LandingRow(landing, appointment.changed_at)

    def notice(self, calendar: Calendar, now: datetime, *, tells: bool = True) -> int:
        fresh = 0
        state = LandingState.WAITING if tells else LandingState.KNOWN
        for stored in list(self._tables.appointments.values()):
            for landing in self._longest(calendar, stored.appointment):
                if min(stored.appointment.span.end, landing.span.end) <= epoch(now):
                    continue
                known = self._tables.landings.get(_key(landing))
                if known is None or lands_again(known.landing, stored.appointment.span):
                    self._tables.landings[_key(landing)] = LandingRow(replace(landing, state=state), aware(now))
                    fresh += 1
                elif known.landing.state is LandingState.GONE and known.batch_id is not None:
                    self._end(known, LandingState.TOLD)
                elif not known.landing.state.is_open:
                    self._grow(landing)
        return fresh

    def has_due(self, now: datetime) -> bool:
        if any(self._is_stale(row, now) for row in self._tables.landing_batches.values()):
            return True
        return any(
            self._state(row, now) is not row.landing.state
            or (row.landing.state is LandingState.WAITING and row.due_at <= now)
            for row in self._open()
        )

    def settle(self, now: datetime) -> int:
        ended = [(row, self._state(row, now)) for row in self._open()]
        ended = [(row, state) for row, state in ended if state is not row.landing.state]
        # What a message tells of is replaced first: there may be one such for several.
        ended.sort(key=lambda each: each[0].batch_id is None)
        replaced = 0
        for row, state in ended:
            other = self._same_meeting(row.landing, now) if state is LandingState.GONE else None
            if other is not None:
                self._replace(row, other)
                replaced += 1
            elif row.batch_id is None:
                del self._tables.landings[_key(row.landing)]
            else:
                self._end(row, state)
        return len(ended) - replaced

    def claim(self, now: datetime, new_id: NewId, *, limit: int) -> LandingBatch | None:
        waiting = [row for row in self._open() if row.landing.state is LandingState.WAITING and row.due_at <= now]
        if not waiting:
            return None
        waiting.sort(key=_order)
        host = waiting[0].landing.member_id
        own = [row.landing for row in waiting if row.landing.member_id == host][:limit]
        told, repeated = distinct(own, [one for one in self._standing(_WERE_TOLD, now) if one.member_id == host])
        for landing in repeated:
            self._put(landing, state=LandingState.KNOWN)
        if not told:
            return self.claim(now, new_id, limit=limit)
        batch = LandingBatch(new_id(), own[0].workspace_id, host, ())
        self._tables.landing_batches[batch.id] = BatchRow(batch, aware(now))
        for number, landing in enumerate(told, start=1):
            self._put(landing, batch.id, state=LandingState.TOLD, number=number)
        return self._read(batch.id)

    def release(self, batch: LandingBatch, due_at: datetime) -> None:
        for row in list(self._tables.landings.values()):
            if row.batch_id == batch.id:
                del self._tables.landings[_key(row.landing)]
            if row.batch_id == batch.id and row.landing.state.is_open:
                landing = replace(row.landing, state=LandingState.WAITING, number=None)
                self._tables.landings[_key(landing)] = LandingRow(landing, aware(due_at))
        self._tables.landing_batches.pop(batch.id, None)

    def posted(self, batch: LandingBatch, posted: PostedCard) -> None:
        row = self._tables.landing_batches.get(batch.id)
        if row is not None:
            self._tables.landing_batches[batch.id] = replace(row, batch=replace(row.batch, posted=posted))

    def batch(self, actor: Actor, batch_id: UUID) -> LandingBatch:
        row = self._tables.landing_batches.get(batch_id)
        if row is None or (row.batch.workspace_id, row.batch.member_id) != (actor.workspace_id, actor.member_id):
            raise NotFound
        return self._read(batch_id)

    def end(self, landings: Sequence[Landing], state: LandingState) -> None:
        for landing in landings:
            row = self._tables.landings.get(_key(landing))
            if row is not None and row.landing.state.is_open:
                self._end(row, state)

    def claim_stale(self, now: datetime, *, limit: int) -> Sequence[LandingBatch]:
        stale = [row for row in self._tables.landing_batches.values() if self._is_stale(row, now)][:limit]
        for row in stale:
            self._tables.landing_batches[row.batch.id] = replace(row, lease_until=aware(now) + LANDING_LEASE)
        return [self._read(row.batch.id) for row in stale]

    def shown(self, batch: LandingBatch) -> None:
        row = self._tables.landing_batches.get(batch.id)
        if row is not None and row.shown <= batch.wanted:
            self._tables.landing_batches[batch.id] = replace(row, shown=batch.wanted, lease_until=None)

    def give_up(self, batch: LandingBatch) -> None:
        row = self._tables.landing_batches.get(batch.id)
        if row is not None:
            given_up = replace(row, batch=replace(row.batch, posted=None), shown=row.batch.wanted, lease_until=None)
            self._tables.landing_batches[batch.id] = given_up

    def forget(self, before: datetime) -> int:
        passed = [
            key
            for key, row in self._tables.landings.items()
            if self._tables.appointments[row.landing.appointment_id].appointment.span.end < epoch(before)
        ]
        for key in passed:
            del self._tables.landings[key]
        full = {row.batch_id for row in self._tables.landings.values()}
        for batch_id, batch in list(self._tables.landing_batches.items()):
            if batch.sent_at < before and batch_id not in full:
                del self._tables.landing_batches[batch_id]
        return len(passed)

    def _longest(self, calendar: Calendar, appointment: Appointment) -> Iterator[Landing]:
        """Each overlap once; of what is told of twice, as of a series, the longer."""
        landed = sorted(self._landed(calendar, appointment), key=lambda landing: landing.span.end)
        yield from {_key(landing): landing for landing in landed}.values()

    def _landed(self, calendar: Calendar, appointment: Appointment) -> Iterator[Landing]:
        if calendar.member_id not in appointment.hosts or not appointment.is_live:
            return
        link = self._tables.remote_links.get((appointment.id, EffectKind.EVENT))
        for one in self._happening(calendar):
            event = self._tables.events[calendar.id][one.event_id].event
            is_its_own = link is not None and link.ical_uid != "" and link.ical_uid == event.ical_uid
            if overlaps((one.start, one.end), appointment.span) and not is_its_own:
                yield Landing(
                    appointment_id=appointment.id,
                    workspace_id=appointment.workspace_id,
                    member_id=calendar.member_id,
                    calendar_id=calendar.id,
                    series_id=one.series_id,
                    event_id=one.event_id,
                    span=Interval(one.start, one.end),
                    version=appointment.version,
                    ical_uid=event.ical_uid,
                )

    def _happening(self, calendar: Calendar) -> Iterator[Occurrence]:
        """What takes its owner's time, by his own decisions."""
        chosen = self._tables.schedules.get(calendar.member_id)
        left_open = chosen.left_open if chosen is not None else frozenset[Certainty]()
        for stored in self._tables.occurrences.get(calendar.id, {}).values():
            yield from (one for one in stored if one.blocks and one.certainty not in left_open)

    def _open(self) -> list[LandingRow]:
        return [row for row in self._tables.landings.values() if row.landing.state.is_open]

    def _state(self, row: LandingRow, now: datetime) -> LandingState:
        landing = row.landing
        appointment = self._tables.appointments[landing.appointment_id].appointment
        calendar = self._tables.calendars.get(landing.calendar_id)
        ends = [
            one.end
            for one in (self._happening(calendar.calendar) if calendar is not None else ())
            if (one.series_id, one.start) == (landing.series_id, landing.span.start)
        ]
        event = Interval(landing.span.start, max(ends)) if ends else None
        return state_now(landing, LandingNow(appointment.span, appointment.is_live, event), now)

    def _standing(self, states: Collection[LandingState], now: datetime) -> list[Landing]:
        """Those in these states whose event still takes the appointment's time."""
        rows = [row for row in self._tables.landings.values() if row.landing.state in states]
        return [row.landing for row in rows if self._state(row, now) is row.landing.state]

    def _same_meeting(self, gone: Landing, now: datetime) -> Landing | None:
        """The same in another calendar of the host, of which he was not told there."""
        if gone.meeting is None:
            return None
        found = [one for one in self._standing(_UNTOLD, now) if one.meeting == gone.meeting]
        return min((one for one in found if _key(one) != _key(gone)), key=_key, default=None)

    def _replace(self, gone: LandingRow, other: Landing) -> None:
        """The message tells of the other in its place."""
        del self._tables.landings[_key(gone.landing)]
        instead = replace(other, state=gone.landing.state, number=gone.landing.number)
        self._tables.landings[_key(other)] = replace(gone, landing=instead)
        self._end(self._tables.landings[_key(other)], gone.landing.state)

    def _end(self, row: LandingRow, state: LandingState) -> None:
        self._put(row.landing, row.batch_id, state=state, number=row.landing.number)
        if row.batch_id is not None:
            told = self._tables.landing_batches[row.batch_id]
            wanted = replace(told.batch, wanted=told.batch.wanted + 1)
            self._tables.landing_batches[row.batch_id] = replace(told, batch=wanted)

    def _grow(self, landing: Landing) -> None:
        """It is known to take that time now."""
        row = self._tables.landings[_key(landing)]
        self._tables.landings[_key(landing)] = replace(row, landing=replace(row.landing, span=landing.span))

    def _put(
        self, landing: Landing, batch_id: UUID | None = None, *, state: LandingState, number: int | None = None
    ) -> None:
        row = self._tables.landings[_key(landing)]
        changed = replace(landing, state=state, number=number)
        self._tables.landings[_key(landing)] = replace(row, landing=changed, batch_id=batch_id)

    def _read(self, batch_id: UUID) -> LandingBatch:
        own = [row.landing for row in self._tables.landings.values() if row.batch_id == batch_id]
        own.sort(key=lambda landing: landing.number or 0)
        return replace(self._tables.landing_batches[batch_id].batch, landings=tuple(own))

    def _is_stale(self, row: BatchRow, now: datetime) -> bool:
        is_held = row.lease_until is not None and row.lease_until > now
        return row.shown < row.batch.wanted and not is_held and row.batch.posted is not None


def _key(landing: Landing) -> _Key:
    return landing.appointment_id, landing.calendar_id, landing.series_id, landing.span.start


def _order(row: LandingRow) -> tuple[object, ...]:
    landing = row.landing
    return (landing.member_id, landing.span.start, *_key(landing))
