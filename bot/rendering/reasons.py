"""Each reason why a time is not free, in words; titles only to the one whose events they are."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.explanation import Reason, ReasonKind
from bot.domain.intervals import Interval
from bot.domain.member_time import BusyReason
from bot.domain.number_text import notice_text
from bot.domain.people import Member
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed, name_of
from bot.rendering.zones import begins, day_of, from_to


class Wording:
    """Reasons told to one reader, in his zone and near the day of the time that was asked about."""

    def __init__(self, members: Sequence[Member], viewer: UUID, *, zone: str, start: int) -> None:
        """Take whose reasons they are, the reader's member id and zone, and the time that was asked about."""
        self._zone = zone
        self._viewer = viewer
        self._day = day_of(start, zone)
        self._names = {member.id: name_of(member) for member in members}

    def lines(self, reasons: Sequence[Reason]) -> list[str]:
        """One sentence for each reason; what holds for several people alike is said once."""
        return list(dict.fromkeys(self._sentence(reason) for reason in reasons))

    def _sentence(self, reason: Reason) -> str:
        name = self._names[reason.member_id]
        limit = reason.limit or 0
        match reason.kind:
            case ReasonKind.OUTSIDE_HOURS | ReasonKind.DATE_OVERRIDE:
                return self._outside(reason, name)
            case ReasonKind.PAST:
                return "That time has passed"
            case ReasonKind.NOTICE:
                first = f", so not before {self._edge(reason.span.end)}" if reason.span else ""
                return f"{name} needs {_possessive(notice_text(limit))} notice{first}"
            case ReasonKind.HORIZON:
                return f"{name} plans no further than {counted(limit, 'day')} ahead"
            case ReasonKind.DAILY_CAP:
                return f"{name} takes {counted(limit, 'appointment')} a day, and that day is full"
            case ReasonKind.BUSY:
                return self._taken(reason, name)
            case ReasonKind.BUFFER:
                return self._buffer(reason, name)
            case ReasonKind.STALE | ReasonKind.NOT_READ:
                return _unknown(reason, name)
            case ReasonKind.OFF_GRID:
                return f"{name} is free then, but it is not one of the starts that are offered"

    def _outside(self, reason: Reason, name: str) -> str:
        if reason.kind is ReasonKind.DATE_OVERRIDE:
            return f"{name} {f'works {self._hours(reason)} only' if reason.hours else 'is off'} on that date"
        return f"{name} {f'works {self._hours(reason)}' if reason.hours else 'does not work'} that day"

    def _taken(self, reason: Reason, name: str) -> str:
        span, source = reason.span, reason.source
        time = f", {self._told(span)}" if span else ""
        if source is None:
            return f"{name} is busy{time}"
        if source.reason is BusyReason.APPOINTMENT:
            return f"{name} has an appointment{time}"
        if source.reason is BusyReason.HOLD:
            return f"That time of {name} is being held for somebody{time}"
        if reason.member_id != self._viewer:
            return f"{name} is busy{time}"
        calendar = f" ({user_text(source.calendar_name, limit=60)})" if source.calendar_name else ""
        what = f"has *{user_text(source.title, limit=80)}*" if source.title else "is busy"
        return f"{name} {what}{time}{calendar}"

    def _buffer(self, reason: Reason, name: str) -> str:
        length = counted(reason.limit or 0, "minute")
        span, source = reason.span, reason.source
        if span is None or source is None:
            return f"{name} keeps {length} free between appointments"
        if span.start >= source.end:
            return f"{name} keeps {length} free after {self._edge(source.end)}, until {self._edge(span.end)}"
        return f"{name} keeps {length} free before {self._edge(source.start)}, from {self._edge(span.start)}"

    def _hours(self, reason: Reason) -> str:
        return listed([self._told(each) for each in reason.hours])

    def _told(self, span: Interval) -> str:
        return from_to(span.start, span.end, self._zone, near=self._day)

    def _edge(self, second: int) -> str:
        return begins(second, self._zone, near=self._day)


def _unknown(reason: Reason, name: str) -> str:
    if reason.kind is ReasonKind.NOT_READ:
        return f"Nobody can say yet whether {name} is free: a calendar has not been read that far ahead"
    return f"{name} offers no time while a calendar is not up to date"


def _possessive(length: str) -> str:
    """`1 hour's`, `2 hours'`."""
    return f"{length}'" if length.endswith("s") else f"{length}'s"
