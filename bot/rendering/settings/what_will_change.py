"""What a change of calendars does, told before it is done."""

import re
from dataclasses import dataclass, replace

from bot.domain.choice_effects import ChoiceEffects, Dropped
from bot.domain.errors import NotFound
from bot.rendering.blocks import context, lines, section
from bot.rendering.names import CallbackId
from bot.rendering.settings.leaving import erased_events
from bot.rendering.surfaces import Modal
from bot.rendering.text import user_text
from bot.rendering.wording import listed

_NONE = "-"
_WANTED = re.compile(r"(?P<below>\S+) (?P<linked>\S+)(?: =(?P<agreed>\S+))?(?P<conflicts>(?: \S+)*)")


@dataclass(frozen=True, slots=True)
class WantedChoice:
    """The choice that is asked about, by the marks of its calendars.

    Args:
        below: the view under the question.
        agreed: the fingerprint of the effects that the question tells; who presses [Change] agrees to these.
    """

    linked: str | None
    conflicts: tuple[str, ...]
    below: str = ""
    agreed: str = ""

    def value(self) -> str:
        """What the view carries: a hundred calendars fit into the 3,000 characters that Slack allows."""
        agreed = [f"={self.agreed}"] if self.agreed else []
        return " ".join((self.below or _NONE, self.linked or _NONE, *agreed, *self.conflicts))


def wanted_choice(value: str) -> WantedChoice:
    """What a view carried; raises `NotFound` for what no view of ours carries."""
    found = _WANTED.fullmatch(value)
    if found is None:
        raise NotFound
    below, linked = (None if word == _NONE else word for word in (found["below"], found["linked"]))
    return WantedChoice(linked, tuple(found["conflicts"].split()), below or "", found["agreed"] or "")


def what_will_change(effects: ChoiceEffects, wanted: WantedChoice) -> Modal:
    """The question; nothing was changed yet."""
    told = [*_link(effects), *map(_dropped, effects.dropped), *_added(effects)]
    return Modal(
        "What will change",
        (section(lines([f"· {line}" for line in told])), context("Nothing in Google Calendar is changed.")),
        callback_id=CallbackId.AGREE_TO_CHOICE,
        submit="Change",
        close="Keep",
        private_metadata=replace(wanted, agreed=effects.fingerprint).value(),
    )


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
