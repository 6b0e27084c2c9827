"""Starts that a member offers in a channel; whoever is first to take one has it, and the others are gone."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.appointments import NOWHERE, Venue
from bot.domain.booking import Booked
from bot.domain.errors import DaybookError, NotFound
from bot.domain.explanation import Reason
from bot.domain.people import Member
from bot.domain.wall_time import epoch

MOST_OFFERED = 3


class OfferTaken(DaybookError):
    """Somebody else was quicker; an offer is good for one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has taken one of these already, so the others are gone. Nothing was booked.")


class WithdrawnTooLate(DaybookError):
    """Somebody has taken a time of it; what he has can only be cancelled."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has taken one of these already, so it cannot be withdrawn.")


class TakerNotFree(DaybookError):
    """Whoever takes it has something else then; `reasons` tell what, and the offer stands."""

    def __init__(self, claimer: Member, reasons: tuple[Reason, ...]) -> None:
        super().__init__("You are not free then. Nothing was booked; these times are still offered.")
        self.claimer = claimer
        self.reasons = reasons


class OfferOver(NotFound):
    """It was withdrawn, or all of its times have passed, or there was none: all are told the same."""

    def __init__(self) -> None:
        super().__init__("These times are no longer offered. Nothing was booked.")


@dataclass(frozen=True, slots=True)
class OfferRequest:
    """What somebody wants to offer of his own time.

    Args:
        starts: epoch seconds, at most `MOST_OFFERED`.
        minutes: the length.
    """

    starts: tuple[int, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Starts of one member's time; `claimer_id` and `appointment_id` are set together, once.

    `starts` are epoch seconds, earliest first.
    """

    id: UUID
    workspace_id: UUID
    host_id: UUID
    starts: tuple[int, ...]
    minutes: int
    created_at: datetime
    title: str = ""
    venue: Venue = NOWHERE
    note: str = ""
    claimer_id: UUID | None = None
    appointment_id: UUID | None = None

    def has_passed(self, now: datetime) -> bool:
        """Whether none of its times can be taken any more."""
        return self.starts[-1] <= epoch(now)


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer with its host; `zone` is his, as an IANA name."""

    offer: Offer
    host: Member
    zone: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """An offer that was taken, by whom, and what came of it."""

    offer: Offer
    host: Member
    claimer: Member
    booked: Booked

    @property
    def takes_claimers_time(self) -> bool:
        """Whether it stands in the calendar of whoever took it too, who may have none."""
        return self.claimer.id in self.booked.appointment.hosts
