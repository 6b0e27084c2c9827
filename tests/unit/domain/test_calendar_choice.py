"""What is offered and preset when a member sets up, and which choices are refused."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.accounts import Account
from bot.domain.calendar_choice import CalendarOffer, Choice, ChoiceField, ChoiceRefused, choose, offer
from bot.domain.calendars import AccessRole, Calendar, RemoteCalendar, Role
from tests.builders import BERLIN
from tests.unit.rendering.connections import HOME, WORK, a_calendar


def a_remote(
    name: str, role: AccessRole = AccessRole.OWNER, *, primary: bool = False, suggested: bool = True
) -> RemoteCalendar:
    """One of a member's own calendars, unless told otherwise."""
    return RemoteCalendar(f"{name.lower()}@group.test", name, BERLIN, role, is_primary=primary, is_suggested=suggested)


ANA = a_remote("Ana", primary=True)
FAMILY = a_remote("Family")
HOLIDAYS = a_remote("Holidays", AccessRole.READER)
SHARED = a_remote("Shared", AccessRole.WRITER_WITHOUT_PRIVATE_ACCESS)
COLLEAGUE = a_remote("Colleague", AccessRole.WRITER, suggested=False)
CLUB = a_remote("Club")


def offered(
    work: Sequence[RemoteCalendar] = (), home: Sequence[RemoteCalendar] = (), current: Sequence[Calendar] = ()
) -> CalendarOffer:
    """What Ana's account of work, which may write, and that of home, which may not, come to."""
    return offer({WORK.id: work, HOME.id: home}, [WORK, HOME], current)


def in_use(remote: RemoteCalendar, role: Role, account: Account = WORK) -> Calendar:
    """A remote calendar as it is stored in its role."""
    return replace(a_calendar(remote.name, account=account, role=role), remote_id=remote.remote_id)


def names(marks: frozenset[str], of: CalendarOffer) -> list[str]:
    """The names behind marks, in the order offered."""
    return [one.calendar.name for one in of.calendars if one.mark in marks]


def mark(of: CalendarOffer, name: str) -> str:
    """What the form calls a calendar."""
    return next(one.mark for one in of.calendars if one.calendar.name == name)


def chosen(choice: Choice) -> tuple[str, list[str]]:
    """The linked calendar and the conflict calendars by name."""
    linked = choice.linked.calendar.name if choice.linked else ""
    return linked, [one.calendar.name for one in choice.conflicts]


def test_the_primary_calendar_is_preset_as_linked_and_ones_own_others_as_conflict_calendars() -> None:
    shown = offered([FAMILY, ANA, COLLEAGUE, HOLIDAYS])
    assert shown.linked == mark(shown, "Ana")
    assert names(shown.conflicts, shown) == ["Family", "Holidays"]


def test_conflict_calendars_of_several_accounts_are_preset_together() -> None:
    shown = offered([ANA], [CLUB])
    assert names(shown.conflicts, shown) == ["Club"]


def test_calendars_that_cannot_be_written_to_say_why() -> None:
    shown = offered([ANA, HOLIDAYS, SHARED], [CLUB])
    assert {one.calendar.name: one.unwritable for one in shown.calendars} == {
        "Ana": "",
        "Holidays": "you cannot edit it",
        "Shared": "you cannot edit its private events",
        "Club": "ana@home.test is connected for conflict calendars only",
    }


def test_nothing_is_preset_as_linked_where_nothing_can_be_written_to() -> None:
    shown = offered([], [a_remote("Home", primary=True)])
    assert shown.linked is None
    assert names(shown.conflicts, shown) == ["Home"]


def test_a_calendar_that_two_accounts_see_is_offered_once_by_the_better_way_in() -> None:
    read_only = a_remote("Family", AccessRole.READER)
    shown = offered([read_only], [FAMILY])
    assert [(one.account, one.calendar.access_role) for one in shown.calendars] == [(HOME, AccessRole.OWNER)]
    both = offered([FAMILY], [FAMILY])
    assert [(one.account, one.unwritable) for one in both.calendars] == [(WORK, "")]


def test_what_is_chosen_already_is_shown_instead_of_presets() -> None:
    linked = in_use(FAMILY, Role.LINKED)
    shown = offered([ANA, FAMILY, CLUB], current=[linked])
    assert shown.linked == mark(shown, "Family")
    assert names(shown.conflicts, shown) == ["Family"]


def test_the_calendar_that_was_linked_goes_on_blocking_where_another_takes_its_place() -> None:
    shown = offered([ANA, FAMILY], current=[in_use(FAMILY, Role.LINKED)])
    choice = choose(shown, mark(shown, "Ana"), shown.conflicts)
    assert [one.calendar.name for one in choice.conflicts] == ["Family"]


def test_an_account_that_does_not_answer_keeps_what_is_in_use_of_it() -> None:
    shown = offer({WORK.id: [ANA]}, [WORK, HOME], [in_use(ANA, Role.LINKED), in_use(CLUB, Role.CONFLICT, HOME)])
    assert shown.unreachable == (HOME,)
    assert names(shown.conflicts, shown) == ["Ana", "Club"]


def test_a_mark_is_the_same_every_time_and_another_for_another_account() -> None:
    first, second = offered([FAMILY]), offered([FAMILY])
    assert mark(first, "Family") == mark(second, "Family")
    assert mark(offered([], [FAMILY]), "Family") != mark(first, "Family")


def test_a_choice_is_kept_with_the_linked_calendar_in_one_role_alone() -> None:
    shown = offered([ANA, FAMILY], [CLUB])
    marks = [mark(shown, name) for name in ("Ana", "Family", "Club")]
    assert chosen(choose(shown, marks[0], marks)) == ("Ana", ["Family", "Club"])


def test_conflict_calendars_alone_are_a_choice() -> None:
    shown = offered([ANA, FAMILY])
    assert chosen(choose(shown, None, [mark(shown, "Family")])) == ("", ["Family"])


@pytest.mark.parametrize("name", ["Holidays", "Shared", "Club"])
def test_a_linked_calendar_has_to_be_writable(name: str) -> None:
    shown = offered([ANA, HOLIDAYS, SHARED], [CLUB])
    with pytest.raises(ChoiceRefused) as refused:
        choose(shown, mark(shown, name), [])
    assert refused.value.field is ChoiceField.LINKED


def test_a_linked_calendar_that_is_not_on_offer_is_refused() -> None:  # fault 11
    with pytest.raises(ChoiceRefused) as refused:
        choose(offered([ANA]), "0" * 32, [])
    assert refused.value.field is ChoiceField.LINKED


def test_a_conflict_calendar_that_is_not_on_offer_is_refused() -> None:  # fault 11
    shown = offered([ANA, FAMILY])
    with pytest.raises(ChoiceRefused) as refused:
        choose(shown, shown.linked, [mark(shown, "Family"), "0" * 32])
    assert refused.value.field is ChoiceField.CONFLICTS


def test_nothing_at_all_is_no_choice() -> None:
    with pytest.raises(ChoiceRefused) as refused:
        choose(offered([ANA]), None, [])
    assert refused.value.field is ChoiceField.CONFLICTS
