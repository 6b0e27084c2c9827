"""Ids and time stamps as Slack makes them."""

import secrets
import string

_LETTERS = string.ascii_uppercase + string.digits


def new_id(kind: str) -> str:
    """A new id of a kind: T for a workspace, U for a member, C for a channel, and so on."""
    return kind + "0" + "".join(secrets.choice(_LETTERS) for _ in range(9))


def stamp(now: float, number: int) -> str:
    """The time stamp of the `number`th message, which is also its name within its channel."""
    return f"{int(now)}.{number % 1_000_000:06d}"


def view_hash(now: float) -> str:
    """A hash for one state of a view."""
    return f"{int(now)}.{secrets.token_hex(4)}"


def trigger(team_id: str) -> str:
    """A trigger id."""
    return f"{secrets.randbelow(10**13)}.{team_id[1:]}.{secrets.token_hex(16)}"
