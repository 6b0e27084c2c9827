"""Looks, shortly before an appointment starts, whether people will find each other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, Where
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.errors import EventGone, Overloaded, ProviderError
from bot.domain.event_copies import CopySeen
from bot.domain.intervals import Interval
from bot.domain.join_links import join_url_of
from bot.domain.meetings import MeetingGone, reference_of
from bot.domain.wall_time import epoch
from bot.ports import Clock, EventCopies, MeetingGateway, Store, WorkQueue
from bot.usecases.delivering import want_again

AHEAD = timedelta(minutes=15)
"""How long before the start."""


class CheckLinks:
    """One tick of the job of that name; any number of processes may run it.

    The meeting has to be there, at the right time, and its link to stand on the event. What does not is repaired by
    the deliveries, and looked at again by the next tick; once all is well the thread says so, once.
    """

    def __init__(
        self,
        store: Store,
        meetings: MeetingGateway,
        copies: EventCopies,
        queue: WorkQueue,
        clock: Clock,
        *,
        limit: int,
    ) -> None:
        """Take what it works with; `limit` bounds the appointments looked at in one tick."""
        self._store = store
        self._meetings = meetings
        self._copies = copies
        self._queue = queue
        self._clock = clock
        self._limit = limit

    def __call__(self) -> int:
        """How many appointments were handed to the queue."""
        now = self._clock.now()
        window = Interval(epoch(now), epoch(now + AHEAD) + 1)
        with self._store.reading() as work:
            starting = work.appointments.starting(window, limit=self._limit)
        for place, appointment in enumerate(starting):
            try:
                self._queue.submit(partial(self._check, appointment))
            except Overloaded:
                return place
        return len(starting)

    def _check(self, appointment: Appointment) -> None:
        with self._store.reading() as work:
            links = work.remote_links.of(appointment.id)
        if appointment.venue.where not in (Where.ZOOM, Where.MEET):
            self._note(appointment, None)
            return
        meeting = links.get(EffectKind.MEETING)
        if appointment.venue.where is Where.ZOOM and meeting is not None and meeting.account_id is None:
            self._note(appointment, None)  # nobody can say
            return
        url = join_url_of(appointment.venue, links)
        if not url:
            self._note(appointment, Deed.LINK_MISSING)
            return
        try:
            is_well = self._is_well(appointment, meeting, links.get(EffectKind.EVENT), url)
        except ProviderError:
            return  # nobody can say just now; the next tick asks again
        if is_well:
            self._note(appointment, Deed.LINK_CHECKED)

    def _is_well(
        self, appointment: Appointment, meeting: RemoteLink | None, event: RemoteLink | None, url: str
    ) -> bool:
        is_well = True
        if appointment.venue.where is Where.ZOOM and meeting is not None and meeting.account_id is not None:
            is_well = self._is_meeting_well(appointment, meeting.account_id, meeting)
            if not is_well:
                self._have_repaired(appointment, EffectKind.MEETING, _unknown)
        if event is not None and event.account_id is not None and event.state is LinkState.WRITTEN:
            seen = self._on_event(event.account_id, event)
            if seen is not None and not _tells(seen, url):
                self._have_repaired(appointment, EffectKind.EVENT, _without_link)
                is_well = False
            elif seen is not None and appointment.question is None and seen.fields.span != appointment.span:
                # Nobody reads the calendar any more, or it was moved just now.
                self._have_repaired(appointment, EffectKind.EVENT, lambda link: link)
                is_well = False
        return is_well

    def _is_meeting_well(self, appointment: Appointment, account_id: UUID, link: RemoteLink) -> bool:
        try:
            meeting = self._meetings.get(account_id, link.remote_id)
            self._remove_others(appointment, account_id, link)
        except MeetingGone:
            return False
        return (meeting.start, meeting.minutes) == (appointment.span.start, appointment.minutes)

    def _remove_others(self, appointment: Appointment, account_id: UUID, link: RemoteLink) -> None:
        """A create that was not answered in time may have made a meeting that nobody was told of."""
        for one in self._meetings.find(account_id, reference_of(appointment.id)):
            if one.id != link.remote_id:
                self._meetings.remove(account_id, one.id)

    def _on_event(self, account_id: UUID, link: RemoteLink) -> CopySeen | None:
        """The event; None where it is gone, which is another matter: the host is asked about it."""
        try:
            seen = self._copies.get(account_id, link.container, link.remote_id)
        except EventGone:
            return None
        return None if seen.is_cancelled else seen

    def _have_repaired(
        self, appointment: Appointment, kind: EffectKind, forget: Callable[[RemoteLink], RemoteLink]
    ) -> None:
        with self._store.writing() as work:
            current = work.appointments.known(appointment.id)
            link = work.remote_links.of(appointment.id).get(kind)
            if current is None or current.version != appointment.version or link is None:
                return
            want_again(work, appointment.id, kind, self._clock.now())
            work.remote_links.plan(forget(link))
            work.commit()

    def _note(self, appointment: Appointment, deed: Deed | None) -> None:
        """Say so once, whoever looked and however often."""
        now = self._clock.now()
        with self._store.writing() as work:
            if not work.appointments.checked(appointment):
                return
            if deed is not None:
                work.appointments.write_log(appointment.id, LogEntry(now, deed))
                want_again(work, appointment.id, EffectKind.CARD, now)
            if deed is Deed.LINK_MISSING:
                for kind in (EffectKind.MEETING, EffectKind.EVENT):
                    work.effects.hasten(appointment.id, kind, now)
            work.commit()


def _tells(seen: CopySeen, url: str) -> bool:
    """Wherever on it: somebody may have put the room beside it."""
    return url == seen.join_url or url in seen.fields.place or url in seen.fields.description


def _unknown(link: RemoteLink) -> RemoteLink:
    """Nothing is known of what the other side has: it is looked at and brought in line."""
    return replace(link, agreed=None)


def _without_link(link: RemoteLink) -> RemoteLink:
    """As if the link had never been written, so that it is written anew."""
    if link.agreed is None:
        return link
    wanted = replace(link.agreed.wanted, place="", description="")
    return replace(link, agreed=replace(link.agreed, wanted=wanted))
