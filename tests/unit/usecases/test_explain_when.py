"""Asking why in words: the time in them is explained, and where there is none, which one is asked."""

from dataclasses import replace
from datetime import UTC

import pytest

from bot.domain.availability import Mode
from bot.domain.day_words import UnclearWhen
from bot.domain.errors import NotAllowed
from bot.domain.people import Standing
from bot.domain.slots_request import parse_slots_request
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.explain_when import ExplainWhen
from tests.builders import at, second
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import actor, ana, ben


def explain_when(acme: Acme) -> ExplainWhen:
    return ExplainWhen(ExplainSlot(acme.store, acme.clock, acme.resolve_members()), acme.clock)


def test_the_time_in_the_words_is_explained() -> None:
    told = explain_when(Acme())(actor(), parse_slots_request("<@U1> <@U2> any 45m tomorrow 15:00"))
    assert (told.start, told.minutes, told.mode) == (second("2026-11-25 15:00"), 45, Mode.ANY)
    assert told.gathered.known == (ana, ben)


def test_nobody_named_and_no_length_mean_half_an_hour_of_ones_own() -> None:
    told = explain_when(Acme())(actor(), parse_slots_request("16:00"))
    assert (told.minutes, told.mode, told.gathered.known) == (30, Mode.ALL, (ana,))


@pytest.mark.parametrize(
    ("words", "now", "day"),
    [
        ("", "12:00", "2026-11-24"),
        ("", "23:59", "2026-11-24"),
        ("fri", "12:00", "2026-11-27"),
        ("next week", "12:00", "2026-11-30"),
        ("", "2026-03-29 2:30", "2026-03-29"),
    ],
)
def test_words_without_a_time_mean_a_day_and_no_time_is_guessed(words: str, now: str, day: str) -> None:
    acme = Acme()
    acme.clock.time = at(now).astimezone(UTC)
    request = parse_slots_request(words)
    assert explain_when(acme).day(actor(), request).isoformat() == day
    with pytest.raises(UnclearWhen, match="Which time"):
        explain_when(acme)(actor(), request)


def test_a_guest_gets_no_explanation() -> None:  # fault 13
    guest = replace(actor(), standing=Standing.GUEST)
    with pytest.raises(NotAllowed):
        explain_when(Acme())(guest, parse_slots_request("16:00"))
