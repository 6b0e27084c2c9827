"""An in-memory repository of events, with the semantics of `bot.ports`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.domain.calendars import EventStyle, Role, SyncClaim
from bot.domain.effects import LinkState
from bot.domain.events import (
    AllDay,
    Certainty,
    EventTime,
    Occurrence,
    RemoteEvent,
    Series,
    Timed,
)
from bot.domain.fuse import MOST_UNASKED
from bot.domain.people import Actor
from bot.domain.sync_plan import ExpandedEvent
from tests.fakes.event_reading import FakeEventReading
from tests.fakes.tables import EventRow, aware


class FakeEvents(FakeEventReading):
    """Implements `ports.Events`: what a sync writes, and what people set aside, besides the reading."""

    def upsert(self, claim: SyncClaim, events: Sequence[RemoteEvent], *, generation: int) -> None:
        calendar = self._tables.claimed(claim).calendar
        rows = self._rows(claim)
        is_linked = calendar.role is Role.LINKED
        decides_all = calendar.option.event_style is EventStyle.COLOURED
        for event in events:
            kept = event if is_linked else replace(event, invitees=(), created_at=None, join_url="")
            known = rows.get(event.id)
            rows[event.id] = EventRow(
                replace(kept, created_at=kept.created_at and kept.created_at.replace(microsecond=0)),
                generation,
                needs_expansion=True,
                trouble=event.problem,
                needs_decision=(is_linked and (decides_all or bool(event.invitees)))
                or (known is not None and known.needs_decision),
                shade=known.shade if known is not None else None,
                emails=known.emails if known is not None else (),
            )

    def remove(self, claim: SyncClaim, event_ids: Sequence[str], *, keeping: Collection[str] = ()) -> None:
        self._tables.claimed(claim)
        self._delete(claim, lambda row: row.event.series_id in event_ids and row.event.id not in keeping)
        self._delete(claim, lambda row: row.event.id in event_ids)

    def sweep(self, claim: SyncClaim, *, generation: int) -> int:
        self._tables.claimed(claim)
        return self._delete(claim, lambda row: row.generation != generation)

    def forget_passed(self, claim: SyncClaim, before: datetime) -> None:
        self._tables.claimed(claim)
        last = before - timedelta(days=1)
        self._delete(claim, lambda row: _is_single(row.event) and _is_over(row.event, last))

    def begin_full(self, claim: SyncClaim) -> int:
        row = self._tables.claimed(claim)
        row = replace(row, sync_token=None, generation=row.generation + 1)
        self._tables.calendars[claim.calendar.id] = row
        return row.generation

    def complete(self, claim: SyncClaim, *, sync_token: str, zone: str) -> None:
        row = self._tables.claimed(claim)
        if row.calendar.zone != zone:
            self._mark(claim, lambda row: not isinstance(row.event.start, Timed) or row.event.start.zone is None)
        calendar = replace(row.calendar, zone=zone, fuse=None)
        row = replace(row, sync_token=sync_token, calendar=calendar, fuse_asked_at=None)
        self._tables.calendars[claim.calendar.id] = row

    def losses(self, claim: SyncClaim, event_ids: Sequence[str], *, unmet_by: int | None, now: int) -> int:
        gone = [
            row.event.ical_uid
            for row in self._coming(claim, now)
            if row.event.id in event_ids or (unmet_by is not None and row.generation != unmet_by)
            if not self._is_taken_away(row.event)
        ]
        if len(gone) <= MOST_UNASKED:
            return len(gone)
        elsewhere = {
            self._tables.events[one.calendar.id][series_id].event.ical_uid
            for one in self._tables.calendars.values()
            if one.calendar.member_id == claim.calendar.member_id and one.calendar.id != claim.calendar.id
            for series_id, stored in self._tables.occurrences.get(one.calendar.id, {}).items()
            if any(_keeps_time(happening) and happening.end > now for happening in stored)
        }
        return sum(not uid or uid not in elsewhere for uid in gone)

    def coming(self, claim: SyncClaim, *, now: int, at_most: int) -> int:
        return min(sum(not self._is_taken_away(row.event) for row in self._coming(claim, now)), at_most)

    def unexpanded(self, claim: SyncClaim, *, limit: int) -> Sequence[Series]:
        rows = self._rows(claim)
        return self._roots(rows, [row.event for row in rows.values() if row.needs_expansion][:limit])

    def marked(self, claim: SyncClaim, *, after: str, limit: int) -> tuple[Sequence[Series], str | None]:
        rows = self._rows(claim)
        ids = sorted(event_id for event_id, row in rows.items() if row.needs_expansion and event_id > after)
        page = [rows[event_id].event for event_id in ids[:limit]]
        return self._roots(rows, page), ids[limit - 1] if len(ids) > limit else None

    def widen(self, claim: SyncClaim, expanded: Sequence[ExpandedEvent]) -> None:
        self._tables.claimed(claim)
        stored = self._tables.occurrences.setdefault(claim.calendar.id, {})
        for event_id, (occurrences, _) in expanded:
            is_ignored = (claim.calendar.id, event_id) in self._tables.ignored
            beside = {(one.start, one.event_id): one for one in stored.get(event_id, ())}
            for one in occurrences:
                old = beside.get((one.start, one.event_id))
                new = _heeded(one, is_ignored=is_ignored)
                beside[one.start, one.event_id] = new if old is None else _both(old, new)
            stored[event_id] = tuple(beside.values())

    def expand(self, claim: SyncClaim, expanded: Sequence[ExpandedEvent]) -> None:
        self._tables.claimed(claim)
        rows = self._rows(claim)
        stored = self._tables.occurrences.setdefault(claim.calendar.id, {})
        for event_id, (occurrences, problem) in expanded:
            for row in list(rows.values()):
                if event_id in (row.event.id, row.event.series_id):
                    # An exception stood alone while its master was not known.
                    stored.pop(row.event.id, None)
                    own = problem if row.event.id == event_id else None
                    trouble = row.event.problem if own is None else own
                    rows[row.event.id] = replace(row, needs_expansion=False, trouble=trouble)
            is_ignored = (claim.calendar.id, event_id) in self._tables.ignored
            kept = [_heeded(one, is_ignored=is_ignored) for one in occurrences]
            stored[event_id] = tuple({(one.start, one.event_id): one for one in kept}.values())

    def roll(self, claim: SyncClaim, until: datetime) -> None:
        row = self._tables.claimed(claim)
        horizon = row.expanded_until
        self._mark(claim, lambda row: horizon is None or _may_reach(row.event, horizon))
        self._tables.calendars[claim.calendar.id] = replace(row, expanded_until=aware(until))

    def _is_taken_away(self, event: RemoteEvent) -> bool:
        """Whether it is of an appointment, and we took it away ourselves."""
        links = self._tables.remote_links.values()
        removed = {link.ical_uid for link in links if link.state is LinkState.REMOVED and link.ical_uid}
        return event.ical_uid in removed

    def ignore(self, actor: Actor, calendar_id: UUID, series_id: str) -> None:
        self.get(actor, calendar_id, series_id)
        self._tables.ignored.add((calendar_id, series_id))
        self._set_blocking(calendar_id, series_id, lambda _event: False)
        stored = self._tables.occurrences.get(calendar_id, {})
        stored[series_id] = tuple(_heeded(one, is_ignored=True) for one in stored.get(series_id, ()))

    def unignore(
        self, actor: Actor, calendar_id: UUID, series_id: str, *, takes_time: Callable[[RemoteEvent], bool]
    ) -> None:
        self.get(actor, calendar_id, series_id)
        self._tables.ignored.discard((calendar_id, series_id))
        self._set_blocking(calendar_id, series_id, takes_time)

    def _set_blocking(self, calendar_id: UUID, series_id: str, takes_time: Callable[[RemoteEvent], bool]) -> None:
        events, stored = self._tables.events[calendar_id], self._tables.occurrences.get(calendar_id, {})
        stored[series_id] = tuple(
            one._replace(blocks=takes_time(events[one.event_id].event)) for one in stored.get(series_id, ())
        )

    def _roots(self, rows: Mapping[str, EventRow], marked: Sequence[RemoteEvent]) -> Sequence[Series]:
        roots = dict.fromkeys(
            event.series_id if event.series_id and event.series_id in rows else event.id for event in marked
        )
        return [self._series(rows, root) for root in roots]

    def _coming(self, claim: SyncClaim, now: int) -> list[EventRow]:
        stored = self._tables.occurrences.get(claim.calendar.id, {})
        rows = self._rows(claim).items()
        return [row for event_id, row in rows if any(one.end > now for one in stored.get(event_id, ()))]

    def _rows(self, claim: SyncClaim) -> dict[str, EventRow]:
        return self._tables.events.setdefault(claim.calendar.id, {})

    def _mark(self, claim: SyncClaim, which: Callable[[EventRow], bool]) -> None:
        rows = self._rows(claim)
        for event_id, row in rows.items():
            rows[event_id] = replace(row, needs_expansion=row.needs_expansion or which(row))

    def _delete(self, claim: SyncClaim, which: Callable[[EventRow], bool]) -> int:
        rows = self._rows(claim)
        gone = {row.event.id: row.event for row in rows.values() if which(row)}
        changed = {event.series_id for event in gone.values()}
        stored = self._tables.occurrences.setdefault(claim.calendar.id, {})
        for event_id in gone:
            del rows[event_id]
            place = self._tables.taken_places.get((claim.calendar.id, event_id))
            if place is not None:
                self._tables.taken_places[claim.calendar.id, event_id] = replace(place, is_gone=True)
            for happening in stored.pop(event_id, ()):
                if happening.event_id in rows:
                    # Its exception goes on without it.
                    alone = happening._replace(series_id=happening.event_id)
                    kept = [one for one in stored.get(alone.event_id, ()) if one.start != alone.start]
                    stored[alone.event_id] = (*kept, alone)
        self._mark(claim, lambda row: row.event.id in changed or row.event.series_id in gone)
        return len(gone)

    @staticmethod
    def _series(rows: Mapping[str, EventRow], root: str) -> Series:
        exceptions: dict[EventTime, RemoteEvent] = {}
        for row in rows.values():
            replaced = row.event.original_start or row.event.start
            if row.event.series_id == root != row.event.id and replaced is not None:
                exceptions[replaced] = row.event
        return Series(rows[root].event, exceptions)


def _both(old: Occurrence, new: Occurrence) -> Occurrence:
    """What blocks as much as the two together."""
    certainty = old.certainty if old.certainty == new.certainty else Certainty.SETTLED
    return new._replace(end=max(old.end, new.end), blocks=old.blocks or new.blocks, certainty=certainty)


def _heeded(one: Occurrence, *, is_ignored: bool) -> Occurrence:
    is_open = is_ignored and one.certainty is Certainty.COPY
    certainty = Certainty.SETTLED if is_open else one.certainty
    return one._replace(blocks=one.blocks and not is_ignored, certainty=certainty)


def _keeps_time(one: Occurrence) -> bool:
    return one.blocks or one.certainty is Certainty.COPY


def _may_reach(event: RemoteEvent, horizon: datetime) -> bool:
    """Whether the event may have occurrences behind the old horizon that were not told yet."""
    if event.recurrence or event.start is None:
        return bool(event.recurrence)
    if isinstance(event.start, AllDay):
        return event.start.day >= (horizon - timedelta(days=1)).date()
    return event.start.at >= horizon


def _is_single(event: RemoteEvent) -> bool:
    return event.series_id is None and not event.recurrence


def _is_over(event: RemoteEvent, last: datetime) -> bool:
    if isinstance(event.end, AllDay):
        return event.end.day < last.astimezone(UTC).date()
    return event.end is not None and event.end.at < last
