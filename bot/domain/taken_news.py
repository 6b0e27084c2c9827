"""What of a meeting in Google is news, and what was so before anybody listened. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from bot.domain.calendars import Calendar
from bot.domain.contacts import Contact
from bot.domain.events import RemoteEvent, Response
from bot.domain.taken import TakenAppointment, TakenContact
from bot.domain.treatment import is_meeting


def is_fresh(since: datetime | None, created_at: datetime | None) -> bool:
    """Whether something was made since the option was chosen; what is older is news for nobody.

    Google tells whole seconds: what was made in the second of the choice counts as older, because a trigger that
    does not fire is the lesser evil.
    """
    return since is not None and created_at is not None and created_at >= since


def fires_for(calendar: Calendar, created_at: datetime | None) -> bool:
    """Whether triggers hear of what was made then in Google, and of whom it makes a contact."""
    return calendar.option.fire_triggers and is_fresh(calendar.option_since, created_at)


def newly_declined(
    taken: TakenAppointment, before: TakenAppointment | None, series: TakenAppointment | None, *, is_fresh: bool
) -> Iterator[TakenContact]:
    """The contacts who said no since the meeting was looked at last.

    Args:
        taken: as it is now.
        before: as it was then, if it was known.
        series: what it is one time of: who declined all of it is not told of again for each.
        is_fresh: it was made since the option was chosen, so that even a first look at it, or at him, is news.
    """
    if before is None and not is_fresh:
        return
    said = {one.contact.id: one.response for one in (before.contacts if before is not None else ())}
    of_all = {one.contact.id: one.response for one in (series.contacts if series is not None else ())}
    for one in taken.contacts:
        if one.contact.id not in said and not is_fresh:
            # He became a contact since, and may have said so long ago.
            continue
        is_new = said.get(one.contact.id) is not Response.DECLINED
        if one.response is Response.DECLINED and is_new and of_all.get(one.contact.id) is not Response.DECLINED:
            yield one


def is_called_off(event: RemoteEvent, before: TakenAppointment, host_id: UUID, there: Iterable[Contact]) -> bool:
    """Whether an event that was a meeting and is none any more became so in Google, and the meeting with it.

    Not where Daybook itself, or somebody in it, sees the same people with other eyes.

    Args:
        event: as it is now.
        before: the meeting, with those of its contacts that still are some.
        host_id: in whose calendar the event is.
        there: the contacts among its invitees.
    """
    if before.is_cancelled or before.hosts != (host_id,) or not before.contacts:
        return False
    still_there = {contact.id for contact in there}
    return not is_meeting(event) or still_there.isdisjoint(one.contact.id for one in before.contacts)
