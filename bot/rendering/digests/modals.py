"""The list of digests, and one of them with whose days it shows."""

from bot.domain.digest_times import today_of
from bot.domain.digest_views import DigestShown, Listed
from bot.domain.digests import Digest, RunState, Share
from bot.domain.people import Standing
from bot.rendering.blocks import (
    SECTION_TEXT,
    VIEW_BLOCKS,
    actions,
    button,
    confirmation,
    context,
    fit,
    lines,
    section,
)
from bot.rendering.digests.messages import why_paused
from bot.rendering.digests.ref import DigestDeed, DigestRef
from bot.rendering.digests.words import LEVELS, LEVELS_SHOW, channel_of, paused_text, times_text, word_of
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block, Modal
from bot.rendering.wording import listed, name_of
from bot.rendering.zones import clock_time, short_day, told_moment

TITLE = "Digest"
_LEAD = (
    "A digest tells a channel what is on: at a time you choose, of people who agreed, and no more than they agreed to."
)
_NONE_YET = (
    "No digest shows your days, and you set up none. Press *New digest*, or type `/daybook digest` in a channel. "
    "Daybook has to be in it: `/invite @Daybook`."
)
_VEILED = (
    "Guests or people of other organisations may read this channel, so for now it shows busy times alone, and what "
    "changed as time."
)
_LOOK = "*Preview* shows what would be posted."
_RUNS = {
    RunState.SENDING: "was sent, and Slack did not say whether it arrived; it is not sent twice",
    RunState.POSTED: "was posted",
    RunState.LATE: "was posted late",
    RunState.QUIET: "had nothing to tell, so nothing was posted",
    RunState.SKIPPED: "was skipped, because its time went by",
    RunState.REFUSED: "was refused by Slack, and not posted",
}


def opening_digest() -> Modal:
    """What is on the screen while it is gathered."""
    return loading(TITLE)


def digests_modal(shown: tuple[DigestShown, ...]) -> Modal:
    """Those that the reader made, and those that may show his days."""
    blocks = [section(_LEAD), actions(button("New digest", ActionId.DIGEST_NEW, primary=True))]
    blocks += [_row(one) for one in shown] or [section(_NONE_YET)]
    return Modal(TITLE, fit(blocks, limit=VIEW_BLOCKS))


def digest_modal(shown: DigestShown, *, note: str = "") -> Modal:
    """One digest; `note` says on top what was just done with it."""
    digest, blocks = shown.digest, [section(note)] if note else []
    if not shown.may_open:
        is_paused = f" It is {_state(shown)}." if digest.next_due_at is None else ""
        there = f"{channel_of(digest)} has a digest, {times_text(digest.plan)}. {name_of(shown.creator)} set it up."
        there += is_paused
        return Modal(TITLE, (*blocks, section(there), context(_who_can(shown))))
    quiet = " · nothing on empty days" if digest.is_quiet else ""
    head = (
        f"*Digest of {channel_of(digest)}* · {_state(shown)}\n{times_text(digest.plan)} · {LEVELS[digest.level]}{quiet}"
    )
    blocks.append(section(f"{head}\nSet up by {name_of(shown.creator)}."))
    if shown.is_veiled:
        blocks.append(context(f"{_VEILED} {_LOOK if shown.may_preview else ''}".rstrip()))
    if digest.paused is not None:
        blocks.append(section(why_paused(digest, shown.creator)))
    buttons = _buttons(shown)
    if buttons:
        blocks.append(actions(*buttons))
    if shown.people:
        told = [_person(one, digest) for one in shown.people]
        blocks.append(section(lines(["*Whose days*", *told], limit=SECTION_TEXT)))
    blocks += _own(shown.own, digest)
    if shown.last is not None:
        blocks.append(context(f"The digest of {short_day(shown.last.day)} {_RUNS[shown.last.state]}."))
    return Modal(TITLE, tuple(blocks))


def deleted_view(digest: Digest) -> Modal:
    """What is left of a deleted one."""
    told = f"The digest of {channel_of(digest)} is deleted, with what everybody had agreed to."
    return Modal(TITLE, (section(told),))


def saved_note(shown: DigestShown) -> str:
    """After the form was saved."""
    told = ["Saved.", _comes(shown)]
    if any(one.share.is_waiting for one in shown.people):
        told.append("Whoever has not agreed yet is asked by direct message.")
    if shown.refused:
        are = "is" if len(shown.refused) == 1 else "are"
        names = listed([name_of(member) for member in shown.refused])
        told.append(f"{names} said no earlier and {are} not asked again; they can press *Show my days*.")
    return " ".join(told)


