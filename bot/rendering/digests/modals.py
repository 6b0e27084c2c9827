"""The list of digests, and one of them with whose days it shows."""

from bot.domain.digest_times import today_of
from bot.domain.digest_views import DigestShown, Listed
from bot.domain.digests import Digest, Run, RunState, Share
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
from bot.rendering.digests.words import LEVELS, channel_of, times_text, word_of
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Block, Modal
from bot.rendering.wording import name_of
from bot.rendering.zones import clock_time, short_day, told_moment

TITLE = "Digest"
_LEAD = (
    "A digest tells a channel what is on: at a time you choose, of people who agreed, and no more than they agreed to."
)
_NONE_YET = (
    "No digest shows your days, and you set up none. Press *New digest*, or type `/daybook digest` in a channel. "
    "Daybook has to be in it: `/invite @Daybook`."
)
_RUNS = {
    RunState.SENDING: "was sent, and Slack did not say whether it arrived; it is not sent twice",
    RunState.POSTED: "was posted",
    RunState.LATE: "was posted late",
    RunState.QUIET: "had nothing to tell, so nothing was posted",
    RunState.SKIPPED: "was skipped, because its time went by",
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
    if not (shown.may_change or shown.may_preview or shown.may_take_over or shown.own is not None):
        there = f"{channel_of(digest)} has a digest, {times_text(digest.plan)}. {name_of(shown.creator)} set it up."
        return Modal(TITLE, (*blocks, section(there), context("Its creator, or an admin, can put you in its list.")))
    quiet = " · nothing on empty days" if digest.is_quiet else ""
    head = (
        f"*Digest of {channel_of(digest)}* · {_state(shown)}\n{times_text(digest.plan)} · {LEVELS[digest.level]}{quiet}"
    )
    blocks.append(section(f"{head}\nSet up by {name_of(shown.creator)}."))
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
        blocks.append(context(f"That of {short_day(shown.last.day)} {_RUNS[shown.last.state]}."))
    return Modal(TITLE, tuple(blocks))


def deleted_view(digest: Digest) -> Modal:
    """What is left of a deleted one."""
    told = f"The digest of {channel_of(digest)} is deleted, with what everybody had agreed to."
    return Modal(TITLE, (section(told),))


def saved_note(digest: Digest, zone: str, *, before: Run | None = None) -> str:
    """After the form was saved; `before` is the last day that the channel of a new one saw."""
    if digest.next_due_at is None:
        return "Saved. It is paused."
    comes = f"The next one comes {told_moment(digest.next_due_at, zone)}."
    if before is not None and before.day == today_of(digest.plan, digest.created_at):
        at = clock_time(int(before.at.timestamp()), digest.plan.zone)
        comes = f"Today's was posted at {at}; the first of this one comes {told_moment(digest.next_due_at, zone)}."
    return f"Saved. {comes} Whoever has not agreed yet is asked by direct message."


def _row(shown: DigestShown) -> Block:
    digest = shown.digest
    own = f"your days: {word_of(shown.own, digest)}" if shown.own is not None and shown.own.is_listed else ""
    by = f"set up by {name_of(shown.creator)}"
    told = f"*{channel_of(digest)}* · {_state(shown)}\n{times_text(digest.plan)}\n{' · '.join(filter(None, (by, own)))}"
    opens = button("Open", numbered(ActionId.DIGEST_OPEN, digest.id), value=str(digest.id))
    return section(told, accessory=opens)


def _state(shown: DigestShown) -> str:
    due_at = shown.digest.next_due_at
    return "*paused*" if due_at is None else f"next {told_moment(due_at, shown.zone)}"


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


def _person(listed: Listed, digest: Digest) -> str:
    return f"· {name_of(listed.member)}: {word_of(listed.share, digest)}"


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
        f"Everybody in {channel_of(digest)} will see them: {LEVELS[digest.level]}. Private events, and those in "
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
