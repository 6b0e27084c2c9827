"""A contact who will not come: the one direct message to the host."""

from bot.domain.taken import Declined
from bot.rendering.blocks import section
from bot.rendering.card_words import contact_of, reader_times
from bot.rendering.surfaces import Message
from bot.rendering.text import user_text
from bot.rendering.zones import day_of

_TITLE = 200


def contact_declined(declined: Declined, zone: str) -> Message:
    """What was declined, and that nothing was changed for it; `zone` is the host's."""
    who, title = contact_of(declined.contact), user_text(declined.title, limit=_TITLE, empty="(no title)")
    when = "every time of it" if declined.repeats else reader_times(declined.span, zone)
    day = day_of(declined.span.start, zone).isoformat()
    todo = (
        "Its card has *Reschedule* and *Cancel*."
        if declined.is_booked
        else f"Move it or cancel it from `/daybook agenda {day}`, or in Google."
    )
    stands = "It stays as it is until you change it."
    return Message(
        text=f"{who} declined {title}.",
        blocks=(section(f"*{who}* declined *{title}*, {when}. {stands} {todo}"),),
    )
