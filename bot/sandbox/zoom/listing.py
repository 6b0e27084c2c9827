"""Lists a person's meetings: which ones a type means, in which order, and page by page."""

import dataclasses
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.zoom.errors import Resource, bad_request, validation_failed
from bot.sandbox.zoom.state import INSTANT, Meeting
from bot.sandbox.zoom.times import is_day, is_zone

_TYPES = frozenset({"scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings"})
_FURTHEST = timedelta(days=183)
_PAGE_SIZE, _LARGEST_PAGE = 30, 300
_NUMBER = re.compile(r"\d{1,4}", re.ASCII)
_TOKEN_LIFE = timedelta(minutes=15)
_KEPT_TOKENS = 2000


@dataclasses.dataclass(frozen=True)
class Wish:
    """What a list was asked for: a `kind`, days from and to by the clock of a `zone`, and which page."""

    kind: str
    size: int
    token: str
    first: str = ""
    last: str = ""
    zone: str = "UTC"

    @classmethod
    def read(cls, query: dict[str, str]) -> "Wish":
        """The wish of a request.

        Raises:
            ApiError: there is no such type, or no such size.
        """
        kind, size = query.get("type") or "scheduled", query.get("page_size") or str(_PAGE_SIZE)
        wrong = [] if kind in _TYPES else ["type"]
        if not _NUMBER.fullmatch(size) or not 1 <= int(size) <= _LARGEST_PAGE:
            wrong.append("page_size")
        first, last, zone = query.get("from", ""), query.get("to", ""), query.get("timezone") or "UTC"
        wrong += [name for name, day in (("from", first), ("to", last)) if day and not is_day(day)]
        wrong += [] if is_zone(zone) else ["timezone"]
        if wrong:
            raise validation_failed(wrong)
        return cls(kind, int(size), query.get("next_page_token", ""), first, last, zone)

    def covers(self, start: datetime) -> bool:
        """Whether a start is on one of the days."""
        day = start.astimezone(ZoneInfo(self.zone)).date().isoformat()
        return (self.first or day) <= day <= (self.last or day)


def chosen(meetings: Sequence[Meeting], wish: Wish, now: datetime) -> list[Meeting]:
    """The meetings that are asked for, by their start; an instant meeting is in no list, nobody is ever in one."""
    kept = [one for one in meetings if one.type != INSTANT and not one.expired(now) and _fits(one, wish, now)]
    return sorted(kept, key=lambda one: one.start or datetime.max.replace(tzinfo=UTC))


class Pages:
    """Cuts lists into pages; `longest`, where that is not 0, makes them shorter than asked for."""

    def __init__(self) -> None:
        """Start without a page."""
        self.longest = 0
        self._rests: dict[str, tuple[str, int, datetime]] = {}

    def page(
        self, meetings: Sequence[Meeting], wish: Wish, owner: str, now: datetime
    ) -> tuple[list[Meeting], Resource]:
        """The meetings of one page, and what else its answer says; `owner` is whose list it is.

        Raises:
            ApiError: the token is unknown, too old, or of another list.
        """
        key, begin = f"{owner} {wish.kind} {wish.first} {wish.last} {wish.zone}", 0
        if wish.token:
            known, begin, expires = self._rests.get(wish.token, ("", 0, now))
            if known != key or expires <= now:
                raise bad_request("The next page token is invalid or expired.")
        end = begin + min(wish.size, self.longest or wish.size)
        token = ""
        if end < len(meetings):
            token = secrets.token_urlsafe(24)
            self._rests[token] = (key, end, now + _TOKEN_LIFE)
            while len(self._rests) > _KEPT_TOKENS:
                del self._rests[next(iter(self._rests))]
        answer = {"page_size": wish.size, "total_records": len(meetings), "next_page_token": token}
        return list(meetings[begin:end]), answer


def _fits(meeting: Meeting, wish: Wish, now: datetime) -> bool:
    if meeting.start is None or meeting.end is None:
        return wish.kind == "scheduled"
    if wish.kind == "live" or not wish.covers(meeting.start):
        return False
    if wish.kind == "scheduled":
        return True
    if wish.kind == "previous_meetings":
        return now - _FURTHEST <= meeting.start and meeting.end <= now
    return now < meeting.end and meeting.start <= now + _FURTHEST
