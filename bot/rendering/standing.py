"""Appointments to come that stand in the way of erasing somebody, and cancelling them together with it."""

import re
from collections.abc import Sequence
from uuid import UUID

from bot.domain.contact_views import ContactMeeting
from bot.domain.errors import NotFound

_NAMED = re.compile(r"([0-9a-f-]{36}):([0-9]{1,9})")

WHAT_CANCELLING_MEANS = (
    "They are cancelled first: their events in Google and meetings in Zoom go, and whoever was invited is told."
)

CANCELLED_SOME = "What was shown is cancelled. These appointments are to come still."
"""Before the form with the others."""


def are_the_readers(meetings: Sequence[ContactMeeting]) -> bool:
    """Whether he may cancel every one of them."""
    return all(one.appointment is not None and one.appointment.is_live for one in meetings)


def named(meetings: Sequence[ContactMeeting]) -> str:
    """What a form carries of those that it names."""
    shown = (one.appointment for one in meetings)
    return " ".join(f"{one.id}:{one.version}" for one in shown if one is not None)


def named_in(carried: str) -> tuple[tuple[UUID, int], ...]:
    """Their ids and versions; raises `NotFound` for what no form of ours carries."""
    try:
        return tuple(_one(_NAMED.fullmatch(one)) for one in carried.split())
    except ValueError as error:
        raise NotFound from error


def _one(found: re.Match[str] | None) -> tuple[UUID, int]:
    if found is None:
        raise NotFound
    return UUID(found[1]), int(found[2])
