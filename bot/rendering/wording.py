"""The small words of many screens: names in a row, counted things, how long ago, and what guests answered."""

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.events import Response
from bot.domain.people import Member
from bot.rendering.text import user_text

NAME_LENGTH = 40
NAMES_SHOWN = 8
CHANNEL_LENGTH = 90
NOT_ACCEPTED = {
    Response.DECLINED: "declined",
    Response.TENTATIVE: "answered with maybe",
    Response.NEEDS_ACTION: "not answered",
}
ANSWERS = NOT_ACCEPTED | {Response.ACCEPTED: "accepted"}


def name_of(member: Member) -> str:
    """A member's name, ready for mrkdwn."""
    return user_text(member.name, limit=NAME_LENGTH, empty="Somebody")


def channel_text(name: str) -> str:
    """`#sales`, ready for mrkdwn."""
    return f"#{user_text(name, limit=CHANNEL_LENGTH, empty='a channel')}"


def listed(names: Sequence[str], *, last: str = "and") -> str:
    """`Ana, Ben and Cara`; of very many names the rest is counted."""
    if len(names) > NAMES_SHOWN + 1:
        return f"{', '.join(names[:NAMES_SHOWN])} {last} {len(names) - NAMES_SHOWN} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def counted(number: int, thing: str) -> str:
    """`1 minute`, `2 minutes`; for things whose plural takes an s."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def were(number: int, thing: str) -> str:
    """`No contact was`, `1 contact was`, `2 contacts were`: the beginning of what was done to them."""
    return f"{counted(number, thing) if number else f'No {thing}'} {'were' if number > 1 else 'was'}"


def lasting(time: timedelta) -> str:
    """A stretch of time in its largest whole unit: `40 minutes`, `3 hours`, `2 days`."""
    minutes = max(0, int(time.total_seconds())) // 60
    if minutes < 60:
        return counted(minutes, "minute") if minutes else "less than a minute"
    if minutes < 24 * 60:
        return counted(minutes // 60, "hour")
    return counted(minutes // (24 * 60), "day")


def meeting_length(minutes: int) -> str:
    """`30 minutes`, `1 hour`, `1 hour 30 minutes`."""
    hours, rest = divmod(minutes, 60)
    parts = [counted(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(counted(rest, "minute"))
    return " ".join(parts)
