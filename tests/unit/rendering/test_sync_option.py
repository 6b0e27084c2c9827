"""What is said of a sync option, and what the buttons about a switch carry."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from bot.domain.calendars import ONE_WAY, TWO_WAY, ContactPolicy, SyncOption
from bot.domain.change_sets import ChangeSet, SwitchProgress
from bot.domain.errors import NotFound
from bot.rendering.settings.sync_option import SwitchMark, switch_mark, undo_button
from bot.rendering.sync_options import option_meaning, option_told
from tests.unit.rendering.answers import NOON

SWITCH = UUID(int=7)
ASK = replace(TWO_WAY, contact_policy=ContactPolicy.ASK)
KNOWN_ONLY = replace(TWO_WAY, contact_policy=ContactPolicy.KNOWN_ONLY)


@pytest.mark.parametrize(
    ("option", "told"),
    [
        (ONE_WAY, "one-way"),
        (TWO_WAY, "two-way (adds unknown invitees, triggers on)"),
        (replace(TWO_WAY, contact_policy=ContactPolicy.ASK), "two-way (asks about unknown invitees, triggers on)"),
        (replace(TWO_WAY, fire_triggers=False), "two-way (adds unknown invitees, triggers off)"),
    ],
)
def test_an_option_is_told_with_what_is_set_finer(option: SyncOption, told: str) -> None:
    assert option_told(option) == told


@pytest.mark.parametrize(
    ("mark", "value"),
    [
        (SwitchMark(SWITCH), f"{SWITCH}"),
        (SwitchMark(SWITCH, ""), f"{SWITCH} -"),
        (SwitchMark(SWITCH, "V1"), f"{SWITCH} V1"),
    ],
    ids=["in the settings", "over nothing", "over a view"],
)
def test_a_button_about_a_switch_carries_what_is_below_it(mark: SwitchMark, value: str) -> None:
    assert (mark.value(), switch_mark(value)) == (value, mark)


def test_what_no_button_of_ours_carries_leads_nowhere() -> None:
    with pytest.raises(NotFound):
        switch_mark("everything")


@pytest.mark.parametrize(
    ("policy", "meaning"),
    [
        (ContactPolicy.CREATE, "Google events show in colour; outside invitees become contacts."),
        (ContactPolicy.ASK, "Google events show in colour; you are asked about outside invitees."),
        (
            ContactPolicy.KNOWN_ONLY,
            "Google events show in colour; only people who are contacts already make one an appointment.",
        ),
    ],
)
def test_what_two_way_means_depends_on_what_becomes_of_strangers(policy: ContactPolicy, meaning: str) -> None:
    assert option_meaning(replace(TWO_WAY, contact_policy=policy)) == meaning


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            ONE_WAY,
            TWO_WAY,
            "Ana is one-way again. Contacts that the switch made go, if nobody edited them or booked with them.",
        ),
        (
            KNOWN_ONLY,
            ASK,
            "Ana leaves unknown invitees out again. Contacts that you added when asked stay.",
        ),
        (ASK, KNOWN_ONLY, "Ana asks about unknown invitees again. Contacts stay as they are."),
        (
            TWO_WAY,
            replace(KNOWN_ONLY, fire_triggers=False),
            "Ana adds unknown invitees and has triggers on again. Contacts stay as they are.",
        ),
    ],
)
def test_before_an_undo_it_is_told_what_it_leads_to(before: SyncOption, after: SyncOption, said: str) -> None:
    switch = ChangeSet(SWITCH, SWITCH, SWITCH, SWITCH, "Ana", before, after, NOON)
    asked: Any = undo_button(SwitchProgress(switch, 0, 0))["confirm"]
    assert asked["text"]["text"] == f"{said} Nothing is written to Google."
