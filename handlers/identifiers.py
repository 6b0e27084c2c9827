"""Ids and dates as payloads carry them: an id is a hint, which leads nowhere unless the actor may see what it names."""

from datetime import date
from uuid import UUID

from bot.domain.errors import NotFound


def id_in(value: str) -> UUID:
    """The id that a button carries; raises `NotFound` for anything else, as for an id that is not there."""
    try:
        return UUID(value)
    except ValueError as error:
        raise NotFound from error


def day_in(value: str) -> date:
    """The date in ISO form that a field carries; raises `NotFound` for anything else."""
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise NotFound from error
