"""An account's meetings: the `MeetingGateway` for Zoom."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from bot.clients.zoom.asking import ZoomAsking
from bot.clients.zoom.errors import unreadable
from bot.clients.zoom.parsing import Listed, listed, meeting, next_page, object_in
from bot.domain.meetings import Meeting, MeetingGone, MeetingPlan

_MINE = "users/me/meetings"
_SCHEDULED = 2
_MEETINGS_A_PAGE = 300
# Thirty thousand meetings; whoever has more pages than that is sending the same ones again.
_MOST_PAGES = 100


class ZoomMeetings:
    """Meetings as their host makes them; nothing is repeated but once after a refused token.

    Nothing of the host's own link (`start_url`) is kept: whoever has it is the host.
    """

    def __init__(self, asking: ZoomAsking) -> None:
        """Take the way to Zoom together with what opens it."""
        self._asking = asking

    def find(self, account_id: UUID, reference: str) -> Sequence[Meeting]:
        """The meetings whose agenda begins with the reference: more than one where answers were lost."""
        found = []
        for one in [each for each in self._all(account_id) if each.first_line == reference]:
            with suppress(MeetingGone):
                found.append(self.get(account_id, one.id))
        return found

    def create(self, account_id: UUID, plan: MeetingPlan) -> Meeting:
        """A new meeting. Zoom knows no repetitions: every call makes one."""
        return meeting(self._asking.ask(account_id, "POST", _MINE, json={"type": _SCHEDULED, **_fields(plan)}))

    def get(self, account_id: UUID, meeting_id: str) -> Meeting:
        """The meeting as it is; raises `MeetingGone`."""
        return meeting(self._asking.ask(account_id, "GET", _path(meeting_id)))

    def change(self, account_id: UUID, meeting_id: str, plan: MeetingPlan) -> None:
        """Bring it in line with the plan: same meeting, same link; raises `MeetingGone`."""
        self._asking.ask(account_id, "PATCH", _path(meeting_id), json=_fields(plan))

    def remove(self, account_id: UUID, meeting_id: str) -> None:
        """Remove it; one that is gone already is a success."""
        try:
            self._asking.ask(account_id, "DELETE", _path(meeting_id))
        except MeetingGone:
            return

    def _all(self, account_id: UUID) -> Iterator[Listed]:
        seen: set[str] = set()
        token = ""
        while True:
            # `upcoming` would leave out what is further than half a year ahead.
            wanted: dict[str, Any] = {"type": "scheduled", "page_size": _MEETINGS_A_PAGE}
            if token:
                wanted["next_page_token"] = token
            page = object_in(self._asking.ask(account_id, "GET", _MINE, params=wanted))
            yield from listed(page)
            token = next_page(page)
            if not token:
                return
            if token in seen or len(seen) >= _MOST_PAGES:
                raise unreadable()
            seen.add(token)


def _fields(plan: MeetingPlan) -> dict[str, object]:
    return {
        "topic": plan.topic,
        "agenda": plan.reference,
        "start_time": datetime.fromtimestamp(plan.start, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "duration": plan.minutes,
        "timezone": plan.zone,
    }


def _path(meeting_id: str) -> str:
    return f"meetings/{quote(meeting_id, safe='')}"
