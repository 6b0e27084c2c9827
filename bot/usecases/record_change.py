"""Stores the next version of an appointment: with its line in the log, and with what has to be written elsewhere."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, EditedMeanwhile
from bot.domain.effects import EffectKind
from bot.ports import UnitOfWork
from bot.usecases.host_places import HostPlaces, host_places
from bot.usecases.record_occasion import record_deed
from bot.usecases.want_delivery import EVERYTHING, want_delivery


def record_change(
    work: UnitOfWork,
    changed: Appointment,
    entry: LogEntry,
    now: datetime,
    kinds: Collection[EffectKind] = EVERYTHING,
) -> None:
    """Store it. Raises `EditedMeanwhile`, and `SlotTaken` where another live appointment of a host is there."""
    work.appointments.save(changed)
    work.appointments.write_log(changed.id, entry)
    if entry.after is not None and entry.after != entry.before:
        # What is dragged in Google is the first host's copy: nobody looked at what the others have there.
        unasked = changed.hosts[1:] if entry.deed is Deed.MOVED_IN_GOOGLE else ()
        work.landings.accept(changed, unasked=unasked)
    places = places_of(work, changed)
    want_delivery(work, changed, places, now, kinds)
    record_deed(work, changed, entry, places)


def places_of(work: UnitOfWork, appointment: Appointment) -> HostPlaces:
    """Where the first host's appointments are written now."""
    host = work.members.get(appointment.workspace_id, appointment.hosts[0])
    return host_places(work, host)


def require_version(appointment: Appointment, version: int) -> None:
    """Raises `EditedMeanwhile` where the form or button that was used shows an older version."""
    if appointment.version != version:
        raise EditedMeanwhile
