"""Google's calendars in memory, as far as appointments' events are concerned."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from bot.domain.effects import uid_of
from bot.domain.errors import CalendarGone, EventChanged, EventGone
from bot.domain.event_copies import CopyPlan, CopySeen, EventExists
from bot.domain.owned_fields import OwnedFields


@dataclass(frozen=True)
class Kept:
    """An event with those who are on it."""

    seen: CopySeen
    guests: tuple[str, ...] = ()


class Mailed(NamedTuple):
    """One mail of Google's."""

    kind: str
    to: str


def _nothing(_name: str) -> None:
    """Everything goes well."""


@dataclass
class FakeCopies:
    """Implements `ports.EventCopies`.

    `before` is told the name of each request ahead of the work and `after` once it is done: an error that either
    raises is what the caller gets. `lost` holds calendars that are not there any more.
    """

    events: dict[tuple[str, str], Kept] = field(default_factory=dict)
    mails: list[Mailed] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    before: Callable[[str], None] = _nothing
    after: Callable[[str], None] = _nothing
    meets_at_once: bool = True
    _etags: int = 0

    def insert(self, account_id: UUID, remote_id: str, event_id: str, plan: CopyPlan) -> CopySeen:
        self._begin("insert", remote_id)
        if (remote_id, event_id) in self.events:
            raise EventExists
        seen = CopySeen("", uid_of(event_id), plan.fields, str(plan.reference), link=f"https://google.test/{event_id}")
        guests = tuple(guest.email for guest in plan.guests)
        kept = self._put(remote_id, event_id, Kept(self._with(seen, plan), guests))
        self._mail("invitation" if plan.mails else "", guests)
        return self._end("insert", kept.seen)

    def get(self, account_id: UUID, remote_id: str, event_id: str) -> CopySeen:
        self._begin("get", remote_id, gone=EventGone())
        return self._end("get", self._event(remote_id, event_id).seen)

    def patch(self, account_id: UUID, remote_id: str, event_id: str, plan: CopyPlan, *, etag: str) -> CopySeen:
        self._begin("patch", remote_id, gone=EventGone())
        kept = self._event(remote_id, event_id)
        if kept.seen.etag != etag:
            raise EventChanged
        new = tuple(guest.email for guest in plan.guests if guest.email not in kept.guests)
        changed = Kept(self._with(replace(kept.seen, fields=plan.fields), plan), (*kept.guests, *new))
        if plan.mails:
            self._mail("update", kept.guests)
            self._mail("invitation", new)
        return self._end("patch", self._put(remote_id, event_id, changed).seen)

    def remove(self, account_id: UUID, remote_id: str, event_id: str, *, mails: bool) -> None:
        self._begin("remove", "")
        kept = self.events.get((remote_id, event_id))
        if kept is not None and not kept.seen.is_cancelled:
            self.delete(remote_id, event_id)
            self._mail("cancellation" if mails else "", kept.guests)
        self.after("remove")

    def with_uid(self, account_id: UUID, remote_id: str, ical_uid: str) -> str | None:
        self._begin("with_uid", remote_id)
        found = (
            event_id
            for (calendar, event_id), kept in self.events.items()
            if calendar == remote_id and kept.seen.ical_uid == ical_uid and not kept.seen.is_cancelled
        )
        return next(found, None)

    def change(self, remote_id: str, event_id: str, **fields: object) -> None:
        """Somebody edits the event in Google's pages: `OwnedFields` by name."""
        kept = self.events[remote_id, event_id]
        changed: OwnedFields = replace(kept.seen.fields, **fields)  # type: ignore[arg-type]  # by name
        self._put(remote_id, event_id, replace(kept, seen=replace(kept.seen, fields=changed)))

    def delete(self, remote_id: str, event_id: str) -> None:
        """Somebody deletes it there."""
        kept = self.events[remote_id, event_id]
        self._put(remote_id, event_id, replace(kept, seen=replace(kept.seen, is_cancelled=True)))

    def restore(self, remote_id: str, event_id: str) -> None:
        """Somebody takes it out of the bin again."""
        kept = self.events[remote_id, event_id]
        self._put(remote_id, event_id, replace(kept, seen=replace(kept.seen, is_cancelled=False)))

    def move(self, remote_id: str, event_id: str, to: str) -> None:
        """Somebody moves it to another calendar."""
        kept = self.events[remote_id, event_id]
        self.delete(remote_id, event_id)
        self._put(to, event_id, kept)

    def living(self) -> dict[tuple[str, str], OwnedFields]:
        """What the events that are there say, by calendar and id."""
        return {place: kept.seen.fields for place, kept in self.events.items() if not kept.seen.is_cancelled}

    def _begin(self, name: str, remote_id: str, *, gone: Exception | None = None) -> None:
        self.requests.append(name)
        self.before(name)
        if remote_id in self.lost:
            raise gone or CalendarGone("The calendar does not exist any more.")

    def _end(self, name: str, seen: CopySeen) -> CopySeen:
        self.after(name)
        return seen

    def _event(self, remote_id: str, event_id: str) -> Kept:
        try:
            return self.events[remote_id, event_id]
        except KeyError:
            raise EventGone from None

    def _with(self, seen: CopySeen, plan: CopyPlan) -> CopySeen:
        join_url, awaits = seen.join_url, seen.awaits_meet
        if plan.wants_meet:
            join_url = "https://meet.google.com/abc-defg-hij" if self.meets_at_once else ""
            awaits = not self.meets_at_once
        elif plan.drops_meet:
            join_url = ""
        return replace(seen, is_tentative=plan.is_tentative, join_url=join_url, awaits_meet=awaits)

    def _put(self, remote_id: str, event_id: str, kept: Kept) -> Kept:
        self._etags += 1
        stored = replace(kept, seen=replace(kept.seen, etag=f'"{self._etags}"'))
        self.events[remote_id, event_id] = stored
        return stored

    def _mail(self, kind: str, guests: tuple[str, ...]) -> None:
        self.mails += [Mailed(kind, guest) for guest in guests if kind]
