"""What triggers hear of appointments that were taken from Google."""

from datetime import datetime

from bot.domain.calendars import Calendar
from bot.domain.intervals import Interval
from bot.domain.occasions import BookedIn, Occasion, What
from bot.domain.taken import TakenAppointment


def occasion_of_taken(
    calendar: Calendar, taken: TakenAppointment, what: What, at: datetime, before: Interval | None = None
) -> Occasion:
    """What happened to a meeting, as a linked calendar tells of it.

    Args:
        calendar: in which it was seen.
        taken: as it is from now on.
        what: that happened.
        at: when it was seen; aware UTC.
        before: where it was, if it was moved.
    """
    # What comes back after its end is booked anew, however old it is.
    is_first = what is What.BOOKED and taken.version == 1
    return Occasion(
        workspace_id=taken.workspace_id,
        what=what,
        subject=taken.id,
        version=taken.version,
        at=at,
        booked_in=BookedIn.GOOGLE,
        calendar_id=calendar.id,
        hosts=taken.hosts or (calendar.member_id,),
        contacts=tuple(one.contact for one in taken.contacts),
        title=taken.title,
        span=taken.span,
        before=before,
        zone=calendar.zone,
        made_at=taken.created_at if is_first else None,
    )
