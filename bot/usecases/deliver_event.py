"""Brings an appointment's event in Google and the appointment in line with each other."""

from dataclasses import replace

from bot.domain.appointments import AppointmentStatus, EditedMeanwhile, QuestionKind
from bot.domain.effects import EffectClaim, LinkState, event_id_of, uid_of
from bot.domain.errors import CalendarGone, EventChanged, EventGone, ProviderBusy, ProviderDown
from bot.domain.event_copies import CopyPlan, CopySeen, EventExists
from bot.domain.owned_fields import Agreement, OwnedFields, reconcile
from bot.ports import Clock, EventCopies, Store
from bot.usecases.delivering import CrashPoint, keep_link, look_again, nothing_to_do, nowhere, refresh_card
from bot.usecases.event_scene import EventScene, event_scene
from bot.usecases.follow_copy import FollowCopy, first_agreement
from bot.usecases.missing_copy import MissingCopy

_MOST_ROUNDS = 6
_MEET_SECONDS = 3.0


class DeliverEvent:
    """Implements `Deliver`, and is the only place where the two are compared.

    It goes in rounds: each begins with what is stored, reads the event, takes over what was done to it in Google,
    and writes what is left to write, if the event is still as it was read. What is about to be written is stored
    before (`Agreement`), so that it is known again whenever the answer was lost.
    """

    def __init__(self, store: Store, copies: EventCopies, clock: Clock, crash_point: CrashPoint = nowhere) -> None:
        self._store = store
        self._copies = copies
        self._clock = clock
        self._crash_point = crash_point
        self._follow = FollowCopy(store, clock)
        self._missing = MissingCopy(store, copies, clock, self._follow)

    def __call__(self, claim: EffectClaim) -> None:
        """Raises `LeaseLost`, and what the provider refuses."""
        for _ in range(_MOST_ROUNDS):
            with self._store.reading() as work:
                scene = event_scene(work, claim.effect.appointment_id)
            if scene is None:
                nothing_to_do(self._store, claim, claim.effect.wanted)
                return
            try:
                if self._round(claim, scene):
                    return
            except (EventChanged, EventGone, EditedMeanwhile):
                continue  # somebody was quicker, here or there: look again
        raise ProviderBusy("The event is being changed in Google at this moment.")

    def _round(self, claim: EffectClaim, scene: EventScene) -> bool:
        """Whether that was all; if not, what is stored has changed."""
        if scene.appointment.status is AppointmentStatus.CANCELLED:
            self._take_away(claim, scene)
            return True
        if not scene.appointment.is_live:  # what came of it is nobody's business in Google
            nothing_to_do(self._store, claim, scene.appointment.version)
            return True
        if scene.link.state is LinkState.REMOVED:
            self._begin_anew(claim, scene)
            return False
        seen = self._read(scene)
        if seen is None and scene.link.state is LinkState.PLANNED and scene.appointment.question is None:
            try:
                seen = self._insert(claim, scene)
            except CalendarGone:
                return self._missing(claim, scene)
            if seen.is_cancelled and scene.link.agreed is None:  # of which we know nothing
                self._begin_anew(claim, scene)
                return False
        if seen is None or seen.is_cancelled:
            return self._missing(claim, scene)
        if seen.reference not in ("", str(scene.appointment.id)):
            self._begin_anew(claim, scene)
            return False
        return self._reconciled(claim, scene, seen)

    def _read(self, scene: EventScene) -> CopySeen | None:
        """The event; None where there is none, and where none was ever sent."""
        link = scene.link
        if link.state is LinkState.PLANNED and link.agreed is None:
            return None
        try:
            return self._copies.get(scene.account_id, link.container, link.remote_id)
        except EventGone:
            return None

    def _insert(self, claim: EffectClaim, scene: EventScene) -> CopySeen:
        link, plan = scene.link, scene.plan
        # Whoever lost the claim must not write, and whoever comes after a crash has to know what was sent.
        keep_link(self._store, claim, replace(link, agreed=Agreement(plan.fields, plan.fields)), self._clock.now())
        self._crash_point("event: before insert")
        try:
            seen = self._copies.insert(scene.account_id, link.container, link.remote_id, plan)
        except EventExists:
            try:
                seen = self._copies.get(scene.account_id, link.container, link.remote_id)
            except EventGone as gone:
                raise ProviderDown("Google says both that the event is there and that it is not.") from gone
        self._crash_point("event: after insert")
        return seen

    def _reconciled(self, claim: EffectClaim, scene: EventScene, seen: CopySeen) -> bool:
        question, wanted = scene.appointment.question, scene.plan.fields
        if question is not None and (question.kind is QuestionKind.DELETED or seen.fields.span == wanted.span):
            self._follow.settle(scene)
            return False
        found = reconcile(scene.link.agreed or first_agreement(scene, seen), wanted, seen.fields)
        is_moved = found.span is not None or found.is_impossible
        if is_moved or (found.title is not None and question is None):
            self._crash_point("event: before taking over")
            is_over = self._follow.take_over(claim, scene, seen, found)
            self._crash_point("event: after taking over")
            return is_over
        if question is not None:  # nothing is written before its host has spoken
            self._record(claim, scene, seen, scene.link.agreed)
            return True
        plan = _patch(scene, seen, found.pushed)
        if plan is not None:
            seen = self._patched(claim, scene, seen, plan)
        self._record(claim, scene, seen, Agreement(wanted, seen.fields))
        return True

    def _patched(self, claim: EffectClaim, scene: EventScene, seen: CopySeen, plan: CopyPlan) -> CopySeen:
        link = scene.link
        agreed = replace(link.agreed or first_agreement(scene, seen), sent=plan.fields)
        keep_link(self._store, claim, replace(link, agreed=agreed), self._clock.now())
        self._crash_point("event: before patch")
        after = self._copies.patch(scene.account_id, link.container, link.remote_id, plan, etag=seen.etag)
        self._crash_point("event: after patch")
        return after

    def _record(self, claim: EffectClaim, scene: EventScene, seen: CopySeen, agreed: Agreement | None) -> None:
        """Store that both sides agree; raises `ProviderBusy` while Google is still making the video call."""
        now, before = self._clock.now(), scene.link
        url = seen.join_url if scene.plan.wants_meet else seen.link
        after = replace(before, state=LinkState.WRITTEN, etag=seen.etag, agreed=agreed, url=url)
        if scene.plan.wants_meet and not url:
            keep_link(self._store, claim, after, now)
            raise ProviderBusy("Google has not made the link of the video call yet.", _MEET_SECONDS)
        self._crash_point("event: before commit")
        with self._store.writing() as work:
            work.effects.done(claim, version=scene.appointment.version)
            work.remote_links.keep(claim, after)
            refresh_card(work, claim, now, is_news=scene.plan.wants_meet and url != before.url)
            look_again(work, scene.appointment, after, now)
            work.commit()
        self._crash_point("event: after commit")

    def _take_away(self, claim: EffectClaim, scene: EventScene) -> None:
        link = scene.link
        if link.state is LinkState.REMOVED:
            nothing_to_do(self._store, claim, scene.appointment.version)
            return
        if link.state is LinkState.WRITTEN or link.agreed is not None:
            container, event_id = self._missing.where(scene)
            self._crash_point("event: before remove")
            self._copies.remove(scene.account_id, container, event_id, mails=scene.plan.mails and scene.was_confirmed)
            self._crash_point("event: after remove")
        now = self._clock.now()
        with self._store.writing() as work:
            work.effects.done(claim, version=scene.appointment.version)
            work.remote_links.keep(claim, replace(link, state=LinkState.REMOVED, etag="", agreed=None, url=""))
            refresh_card(work, claim, now)
            work.commit()
        self._crash_point("event: after commit")

    def _begin_anew(self, claim: EffectClaim, scene: EventScene) -> None:
        """Under the next id: Google never gives one out again."""
        generation = scene.link.generation + 1
        event_id = event_id_of(scene.appointment.id, generation)
        keep_link(
            self._store,
            claim,
            replace(
                scene.link,
                state=LinkState.PLANNED,
                generation=generation,
                remote_id=event_id,
                ical_uid=uid_of(event_id),
                etag="",
                agreed=None,
                url="",
            ),
            self._clock.now(),
        )


def _patch(scene: EventScene, seen: CopySeen, fields: OwnedFields) -> CopyPlan | None:
    """What is left to write; None where nothing is. Guests are mailed about a new time, and when a hold is confirmed.

    Who is on the event is the business of whoever edits it there, from the moment on that it was made for good.
    """
    plan = scene.plan
    is_confirmed = seen.is_tentative and not plan.is_tentative
    wants_meet = plan.wants_meet and not seen.join_url and not seen.awaits_meet
    drops_meet = not plan.wants_meet and bool(seen.join_url) and seen.join_url == scene.link.url
    is_same = fields == seen.fields and seen.is_tentative == plan.is_tentative
    if is_same and not wants_meet and not drops_meet:
        return None
    return replace(
        plan,
        fields=fields,
        guests=plan.guests if is_confirmed else (),
        mails=plan.mails and (is_confirmed or fields.span != seen.fields.span),
        wants_meet=wants_meet,
        drops_meet=drops_meet,
    )
