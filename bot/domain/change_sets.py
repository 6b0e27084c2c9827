"""Switches of a sync option that were made, and what is taken back of them. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.calendars import SyncOption
from bot.domain.contacts import Contact
from bot.domain.errors import DaybookError

UNDOABLE = timedelta(days=30)
"""How long a switch can be undone."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A switch that was made, so that it can be undone.

    Args:
        calendar_id: of which calendar; that may be gone since.
        name: what that was called then.
        undone_at: when it was undone, or when what it began from was.
    """

    id: UUID
    workspace_id: UUID
    member_id: UUID
    calendar_id: UUID
    name: str
    before: SyncOption
    after: SyncOption
    made_at: datetime
    undone_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """Up to when it can be undone."""
        return self.made_at + UNDOABLE

    def is_open(self, now: datetime) -> bool:
        """Whether it can be undone still."""
        return self.undone_at is None and now < self.until


class Stays(StrEnum):
    """Why an undo leaves a contact that its switch had made."""

    EDITED = "edited"
    """Somebody changed or tagged it, or gave it another address."""
    BOOKED = "booked"
    """Somebody booked an appointment with it."""
    MET_ELSEWHERE = "met_elsewhere"
    """It is on meetings of another calendar."""


@dataclass(frozen=True, slots=True)
class MadeContact:
    """A contact that a switch made, as it is now.

    Args:
        is_found_otherwise: it has other addresses as well.
        is_booked: there is or was an appointment booked in Daybook.
        elsewhere: the other calendars with meetings in which it is.
    """

    contact: Contact
    is_found_otherwise: bool = False
    is_booked: bool = False
    elsewhere: tuple[UUID, ...] = ()

    @property
    def stays(self) -> Stays | None:
        """Why it stays; None for what nobody touched."""
        if self.is_booked:
            return Stays.BOOKED
        if self.contact.version != 1 or self.contact.tags or self.is_found_otherwise:
            return Stays.EDITED
        return Stays.MET_ELSEWHERE if self.elsewhere else None


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did.

    Args:
        switch: what was undone.
        option: that the calendar has now; None where it is not in use any more.
        removed: how many contacts went.
        kept: those that stay, with the reason.
    """

    switch: ChangeSet
    option: SyncOption | None
    removed: int
    kept: tuple[tuple[Contact, Stays], ...] = ()


@dataclass(frozen=True, slots=True)
class SwitchProgress:
    """How far a switch has come: so many events wait for their decision, so many contacts were made by it."""

    switch: ChangeSet
    waiting: int
    contacts: int


class TooLateToUndo(DaybookError):
    """A switch lies too far back, was undone before, or was followed by another one."""
