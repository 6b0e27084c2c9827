"""Which of the things that happen to an appointment booked in Daybook are occasions for triggers."""

from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.occasions import BookedIn, Occasion, What

_SETTLED = {Deed.SHOWED: What.SHOWED, Deed.NO_SHOW: What.NO_SHOW}


def occasion_of(changed: Appointment, entry: LogEntry, calendar_id: UUID | None) -> Occasion | None:
    """What its latest version is to those who wait for something; None where it is nothing to them.

    Of what is only on hold nobody is told: it is booked once it is confirmed, and where it never was, it was
    never cancelled.

    Args:
        changed: the appointment as it is now.
        entry: the line of its history that says how it became so.
        calendar_id: the first host's linked calendar, if he has one.
    """
    what = _what(changed, entry)
    if what is None:
        return None
    return Occasion(
        workspace_id=changed.workspace_id,
        what=what,
        subject=changed.id,
        version=changed.version,
        at=entry.at,
        booked_in=BookedIn.DAYBOOK,
        calendar_id=calendar_id,
        hosts=changed.hosts,
        contacts=(changed.contact,) if changed.contact is not None else (),
        title=changed.title,
        span=changed.span,
        before=entry.before if what is What.RESCHEDULED else None,
        zone=changed.zone,
        venue=changed.venue,
    )


def _what(changed: Appointment, entry: LogEntry) -> What | None:
    if entry.deed in _SETTLED:
        return _SETTLED[entry.deed]
    if changed.status is AppointmentStatus.CANCELLED:
        # What was only held still has its end, though it was cancelled.
        return What.CANCELLED if changed.expires_at is None else None
    if changed.status is not AppointmentStatus.CONFIRMED:
        return None
    if entry.deed in (Deed.BOOKED, Deed.CONFIRMED):
        return What.BOOKED
    # What collides is only asked about: its line says where Google has it, and the appointment is not there.
    has_moved = entry.before is not None and entry.after == changed.span != entry.before
    return What.RESCHEDULED if has_moved else None
