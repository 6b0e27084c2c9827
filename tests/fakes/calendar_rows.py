"""What the fake store holds of accounts and their calendars, with the state of what runs for them."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.accounts import Account, Credential
from bot.domain.calendars import Calendar
from bot.domain.round_trips import RoundTrip


@dataclass(frozen=True)
class AccountRow:
    """An account with what no account shows."""

    account: Account
    credential: Credential
    notified_at: datetime | None = None
    nudges: int = 0
    nudge_at: datetime | None = None
    refresh_fence: int = 0
    refresh_lease_until: datetime | None = None


@dataclass(frozen=True)
class CalendarRow:
    """A calendar with the state of its sync."""

    calendar: Calendar
    sync_token: str | None = None
    generation: int = 0
    fence: int = 0
    lease_until: datetime | None = None
    attempts: int = 0
    expanded_until: datetime | None = None
    listed_at: datetime | None = None
    fuse_asked_at: datetime | None = None
    fuse_ask_at: datetime | None = None
    decide_after: datetime | None = None


@dataclass(frozen=True)
class PushPlanRow:
    """When a calendar wants its next push channel, and why it has none."""

    due_at: datetime
    attempts: int = 0
    problem: str | None = None


@dataclass(frozen=True)
class RoundTripRow:
    """A round trip check with its claim."""

    trip: RoundTrip
    lease_until: datetime | None = None
