"""Sync options as forms and buttons carry them."""

from dataclasses import replace

from bot.domain.calendars import ContactPolicy, EventStyle, SyncOption


def option_word(option: SyncOption) -> str:
    """An option in one word."""
    return f"{option.event_style}.{option.contact_policy}.{option.fire_triggers:d}"


def option_of(word: str) -> SyncOption | None:
    """What `option_word` made of an option; None for anything else."""
    style, _, rest = word.partition(".")
    policy, _, fires = rest.partition(".")
    if style not in set(EventStyle) or policy not in set(ContactPolicy) or fires not in ("0", "1"):
        return None
    return sound(SyncOption(EventStyle(style), ContactPolicy(policy), fire_triggers=fires == "1"))


def with_style(option: SyncOption, other: SyncOption) -> SyncOption:
    """`option`, if its events look as those of `other`; else `other`: a preset keeps what was set finer under it."""
    return option if option.event_style is other.event_style else other


def sound(option: SyncOption) -> SyncOption:
    """The option without what means nothing under its style."""
    if option.event_style is EventStyle.BLOCKED:
        return replace(option, contact_policy=ContactPolicy.NONE, fire_triggers=False)
    return option
