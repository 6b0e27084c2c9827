"""A contact who will not come: the one direct message to the host."""

from bot.domain.event_fixes import openable
from bot.domain.taken import Declined
from bot.rendering.blocks import actions, button, section
from bot.rendering.card_words import contact_of, reader_times
from bot.rendering.names import ActionId, numbered
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.zones import day_of

_TITLE = 200


def contact_declined(declined: Declined, zone: str) -> Message:
    """What was declined, and that nothing was changed for it; `zone` is the host's."""
    who, title = contact_of(declined.contact), user_text(declined.title, limit=_TITLE, empty="(no title)")
    when = "every time of it" if declined.repeats else reader_times(declined.span, zone)
    stands = "It stays as it is until you change it."
    card = " Its card has *Reschedule* and *Cancel*." if declined.is_booked else ""
    buttons = _ways(declined, zone)
    return Message(
        text=f"{who} declined {title}.",
        blocks=(
            section(f"*{who}* declined *{title}*, {when}. {stands}{card}"),
            *([actions(*buttons)] if buttons else []),
        ),
    )


def _ways(declined: Declined, zone: str) -> list[Block]:
    """Where it can be changed. A series has no one day, and its first may be long past."""
    found: list[Block] = []
    if not declined.repeats:
        found.append(run("Open that day", f"agenda {day_of(declined.span.start, zone).isoformat()}"))
    if link := openable(declined.link):
        found.append(button("Open in Google", numbered(ActionId.OPEN_LINK, "declined"), url=link))
    return found
