"""What an appointment takes over from its copy in Google, and what its host has to be asked about it."""

from contextlib import suppress
from dataclasses import replace

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, EditedMeanwhile, Question, QuestionKind
from bot.domain.booking import SlotTaken
from bot.domain.booking_rules import is_possible
from bot.domain.effects import EffectClaim, LinkState
from bot.domain.event_copies import CopySeen
from bot.domain.intervals import Interval
from bot.domain.owned_fields import Agreement, OwnedFields, Reconciliation
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.delivering import look_again
from bot.usecases.event_scene import EventScene
from bot.usecases.expire_holds import expire_holds_of
from bot.usecases.record_change import record_change
from bot.usecases.want_delivery import ONLY_THE_CARD


class FollowCopy:
    """Each of its deeds is one transaction, and raises `EditedMeanwhile` where somebody else was quicker."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def take_over(self, claim: EffectClaim, scene: EventScene, seen: CopySeen, found: Reconciliation) -> bool:
        """Move and rename the appointment as its copy was, or ask its host where it cannot be moved there.

        Whether the delivery ends with that: it does where he is asked.
        """
        if not found.is_impossible and (found.span is None or is_possible(found.span)):
            with suppress(SlotTaken):
                self._follow(claim, scene, seen, found)
                return False
        self.ask(claim, scene, Question(QuestionKind.COLLIDES, found.span), seen)
        return True

    def ask(self, claim: EffectClaim, scene: EventScene, question: Question, seen: CopySeen | None = None) -> None:
        """Leave both sides as they are until the host has spoken; he is asked once."""
        before, now = scene.appointment, self._clock.now()
        deed = Deed.DELETED_IN_GOOGLE if question.kind is QuestionKind.DELETED else Deed.COLLIDES_IN_GOOGLE
        with self._store.writing() as work:
            changed = current_of(work, before)
            if before.question != question:
                changed = changed.asking(question, now)
                entry = LogEntry(now, deed, before=before.span, after=question.theirs)
                record_change(work, changed, entry, now, ONLY_THE_CARD)
            work.effects.done(claim, version=changed.version)
            if seen is not None:
                _keep_seen(work, claim, scene, seen, scene.plan.fields.span)
            look_again(work, changed, scene.link, now)
            work.commit()

    def settle(self, scene: EventScene) -> None:
        """The question has answered itself: Google has it again as the appointment is."""
        now = self._clock.now()
        with self._store.writing() as work:
            changed = current_of(work, scene.appointment).asking(None, now)
            entry = LogEntry(now, Deed.PUT_BACK, after=changed.span)
            record_change(work, changed, entry, now)
            work.commit()

    def cancel(self, scene: EventScene) -> None:
        """Nobody from outside waits for it, so that whoever deleted it has called it off."""
        now, before = self._clock.now(), scene.appointment
        with self._store.writing() as work:
            changed = current_of(work, before).cancelled("", now)
            entry = LogEntry(now, Deed.CANCELLED_IN_GOOGLE, before=before.span)
            record_change(work, changed, entry, now)
            work.commit()

    def _follow(self, claim: EffectClaim, scene: EventScene, seen: CopySeen, found: Reconciliation) -> None:
        now, span = self._clock.now(), found.span
        with self._store.writing() as work:
            work.appointments.lock_hosts(scene.appointment.hosts)
            if span is not None:
                expire_holds_of(work, scene.appointment.hosts, now)
            changed = current_of(work, scene.appointment)
            if found.title is not None:
                entry = LogEntry(now, Deed.RENAMED_IN_GOOGLE, detail=found.title)
                changed = changed.renamed(found.title, now)
                record_change(work, changed, entry, now)
            if span is not None:
                entry = LogEntry(now, Deed.MOVED_IN_GOOGLE, before=changed.span, after=span)
                changed = changed.moved(span, now)
                record_change(work, changed, entry, now)
            _keep_seen(work, claim, scene, seen, changed.span, changed.title)
            work.commit()


def _keep_seen(
    work: UnitOfWork,
    claim: EffectClaim,
    scene: EventScene,
    seen: CopySeen,
    span: Interval | None,
    title: str | None = None,
) -> None:
    """What was done in Google is known now; what we have still to write there stays to be written."""
    wanted = (scene.link.agreed or first_agreement(scene, seen)).wanted
    wanted = replace(wanted, span=span, title=wanted.title if title is None else title)
    agreed = Agreement(wanted, _without_ours(scene, seen.fields, renamed=title is not None))
    work.remote_links.keep(claim, replace(scene.link, state=LinkState.WRITTEN, etag=seen.etag, agreed=agreed))


def _without_ours(scene: EventScene, seen: OwnedFields, *, renamed: bool) -> OwnedFields:
    """A question about the time says nothing about a new title, which is taken over after it was answered."""
    if renamed or scene.link.agreed is None:
        return seen
    return replace(seen, title=scene.link.agreed.seen.title)


def first_agreement(scene: EventScene, seen: CopySeen) -> Agreement:
    """For a copy of which nothing is known: what differs is ours to write."""
    return Agreement(scene.plan.fields, seen.fields)


def current_of(work: UnitOfWork, as_read: Appointment) -> Appointment:
    """As it is stored; raises `EditedMeanwhile` where that is another version."""
    current = work.appointments.known(as_read.id)
    if current is None or current.version != as_read.version:
        raise EditedMeanwhile
    return current
