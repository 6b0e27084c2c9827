"""A digest as it would be posted next, with what its channel is not told."""

from collections.abc import Collection
from uuid import UUID

from bot.domain.digest_content import Edition
from bot.domain.digests import MOST_PEOPLE
from bot.domain.people import Member
from bot.rendering.blocks import button, context, rows
from bot.rendering.caveats import short_name
from bot.rendering.digests.posted import digest_message
from bot.rendering.digests.ref import DigestAsking
from bot.rendering.names import ActionId, numbered
from bot.rendering.run_buttons import connect_google
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import listed, name_of

_LONGEST_WORD = 300


def preview_modal(edition: Edition, viewer: UUID, *, asked: Collection[str] = (), told: str = "") -> Modal:
    """What would be posted next, with who is not in it yet; that is told nobody else.

    Args:
        edition: what would be posted.
        viewer: the reader's member id.
        asked: the Slack ids of people who were asked to connect a calendar just now.
        told: why somebody was not.
    """
    notes = ["Only you see this: the next one, as it looks now."]
    if edition.waiting:
        waiting = listed([name_of(member) for member in edition.waiting])
        was, has = ("was", "has") if len(edition.waiting) == 1 else ("were", "have")
        notes.append(f"{waiting} {was} asked and {has} not answered yet.")
    if edition.has_outsiders:
        notes.append(
            "Guests or people of other organisations may read this channel, so it shows busy times alone. "
            "In channels of more than 200 people Daybook does not check, and shows busy times alone too."
        )
    connecting = [name_of(member) for member in edition.without_calendar if member.slack_user_id in asked]
    if connecting:
        notes.append(f"{listed(connecting)} {'was' if len(connecting) == 1 else 'were'} asked to connect a calendar.")
    notes += [user_text(told, limit=_LONGEST_WORD)] if told else []
    blocks = [context(*notes), *rows(_to_connect(edition, viewer, asked)), *digest_message(edition).blocks]
    return Modal("Preview", tuple(blocks))


def _to_connect(edition: Edition, viewer: UUID, asked: Collection[str]) -> list[Block]:
    """A button for each of whom nobody can say anything, for want of a calendar."""
    return [
        connect_google() if member.id == viewer else _ask(edition, member)
        for member in edition.without_calendar[:MOST_PEOPLE]
        if member.slack_user_id not in asked
    ]


def _ask(edition: Edition, member: Member) -> Block:
    asking = DigestAsking(edition.digest.id, member.slack_user_id)
    mark = numbered(ActionId.DIGEST_ASK, member.slack_user_id)
    return button(f"Ask {short_name(member)} to connect", mark, value=asking.value())
