"""Who is free: of whom nobody can say is never free, and what is not known wholly is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.answers import SlotsFound
from bot.domain.availability import Mode
from bot.domain.errors import NotAllowed
from bot.domain.people import Member, Standing, actor_of
from bot.domain.slots_request import SlotsRequest
from bot.usecases.find_slots import FindSlots
from tests.builders import at, local
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.rendering.answers import ACME, ana, ben, cara


def asked(acme: Acme, *members: Member, mode: Mode = Mode.ALL, minutes: int = 30, when: str = "today") -> SlotsFound:
    """Ana's question."""
    request = SlotsRequest(tuple(one.slack_user_id for one in members), mode, minutes, when)
    return FindSlots(acme.store, acme.clock, acme.resolve_members())(actor_of(ana, ACME), request)


def starts(found: SlotsFound) -> list[str]:
    """The slots by the clock of Berlin, on the usual day."""
    assert found.slots is not None
    return [text[11:16] for text in local(slot.start for slot in found.slots)]


def test_a_busy_event_takes_its_time_and_a_free_one_does_not() -> None:
    acme = Acme()
    acme.add_event(ana, "12:00-15:00", "Workshop")
    acme.add_event(ana, "15:30-16:30", "Reading", blocks=False)
    assert starts(asked(acme, ana, minutes=60)) == ["15:00", "15:15", "15:30", "15:45", "16:00"]


def test_two_members_meet_where_both_work_and_both_are_free() -> None:
    acme = Acme()
    acme.add_event(ben, "15:30-16:00", "Stand-up")
    # Nine in New York is three in Berlin.
    assert starts(asked(acme, ana, ben)) == ["15:00", "16:00", "16:15", "16:30"]


def test_nobody_named_means_the_asker() -> None:
    found = asked(Acme())
    assert found.members == (ana,)


def test_a_member_without_a_calendar_is_never_free() -> None:
    found = asked(Acme(), ana, cara)
    assert found.slots is None
    assert (found.gathered.known, found.gathered.silent) == ((ana,), (cara,))


def test_anyone_is_answered_by_those_who_are_known() -> None:
    found = asked(Acme(), ana, cara, mode=Mode.ANY)
    assert found.slots is not None
    assert {slot.members for slot in found.slots} == {(ana.id,)}


def test_nobody_known_is_no_answer_even_for_anyone() -> None:
    assert asked(Acme(), cara, mode=Mode.ANY).slots is None


def test_a_calendar_that_nobody_has_read_yet_is_not_free() -> None:
    acme = Acme()
    acme.set_read(ana, None)
    found = asked(acme, ana)
    assert (found.slots, found.gathered.unread) == (None, (ana,))


def test_a_calendar_read_long_ago_still_blocks_and_is_told_as_stale() -> None:
    acme = Acme()
    acme.add_event(ana, "12:00-16:30", "Workshop")
    acme.set_read(ana, NOW - timedelta(hours=2))
    found = asked(acme, ana)
    assert starts(found) == ["16:30"]
    assert [one.read_at for one in found.gathered.times[0].stale] == [NOW - timedelta(hours=2)]


def test_what_was_not_worked_out_of_a_calendar_is_not_free() -> None:
    acme = Acme()
    calendar_id = acme.calendars[ana.id].id
    acme.store.tables.calendars[calendar_id] = replace(
        acme.store.tables.calendars[calendar_id], expanded_until=at("15:45")
    )
    assert starts(asked(acme, ana))[-2:] == ["15:00", "15:15"]
    assert starts(asked(acme, ana, ben)) == ["15:00", "15:15"]


def test_a_time_of_day_is_answered_for_an_hour_around_it() -> None:
    assert starts(asked(Acme(), ana, when="today 15:00")) == [
        "14:00", "14:15", "14:30", "14:45", "15:00", "15:15", "15:30", "15:45", "16:00",
    ]  # fmt: skip


def test_a_guest_can_neither_ask_nor_be_asked_about() -> None:  # fault 13
    acme = Acme()
    acme.store.tables.members[ben.id] = replace(ben, standing=Standing.GUEST)
    with pytest.raises(NotAllowed):
        asked(acme, ana, ben)
    guest = actor_of(acme.store.tables.members[ben.id], ACME)
    with pytest.raises(NotAllowed):
        FindSlots(acme.store, acme.clock, acme.resolve_members())(guest, SlotsRequest((ana.slack_user_id,)))
