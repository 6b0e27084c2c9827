"""`/daybook disconnect`: the accounts that can be left, and what was done."""

from bot.domain.accounts import Account
from bot.domain.calendar_settings import CalendarSettings
from bot.domain.connections import Ended
from bot.rendering.blocks import section
from bot.rendering.reconnect import account_title
from bot.rendering.settings.leaving import disconnect_button, ended_text
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text

NOTHING = "No account is connected, so there is nothing to disconnect."
MEANING = (
    "Daybook stops using it, erases what it read, and gives the permission back. "
    "Nothing in Google Calendar or Zoom is changed. Your hours and other settings stay."
)


def disconnect_message(settings: CalendarSettings) -> Message:
    """Which account to leave."""
    accounts = (*settings.status.accounts, *settings.status.pending)
    if not accounts:
        return Message(text=NOTHING, blocks=(section(NOTHING),))
    blocks = [section(f"*Disconnect an account*\n{MEANING}"), *(_account(one, settings) for one in accounts)]
    return Message(text="Disconnect an account", blocks=tuple(blocks))


def disconnected(ended: Ended) -> Message:
    """What was done."""
    return Message(text=f"{user_text(ended.account.address)} is disconnected.", blocks=(section(ended_text(ended)),))


def _account(account: Account, settings: CalendarSettings) -> Block:
    return section(account_title(account), accessory=disconnect_button(account, settings))
