"""Remembers what happened for the triggers that wait for it, in the transaction in which it happened."""

from bot.domain.appointment_log import LogEntry
from bot.domain.appointment_occasions import occasion_of
from bot.domain.appointments import Appointment
from bot.domain.occasions import Occasion
from bot.ports import UnitOfWork
from bot.usecases.host_places import HostPlaces


def record_occasion(work: UnitOfWork, occasion: Occasion) -> None:
    """Have every trigger that waits for this fire once.

    A repeated call with the same subject and version does nothing.
    """
    work.triggers.record(occasion)


def record_deed(work: UnitOfWork, changed: Appointment, entry: LogEntry, places: HostPlaces) -> None:
    """The same for an appointment booked in Daybook, where what was done to it is an occasion at all.

    Args:
        work: the transaction that stores it.
        changed: the appointment as it is now.
        entry: the line of its history that says how it became so.
        places: those of its first host.
    """
    occasion = occasion_of(changed, entry, places.calendar.id if places.calendar is not None else None)
    if occasion is not None:
        record_occasion(work, occasion)
