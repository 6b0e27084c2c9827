"""What a change of calendars does, told before it is done."""

import re
from dataclasses import dataclass, replace

from bot.domain.calendar_choice import ChoiceField
from bot.domain.choice_effects import ChoiceEffects, Dropped
from bot.domain.errors import NotFound
from bot.rendering.blocks import context, lines, section
from bot.rendering.form_blocks import Choice, field, radio_buttons
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.settings.leaving import KEEP, REMOVE, erased_events
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import clean, user_text
from bot.rendering.wording import counted, listed

_NONE = "-"
_WANTED = re.compile(
    r"(?P<below>\S+) (?P<linked>\S+)(?: \+(?P<option>\S+))?(?: =(?P<agreed>\S+))?(?P<conflicts>(?: \S+)*)"
)


@dataclass(frozen=True, slots=True)
class WantedChoice:
    """The choice that is asked about, by the marks of its calendars.

    Args:
        below: the view under the question.
        agreed: the fingerprint of the effects that the question tells; who presses [Change] agrees to these.
        option: the sync option that is to follow, as the form carries it.
    """

    linked: str | None
    conflicts: tuple[str, ...]
    below: str = ""
    agreed: str = ""
    option: str = ""

    def value(self) -> str:
        """What the view carries: a hundred calendars fit into the 3,000 characters that Slack allows."""
        option = [f"+{self.option}"] if self.option else []
        agreed = [f"={self.agreed}"] if self.agreed else []
        return " ".join((self.below or _NONE, self.linked or _NONE, *option, *agreed, *self.conflicts))


def wanted_choice(value: str) -> WantedChoice:
    """What a view carried; raises `NotFound` for what no view of ours carries."""
    found = _WANTED.fullmatch(value)
    if found is None:
        raise NotFound
    below, linked = (None if word == _NONE else word for word in (found["below"], found["linked"]))
    return WantedChoice(
        linked, tuple(found["conflicts"].split()), below or "", found["agreed"] or "", found["option"] or ""
    )


def what_will_change(effects: ChoiceEffects, wanted: WantedChoice) -> Modal:
    """The question; nothing was changed yet."""
    told = [*_link(effects), *map(_dropped, effects.dropped), *_added(effects)]
    return Modal(
        "What will change",
        (section(lines([f"· {line}" for line in told])), *_copies(effects)),
        callback_id=CallbackId.AGREE_TO_CHOICE,
        submit="Change",
        close="Keep",
        private_metadata=replace(wanted, agreed=effects.fingerprint).value(),
    )


def _copies(effects: ChoiceEffects) -> list[Block]:
    """What becomes of events that Daybook wrote where appointments went before."""
    if not effects.copies:
        return [context("Nothing in Google Calendar is changed.")]
    before = clean(effects.linked_before or "", limit=60)
    choices = [
        Choice("Keep them there", KEEP, "Daybook goes on looking after them"),
        Choice("Remove them from there", REMOVE, "they are made anew where appointments go now"),
    ]
    return [
        field(
            f"{counted(effects.copies, 'event')} of appointments to come in {before}",
            radio_buttons(ActionId.SETTING, choices, chosen=KEEP),
            block_id=ChoiceField.COPIES,
            hint="Where Google invited guests, it tells them of a removal, and invites them anew.",
        )
    ]


def _link(effects: ChoiceEffects) -> list[str]:
    if not effects.moves_link:
        return []
    before, after = (
        user_text(name, limit=60) if name else "" for name in (effects.linked_before, effects.linked_after)
    )
    if not after:
        return [f"Appointments do not go to *{before}* any more, and have no other calendar to go to."]
    return [
        f"New appointments go to *{after}* instead of *{before}*." if before else f"New appointments go to *{after}*."
    ]


def _dropped(one: Dropped) -> str:
    return f"*{user_text(one.name, limit=60)}* stops blocking your time; {erased_events(one.events, done=False)}."


def _added(effects: ChoiceEffects) -> list[str]:
    if not effects.added:
        return []
    names = [f"*{user_text(name, limit=60)}*" for name in effects.added]
    return [f"{listed(names)} {'is' if len(names) == 1 else 'are'} read, and what is Busy there blocks your time."]
