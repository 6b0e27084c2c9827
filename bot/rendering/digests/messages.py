"""What is said of a digest that paused, or was refused: to who can mend it, or in its channel."""

from datetime import date

from bot.domain.digests import Digest, PauseReason
from bot.domain.people import Member
from bot.rendering.blocks import actions, button, section
from bot.rendering.digests.ref import POSTED, DigestDeed, DigestRef
from bot.rendering.digests.words import channel_of
from bot.rendering.names import ActionId, numbered
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Block, Message
from bot.rendering.wording import name_of
from bot.rendering.zones import short_day


def paused_message(digest: Digest, creator: Member, *, may_take_over: bool) -> Message:
    """It paused by itself; what its reader can do."""
    told = f"The digest of {channel_of(digest)} is paused."
    settings = button(
        "Open digest", numbered(ActionId.DIGEST_OPEN, digest.id), value=str(digest.id), primary=not may_take_over
    )
    buttons: list[Block] = [settings]
    if may_take_over:
        ref = DigestRef(DigestDeed.TAKE_OVER, digest.id)
        over = numbered(ActionId.DIGEST_DO, ref.deed)
        buttons.insert(0, button("Take it over", over, value=ref.value(), primary=True))
    return Message(told, (section(f"*{told}* {why_paused(digest, creator)}"), actions(*buttons)))


def refused_message(digest: Digest, day: date) -> Message:
    """One day's never came; what can be done."""
    told = f"The digest of {channel_of(digest)} for {short_day(day)} was not posted."
    why = (
        "Slack refused it as it was, and would again; mostly there was too much in it. With *Edit* you can show less "
        "of people's days, or fewer people. The next one tells what changed since the last that was posted."
    )
    opens = button("Open digest", numbered(ActionId.DIGEST_OPEN, digest.id), value=str(digest.id), primary=True)
    return Message(told, (section(f"*{told}* {why}"), actions(opens)))


def channel_notice(digest: Digest) -> Message:
    """To its channel, where whoever set it up left and nobody in its list is here any more."""
    told = f"The digest of {channel_of(digest)} is paused."
    why = (
        "Whoever set it up left, and nobody in its list is here any more. An admin of this workspace can take it over "
        "or delete it: `/daybook digest`."
    )
    settings = run("Digest settings", f"digest {POSTED}")
    return Message(told, (section(f"*{told}* {why}"), actions(settings)))


def why_paused(digest: Digest, creator: Member) -> str:
    """Why nothing is posted, and what to do about it."""
    match digest.paused:
        case PauseReason.CHANNEL:
            return (
                f"Daybook, or {name_of(creator)}, cannot be in {channel_of(digest)} any more, or it is archived. "
                "Invite Daybook there with `/invite @Daybook`, then press *Go on*."
            )
        case PauseReason.CREATOR_LEFT:
            return "Whoever set it up left. Somebody in its list, or an admin, can take it over."
        case PauseReason.NOBODY:
            return "Nobody in its list is here any more. Put somebody in with *Edit*, then press *Go on*."
        case PauseReason.REMOVED:
            return "Slack did not let Daybook in any more. Once it is installed again, press *Go on*."
        case PauseReason.BY_HAND:
            return "Nothing is posted until it goes on."
        case None:
            return ""
