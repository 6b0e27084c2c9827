"""What becomes of a meeting as one calendar has it now: its next state, and what happened by it. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bot.domain.event_spans import single_span
from bot.domain.events import Series
from bot.domain.horizon import DAYS_AHEAD
from bot.domain.intervals import Interval
from bot.domain.occasions import What
from bot.domain.recurrence import expand
from bot.domain.taken import LONG_AGO, KnownMeeting, MarkedEvent, TakenAppointment, TakenContact, TakenKey, id_of
from bot.domain.wall_time import DAY

# A series of which times are known for so long goes on for longer, as far as anybody can say.
_ENDLESS = (DAYS_AHEAD - 30) * DAY


@dataclass(frozen=True, slots=True)
class SeenMeeting:
    """A meeting with contacts as one calendar has it.

    Args:
        host_id: whose calendar it is.
        span: of a series its first time; epoch seconds.
        over_at: when it is over, as far as is known.
        created_at: when it was made in Google.
        begun: where it stood before it got a name of its own: one time of a series in its place, or a series that
            was cut; None for what is new.
        continues: it goes on with a series that was cut, so that it is no new one.
    """

    key: TakenKey
    host_id: UUID
    span: Interval
    title: str
    repeats: bool
    contacts: tuple[TakenContact, ...]
    created_at: datetime
    over_at: int | None
    begun: Interval | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Taking:
    """The meeting's next state, and what happened by it: where it was `before`, if it was moved."""

    taken: TakenAppointment
    what: What | None = None
    before: Interval | None = None


def taking(meeting: SeenMeeting, known: KnownMeeting | None, *, workspace_id: UUID, now: int) -> Taking:
    """What becomes of it.

    A calendar that shows what it showed before has nothing to say about when the meeting is: another one of the
    team may have been read since, and knows better.

    Args:
        meeting: as the calendar has it now.
        known: as it was known before, if it was.
        workspace_id: whose it is.
        now: epoch seconds. Of what is over nobody is told.
    """
    if known is None:
        taken = TakenAppointment(
            id=id_of(workspace_id, meeting.key),
            workspace_id=workspace_id,
            ical_uid=meeting.key.ical_uid,
            original=meeting.key.original,
            span=meeting.span,
            title=meeting.title,
            repeats=meeting.repeats,
            hosts=(meeting.host_id,),
            contacts=meeting.contacts,
            created_at=meeting.created_at,
            over_at=meeting.over_at,
        )
        return _unless_over(_begun(taken, meeting), now)
    before = known.taken
    hosts = before.hosts if meeting.host_id in before.hosts else (*before.hosts, meeting.host_id)
    taken = replace(before, title=meeting.title, contacts=meeting.contacts, hosts=hosts, over_at=meeting.over_at)
    if before.is_cancelled:
        back = replace(taken, span=meeting.span, is_cancelled=False, version=before.version + 1)
        return _unless_over(Taking(back, What.BOOKED), now)
    if not before.hosts:
        return _unless_over(_again(replace(taken, span=meeting.span, repeats=meeting.repeats), before, meeting), now)
    if known.seen is not None and meeting.span not in (known.seen, before.span):
        moved = replace(taken, span=meeting.span, repeats=meeting.repeats, version=before.version + 1)
        return _unless_over(Taking(moved, What.RESCHEDULED, before.span), now)
    return Taking(taken)


def stays_put(taken: TakenAppointment, before: TakenAppointment | None) -> bool:
    """Whether it stands where it was known to stand."""
    return before is not None and bool(before.hosts) and not before.is_cancelled and before.span == taken.span


def cancelled(taken: TakenAppointment) -> TakenAppointment:
    """The meeting once it was called off."""
    return replace(taken, is_cancelled=True, version=taken.version + 1)


def called_off(series: TakenAppointment, key: TakenKey, span: Interval) -> TakenAppointment:
    """One time of a series that never had a name of its own, called off."""
    return replace(
        series,
        id=id_of(series.workspace_id, key),
        original=key.original,
        span=span,
        repeats=False,
        is_cancelled=True,
        version=1,
        over_at=span.end,
    )


def over_at(marked: MarkedEvent, span: Interval, now: int) -> int | None:
    """When the event is over: a single one at its end, a series with its last time, if that is in sight."""
    if not marked.event.recurrence:
        return span.end
    last = marked.last_end
    return last if last is not None and last < now + _ENDLESS else None


def is_a_time_of(marked: MarkedEvent, original: int, zone: str) -> bool:
    """Whether the series, as it is now, would have put one of its times there.

    Google tells changed times as cancelled, too, that the series lost by being moved as a whole.
    """
    if marked.series is None:
        return False
    # A day may begin elsewhere than where it was told, and what lasts long may reach in from before.
    found = expand(Series(marked.series), zone=zone, window=Interval(original, original + 1)).occurrences
    return any(one.start == original for one in found)


def original_of(marked: MarkedEvent, zone: str) -> int:
    """Where its series puts a changed time, epoch seconds; 0 for anything else."""
    event = marked.event
    if event.series_id is None or event.original_start is None:
        return 0
    return single_span(event.original_start, None, zone).start


def made_at(marked: MarkedEvent, continued: TakenAppointment | None, series: TakenAppointment | None) -> datetime:
    """When the meeting was made: what goes on with another, or is one time of it, is as old as that."""
    told = marked.event.created_at or LONG_AGO
    if continued is not None:
        return continued.created_at
    if series is not None:
        return series.created_at
    if marked.series is not None:
        return marked.series.created_at or LONG_AGO
    return told


def _begun(taken: TakenAppointment, meeting: SeenMeeting) -> Taking:
    if meeting.begun is None:
        return Taking(taken, None if meeting.continues else What.BOOKED)
    if meeting.begun == taken.span:
        return Taking(taken)
    return Taking(taken, What.RESCHEDULED, meeting.begun)


def _again(taken: TakenAppointment, before: TakenAppointment, meeting: SeenMeeting) -> Taking:
    """It was no appointment for a while, of which nobody was told, so that its return is no news either."""
    if taken.span in (before.span, meeting.begun):
        return Taking(taken)
    return Taking(replace(taken, version=before.version + 1), What.RESCHEDULED, meeting.begun or before.span)


def _unless_over(told: Taking, now: int) -> Taking:
    return Taking(told.taken) if told.taken.is_over(now) else told
