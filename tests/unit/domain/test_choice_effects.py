"""What a change of calendars does, said before it is done."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.calendar_choice import Choice, Choosable
from bot.domain.calendars import AccessRole, Calendar, RemoteCalendar, Role
from bot.domain.choice_effects import ChoiceEffects, Dropped, effects_of
from tests.builders import BERLIN
from tests.unit.rendering.connections import HOME, WORK, a_calendar

ANA = a_calendar("Ana", role=Role.LINKED)
FAMILY, CLUB = a_calendar("Family"), a_calendar("Club")
COUNTS = {ANA.id: 40, FAMILY.id: 1}


def on_offer(calendar: Calendar) -> Choosable:
    """The calendar as Google lists it."""
    account = WORK if calendar.account_id == WORK.id else HOME
    return Choosable(account, RemoteCalendar(calendar.remote_id, calendar.name, BERLIN, AccessRole.OWNER, False), "")


def effects(current: Sequence[Calendar], linked: Calendar | None, *conflicts: Calendar) -> ChoiceEffects:
    choice = Choice(on_offer(linked) if linked else None, tuple(map(on_offer, conflicts)))
    return effects_of(choice, current, COUNTS)


def test_a_first_choice_takes_nothing_away() -> None:
    first = effects([], ANA, FAMILY)
    assert first == ChoiceEffects(None, "Ana", (), ("Family", "Ana"), moves_link=True, fingerprint=first.fingerprint)
    assert not first.need_a_word


def test_the_same_choice_again_changes_nothing() -> None:
    again = effects([ANA, FAMILY], ANA, FAMILY)
    assert again == ChoiceEffects("Ana", "Ana", (), (), moves_link=False, fingerprint=again.fingerprint)
    assert not again.need_a_word


def test_a_calendar_more_needs_no_word() -> None:
    assert not effects([ANA], ANA, FAMILY).need_a_word


def test_a_calendar_that_is_left_out_is_counted_with_what_was_read() -> None:
    fewer = effects([ANA, FAMILY, CLUB], ANA)
    assert fewer.dropped == (Dropped("Family", 1), Dropped("Club", 0))
    assert fewer.need_a_word


def test_appointments_that_go_elsewhere_need_a_word_even_where_nothing_is_dropped() -> None:
    moved = effects([ANA, FAMILY], FAMILY, ANA)
    assert (moved.linked_before, moved.linked_after, moved.dropped) == ("Ana", "Family", ())
    assert moved.need_a_word
    assert effects([ANA, FAMILY], None, ANA, FAMILY).need_a_word


def test_only_what_is_taken_away_makes_another_fingerprint() -> None:
    told = effects([ANA, FAMILY], ANA).fingerprint
    assert effects([ANA, replace(FAMILY, name="Home")], ANA, CLUB).fingerprint == told
    assert effects([ANA, FAMILY, CLUB], ANA).fingerprint != told
    assert effects([ANA, FAMILY], CLUB, ANA).fingerprint != told


def test_a_link_for_the_first_time_needs_no_word() -> None:
    assert not effects([FAMILY], ANA, FAMILY).need_a_word


def test_a_calendar_that_is_read_through_another_account_stays() -> None:
    through_home = a_calendar("Family", account=HOME)
    same = RemoteCalendar(FAMILY.remote_id, "Family", BERLIN, AccessRole.READER, False)
    choice = Choice(on_offer(ANA), (Choosable(HOME, same, ""),))
    assert effects_of(choice, [ANA, FAMILY], COUNTS).dropped == ()
    assert through_home.account_id != FAMILY.account_id
