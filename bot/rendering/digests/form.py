"""The form of a digest: when, whose days, and how much of them."""

from bot.domain.day_words import WEEKDAYS
from bot.domain.digest_form import DigestField, DigestForm
from bot.domain.digest_views import DigestShown
from bot.domain.digests import MOST_PEOPLE, Level, Rhythm
from bot.rendering.blocks import button, section
from bot.rendering.digests.ref import DigestMark
from bot.rendering.digests.words import channel_of
from bot.rendering.form_blocks import (
    Choice,
    channel_select,
    checkboxes,
    external_select,
    field,
    people_select,
    radio_buttons,
    time_picker,
)
from bot.rendering.loading import loading
from bot.rendering.names import ActionId, CallbackId, numbered
from bot.rendering.settings.zone import zone_choice
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text
from bot.rendering.wording import channel_text, name_of

QUIET = "quiet"
"""The one box of its field."""

_RHYTHMS = (
    Choice("Daily", Rhythm.DAILY, "every day you choose: that day"),
    Choice("Weekly", Rhythm.WEEKLY, "once a week: the next seven days"),
)
_LEVELS = (
    Choice("Busy times alone", Level.BUSY, "recommended: when people are busy, nothing else"),
    Choice("Titles", Level.TITLES, "as they stand in the calendar; a title may name the contact"),
    Choice("Titles, people and places", Level.FULL, "also with whom, and where"),
)
_QUIET = Choice("Post nothing on days on which nobody has anything on", QUIET)


def saving_digest() -> Modal:
    """What is on the screen while it is saved, and its channel is looked at."""
    return loading("Digest", "Saving…")


def digest_form(
    form: DigestForm, mark: DigestMark, *, mistake: str = "", there: DigestShown | None = None, is_again: bool = False
) -> Modal:
    """The form with what stands in it.

    Args:
        form: what stands in it.
        mark: what it carries.
        mistake: what was wrong with the last try.
        there: the digest that the chosen channel has already.
        is_again: it was opened by a button below what a deleted digest posted.
    """
    on_top = [section(user_text(mistake, limit=500))] if mistake else []
    if there is not None:
        on_top = [_is_there(there)]
    if is_again:
        on_top = [section("That digest was deleted. This makes a new one.")]
    blocks = [*on_top, *_when(form), *_what(form)]
    return Modal(
        "New digest" if form.digest_id is None else "Edit digest",
        tuple(blocks),
        callback_id=CallbackId.DIGEST,
        submit="Save",
        close="Cancel",
        private_metadata=mark.metadata(),
    )


def _is_there(there: DigestShown) -> Block:
    """A channel has one digest; who may see more than that opens it."""
    digest = there.digest
    told = f"{channel_of(digest)} has a digest, set up by {name_of(there.creator)}. Nothing was saved."
    opens = button("Open it", numbered(ActionId.DIGEST_OPEN, digest.id), value=str(digest.id))
    return section(told, accessory=opens if there.may_open else None)


def _when(form: DigestForm) -> list[Block]:
    """Where it goes, and when."""
    wish = form.wish
    days = [Choice(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    chosen = [str(day) for day in sorted(wish.weekdays)]
    at = f"{wish.at.hour:02}:{wish.at.minute:02}" if wish.at is not None else ""
    channel = field(
        "Channel",
        channel_select(ActionId.DIGEST, chosen=wish.channel_id, placeholder="Choose a channel"),
        block_id=DigestField.CHANNEL,
        hint="Daybook has to be in it: invite it there with /invite @Daybook.",
    )
    return [
        section(f"For *{channel_text(form.channel_name)}*") if form.channel_name else channel,
        field("How often", radio_buttons(ActionId.DIGEST, _RHYTHMS, chosen=wish.rhythm), block_id=DigestField.RHYTHM),
        field(
            "On these days",
            checkboxes(ActionId.DIGEST, days, chosen=chosen),
            block_id=DigestField.WEEKDAYS,
            hint="A weekly digest comes on one day: choose it alone. Monday to Friday, left as they are, mean Monday.",
        ),
        field("At", time_picker(ActionId.DIGEST, initial=at), block_id=DigestField.TIME),
        field(
            "In the time of",
            external_select(ActionId.ZONE, chosen=zone_choice(wish.zone), placeholder="Type a city"),
            block_id=DigestField.ZONE,
        ),
    ]


def _what(form: DigestForm) -> list[Block]:
    """Whose days, and how much of them."""
    wish = form.wish
    return [
        field(
            "Whose days",
            people_select(ActionId.DIGEST, chosen=wish.people),
            block_id=DigestField.PEOPLE,
            hint=f"Full members, {MOST_PEOPLE} at most. Each is asked first. By saving you agree to your own days.",
        ),
        field(
            "How much the channel sees",
            radio_buttons(ActionId.DIGEST, _LEVELS, chosen=wish.level),
            block_id=DigestField.LEVEL,
            hint="Private events and conflict calendars are never more than busy. With guests or people of other "
            "organisations in the channel, everything stays at busy.",
        ),
        field(
            "Empty days",
            checkboxes(ActionId.DIGEST, [_QUIET], chosen=[QUIET] if wish.is_quiet else []),
            block_id=DigestField.QUIET,
            optional=True,
        ),
    ]
