"""Brings an appointment's Zoom meeting in line with it: made, moved, and taken away."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus, Where
from bot.domain.effects import EffectClaim, EffectKind, LinkState, RemoteLink
from bot.domain.errors import ProviderBusy, ProviderDown, ProviderError
from bot.domain.meetings import Meeting, MeetingGone, MeetingPlan, reference_of
from bot.domain.owned_fields import Agreement, OwnedFields
from bot.ports import Clock, MeetingGateway, Store
from bot.usecases.delivering import CrashPoint, keep_link, nothing_to_do, nowhere, refresh_card, want_again

_SLOWEST_CREATE = timedelta(seconds=75)
"""How long after a create that Zoom left unanswered its meeting may still appear."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """The appointment and its meeting, as they were when the delivery began."""

    appointment: Appointment
    link: RemoteLink

    @property
    def plan(self) -> MeetingPlan:
        """The meeting as it should be."""
        one = self.appointment
        return MeetingPlan(reference_of(one.id), one.title, one.span.start, one.minutes, one.zone)

    @property
    def agreement(self) -> Agreement:
        """What Zoom has to be told of the appointment: its time and its title."""
        one = self.appointment
        fields = OwnedFields(one.span, one.zone, one.title, place="", description="")
        return Agreement(fields, fields)

    @property
    def is_wanted(self) -> bool:
        """People are to meet there."""
        return self.appointment.status is AppointmentStatus.CONFIRMED and self.appointment.venue.where is Where.ZOOM


class DeliverMeeting:
    """Implements `Deliver`. One meeting for life: it is moved, never replaced, unless somebody deleted it.

    Zoom would make a second meeting of a request that is sent again, so what may have been sent is looked up by its
    reference first. `agreed` on the link is what was sent last; none means that nothing is known of what Zoom has.
    """

    def __init__(self, store: Store, meetings: MeetingGateway, clock: Clock, crash_point: CrashPoint = nowhere) -> None:
        self._store = store
        self._meetings = meetings
        self._clock = clock
        self._crash_point = crash_point

    def __call__(self, claim: EffectClaim) -> None:
        """Raises `LeaseLost`, and what the provider refuses."""
        scene = self._look(claim)
        if scene is None:
            nothing_to_do(self._store, claim, claim.effect.wanted)
        elif not scene.is_wanted:
            self._take_away(claim, scene)
        elif scene.link.state is LinkState.WRITTEN:
            self._keep_in_line(claim, scene)
        elif scene.appointment.ends_at > self._clock.now():
            self._make(claim, scene)
        else:
            nothing_to_do(self._store, claim, scene.appointment.version)

    def _look(self, claim: EffectClaim) -> _Scene | None:
        with self._store.reading() as work:
            appointment = work.appointments.known(claim.effect.appointment_id)
            link = work.remote_links.of(claim.effect.appointment_id).get(EffectKind.MEETING)
        return _Scene(appointment, link) if appointment is not None and link is not None else None

    def _make(self, claim: EffectClaim, scene: _Scene, *, repairs: bool = False) -> None:
        account_id, link, plan = scene.link.account_id, scene.link, scene.plan
        if account_id is None:  # it was disconnected, and what is wanted next goes to another one
            nothing_to_do(self._store, claim, scene.appointment.version)
            return
        may_be_there = link.state is LinkState.PLANNED and link.agreed is not None
        found = self._one_of(account_id, plan.reference) if may_be_there else None
        if found is None:
            if link.agreed is not None and link.agreed.sent is not None:
                self._let_it_appear(claim)
            found = self._create(claim, scene, account_id)
        elif not found.is_as(plan):
            self._crash_point("meeting: before change")
            self._meetings.change(account_id, found.id, plan)
            self._crash_point("meeting: after change")
        self._record(claim, scene, found, Deed.LINK_REPAIRED if repairs else None)

    def _create(self, claim: EffectClaim, scene: _Scene, account_id: UUID) -> Meeting:
        """Make it; until Zoom has answered, nobody knows whether there is one (`Agreement.sent`)."""
        agreed = scene.agreement
        planned = replace(scene.link, state=LinkState.PLANNED, agreed=replace(agreed, sent=agreed.wanted))
        # Whoever lost the claim must not make a second one.
        keep_link(self._store, claim, planned, self._clock.now())
        self._crash_point("meeting: before create")
        try:
            made = self._meetings.create(account_id, scene.plan)
        except ProviderError as error:
            if not (isinstance(error, ProviderDown) and error.is_silent):
                # Zoom is done with it, whatever came of it: looking it up will tell.
                keep_link(self._store, claim, replace(planned, agreed=agreed), self._clock.now())
            raise
        self._crash_point("meeting: after create")
        return made

    def _let_it_appear(self, claim: EffectClaim) -> None:
        """Raises `ProviderBusy` while a create that was not answered may still be under way in Zoom."""
        failed_at, now = claim.effect.first_failed_at, self._clock.now()
        if failed_at is not None and now < failed_at + _SLOWEST_CREATE:
            raise ProviderBusy(claim.effect.problem, (failed_at + _SLOWEST_CREATE - now).total_seconds())

    def _one_of(self, account_id: UUID, reference: str) -> Meeting | None:
        """The first that carries the reference; a create that was not answered in time may have made more of them."""
        found = self._meetings.find(account_id, reference)
        for other in found[1:]:
            self._meetings.remove(account_id, other.id)
        return found[0] if found else None

    def _keep_in_line(self, claim: EffectClaim, scene: _Scene) -> None:
        account_id, link, plan = scene.link.account_id, scene.link, scene.plan
        is_settled = link.agreed is not None and _told(link.agreed) == _told(scene.agreement)
        if account_id is None or is_settled:
            nothing_to_do(self._store, claim, scene.appointment.version)
            return
        try:
            if link.agreed is None:  # somebody has found that it is not as it should be
                self._repair(claim, scene, self._meetings.get(account_id, link.remote_id))
                return
            self._crash_point("meeting: before change")
            self._meetings.change(account_id, link.remote_id, plan)
        except MeetingGone:
            gone = replace(link, state=LinkState.PLANNED, remote_id="", agreed=scene.agreement)
            self._make(claim, replace(scene, link=gone), repairs=True)
            return
        self._crash_point("meeting: after change")
        self._record(claim, scene, Meeting(link.remote_id, link.url, plan.topic, plan.start, plan.minutes))

    def _repair(self, claim: EffectClaim, scene: _Scene, seen: Meeting) -> None:
        if seen.is_as(scene.plan):
            self._record(claim, scene, seen)
            return
        if scene.link.account_id is not None:
            self._meetings.change(scene.link.account_id, seen.id, scene.plan)
        self._record(claim, scene, seen, Deed.LINK_REPAIRED)

    def _take_away(self, claim: EffectClaim, scene: _Scene) -> None:
        """What was called off goes; what took place stays as a record of it."""
        appointment, link = scene.appointment, scene.link
        is_over = appointment.status in (AppointmentStatus.SHOWED, AppointmentStatus.NO_SHOW)
        if is_over or link.state is LinkState.REMOVED or link.account_id is None:
            nothing_to_do(self._store, claim, appointment.version)
            return
        if link.remote_id or link.agreed is not None:
            # Whatever carries the reference: a create that was not answered may have made one besides.
            found = {one.id for one in self._meetings.find(link.account_id, scene.plan.reference)}
            for meeting_id in sorted(found | ({link.remote_id} if link.remote_id else set())):
                self._crash_point("meeting: before remove")
                self._meetings.remove(link.account_id, meeting_id)
                self._crash_point("meeting: after remove")
        now = self._clock.now()
        with self._store.writing() as work:
            work.effects.done(claim, version=appointment.version)
            work.remote_links.keep(claim, replace(link, state=LinkState.REMOVED, remote_id="", agreed=None, url=""))
            refresh_card(work, claim, now, is_news=bool(link.url))
            work.commit()
        self._crash_point("meeting: after commit")

    def _record(self, claim: EffectClaim, scene: _Scene, meeting: Meeting, deed: Deed | None = None) -> None:
        """Store that Zoom has it, and have the event and the card tell the link where it is a new one."""
        now, before = self._clock.now(), scene.link
        is_new = meeting.join_url != before.url
        was_late = is_new and not before.url and bool(claim.effect.problem)
        after = replace(
            before, state=LinkState.WRITTEN, remote_id=meeting.id, url=meeting.join_url, agreed=scene.agreement
        )
        self._crash_point("meeting: before commit")
        with self._store.writing() as work:
            if deed is not None or was_late:
                work.appointments.write_log(scene.appointment.id, LogEntry(now, deed or Deed.LINK_ADDED))
            work.effects.done(claim, version=scene.appointment.version)
            work.remote_links.keep(claim, after)
            if is_new:
                want_again(work, scene.appointment.id, EffectKind.EVENT, now)
            refresh_card(work, claim, now, is_news=is_new or deed is not None)
            work.commit()
        self._crash_point("meeting: after commit")


def _told(agreement: Agreement) -> tuple[object, str]:
    """What Zoom shows of it; the zone is only how the time is written."""
    return agreement.wanted.span, agreement.wanted.title
