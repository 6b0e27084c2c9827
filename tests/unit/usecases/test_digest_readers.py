"""Whoever reads a channel decides how much its digest shows: with guests, or nobody knows whom, busy times alone."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.digests import MOST_ASKED, Level
from bot.domain.people import Standing
from tests.unit.rendering.answers import ana, ben, cara
from tests.unit.usecases.digest_levels import BUSY, FULL, a_day, shown


# faults 12, 13
@pytest.mark.parametrize("who", ["a guest", "somebody unknown", "too many, or others", "a guest whom Slack knows"])
def test_with_anybody_but_full_members_in_the_channel_everything_stays_at_busy(who: str) -> None:
    house, digest = a_day(Level.FULL)
    match who:
        case "a guest":
            house.becomes(cara, standing=Standing.GUEST)
        case "somebody unknown":
            house.channels.reads = ("U1", "UNEW")
        case "a guest whom Slack knows":
            house.channels.reads, house.channels.full = ("U1", "UNEW", "UGUEST"), {"UNEW"}
        case _:
            house.channels.reads = None
    assert shown(house, digest) == BUSY


# fault 13
@pytest.mark.parametrize("is_full", [True, False], ids=["a bot of the workspace", "a stranger"])
def test_whoever_is_stored_as_no_full_member_is_asked_about_anew(*, is_full: bool) -> None:
    house, digest = a_day(Level.FULL)
    house.becomes(cara, standing=Standing.EXTERNAL)
    house.channels.full = {"U3"} if is_full else set()
    assert (shown(house, digest), house.channels.asked) == (FULL if is_full else BUSY, ["U3"])


# fault 13
def test_whoever_became_a_guest_since_slack_called_him_a_full_member_is_a_guest() -> None:
    house, digest = a_day(Level.FULL)
    row = house.store.tables.members.pop(cara.id)
    house.channels.full = {"U3"}
    readers = house.readers()
    assert not readers(digest.workspace_id, digest.channel_id)
    house.clock.time += timedelta(hours=1)
    guest = replace(row, standing=Standing.GUEST, checked_at=house.clock.now())
    house.store.tables.members[cara.id] = guest
    house.channels.full = set()
    assert readers(digest.workspace_id, digest.channel_id)


def test_people_whom_daybook_looked_at_within_a_day_are_not_asked_about_again() -> None:
    house, digest = a_day(Level.FULL)
    for member in (ana, ben, cara):
        house.becomes(member, checked_at=house.clock.now() - timedelta(hours=23))
    house.channels.reads, house.channels.full = ("U1", "U2", "UNEW"), {"UNEW"}
    assert (shown(house, digest), house.channels.asked) == (FULL, ["UNEW"])
    assert house.directory.asked == []


# fault 13
@pytest.mark.parametrize(
    ("standing", "seen"), [(Standing.FULL, FULL), (Standing.GUEST, BUSY), (None, BUSY)], ids=["full", "guest", "silent"]
)
def test_about_a_reader_whom_nobody_looked_at_for_a_day_slack_is_asked(
    standing: Standing | None, seen: list[tuple[str, str]]
) -> None:
    house, digest = a_day(Level.FULL)
    house.becomes(cara, checked_at=house.clock.now() - timedelta(days=1))
    house.channels.reads = ("U3",)
    house.directory.people = {} if standing is None else {"U3": replace(cara, standing=standing)}
    assert (shown(house, digest), house.directory.asked) == (seen, ["U3"])
    stored = house.store.tables.members[cara.id]
    assert (stored.standing, stored.checked_at == house.clock.now()) == (
        standing or Standing.FULL,
        standing is not None,
    )


def test_a_reader_whom_daybook_does_not_know_is_looked_at_once_a_day() -> None:
    house, digest = a_day(Level.FULL)
    house.channels.reads, house.channels.full = ("U1", "UNEW"), {"UNEW"}
    compose, asked = house.compose(), []
    for hours in (0, 23, 1):
        house.clock.time += timedelta(hours=hours)
        compose(digest, digest.next_day)
        asked.append(len(house.channels.asked))
    assert asked == [1, 1, 2]


def test_a_reader_of_whom_slack_says_nothing_is_asked_about_again() -> None:
    house, digest = a_day(Level.FULL)
    house.channels.reads = ("U1", "UNEW")
    compose = house.compose()
    assert compose(digest, digest.next_day).has_outsiders
    house.channels.full = {"UNEW"}
    assert not compose(digest, digest.next_day).has_outsiders


# fault 13
def test_a_look_that_takes_longer_than_half_a_minute_counts_as_guests() -> None:
    house, digest = a_day(Level.FULL)
    crowd = tuple(f"UC{number:02}" for number in range(MOST_ASKED))
    house.channels.reads, house.channels.full = crowd, set(crowd)

    def slowly() -> None:
        house.clock.time += timedelta(seconds=4)

    house.channels.looking = slowly
    assert (shown(house, digest), len(house.channels.asked)) == (BUSY, 8)


def test_of_many_readers_those_are_asked_about_at_whom_nobody_looked_for_longest() -> None:
    house, digest = a_day(Level.FULL)
    crowd = [
        replace(
            cara,
            id=UUID(int=9000 + number),
            slack_user_id=f"UC{number:02}",
            checked_at=house.clock.now() - timedelta(days=99 - number),
        )
        for number in range(MOST_ASKED + 5)
    ]
    house.store.tables.members |= {member.id: member for member in crowd}
    house.directory.people = {member.slack_user_id: member for member in crowd}
    house.channels.reads, house.channels.full = ("UNEW", *house.directory.people), {"UNEW"}
    for _ in range(2):
        assert shown(house, digest) == FULL
    assert house.directory.asked == [f"UC{number:02}" for number in range(MOST_ASKED + 5)]


def test_a_digest_of_busy_times_does_not_ask_who_reads_it() -> None:
    house, digest = a_day(Level.BUSY)
    house.channels.reads = ("U1", "UNEW")
    assert (shown(house, digest), house.channels.asked) == (BUSY, [])
