"""What a Google event of a linked calendar becomes in Daybook, by the calendar's sync option."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.calendars import ContactPolicy, EventStyle, SyncOption
from bot.domain.contacts import Contact
from bot.domain.events import EventKind, EventStatus, RemoteEvent
from bot.domain.invitees import Outsider, Sorted
from bot.domain.shades import Shade
from bot.domain.sync_policy import blocks

_MEETINGS = frozenset({EventKind.DEFAULT, EventKind.FROM_GMAIL})


@dataclass(frozen=True, slots=True)
class Treatment:
    """What an event becomes.

    Args:
        shade: how it is shown.
        with_contacts: its outsiders that are contacts already.
        to_add: those who become contacts by it.
        to_ask: those about whom the host is asked.
    """

    shade: Shade
    with_contacts: tuple[tuple[Contact, Outsider], ...] = ()
    to_add: tuple[Outsider, ...] = ()
    to_ask: tuple[Outsider, ...] = ()


def is_meeting(event: RemoteEvent) -> bool:
    """Whether an event may be a meeting with contacts at all: it takes time, is nobody's secret, and no absence."""
    is_live = event.status is not EventStatus.CANCELLED
    return is_live and blocks(event) and event.kind in _MEETINGS and not event.is_private


def treatment(event: RemoteEvent, option: SyncOption, invited: Sorted, known: Mapping[str, Contact]) -> Treatment:
    """What the event becomes.

    Args:
        event: of a linked calendar; no copy of an appointment of ours.
        option: the calendar's.
        invited: its invitees, told apart.
        known: the contacts among them, by address.
    """
    if option.event_style is EventStyle.BLOCKED:
        return Treatment(Shade.GREY)
    if option.contact_policy is ContactPolicy.NONE or not invited.outsiders or not is_meeting(event):
        return Treatment(Shade.TEAL)
    there = tuple((known[one.contact.email], one) for one in invited.outsiders if one.contact.email in known)
    unknown = tuple(one for one in invited.outsiders if one.contact.email not in known)
    if option.contact_policy is ContactPolicy.KNOWN_ONLY:
        return Treatment(Shade.BLUE if there else Shade.GREY, there)
    if option.contact_policy is ContactPolicy.ASK:
        return Treatment(Shade.BLUE if there else Shade.TEAL, there, to_ask=unknown)
    return Treatment(Shade.BLUE, there, to_add=unknown)
