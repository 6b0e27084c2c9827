"""`/daybook disconnect`: the accounts that can be left, and what was done."""

from collections.abc import Sequence

from bot.domain.accounts import Account
from bot.domain.calendar_settings import CalendarSettings
from bot.domain.connections import Ended
from bot.domain.leaving import CopiesThere, LeftReport
from bot.rendering.blocks import MESSAGE_BLOCKS, actions, button, fit, section
from bot.rendering.names import ActionId, numbered
from bot.rendering.reconnect import account_title
from bot.rendering.settings.leaving import (
    KEEP,
    REMOVE,
    being_left_text,
    copies_text,
    disconnect_button,
    ended_text,
    left_text,
)
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text

NOTHING = "No account is connected, so there is nothing to disconnect."
MEANING = (
    "Daybook stops using it, erases what it read, and gives the permission back. "
    "You are asked about events of appointments to come. Your hours stay; a calendar that you connect again begins "
    "one-way."
)


def disconnect_message(settings: CalendarSettings) -> Message:
    """Which account to leave."""
    accounts = (*settings.status.accounts, *settings.status.pending)
    if not accounts:
        return Message(text=NOTHING, blocks=(section(NOTHING),))
    blocks = [section(f"*Disconnect an account*\n{MEANING}"), *(_account(one, settings) for one in accounts)]
    return Message(text="Disconnect an account", blocks=fit(blocks, limit=MESSAGE_BLOCKS))


def disconnected(ended: Ended) -> Message:
    """What was done."""
    return Message(text=f"{user_text(ended.account.address)} is disconnected.", blocks=(section(ended_text(ended)),))


def copies_removed(report: LeftReport, kept: Sequence[str]) -> Message:
    """The report after events were removed: of an account, or of a calendar that is not linked any more."""
    stays = report.revocation is None
    lead = "Events were removed from Google." if stays else f"{user_text(report.address)} is disconnected."
    return Message(lead, (section(left_text(report, kept)),))


def copies_question(account: Account, there: CopiesThere) -> Message:
    """Whether what Daybook wrote in Google stays there; nothing was done yet."""
    keep = button(
        "Keep the events",
        numbered(ActionId.DISCONNECT_ACCOUNT, KEEP),
        value=f"{account.id} {KEEP}",
        primary=True,
    )
    remove = button(
        "Remove them from Google",
        numbered(ActionId.DISCONNECT_ACCOUNT, REMOVE),
        value=f"{account.id} {REMOVE}",
        danger=True,
    )
    return Message("Keep or remove the events?", (section(copies_text(account.address, there)), actions(keep, remove)))


def being_left(account: Account, there: CopiesThere) -> Message:
    """What happens from now on."""
    text = being_left_text(account.address, there)
    return Message(f"{user_text(account.address)} is being disconnected.", (section(text),))


def _account(account: Account, settings: CalendarSettings) -> Block:
    return section(account_title(account), accessory=disconnect_button(account, settings))
