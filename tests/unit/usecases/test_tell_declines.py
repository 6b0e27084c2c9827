"""Hosts are told once who will not come, and not of what is over."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.contacts import NewContact
from bot.domain.errors import ProviderDown
from bot.domain.intervals import Interval
from bot.domain.people import Profile, Standing
from bot.domain.taken import Declined
from bot.domain.wall_time import epoch
from bot.usecases.tell_declines import TellDeclines
from tests.builders import BERLIN
from tests.fakes.alert_messages import Killed
from tests.fakes.notifier import RecordingNotifier
from tests.unit.usecases.sync_house import NOW, House, scripted


def declined(house: House, *, starts: timedelta = timedelta(hours=1), repeats: bool = False, number: int = 60) -> None:
    with house.store.writing() as work:
        contact = work.contacts.known(house.actor, NewContact("maya@ortiz.test", "Maya"), new_id=UUID(int=50))
        start = epoch(NOW + starts)
        work.taken.decline(
            Declined(
                house.actor.workspace_id,
                UUID(int=number),
                house.actor.member_id,
                contact,
                "Demo",
                Interval(start, start + 1800),
                repeats=repeats,
            ),
            NOW,
        )
        work.commit()


def a_house() -> tuple[House, RecordingNotifier, TellDeclines]:
    house, _ = scripted()
    notifier = RecordingNotifier()
    return house, notifier, TellDeclines(house.store, notifier, house.clock)


def test_a_host_is_told_once() -> None:
    house, notifier, tell = a_house()
    declined(house)
    assert [tell(), tell()] == [1, 0]
    assert notifier.declined == [("U1", "Maya", "Demo")]


def test_what_slack_refuses_is_tried_again() -> None:
    house, notifier, tell = a_house()
    declined(house)
    notifier.refusals.append(ProviderDown("Slack did not take the message."))
    told = [tell()]
    house.clock.time += timedelta(hours=1)
    assert [*told, tell()] == [0, 1]
    assert notifier.declined == [("U1", "Maya", "Demo")]


# fault 36
def test_what_slack_refuses_for_good_is_not_tried_for_ever() -> None:
    house, notifier, tell = a_house()
    declined(house, starts=timedelta(days=7))
    notifier.refusals += [ProviderDown("Slack did not take the message.")] * 10_000
    for _ in range(3 * 24 * 60):
        tell()
        house.clock.time += timedelta(minutes=1)
    assert len(notifier.refusals) == 10_000 - 25


# fault 34
def test_a_process_that_dies_leaves_one_of_them_untold_and_no_other() -> None:
    house, notifier, tell = a_house()
    for number in (60, 61, 62):
        declined(house, number=number)
    notifier.refusals.append(Killed())
    with pytest.raises(Killed):
        tell()
    assert [tell(), tell()] == [2, 0]
    assert len(notifier.declined) == 2


def test_of_what_is_over_nobody_is_told_unless_it_repeats() -> None:
    house, notifier, tell = a_house()
    declined(house, starts=-timedelta(hours=2))
    tell()
    assert notifier.declined == []
    house, notifier, tell = a_house()
    declined(house, starts=-timedelta(hours=2), repeats=True)
    tell()
    assert notifier.declined == [("U1", "Maya", "Demo")]


def test_who_is_no_full_member_any_more_is_told_nothing() -> None:
    house, notifier, tell = a_house()
    declined(house)
    with house.store.writing() as work:
        left = replace(Profile("U1", "Ana", BERLIN, Standing.FULL, is_admin=False), standing=Standing.DEACTIVATED)
        work.members.save(house.actor.workspace_id, left, new_id=UUID(int=99), now=NOW)
        work.commit()
    tell()
    assert notifier.declined == []
