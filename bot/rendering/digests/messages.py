"""What is said of a digest in direct messages: the question to those whose days it would show, and that it paused."""

from bot.domain.digests import Digest, Level, PauseReason, Share
from bot.domain.people import Member
from bot.rendering.blocks import actions, button, context, section
from bot.rendering.digests.ref import DigestAnswer, DigestDeed, DigestRef
from bot.rendering.digests.words import LEVELS, channel_of, covers_text
from bot.rendering.names import ActionId, numbered
from bot.rendering.run_buttons import connect_google, run
from bot.rendering.surfaces import Block, Message
from bot.rendering.wording import name_of

_SHOWS = {
    Level.BUSY: "when you are busy, and nothing of what it is",
    Level.TITLES: "when you are busy, and what your appointments and events are called",
    Level.FULL: "your appointments and events with their titles, people and places",
}
_NEVER = (
    "Private events, and everything in conflict calendars, are never more than busy. "
    "You can take it back at any time, here or with `/daybook digest`."
)


def digest_question(digest: Digest, creator: Member, share: Share) -> Message:
    """Whether his days may stand in it; nothing of him is shown before he agrees."""
    channel, who = channel_of(digest), name_of(creator)
    if share.agreed is None:
        lead = f"*{who} would like to show your days in {channel}*: {covers_text(digest.plan)}."
        otherwise = "Nothing of you is shown there before you agree."
    else:
        lead = f"*{who} would like to show more of your days in {channel}*: {covers_text(digest.plan)}."
        otherwise = f"Until you agree it stays at {LEVELS[share.agreed]}."
    shows = f"Everybody in that channel would see {_SHOWS[share.asked]}."
    return Message(
        text=f"May your days stand in the digest of {channel}? {who} asks.",
        blocks=(
            section(f"{lead}\n{shows} {otherwise}"),
            actions(
                _answer("Agree", DigestAnswer(digest.id, share.asked), primary=True),
                _answer("No", DigestAnswer(digest.id, share.agreed)),
            ),
            context(_NEVER),
        ),
    )


def answered_message(digest: Digest, agreed: Level | None, *, has_calendar: bool = True) -> Message:
    """What stands in the place of the question, with the way back; of who has no calendar nothing can be shown."""
    channel = channel_of(digest)
    if agreed is None:
        told = f"Your days are not shown in {channel}."
        return Message(told, (section(told), actions(run("Open digests", "digest"))))
    told = f"Your days are shown in {channel} ({covers_text(digest.plan)}): {LEVELS[agreed]}."
    back = _answer("Stop showing my days", DigestAnswer(digest.id, None))
    if not has_calendar:
        told = f"{told} You have no calendar connected."
        return Message(told, (section(told), actions(connect_google(), back)))
    return Message(told, (section(told), actions(back)))


def paused_message(digest: Digest, creator: Member, reader: Member) -> Message:
    """It paused by itself; what can be done."""
    channel, has_left = channel_of(digest), digest.paused is PauseReason.CREATOR_LEFT
    told = f"The digest of {channel} is paused."
    settings = button(
        "Open digest", numbered(ActionId.DIGEST_OPEN, digest.id), value=str(digest.id), primary=not has_left
    )
    buttons: list[Block] = [settings]
    if has_left and reader.id != creator.id:
        ref = DigestRef(DigestDeed.TAKE_OVER, digest.id)
        over = numbered(ActionId.DIGEST_DO, ref.deed)
        buttons.insert(0, button("Take it over", over, value=ref.value(), primary=True))
    return Message(told, (section(f"*{told}* {why_paused(digest, creator)}"), actions(*buttons)))


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
        case PauseReason.REMOVED:
            return "Slack did not let Daybook in any more. Once it is installed again, press *Go on*."
        case PauseReason.BY_HAND:
            return "Somebody paused it. Nothing is posted until it goes on."
        case None:
            return ""


def _answer(label: str, answer: DigestAnswer, *, primary: bool = False) -> Block:
    mark = "agree" if primary else "other"
    return button(label, numbered(ActionId.DIGEST_ANSWER, mark), value=answer.value(), primary=primary)
