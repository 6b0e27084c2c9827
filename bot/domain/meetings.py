"""Video meetings as a provider has them."""

from dataclasses import dataclass
from uuid import UUID

from bot.domain.errors import ProviderBusy, ProviderError

_REFERENCE = "Daybook "


class MeetingGone(ProviderError):
    """The meeting does not exist any more."""

    def __init__(self) -> None:
        super().__init__("Zoom says that the meeting is not there any more.")


class DailyLimitReached(ProviderBusy):
    """No meeting can be made or changed until the provider's day ends; `retry_after` in seconds until then."""


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """A meeting as it should be. `start` in epoch seconds, `zone` an IANA name.

    `reference` finds it again, and is all of its agenda: lists cut that short, so nothing may stand before it.
    """

    reference: str
    topic: str
    start: int
    minutes: int
    zone: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as the provider tells it; `start` in epoch seconds, None where it has none."""

    id: str
    join_url: str
    topic: str
    start: int | None
    minutes: int | None

    def is_as(self, plan: MeetingPlan) -> bool:
        """Whether nothing has to be written."""
        return (self.topic, self.start, self.minutes) == (plan.topic, plan.start, plan.minutes)


def reference_of(appointment_id: UUID) -> str:
    """How a meeting says whose it is: found again after an answer that was lost."""
    return f"{_REFERENCE}{appointment_id}"
