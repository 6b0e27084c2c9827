"""What there is to see of triggers: one that was stored, all that a reader may know of, one with its ledger."""

from dataclasses import dataclass, field

from bot.domain.calendars import Calendar
from bot.domain.firings import Firing, TriggerHealth
from bot.domain.people import Member
from bot.domain.triggers import Trigger

LEDGER_PAGE = 10
"""Firings on one page of the ledger."""


@dataclass(frozen=True, slots=True)
class TriggerSaved:
    """A trigger as it was stored; `secret` is what its calls are signed with, where that is new."""

    trigger: Trigger
    is_new: bool
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class TriggersShown:
    """The actor's own triggers, and others' of which he is told; `is_off`: his two-way calendar has triggers off."""

    own: tuple[TriggerHealth, ...]
    others: tuple[TriggerHealth, ...]
    is_admin: bool
    is_off: bool = False


@dataclass(frozen=True, slots=True)
class TriggerShown:
    """One trigger with a page of its ledger.

    Args:
        hosts: the members whom it looks at; nobody means everybody.
        calendar: the calendar that it looks at; None for any, or where that is not in use any more.
        firings: newest first; empty for whom the ledger is not.
        offset: how many newer ones there are.
        is_own: its reader may change it, and see the ledger.
        zone: the reader's.
    """

    health: TriggerHealth
    hosts: tuple[Member, ...]
    calendar: Calendar | None
    firings: tuple[Firing, ...]
    offset: int
    is_own: bool
    zone: str
