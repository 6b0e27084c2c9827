"""Takes back what was just done to an appointment: its booking, or its last move."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, NotPossible
from bot.domain.booking import SlotTaken
from bot.domain.explanation import ReasonKind
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.expire_holds import expire_holds_of
from bot.usecases.judge_start import Wish, look_at, telling_nearest
from bot.usecases.members_of import members_of
from bot.usecases.record_change import record_change, require_version

TOO_LATE = "That can be undone for ten minutes, and not once it was changed again. Nothing was changed."


class UndoChange:
    """A booking that is undone is cancelled, and a move goes back to where it stood, if that is still free."""

    def __init__(self, store: Store, clock: Clock, deliver_soon: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._deliver_soon = deliver_soon

    def __call__(self, actor: Actor, appointment_id: UUID, *, version: int) -> Appointment:
        """The appointment as it is now.

        Raises:
            NotFound: the actor neither hosts nor booked it.
            NotPossible, EditedMeanwhile: it is too late, or somebody changed it.
            SlotTaken: something else takes the time before the move by now.
        """
        require_full_member(actor)
        now = self._clock.now()
        with self._store.reading() as work:
            before = work.appointments.get(actor, appointment_id)
            hosts = members_of(work, actor.workspace_id, before.hosts)
        start = (before.before_move or before.span).start
        wish = Wish(actor, hosts, start, before.minutes, without=before.id)
        with telling_nearest(self._store, wish, now), self._store.writing() as work:
            work.appointments.lock_hosts(before.hosts)
            expire_holds_of(work, before.hosts, now)
            before = work.appointments.get(actor, appointment_id)
            if not before.may_be_undone(now):
                raise NotPossible(TOO_LATE)
            require_version(before, version)
            if before.before_move is None:
                undone = before.cancelled("", now)
            else:
                undone = before.moved_back(now)
                _require_still_free(work, wish, now)
            after = undone.span if undone.is_live else None
            entry = LogEntry(now, Deed.UNDONE, actor.member_id, before=before.span, after=after)
            record_change(work, undone, entry, now)
            work.commit()
        self._deliver_soon()
        return undone


def _require_still_free(work: UnitOfWork, wish: Wish, now: datetime) -> None:
    """Hours and limits have no say: it stood there. Raises `SlotTaken`."""
    _, reasons = look_at(work, wish, now)
    if any(reason.kind is ReasonKind.BUSY for reason in reasons):
        raise SlotTaken
