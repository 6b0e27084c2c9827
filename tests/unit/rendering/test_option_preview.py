"""What will change by another sync option, as it is read."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.domain.calendars import ONE_WAY, TWO_WAY, ContactPolicy, SyncOption
from bot.domain.contacts import NewContact
from bot.domain.invitees import LeftOut
from bot.domain.option_change import OptionChange
from bot.domain.shades import Shade
from bot.rendering.settings.option_preview import WantedOption, option_preview, wanted_option
from tests.builders import at
from tests.unit.rendering.connections import a_linked_calendar
from tests.unit.rendering.screen import read_view

NAMES = ("Maya Ortiz", "Lee Chen", "Ann", "Joe")
PEOPLE = tuple(NewContact(f"{name[:3].lower()}@x.test", name) for name in NAMES)
LEFT_OUT = "9 colleagues, 2 rooms and 1 blocked address are left out"
GREY, BLUE, TEAL = Shade.GREY, Shade.BLUE, Shade.TEAL


def change(
    shades: Mapping[tuple[Shade, Shade], int], after: SyncOption = TWO_WAY, before: SyncOption = ONE_WAY
) -> OptionChange:
    calendar = replace(a_linked_calendar(), option=before)
    return OptionChange(calendar, after, shades, until=at("2026-12-24 12:00"))


def told(what: OptionChange) -> list[str]:
    return read_view(option_preview(what, "V1"))


def test_a_switch_to_two_way_tells_colours_people_and_triggers() -> None:
    shown = told(
        replace(
            change({(GREY, BLUE): 17, (GREY, TEAL): 24, (GREY, GREY): 3}),
            added=PEOPLE,
            left_out={LeftOut.ROOM: 2, LeftOut.COLLEAGUE: 9, LeftOut.BLOCKED: 1},
        )
    )
    assert shown[:4] == [
        "Switching *Ana* from one-way to two-way:",
        "· 41 grey blocks become events in colour, 17 of them appointments",
        f"· 4 contacts are added - _Maya Ortiz, Lee Chen, and 2 more_ - {LEFT_OUT}",
        "· No trigger fires for anything that exists now",
    ]


@pytest.mark.parametrize(
    ("shades", "line"),
    [
        ({(GREY, TEAL): 2}, "· 2 grey blocks become events in colour, none of them appointments"),
        ({(GREY, BLUE): 1}, "· 1 grey block becomes an event in colour, an appointment"),
        ({(TEAL, GREY): 1}, "· 1 event in colour becomes a grey block"),
        (
            {(BLUE, GREY): 2, (TEAL, GREY): 1},
            "· 3 events in colour become grey blocks, 2 of them appointments until now",
        ),
        ({(TEAL, BLUE): 2}, "· 2 events become appointments"),
        ({(BLUE, TEAL): 1}, "· 1 appointment becomes an event without contacts"),
        ({(BLUE, BLUE): 5}, "· No event that is there now looks different"),
    ],
)
def test_each_change_of_colour_has_its_words(shades: Mapping[tuple[Shade, Shade], int], line: str) -> None:
    assert told(change(shades))[1] == line


def test_with_ask_the_people_are_named_and_quiet_triggers_are_told() -> None:
    quiet = replace(TWO_WAY, contact_policy=ContactPolicy.ASK, fire_triggers=False)
    shown = told(replace(change({}, quiet), asked=PEOPLE[:1]))
    assert shown[2:5] == [
        "· You are asked about 1 person - _Maya Ortiz_",
        "· No trigger fires for anything that exists now",
        "· Triggers stay off for what is made in Google later, too",
    ]


def test_the_way_back_says_that_contacts_stay() -> None:
    modal = option_preview(change({(BLUE, GREY): 1}, ONE_WAY, TWO_WAY), "V1")
    assert modal.close == "Keep two-way"
    assert "· Contacts stay as they are, and nobody is added to them" in read_view(modal)


def test_what_nobody_knows_yet_is_no_number() -> None:
    shown = told(replace(change({(GREY, BLUE): 1}), unanswered=2))
    assert shown[1] == (
        "Slack has not said yet whether 2 invitees belong to your team, so nobody can say yet what will change."
    )
    assert wanted_option(option_preview(replace(change({}), is_read=False), "V1").private_metadata).agreed == ""


def test_without_the_permission_to_ask_slack_it_says_who_can_help() -> None:
    assert told(replace(change({(GREY, BLUE): 1}), unanswered=1, is_withheld=True))[1] == (
        "Daybook may not ask Slack whether 1 invitee belongs to your team, because it was installed before it needed "
        "that. Have an admin install Daybook again, then look again."
    )


def test_a_view_carries_what_it_asks_about() -> None:
    for wanted in (WantedOption(TWO_WAY, "V1", "abc"), WantedOption(ONE_WAY)):
        assert wanted_option(wanted.value()) == wanted
