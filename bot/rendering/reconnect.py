"""How an account is named, what its owner is told when its permission died, and the way back."""

from bot.domain.accounts import Access, Account, Provider
from bot.rendering.blocks import actions, section
from bot.rendering.nudges import way_back
from bot.rendering.providers import COMPANY, SERVICE
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.zones import told_moment

UNKNOWN_SINCE = "What was read still blocks; newer events are unknown."
NO_LINKS = "New bookings get no link of it; what was booked stays."


def account_title(account: Account) -> str:
    """`*ana@acme.test* · Google Calendar · read-only`."""
    extent = " · read-only" if account.access is Access.CONFLICT_ONLY else ""
    return f"*{user_text(account.address)}* · {SERVICE[account.provider]}{extent}"


def reconnect(account: Account, zone: str) -> Block:
    """The account among other news, with the button; `zone` is its owner's."""
    button = run("Reconnect", "connect", mark=f"reconnect-{account.id}", primary=True)
    return section(_stopped(account, zone), accessory=button)


def needs_reconnecting(account: Account, zone: str) -> Message:
    """The one message about it; `zone` is its owner's."""
    return Message(
        text=(
            f"{COMPANY[account.provider]} stopped accepting Daybook's access to {user_text(account.address)}. "
            "Reconnect it to go on."
        ),
        blocks=(
            section(_stopped(account, zone)),
            actions(*way_back(account)),
        ),
    )


def _stopped(account: Account, zone: str) -> str:
    told = [f"{COMPANY[account.provider]} stopped accepting Daybook's access to *{user_text(account.address)}*."]
    if account.provider is Provider.ZOOM:
        return " ".join([*told, NO_LINKS])
    if account.broken_since is not None:
        told.append(f"Its calendars have not been read since {told_moment(account.broken_since, zone)}.")
    return " ".join([*told, UNKNOWN_SINCE])
