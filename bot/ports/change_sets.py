"""Switches of a sync option, with what they made."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.calendars import Calendar, SyncOption
from bot.domain.change_sets import ChangeSet, MadeContact, SwitchProgress
from bot.domain.people import Actor


class ChangeSets(Protocol):
    """Switches of a sync option; each can be undone for a while."""

    def one_at_a_time(self, actor: Actor) -> None:
        """No other switch, undo or choice of calendars of the actor's until the transaction ends: first thing in it."""
        ...

    def held(self, actor: Actor, calendar_id: UUID) -> Calendar | None:
        """The actor's own linked calendar, for which nothing is decided until the transaction ends; None if it is not
        there any more, or not linked."""
        ...

    def is_read(self, calendar: Calendar) -> bool:
        """Whether everything in it was read, with the people on its events."""
        ...

    def set_option(self, calendar: Calendar, option: SyncOption, since: datetime) -> None:
        """Let a calendar that is held have that option, chosen then."""
        ...

    def add(self, switch: ChangeSet) -> None:
        """Remember a switch."""
        ...

    def get(self, actor: Actor, change_set_id: UUID) -> ChangeSet:
        """One of the actor's own; raises `NotFound`."""
        ...

    def standing(self, actor: Actor) -> Sequence[ChangeSet]:
        """The actor's own that were not undone, the latest first."""
        ...

    def close(self, switch: ChangeSet, now: datetime) -> None:
        """It is undone, and with it those of the same calendar that came later."""
        ...

    def made_contact(self, calendar_id: UUID, contact_id: UUID) -> None:
        """A contact was made as the calendar's last switch wants it, by an event that was there before.

        Nothing happens where no switch stands.
        """
        ...

    def made(self, switch: ChangeSet) -> Sequence[MadeContact]:
        """The contacts that it made, and those after it of the same calendar, as they are now; by name."""
        ...

    def progress(self, switch: ChangeSet) -> SwitchProgress:
        """How far it has come."""
        ...

    def withdraw_questions(self, actor: Actor) -> None:
        """Nobody asks the actor any more about invitees of whom he was not asked yet."""
        ...

    def forget(self, before: datetime) -> int:
        """Forget the switches that were made before then; returns how many."""
        ...
