"""How one connected account does, in one line without times."""

from bot.domain.accounts import Account, AccountStatus
from bot.domain.connections import Status
from bot.domain.freshness import Freshness, freshness
from bot.rendering.reconnect import account_title
from bot.rendering.wording import counted


def health_line(account: Account, status: Status) -> str:
    """`*ana@acme.test* · Google Calendar · 2 calendars up to date`, or what is wrong."""
    return f"{account_title(account)} · {_health(account, status)}"


def _health(account: Account, status: Status) -> str:
    if account.status is AccountStatus.NEEDS_RECONNECT:
        return "*to be connected again*"
    if not account.provider.has_calendars:
        return "connected"
    own = status.of_account(account)
    if not own:
        return "no calendar in use"
    if any(one.open_fuse is not None for one in own):
        return "*a question waits for your answer*"
    if broken := sum(bool(one.problem) for one in own):
        return f"*{counted(broken, 'calendar')} cannot be read*"
    states = [freshness(one, status.now) for one in own]
    if Freshness.UNREAD in states:
        return "being read for the first time"
    if late := states.count(Freshness.STALE):
        return f"*{counted(late, 'calendar')} not up to date*"
    return f"{counted(len(own), 'calendar')} up to date"
