"""A contact, and an event of Ana's with people on it, as two-way sync shows it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from bot.domain.contacts import Contact
from bot.domain.event_changes import EventShown
from bot.domain.event_fixes import Fixed, ref_of
from bot.domain.events import Invitee, Response
from bot.domain.shades import Shade
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.event_mark import EventMark
from tests.builders import BERLIN
from tests.unit.rendering.answers import ACME, an_entry

SHOWN_DAY = date(2026, 11, 24)
MAYA = Contact(UUID(int=900), ACME.id, "maya@ortiz.test", "Maya Ortiz")
LINK = "https://www.google.com/calendar/event?eid=demo"
GUESTS = (
    Invitee("maya@ortiz.test", "Maya Ortiz", Response.ACCEPTED),
    Invitee("lee@chen.test", "", Response.NEEDS_ACTION),
)


def an_event_shown(
    *,
    guests: tuple[Invitee, ...] = GUESTS,
    fixed: Fixed | None = None,
    repeats: bool = False,
    is_all_day: bool = False,
    link: str = LINK,
) -> EventShown:
    """Ana's demo from nine to ten."""
    entry = replace(an_entry("9:00-10:00", "Demo"), shade=Shade.BLUE, repeats=repeats, is_all_day=is_all_day)
    return EventShown(entry, ref_of(entry), guests, fixed, link, BERLIN)


def a_mark(shown: EventShown) -> EventMark:
    """What a button of the agenda carries for it."""
    return EventMark(shown.ref, AgendaRef(SHOWN_DAY, "U1"))
