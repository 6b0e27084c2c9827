"""Shows one of the actor's own events as free in the provider's calendar, so that its time can be booked."""

from typing import NamedTuple
from uuid import UUID

from bot.domain.errors import NotAllowed, ProviderError
from bot.domain.event_fixes import EventRef, may_be_marked_free, remote_id_of
from bot.domain.events import AgendaEntry
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, EventWriter, Store
from bot.usecases.find_own_event import find_own_event

NOT_YOURS = (
    "Daybook may mark only your own events in your linked calendar as free. Nothing was changed; "
    "open it in Google, or have Daybook ignore it."
)


class _Target(NamedTuple):
    """Where to write, and what was read there; an empty etag where this one time was never read by itself."""

    account_id: UUID
    calendar: str
    event_id: str
    etag: str


class MarkFree:
    """Writes to the provider what is still as it was read, and has the calendar read again."""

    def __init__(self, store: Store, writer: EventWriter, clock: Clock) -> None:
        self._store = store
        self._writer = writer
        self._clock = clock

    def __call__(self, actor: Actor, ref: EventRef) -> AgendaEntry:
        """The event as it was.

        Raises:
            NotFound: it is not the actor's own, or not there any more.
            NotAllowed: he may not edit it there.
            EventChanged, EventGone: it is not any more as it was read; nothing was written.
            ProviderError: the provider refused, or did not answer.
        """
        require_full_member(actor)
        entry, target = self._find(actor, ref)
        try:
            self._writer.mark_free(target.account_id, target.calendar, target.event_id, etag=target.etag)
        except ProviderError:
            # Whatever went wrong, what is shown here is older than what is there.
            self._read_again(actor)
            raise
        self._read_again(actor)
        return entry

    def _find(self, actor: Actor, ref: EventRef) -> tuple[AgendaEntry, _Target]:
        with self._store.reading() as work:
            entry = find_own_event(work, actor, ref)
            calendar = next(one for one in work.calendars.of(actor) if one.id == ref.calendar_id)
            account = work.accounts.get(actor, calendar.account_id)
            event = work.events.get(actor, calendar.id, ref.event_id)
        if not may_be_marked_free(entry, calendar, account):
            raise NotAllowed(NOT_YOURS)
        etag = "" if event.recurrence else event.etag
        remote_id = remote_id_of(event, entry.occurrence, calendar.zone)
        return entry, _Target(account.id, calendar.remote_id, remote_id, etag)

    def _read_again(self, actor: Actor) -> None:
        with self._store.writing() as work:
            work.calendars.request_sync(actor, self._clock.now())
            work.commit()
