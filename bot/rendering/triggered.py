"""What a trigger says in Slack: its text filled in, and whose trigger it is."""

from bot.domain.contacts import LONGEST_ADDRESS
from bot.domain.firings import Telling
from bot.domain.templates import USUAL, USUAL_ALONE, TemplateField, Words, pieces_of
from bot.rendering.blocks import SECTION_TEXT, context, section
from bot.rendering.booking_words import WHERE
from bot.rendering.card_words import reader_times
from bot.rendering.reader import for_everybody
from bot.rendering.surfaces import Message
from bot.rendering.text import NOTHING, user_text
from bot.rendering.trigger_words import WHAT, trigger_name
from bot.rendering.wording import NAME_LENGTH, listed, name_of

_TITLE = 200
_UNTOLD = {
    TemplateField.CONTACT: "somebody",
    TemplateField.EMAIL: NOTHING,
    TemplateField.TITLE: "a private appointment",
    TemplateField.WHERE: NOTHING,
}
"""What stands for what is private."""
_TEST = "*This is a test*: what it tells of is made up."


@for_everybody
def trigger_message(telling: Telling) -> Message:
    """The message, for everybody who may read it there. Nobody is called by it, and nothing in it is a link."""
    text = _filled(telling)
    whose = f"Trigger {trigger_name(telling.trigger)}, set up by {name_of(telling.owner)}"
    lines = [_TEST, whose] if telling.is_test else [whose]
    return Message(text, (section(text), context(*lines)))


def _filled(telling: Telling) -> str:
    """Line by line as it was written; what people wrote is literal, and times are on each reader's own clock."""
    filled: list[str] = []
    foreign = ""
    for piece in pieces_of(_template(telling)):
        if isinstance(piece, Words):
            foreign += piece.text
        elif (times := _times(piece, telling)) is not None:
            filled += [*_literal(foreign), times]
            foreign = ""
        else:
            foreign += " ".join(_said(piece, telling).split())
    filled += _literal(foreign)
    return _within_limit(filled) or NOTHING


def _template(telling: Telling) -> str:
    """What is to be filled in; what people wrote keeps its words, with a dash for a contact there is not."""
    occasion = telling.occasion
    is_alone = not occasion.contacts and not telling.is_private
    return telling.trigger.action.text or (USUAL_ALONE if is_alone else USUAL)[occasion.what]


def _times(piece: TemplateField, telling: Telling) -> str | None:
    """A span for Slack to show, if the field is one."""
    occasion = telling.occasion
    if piece is TemplateField.WHEN and occasion.span is not None:
        return reader_times(occasion.span, occasion.zone)
    if piece is TemplateField.BEFORE and occasion.before is not None:
        return reader_times(occasion.before, occasion.zone)
    return None


def _said(piece: TemplateField, telling: Telling) -> str:
    occasion = telling.occasion
    if telling.is_private and piece in _UNTOLD:
        return _UNTOLD[piece]
    match piece:
        case TemplateField.CONTACT:
            said = listed([contact.name[:NAME_LENGTH] for contact in occasion.contacts])
        case TemplateField.EMAIL:
            said = listed([contact.email[:LONGEST_ADDRESS] for contact in occasion.contacts])
        case TemplateField.HOST:
            said = telling.host.name[:NAME_LENGTH]
        case TemplateField.TITLE:
            said = occasion.title[:_TITLE]
        case TemplateField.WHERE:
            said = f"{WHERE[occasion.venue.where]} {occasion.venue.details}" if occasion.span else ""
        case TemplateField.WHAT:
            said = WHAT[occasion.what]
        case TemplateField.WHEN | TemplateField.BEFORE:
            said = ""
    return said or NOTHING


def _literal(foreign: str) -> list[str]:
    """Pieces of foreign text, each ready for mrkdwn, with its line breaks and the spaces at its ends."""
    pieces: list[str] = []
    for number, line in enumerate(foreign.split("\n")):
        shown = user_text(line, limit=SECTION_TEXT, empty="")
        before = " " if line[:1].isspace() and shown else ""
        after = " " if line[-1:].isspace() else ""
        pieces += [*(["\n"] if number else []), f"{before}{shown}{after}"]
    return pieces


def _within_limit(pieces: list[str]) -> str:
    """As many whole pieces as fit, and of the next one what fits: no time is cut in two."""
    told = ""
    for piece in pieces:
        room = SECTION_TEXT - len(told)
        if len(piece) > room:
            is_time = piece.startswith("<!date")
            return (told if is_time else told + _shortened(piece, room)).strip()
        told += piece
    return told.strip()


def _shortened(piece: str, room: int) -> str:
    """Cut before an entity rather than within one."""
    cut = piece[: max(room - 1, 0)]
    if "&" in cut[-5:] and ";" not in cut[cut.rindex("&") :]:
        cut = cut[: cut.rindex("&")]
    return cut + "…"
