"""Triggers that came to nothing, told to their owner at most once a day."""

from collections.abc import Sequence

from bot.domain.firings import FailedTrigger
from bot.rendering.blocks import button, context, section
from bot.rendering.names import ActionId, numbered
from bot.rendering.posting import long_message
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.trigger_words import does_text, trigger_name
from bot.rendering.wording import counted
from bot.rendering.zones import told_moment

_PROBLEM = 300


def triggers_failed(failed: Sequence[FailedTrigger], zone: str) -> Message:
    """What failed, why, and the way to the ledger, from which it can be run again; `zone` is the owner's."""
    if len(failed) == 1:
        name = user_text(failed[0].trigger.name, limit=80)
        text = f"Your trigger {name} came to nothing {_often(failed[0])}."
    else:
        text = f"{len(failed)} of your triggers came to nothing."
    blocks = [_one(one, zone) for one in failed]
    quiet = context("You are told once a day at most of each. *Open it* shows what can be run again.")
    return long_message(text, blocks, [quiet])


def _one(one: FailedTrigger, zone: str) -> Block:
    trigger = one.trigger
    why = f" The last time: {user_text(one.problem, limit=_PROBLEM)}" if one.problem else ""
    since = told_moment(one.since, zone)
    opens = button("Open it", numbered(ActionId.TRIGGER_OPEN, trigger.id), value=str(trigger.id))
    return section(
        f"{trigger_name(trigger)}, which {does_text(trigger)}, came to nothing {_often(one)} since {since}.{why}",
        accessory=opens,
    )


def _often(one: FailedTrigger) -> str:
    return "once" if one.failed == 1 else counted(one.failed, "time")
