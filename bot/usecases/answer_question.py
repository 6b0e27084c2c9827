"""The first host's word on what somebody did to an appointment's copy in Google."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, NotPossible, Question, QuestionKind
from bot.domain.booking import Answer
from bot.domain.booking_rules import is_possible
from bot.domain.effects import EffectKind
from bot.domain.errors import NotAllowed
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.expire_holds import expire_holds_of
from bot.usecases.judge_start import Wish, telling_nearest
from bot.usecases.members_of import members_of
from bot.usecases.record_change import places_of, record_change, require_version
from bot.usecases.ties_of import was_taken_away
from bot.usecases.want_delivery import plan_event

_ANSWERS = {
    QuestionKind.DELETED: (Answer.PUT_BACK, Answer.CANCEL),
    QuestionKind.COLLIDES: (Answer.KEEP, Answer.FOLLOW),
}
ANSWERED = "That has been answered already. Nothing was changed."


class AnswerQuestion:
    """Only the first host may say, whose calendar the copy is in; everybody else in it can still move or cancel it.

    What he had removed when he left his account is put back the same way, though nobody asked.
    """

    def __init__(self, store: Store, clock: Clock, deliver_soon: Callable[[], None]) -> None:
        self._store = store
        self._clock = clock
        self._deliver_soon = deliver_soon

    def __call__(self, actor: Actor, appointment_id: UUID, answer: Answer, *, version: int) -> Appointment:
        """The appointment as it is now.

        Raises:
            NotFound: the actor neither hosts nor booked it.
            NotAllowed: he is not its first host.
            NotPossible, EditedMeanwhile: there is nothing to answer, or not so, or somebody changed it.
            SlotTaken: another live appointment is where Google has it.
        """
        require_full_member(actor)
        now = self._clock.now()
        with self._store.reading() as work:
            before = work.appointments.get(actor, appointment_id)
            hosts = members_of(work, actor.workspace_id, before.hosts)
        if actor.member_id != hosts[0].id:
            raise NotAllowed(f"Only {hosts[0].name} can decide this. Nothing was changed.")
        asked = before.question.theirs if before.question else None
        wish = Wish(actor, hosts, (asked or before.span).start, before.minutes, without=before.id)
        with telling_nearest(self._store, wish, now), self._store.writing() as work:
            work.appointments.lock_hosts(before.hosts)
            expire_holds_of(work, before.hosts, now)
            before = work.appointments.get(actor, appointment_id)
            entry = LogEntry(now, Deed.PUT_BACK, actor.member_id)
            changed, entry = _changed(work, before, answer, version, entry)
            record_change(work, changed, entry, now)
            work.commit()
        self._deliver_soon()
        return changed


def _changed(
    work: UnitOfWork, before: Appointment, answer: Answer, version: int, entry: LogEntry
) -> tuple[Appointment, LogEntry]:
    question = before.question
    event = work.remote_links.of(before.id).get(EffectKind.EVENT)
    if answer is Answer.PUT_BACK and was_taken_away(before, event):
        require_version(before, version)
        _put_back(work, before)
        return before.asking(None, entry.at), entry
    if question is None or not before.is_live:
        raise NotPossible(ANSWERED)
    require_version(before, version)
    if answer not in _ANSWERS[question.kind]:
        raise NotPossible(ANSWERED)
    return _answered(work, before, question, answer, entry)


def _answered(
    work: UnitOfWork, before: Appointment, question: Question, answer: Answer, entry: LogEntry
) -> tuple[Appointment, LogEntry]:
    now = entry.at
    match answer:
        case Answer.CANCEL:
            return before.cancelled("", now), replace(entry, deed=Deed.CANCELLED, before=before.span)
        case Answer.PUT_BACK:
            _put_back(work, before)
            return before.asking(None, now), entry
        case Answer.KEEP:
            _pass_over(work, before, question)
            return before.asking(None, now), replace(entry, after=before.span)
        case Answer.FOLLOW:
            if question.theirs is None or not is_possible(question.theirs):
                raise NotPossible("No appointment can be where Google has it. Keep it, move it or cancel it.")
            moved = before.moved(question.theirs, now)
            return moved, replace(entry, deed=Deed.MOVED_IN_GOOGLE, before=before.span, after=moved.span)


def _put_back(work: UnitOfWork, appointment: Appointment) -> None:
    """The event is made anew, under another id: Google never gives out the old one again."""
    link = work.remote_links.of(appointment.id).get(EffectKind.EVENT)
    calendar = places_of(work, appointment).calendar
    if calendar is None:
        raise NotPossible("Its host has no calendar that appointments can be written to. Nothing was changed.")
    plan_event(work, appointment.id, calendar, generation=link.generation + 1 if link else 0)


def _pass_over(work: UnitOfWork, appointment: Appointment, question: Question) -> None:
    """Where Google has it counts as seen, so that it is not a move any more and ours is written over it."""
    link = work.remote_links.of(appointment.id).get(EffectKind.EVENT)
    if link is not None and link.agreed is not None:
        seen = replace(link.agreed.seen, span=question.theirs)
        work.remote_links.plan(replace(link, agreed=replace(link.agreed, seen=seen)))