def _comes(shown: DigestShown) -> str:
    """When the next one comes; a new one waits for the next day where the channel saw a deleted one today."""
    digest, before = shown.digest, shown.before
    if digest.next_due_at is None:
        return "It is paused."
    when = told_moment(digest.next_due_at, shown.zone)
    if before is not None and before.day == today_of(digest.plan, digest.created_at):
        at = clock_time(int(before.at.timestamp()), digest.plan.zone)
        return f"Today's was posted at {at}; the first of this one comes {when}."
    return f"The next one comes {when}."


def _row(shown: DigestShown) -> Block:
    digest = shown.digest
    own = f"your days: {word_of(shown.own, digest)}" if shown.own is not None and shown.own.is_listed else ""
    by = f"set up by {name_of(shown.creator)}"
    told = f"*{channel_of(digest)}* · {_state(shown)}\n{times_text(digest.plan)}\n{' · '.join(filter(None, (by, own)))}"
    opens = button("Open", numbered(ActionId.DIGEST_OPEN, digest.id), value=str(digest.id))
    return section(told, accessory=opens)


def _state(shown: DigestShown) -> str:
    due_at = shown.digest.next_due_at
    if due_at is not None:
        return f"next {told_moment(due_at, shown.zone)}"
    return f"*paused* {paused_text(shown.digest, shown.paused_by, shown.zone, is_own=shown.is_own_pause)}".rstrip()


def _who_can(shown: DigestShown) -> str:
    """Who does something about it, to somebody who cannot."""
    if shown.creator.standing is not Standing.FULL:
        return "Whoever set it up left. Somebody in its list, or an admin, can take it over and put you in."
    return "Its creator, or an admin, can put you in its list."


def _buttons(shown: DigestShown) -> list[Block]:
    digest, buttons = shown.digest, []
    if shown.may_preview:
        buttons.append(button("Preview", ActionId.DIGEST_PREVIEW, value=str(digest.id)))
    if shown.may_take_over:
        buttons.append(_do("Take it over", DigestDeed.TAKE_OVER, digest))
    if shown.may_change:
        goes_on = digest.next_due_at is None
        buttons += [
            _do("Go on", DigestDeed.RESUME, digest) if goes_on else _do("Pause", DigestDeed.PAUSE, digest),
            button("Edit", ActionId.DIGEST_EDIT, value=str(digest.id)),
            _delete(digest),
        ]
    return buttons


def _person(one: Listed, digest: Digest) -> str:
    return f"· {name_of(one.member)}: {word_of(one.share, digest)}"


def _own(own: Share | None, digest: Digest) -> list[Block]:
    """The reader's own word, and the button that changes it."""
    if own is None or not own.is_listed:
        return []
    if own.agreed is None:
        told = "Your days are not shown there."
        return [section(told, accessory=_join("Show my days", digest))]
    more = own.agreed.rank < digest.level.rank
    shown = [_join("Show more of my days", digest)] if more else []
    return [actions(_do("Stop showing my days", DigestDeed.LEAVE, digest), *shown)]


def _join(label: str, digest: Digest) -> Block:
    """He agrees to what the dialog says, whatever becomes of the digest before he presses."""
    asked = confirmation(
        "Show your days?",
        f"Everybody in {channel_of(digest)} will see them: {LEVELS_SHOW[digest.level]}. Private events, and those in "
        "conflict calendars, are never more than busy.",
        yes="Show them",
        no="Leave me out",
    )
    value = DigestRef(DigestDeed.JOIN, digest.id, digest.level).value()
    return button(label, numbered(ActionId.DIGEST_DO, DigestDeed.JOIN), value=value, confirm=asked)


def _do(label: str, deed: DigestDeed, digest: Digest) -> Block:
    return button(label, numbered(ActionId.DIGEST_DO, deed), value=DigestRef(deed, digest.id).value())


def _delete(digest: Digest) -> Block:
    asked = confirmation(
        "Delete this digest?",
        f"{channel_of(digest)} gets no digest any more, and what people agreed to is forgotten. "
        "Who said no is not asked again.",
        yes="Delete",
        no="Keep it",
    )
    value = DigestRef(DigestDeed.DELETE, digest.id).value()
    return button("Delete", numbered(ActionId.DIGEST_DO, DigestDeed.DELETE), value=value, danger=True, confirm=asked)
