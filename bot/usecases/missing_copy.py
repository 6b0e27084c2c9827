"""What it means that an appointment's event is not where it was written, though we did not take it away."""

from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Question, QuestionKind
from bot.domain.effects import EffectClaim, EffectKind, LinkState, event_lane
from bot.domain.errors import AccessLost, CalendarGone, EventGone
from bot.ports import Clock, EventCopies, Store
from bot.usecases.delivering import look_again
from bot.usecases.event_scene import EventScene
from bot.usecases.follow_copy import FollowCopy, current_of
from bot.usecases.record_change import places_of, record_change
from bot.usecases.want_delivery import event_planned


class Place(NamedTuple):
    """Where an event is: the calendar's id in Google, and the event's."""

    container: str
    event_id: str


class MissingCopy:
    """A move to another calendar looks like a deletion, so that the event is looked for before that is believed."""

    def __init__(self, store: Store, copies: EventCopies, clock: Clock, follow: FollowCopy) -> None:
        self._store = store
        self._copies = copies
        self._clock = clock
        self._follow = follow

    def __call__(self, claim: EffectClaim, scene: EventScene) -> bool:
        """Whether that was all; if not, what is stored has changed.

        Nobody is asked about what is over: people tidy up.
        """
        question = scene.appointment.question
        is_asked = question is not None and question.kind is QuestionKind.DELETED
        is_over = scene.appointment.ends_at <= self._clock.now()
        gone: CalendarGone | None = None
        try:
            found = self._elsewhere(scene)
        except CalendarGone as error:
            found, gone = None, error
        if found is not None:
            self._move_on(claim, scene, *found)
            return False
        if gone is not None and not is_over:
            if self._begin_elsewhere(claim, scene):
                return False
            if scene.link.state is LinkState.PLANNED:  # it was never there, so that nobody took it away
                raise gone
        if is_asked or is_over:
            self._leave(claim, scene)
            return True
        if scene.appointment.contact is not None or gone is not None:
            self._follow.ask(claim, scene, Question(QuestionKind.DELETED))
            return True
        self._follow.cancel(scene)
        return False

    def _leave(self, claim: EffectClaim, scene: EventScene) -> None:
        """Nothing is written before its host has spoken; somebody may bring it back meanwhile."""
        with self._store.writing() as work:
            work.effects.done(claim, version=scene.appointment.version)
            look_again(work, scene.appointment, scene.link, self._clock.now())
            work.commit()

    def where(self, scene: EventScene) -> Place:
        """Where the event is now, as far as it can be found."""
        link = scene.link
        here = Place(link.container, link.remote_id)
        try:
            if not self._copies.get(scene.account_id, *here).is_cancelled:
                return here
        except EventGone:
            pass
        try:
            found = self._elsewhere(scene)
        except CalendarGone:
            return here
        return found[0] if found is not None else here

    def _elsewhere(self, scene: EventScene) -> tuple[Place, UUID | None] | None:
        """Raises `CalendarGone` where its own calendar is gone altogether, and the event is in no other one."""
        link, gone = scene.link, None
        try:
            event_id = self._copies.with_uid(scene.account_id, link.container, link.ical_uid)
        except CalendarGone as error:
            event_id, gone = None, error
        if event_id is not None:
            return Place(link.container, event_id), link.calendar_id
        for calendar in scene.siblings:
            try:
                event_id = self._copies.with_uid(scene.account_id, calendar.remote_id, link.ical_uid)
            except (CalendarGone, AccessLost):
                continue
            if event_id is not None:
                return Place(calendar.remote_id, event_id), calendar.id
        if gone is not None:
            raise gone
        return None

    def _begin_elsewhere(self, claim: EffectClaim, scene: EventScene) -> bool:
        """Plan the event in the calendar that the host has chosen since, if he has; what he was asked is settled."""
        before, now = scene.appointment, self._clock.now()
        with self._store.writing() as work:
            work.appointments.lock_hosts(before.hosts)
            current = current_of(work, before)
            calendar = places_of(work, current).calendar
            if calendar is None or calendar.remote_id == scene.link.container:
                return False
            if current.question is not None:
                current = current.asking(None, now)
                record_change(work, current, LogEntry(now, Deed.PUT_BACK, after=current.span), now)
            work.effects.want(current, EffectKind.EVENT, lane=event_lane(calendar.id), due_at=now)
            planned = event_planned(current.id, calendar, generation=scene.link.generation + 1)
            work.remote_links.keep(claim, planned)
            work.commit()
        return True

    def _move_on(self, claim: EffectClaim, scene: EventScene, place: Place, calendar_id: UUID | None) -> None:
        """From now on it is written to where it was moved."""
        moved = replace(
            scene.link, container=place.container, remote_id=place.event_id, calendar_id=calendar_id, etag=""
        )
        lane = event_lane(calendar_id or scene.appointment.id)
        with self._store.writing() as work:
            work.effects.want(scene.appointment, EffectKind.EVENT, lane=lane, due_at=self._clock.now())
            work.remote_links.keep(claim, moved)
            work.commit()
