"""What the form of a trigger asks for, and what is wrong with it on the face of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from bot.domain.calendars import Calendar
from bot.domain.occasions import BookedIn, What
from bot.domain.templates import BadTemplate, require_template
from bot.domain.triggers import LONGEST_TRIGGER_NAME, ActionKind, tidied_tag


class TriggerFormField(StrEnum):
    """The fields of the form, as block ids."""

    NAME = "name"
    WHEN = "when"
    HOSTS = "hosts"
    CALENDAR = "calendar"
    BOOKED_IN = "booked_in"
    ONLY_TAG = "only_tag"
    ACTION = "action"
    CHANNEL = "channel"
    TEXT = "text"
    URL = "url"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class TriggerWish:
    """What the form asks for; `hosts` are Slack ids, and nobody means everybody.

    `url` is a secret: it stays out of every log.
    """

    name: str = ""
    when: frozenset[What] = frozenset()
    hosts: tuple[str, ...] = ()
    calendar_id: UUID | None = None
    booked_in: BookedIn | None = None
    only_tag: str = ""
    kind: ActionKind = ActionKind.POST
    channel_id: str = ""
    text: str = ""
    url: str = field(default="", repr=False)
    tag: str = ""


@dataclass(frozen=True, slots=True)
class TriggerForm:
    """The form, as its reader may fill it in.

    Args:
        wish: what stands in it.
        trigger_id: what is changed; None for a new one.
        calendars: his linked ones.
        for_everybody: he may choose whose appointments count.
    """

    wish: TriggerWish
    trigger_id: UUID | None
    calendars: tuple[Calendar, ...]
    for_everybody: bool


def mistakes_in(wish: TriggerWish) -> Mapping[TriggerFormField, str]:
    """What is wrong with the form, as far as one can see without asking anybody."""
    found: dict[TriggerFormField, str] = {}
    if len(wish.name) > LONGEST_TRIGGER_NAME:
        found[TriggerFormField.NAME] = f"Write {LONGEST_TRIGGER_NAME} characters at most."
    if not wish.when:
        found[TriggerFormField.WHEN] = "Choose at least one."
    elif What.CONTACT_ADDED in wish.when and len(wish.when) > 1:
        found[TriggerFormField.WHEN] = "A new contact has no appointment: make a trigger of its own for it."
    _look_at_tag(found, TriggerFormField.ONLY_TAG, wish.only_tag, needed=False)
    match wish.kind:
        case ActionKind.TAG:
            _look_at_tag(found, TriggerFormField.TAG, wish.tag, needed=True)
        case ActionKind.WEBHOOK:
            if not wish.url:
                found[TriggerFormField.URL] = "Enter the address to call, like https://hooks.example.com/daybook."
        case ActionKind.POST | ActionKind.MESSAGE:
            if wish.kind is ActionKind.POST and not wish.channel_id:
                found[TriggerFormField.CHANNEL] = "Choose a channel."
            try:
                require_template(wish.text, wish.when)
            except BadTemplate as bad:
                found[TriggerFormField.TEXT] = str(bad)
    return found


def _look_at_tag(found: dict[TriggerFormField, str], name: TriggerFormField, tag: str, *, needed: bool) -> None:
    if not tag and not needed:
        return
    try:
        tidied_tag(tag)
    except ValueError as bad:
        found[name] = str(bad)
