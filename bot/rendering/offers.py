"""Starts of one's own time, offered in a channel: everybody sees them in his own zone, and one can take one."""

import re
from dataclasses import dataclass
from uuid import UUID

from bot.domain.errors import NotFound
from bot.domain.intervals import Interval
from bot.domain.offers import Claimed, Offered, TakerNotFree
from bot.domain.wall_time import MINUTE
from bot.rendering.blocks import SECTION_TEXT, actions, button, context, lines, section
from bot.rendering.booking_words import NO_TIME_TO_TAKE, venue_text
from bot.rendering.card_words import TITLE_SHOWN, reader_times
from bot.rendering.names import ActionId, numbered
from bot.rendering.reader import for_everybody
from bot.rendering.reasons import Wording
from bot.rendering.surfaces import Message
from bot.rendering.text import user_text
from bot.rendering.wording import NAME_LENGTH, counted, meeting_length, name_of
from bot.rendering.zones import clock_time

_OFFER_REF = re.compile(r"(?P<offer>[0-9a-f-]{36}) (?P<start>[0-9]{1,10})")


@dataclass(frozen=True, slots=True)
class OfferRef:
    """One start of an offer; in epoch seconds."""

    offer_id: UUID
    start: int

    def value(self) -> str:
        """What a button carries."""
        return f"{self.offer_id} {self.start}"


def offer_ref(value: str) -> OfferRef:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _OFFER_REF.fullmatch(value)
    if found is None:
        raise NotFound
    try:
        return OfferRef(UUID(found["offer"]), int(found["start"]))
    except ValueError as error:
        raise NotFound from error


@for_everybody
def offer_message(offered: Offered) -> Message:
    """The offer as the channel reads it; nothing is kept free until somebody takes a time."""
    offer, host = offered.offer, name_of(offered.host)
    title = f" · {user_text(offer.title, limit=TITLE_SHOWN)}" if offer.title else ""
    where = venue_text(offer.venue)
    heading = f"*{host} offers {counted(len(offer.starts), 'time')}*, {meeting_length(offer.minutes)}"
    rows = [
        section(
            reader_times(Interval(start, start + offer.minutes * MINUTE), offered.zone),
            accessory=button("Take it", numbered(ActionId.TAKE_OFFER, start), value=OfferRef(offer.id, start).value()),
        )
        for start in offer.starts
    ]
    footer = context("Whoever is first has it, and the others are gone. Times are in your own zone.")
    withdraw = actions(button("Withdraw", ActionId.WITHDRAW_OFFER, value=str(offer.id)))
    text = f"{host} offers {counted(len(offer.starts), 'time')}, {meeting_length(offer.minutes)}."
    return Message(text, (section(f"{heading}{title}{f' · {where}' if where else ''}"), *rows, withdraw, footer))


def over_message(withdrawn_by: str = "") -> Message:
    """What takes the place of an offer that was withdrawn, by whom if that is known, or whose times have all passed."""
    who = user_text(withdrawn_by, limit=NAME_LENGTH, empty="")
    told = f"No longer offered.{f' {who} withdrew it.' if who else ''}"
    return Message(told, (section(told),))


def not_free_message(refused: TakerNotFree, start: int, zone: str) -> Message:
    """What whoever presses has at that time himself; `zone` is his."""
    wording = Wording((refused.claimer,), refused.claimer.id, zone=zone, start=start)
    reasons = lines([f"· {line}" for line in wording.lines(refused.reasons)], limit=SECTION_TEXT - 500)
    text = f"You are not free at {clock_time(start, zone)} yourself, so nothing was booked."
    return Message(text, (section(f"{text} The times are still offered.\n{reasons}"),))


def alone_message() -> Message:
    """Said to whoever took a time of an offer and has no calendar."""
    return Message(NO_TIME_TO_TAKE, (section(NO_TIME_TO_TAKE),))


@for_everybody
def taken_message(claimed: Claimed) -> Message:
    """What takes the offer's place."""
    appointment = claimed.booked.appointment
    when = reader_times(appointment.span, appointment.zone)
    told = f"{name_of(claimed.claimer)} has taken a time of {name_of(claimed.host)}: {when}"
    return Message(f"{name_of(claimed.claimer)} has taken a time of {name_of(claimed.host)}.", (section(f"{told}."),))
