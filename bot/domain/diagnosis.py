"""Why events do not show as somebody expects: the checks in their order, and what each of them found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.accounts import Access, Account, AccountStatus
from bot.domain.calendars import Calendar, Role
from bot.domain.connections import Status, takes_appointments
from bot.domain.events import AgendaEntry, EventKind, ShowsAs
from bot.domain.freshness import stale_after
from bot.domain.round_trips import RoundTrip

LOOK_AHEAD = timedelta(days=14)
READS_ADDRESSES = "users:read.email"
"""Slack's permission to say whose an address is."""


class Check(StrEnum):
    """What is looked at, in this order."""

    CONNECTED = "connected"
    OPTION = "option"
    LINKED = "linked"
    ACCOUNT = "account"
    SHARED = "shared"
    LOSS = "loss"
    BUSY = "busy"
    READ = "read"
    UNDERSTOOD = "understood"
    PEOPLE = "people"
    PUSH = "push"
    TRIGGERS = "triggers"

    @property
    def is_fault(self) -> bool:
        """Whether what it finds wants mending; the others find what is good to know."""
        return self not in (Check.BUSY, Check.PUSH)


@dataclass(frozen=True, slots=True)
class Fortnight:
    """The events of the coming fortnight: how many there are, and how many leave their time open and why."""

    total: int = 0
    free: int = 0
    ignored: int = 0

    @property
    def open(self) -> int:
        """Those that leave their time open though one may expect otherwise."""
        return self.free + self.ignored


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the checks look at.

    Args:
        status: accounts and calendars.
        coming: the events of the coming fortnight.
        push_refusals: why the provider does not tell of a calendar's changes, by calendar.
        failed_firings: how often the member's own triggers came to nothing.
        missing_scopes: the permissions of Slack that Daybook was installed without.
        round_trip: the last check, if there was one.
    """

    status: Status
    coming: Fortnight = Fortnight()
    push_refusals: Mapping[UUID, str] = field(default_factory=dict)
    failed_firings: int = 0
    missing_scopes: frozenset[str] = frozenset()
    round_trip: RoundTrip | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found, and about what; `number` counts it where it is neither account nor calendar."""

    check: Check
    accounts: tuple[Account, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    number: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was found, in the order of the checks; `passed` are the checks that found nothing."""

    evidence: Evidence
    findings: tuple[Finding, ...]
    passed: tuple[Check, ...]

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What wants mending; the first is what to do first."""
        return tuple(one for one in self.findings if one.check.is_fault)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What is as it should be, and good to know."""
        return tuple(one for one in self.findings if not one.check.is_fault)


def count_coming(entries: Sequence[AgendaEntry]) -> Fortnight:
    """What is among the occurrences of a fortnight; birthdays and places of work are nobody's meetings."""
    told = [one for one in entries if one.kind not in (EventKind.BIRTHDAY, EventKind.WORKING_LOCATION)]
    ignored = sum(one.is_ignored for one in told)
    free = sum(one.shows_as is ShowsAs.FREE and not one.is_ignored for one in told)
    return Fortnight(len(told), free, ignored)


def diagnose(evidence: Evidence) -> Diagnosis:
    """Walk the checks in order; without a calendar there is nothing beyond the first."""
    status = evidence.status
    if not status.is_connected:
        return Diagnosis(evidence, (Finding(Check.CONNECTED),), ())
    found = {check: look(evidence) for check, look in _LOOKS.items()}
    findings = tuple(found[check] for check in Check if check in found and found[check] is not None)
    passed = tuple(check for check in Check if check in found and found[check] is None)
    return Diagnosis(evidence, tuple(one for one in findings if one is not None), passed)


def _option(evidence: Evidence) -> Finding | None:
    return None if evidence.status.calendars else Finding(Check.OPTION)


def _linked(evidence: Evidence) -> Finding | None:
    status = evidence.status
    may_link = any(one.provider.has_calendars and one.access is Access.FULL for one in status.accounts)
    if not status.calendars or not may_link:  # told by the check before, or so connected on purpose
        return None
    linked = tuple(one for one in status.calendars if one.role is Role.LINKED and not one.is_lost)
    if any(takes_appointments(one, status.accounts) for one in linked):
        return None
    is_told_otherwise = any(one.role is Role.LINKED and one.is_lost for one in status.calendars)
    return None if is_told_otherwise else Finding(Check.LINKED, calendars=linked)


def _account(evidence: Evidence) -> Finding | None:
    broken = tuple(one for one in evidence.status.accounts if one.status is AccountStatus.NEEDS_RECONNECT)
    return Finding(Check.ACCOUNT, accounts=broken) if broken else None


def _shared(evidence: Evidence) -> Finding | None:
    lost = tuple(one for one in _readable(evidence.status) if one.is_lost)
    return Finding(Check.SHARED, calendars=lost) if lost else None


def _loss(evidence: Evidence) -> Finding | None:
    held = tuple(one for one in _readable(evidence.status) if one.open_fuse is not None)
    return Finding(Check.LOSS, calendars=held) if held else None


def _read(evidence: Evidence) -> Finding | None:
    """Those that are late for no reason that was told before."""
    status = evidence.status
    late = tuple(
        one
        for one in _readable(status)
        if not one.is_lost and one.open_fuse is None and (one.problem or _is_late(one, status))
    )
    return Finding(Check.READ, calendars=late) if late else None


def _understood(evidence: Evidence) -> Finding | None:
    odd = tuple(one for one in evidence.status.calendars if one.unreadable_events)
    return Finding(Check.UNDERSTOOD, calendars=odd, number=sum(one.unreadable_events for one in odd)) if odd else None


def _people(evidence: Evidence) -> Finding | None:
    is_missing = evidence.status.wants_contacts and READS_ADDRESSES in evidence.missing_scopes
    return Finding(Check.PEOPLE) if is_missing else None


def _triggers(evidence: Evidence) -> Finding | None:
    number = evidence.failed_firings
    return Finding(Check.TRIGGERS, number=number) if number else None


def _busy(evidence: Evidence) -> Finding | None:
    return Finding(Check.BUSY, number=evidence.coming.open) if evidence.coming.open else None


def _push(evidence: Evidence) -> Finding | None:
    refused = tuple(one for one in evidence.status.calendars if evidence.push_refusals.get(one.id))
    if not refused:
        return None
    return Finding(Check.PUSH, calendars=refused, detail=evidence.push_refusals[refused[0].id])


_LOOKS: Mapping[Check, Callable[[Evidence], Finding | None]] = {
    Check.OPTION: _option,
    Check.LINKED: _linked,
    Check.ACCOUNT: _account,
    Check.SHARED: _shared,
    Check.LOSS: _loss,
    Check.READ: _read,
    Check.UNDERSTOOD: _understood,
    Check.PEOPLE: _people,
    Check.TRIGGERS: _triggers,
    Check.BUSY: _busy,
    Check.PUSH: _push,
}


def _readable(status: Status) -> tuple[Calendar, ...]:
    """The calendars whose accounts work; those of the others are told of with the account."""
    active = {one.id for one in status.accounts if one.status is AccountStatus.ACTIVE}
    return tuple(one for one in status.calendars if one.account_id in active)


def _is_late(calendar: Calendar, status: Status) -> bool:
    return calendar.read_at is None or status.now - calendar.read_at > stale_after(calendar)
