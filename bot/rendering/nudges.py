"""Reminders of a connection that broke, and why that happens."""

from bot.domain.accounts import Account, AccountStatus, Provider
from bot.domain.nudges import DueNudge
from bot.rendering.blocks import actions, button, context, section
from bot.rendering.names import ActionId, numbered
from bot.rendering.providers import COMPANY
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Block, Message, Modal
from bot.rendering.text import user_text
from bot.rendering.zones import told_moment

TITLE = "Why did this happen?"
_COSTS = {
    Provider.GOOGLE: (
        "What was known then still blocks your time. Newer events are unknown, so you can be double-booked, and new "
        "bookings on you need *Book anyway*."
    ),
    Provider.ZOOM: "New bookings with you get no Zoom link. What was booked before keeps its link.",
}
_REASONS = {
    Provider.GOOGLE: (
        "You changed the password of your Google account.",
        "Somebody removed Daybook under Google Account, Security, Connections to other apps.",
        "An administrator of your organisation limited which apps may see its calendars.",
        "The permission was not used for half a year, or too many newer ones replaced it.",
    ),
    Provider.ZOOM: (
        "You changed the password of your Zoom account, or signed out of all devices.",
        "Somebody removed Daybook in Zoom, under Apps.",
        "An administrator of your organisation does not allow the app any more.",
    ),
}


def still_broken(due: DueNudge, *, is_last: bool, zone: str) -> Message:
    """One reminder: since when, what it costs, and the way back; `zone` is its owner's."""
    account = due.account
    address, company = user_text(account.address), COMPANY[account.provider]
    since = told_moment(account.broken_since or due.told_at, zone)
    return Message(
        text=f"{address} is still not connected: {company} does not accept Daybook's access to it.",
        blocks=(
            section(
                f"*{address}* is still not connected. {company} has not accepted Daybook's access to it since {since}. "
                f"{_COSTS[account.provider]}"
            ),
            actions(*way_back(account)),
            context(_says(is_last=is_last)),
        ),
    )


def way_back(account: Account) -> tuple[Block, Block]:
    """The two buttons under whatever tells that it broke."""
    return (
        run("Reconnect", "connect", primary=True),
        button(TITLE, numbered(ActionId.WHY_BROKEN, account.id), value=str(account.id)),
    )


def why_broken(account: Account) -> Modal:
    """What usually is the reason, and what to do; for the account's owner."""
    address, company = user_text(account.address), COMPANY[account.provider]
    if account.status is not AccountStatus.NEEDS_RECONNECT:
        return Modal(TITLE, (section(f"*{address}* is connected again. There is nothing to do."),))
    reasons = "\n".join(f"· {reason}" for reason in _REASONS[account.provider])
    return Modal(
        TITLE,
        (
            section(
                f"{company} does not tell Daybook why it ended the access to *{address}*. Mostly it is one of these:"
            ),
            section(reasons),
            section(
                "Nothing of yours was changed or deleted. Reconnect it with the same account, and everything goes on "
                "where it stopped."
            ),
            actions(run("Reconnect", "connect", mark="why-broken", primary=True)),
            context("If it happens again within days, ask whoever looks after your organisation's apps."),
        ),
    )


def _says(*, is_last: bool) -> str:
    if is_last:
        return "This was the last reminder. `/daybook status` goes on showing it."
    return "Not needed any more? `/daybook disconnect` ends the reminders."
