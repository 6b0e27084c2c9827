"""Leaving an account whose calendars hold events of appointments to come: these are removed before it goes. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.accounts import Account, Provider
from bot.domain.connections import Revocation

PATIENCE = timedelta(hours=1)
"""How long Google is asked to remove what was written there, before the account goes all the same."""

LEASE = timedelta(seconds=90)


class CopyState(StrEnum):
    """What became of an event that is to be removed."""

    WAITING = "waiting"
    REMOVED = "removed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class LeftCopy:
    """An event of an appointment to come in a calendar of an account that is left.

    Args:
        container: the calendar's id in Google.
        event_id: the event's there.
        mails: Google tells the guests that it is gone.
    """

    appointment_id: UUID
    container: str
    event_id: str
    title: str
    mails: bool
    state: CopyState = CopyState.WAITING


@dataclass(frozen=True, slots=True)
class Leaving:
    """An account in which events are removed, up to `until` at the latest; it goes then, if `ends_account`.

    `fence` rises with every claim and every new beginning, so that a late holder ends nothing that others began.
    """

    account_id: UUID
    workspace_id: UUID
    member_id: UUID
    until: datetime
    attempts: int = 0
    ends_account: bool = True
    fence: int = 0


@dataclass(frozen=True, slots=True)
class LeftReport:
    """What was done, until its member was told.

    Args:
        revocation: what became of the account's permission; None where the account stays.
        removed: how many events are gone.
        kept: the appointments whose events are not.
        until: when Slack is asked no more to take the message.
    """

    id: UUID
    workspace_id: UUID
    member_id: UUID
    provider: Provider
    address: str
    revocation: Revocation | None
    removed: int
    kept: tuple[UUID, ...]
    until: datetime
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class CopiesThere:
    """How many events of appointments Daybook wrote in an account, and of how many guests hear of a removal."""

    number: int
    mailed: int


@dataclass(frozen=True, slots=True)
class Behind:
    """An account, and what Daybook wrote there."""

    account: Account
    copies: CopiesThere
