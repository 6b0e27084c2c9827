"""Appointments, and their hosts' time."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.domain.appointment_log import LogEntry
from bot.domain.appointments import Appointment
from bot.domain.effects import EffectClaim
from bot.domain.intervals import Interval
from bot.domain.people import Actor


class Appointments(Protocol):
    """Appointments and their hosts' time. Live ones of one host never overlap: the database says so."""

    def lock_hosts(self, host_ids: Collection[UUID]) -> None:
        """One booking at a time for these members until the transaction ends; in one order, whoever asks."""
        ...

    def add(self, appointment: Appointment, *, origin: str) -> None:
        """Store a new one; `origin` is its submission.

        Raises:
            SlotTaken: a live appointment of one of its hosts overlaps.
            EditedMeanwhile: the same submission was stored meanwhile.
        """
        ...

    def by_origin(self, actor: Actor, origin: str) -> Appointment | None:
        """What the actor's submission has made already."""
        ...

    def save(self, changed: Appointment) -> None:
        """Store the next version; raises `EditedMeanwhile` unless the stored one is the version before, and
        `SlotTaken` where a live appointment of one of its hosts overlaps."""
        ...

    def get(self, actor: Actor, appointment_id: UUID) -> Appointment:
        """One that the actor hosts or booked; raises `NotFound`, for another's as for none."""
        ...

    def known(self, appointment_id: UUID) -> Appointment | None:
        """For jobs, which act for no one."""
        ...

    def between(
        self, actor: Actor, host_ids: Collection[UUID], window: Interval
    ) -> Mapping[UUID, Sequence[Appointment]]:
        """Per host, of the actor's workspace, the live and settled ones that touch `window`, by start."""
        ...

    def with_colleagues(self, actor: Actor, window: Interval) -> Sequence[Appointment]:
        """The live and settled ones that touch `window`, by start, which the actor booked with colleagues alone and
        does not host: whoever has no calendar is in them all the same."""
        ...

    def asked_about(
        self, actor: Actor, host_ids: Collection[UUID], window: Interval
    ) -> Mapping[UUID, Sequence[Appointment]]:
        """Per host, of the actor's workspace, live ones whose copy was moved to a time that touches `window`, where
        the appointment has not followed (`Question.theirs`); by start."""
        ...

    def with_contact(
        self, actor: Actor, contact_id: UUID, now: datetime, *, to_come: bool, limit: int
    ) -> Sequence[Appointment]:
        """A contact's, of anybody in the actor's workspace: live ones that end after `now`, by start; or all others,
        the latest first."""
        ...

    def expired(self, now: datetime, *, limit: int) -> Sequence[Appointment]:
        """Held ones whose time is up, of anybody."""
        ...

    def expired_of(self, host_ids: Collection[UUID], now: datetime) -> Sequence[Appointment]:
        """Held ones of these hosts whose time is up."""
        ...

    def starting(self, window: Interval, *, limit: int) -> Sequence[Appointment]:
        """Confirmed ones that start in the window and whose link was not checked for this time yet."""
        ...

    def checked(self, appointment: Appointment) -> bool:
        """Remember that the link was checked for this start; True for exactly one caller."""
        ...

    def invitations_since(self, actor: Actor, since: datetime) -> int:
        """How often the actor had somebody mailed since then: by what he booked, and by what he moved."""
        ...

    def write_log(self, appointment_id: UUID, entry: LogEntry) -> None:
        """Add a line to its history."""
        ...

    def log(self, appointment_id: UUID) -> Sequence[LogEntry]:
        """Its history, oldest first."""
        ...

    def told(self, claim: EffectClaim) -> int:
        """How many lines of the history stand in the card's thread already."""
        ...

    def tell(self, claim: EffectClaim, count: int) -> None:
        """So many lines stand in the thread, or are about to; raises `LeaseLost`."""
        ...
