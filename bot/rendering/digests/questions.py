"""The question to those whose days a digest would show, and what stands in its place as things change."""

from bot.domain.digest_questions import QuestionShown, Says, level_asked
from bot.domain.digest_views import Answered
from bot.domain.digests import Digest, Level, Share, lowest
from bot.domain.people import Member
from bot.rendering.blocks import actions, button, context, section
from bot.rendering.digests.ref import DigestDeed, DigestRef
from bot.rendering.digests.words import LEVELS, channel_of, covers_text
from bot.rendering.names import ActionId, numbered
from bot.rendering.reader import read_by
from bot.rendering.run_buttons import connect_google, run
from bot.rendering.surfaces import Block, Message
from bot.rendering.wording import channel_text, name_of

_SHOWS = {
    Level.BUSY: "when you are busy, and nothing of what it is",
    Level.TITLES: (
        "when you are busy, and the titles of your appointments and events as they stand in the calendar; a title may "
        "name the contact"
    ),
    Level.FULL: "your appointments and events with their titles, people and places",
}
_NEVER = (
    "Private events, and everything in conflict calendars, are never more than busy. "
    "You can take it back at any time, here or with `/daybook digest`."
)
_VEILED = "While guests or people of other organisations may read that channel, it shows busy times alone."


def digest_question_now(shown: QuestionShown) -> Message:
    """What the message that asked says now, by the clock of whoever was asked."""
    with read_by(shown.member.habits):
        return _said_now(shown)


def _said_now(shown: QuestionShown) -> Message:
    now, says = shown.now, shown.now.says
    channel = channel_text(now.question.channel_name)
    if says is Says.DELETED:
        return _told(f"The digest of {channel} was deleted. Nothing of you is shown there by it.")
    if says is Says.TAKEN_OUT:
        return _told(f"You are not in the list of the digest of {channel} any more. Nothing of you is shown there.")
    if says is Says.ASKED_ANEW or now.digest is None or now.share is None or shown.creator is None:
        return _told(f"Daybook asked you about the digest of {channel} again: see its newer message here.")
    if says is Says.ASKS:
        return digest_question(now.digest, shown.creator, now.share)
    return answered_message(Answered(now.digest, now.share.agreed, shown.has_calendar))


def digest_question(digest: Digest, creator: Member, share: Share) -> Message:
    """Whether his days may stand in it; nothing of him is shown before he agrees."""
    channel, who, level = channel_of(digest), name_of(creator), level_asked(digest, share)
    no = DigestRef(DigestDeed.LEAVE, digest.id)
    if share.agreed is None:
        lead = f"*{who} would like to show your days in {channel}*: {covers_text(digest.plan)}."
        otherwise = "Nothing of you is shown there before you agree."
    else:
        lead = f"*{who} would like to show more of your days in {channel}*: {covers_text(digest.plan)}."
        otherwise = f"Until you agree it stays at {LEVELS[share.agreed]}."
        no = DigestRef(DigestDeed.STAY, digest.id, share.agreed)
    return Message(
        text=f"May your days stand in the digest of {channel}? {who} asks.",
        blocks=(
            section(f"{lead}\nEverybody in that channel would see {_SHOWS[level]}. {otherwise}"),
            actions(
                _answer("Agree", DigestRef(DigestDeed.JOIN, digest.id, level), primary=True),
                _answer("No", no),
            ),
            context(_NEVER),
        ),
    )


def answered_message(answered: Answered) -> Message:
    """What stands in the place of the question, with the way back."""
    digest, agreed = answered.digest, answered.agreed
    channel = channel_of(digest)
    if agreed is None:
        told = f"Your days are not shown in {channel}."
        return Message(told, (section(told), actions(run("Open digests", "digest"))))
    told = f"Your days are shown in {channel} ({covers_text(digest.plan)}): {LEVELS[lowest(agreed, digest.level)]}."
    veiled = [] if lowest(agreed, digest.level) is Level.BUSY else [context(_VEILED)]
    back = _answer("Stop showing my days", DigestRef(DigestDeed.LEAVE, digest.id))
    if not answered.has_calendar:
        told = f"{told} You have no calendar connected."
        return Message(told, (section(told), *veiled, actions(connect_google(), back)))
    return Message(told, (section(told), *veiled, actions(back)))


def _told(sentence: str) -> Message:
    """The last word: there is nothing to press any more."""
    return Message(sentence, (section(sentence),))


def _answer(label: str, ref: DigestRef, *, primary: bool = False) -> Block:
    return button(label, numbered(ActionId.DIGEST_ANSWER, ref.deed), value=ref.value(), primary=primary)
