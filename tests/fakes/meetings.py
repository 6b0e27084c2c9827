"""A provider of video meetings in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from bot.domain.meetings import Meeting, MeetingGone, MeetingPlan


def _nothing(_name: str) -> None:
    """Everything goes well."""


@dataclass
class FakeMeetings:
    """Implements `ports.MeetingGateway`; it makes as many meetings of one reference as it is asked for.

    `before` is told the name of each request ahead of the work and `after` once it is done: an error that either
    raises is what the caller gets.
    """

    meetings: dict[str, tuple[str, Meeting]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    before: Callable[[str], None] = _nothing
    after: Callable[[str], None] = _nothing
    _made: int = 0

    def find(self, account_id: UUID, reference: str) -> Sequence[Meeting]:
        self._begin("find")
        return [meeting for found, meeting in self.meetings.values() if found == reference]

    def create(self, account_id: UUID, plan: MeetingPlan) -> Meeting:
        self._begin("create")
        self._made += 1
        number = str(90 + self._made)
        meeting = Meeting(number, f"https://zoom.test/j/{number}", plan.topic, plan.start, plan.minutes)
        self.meetings[number] = (plan.reference, meeting)
        self.after("create")
        return meeting

    def get(self, account_id: UUID, meeting_id: str) -> Meeting:
        self._begin("get")
        if meeting_id not in self.meetings:
            raise MeetingGone
        return self.meetings[meeting_id][1]

    def change(self, account_id: UUID, meeting_id: str, plan: MeetingPlan) -> None:
        self._begin("change")
        if meeting_id not in self.meetings:
            raise MeetingGone
        reference, meeting = self.meetings[meeting_id]
        changed = replace(meeting, topic=plan.topic, start=plan.start, minutes=plan.minutes)
        self.meetings[meeting_id] = (reference, changed)
        self.after("change")

    def remove(self, account_id: UUID, meeting_id: str) -> None:
        self._begin("remove")
        self.meetings.pop(meeting_id, None)
        self.after("remove")

    def delete(self, meeting_id: str) -> None:
        """Somebody deletes it in Zoom."""
        del self.meetings[meeting_id]

    def told(self) -> list[Meeting]:
        """All that are there."""
        return [meeting for _, meeting in self.meetings.values()]

    def _begin(self, name: str) -> None:
        self.requests.append(name)
        self.before(name)
