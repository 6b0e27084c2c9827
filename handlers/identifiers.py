"""Ids as payloads carry them: hints, which lead nowhere unless the actor may see what they name."""

from uuid import UUID

from bot.domain.errors import NotFound


def id_in(value: str) -> UUID:
    """The id that a button carries; raises `NotFound` for anything else, as for an id that is not there."""
    try:
        return UUID(value)
    except ValueError as error:
        raise NotFound from error
