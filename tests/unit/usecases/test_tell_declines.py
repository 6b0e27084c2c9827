"""Hosts are told once who will not come, and not of what is over."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from bot.domain.contacts import NewContact
from bot.domain.errors import ProviderDown
from bot.domain.intervals import Interval
from bot.domain.people import Profile, Standing
from bot.domain.taken import Declined
from bot.domain.wall_time import epoch
from bot.usecases.tell_declines import TellDeclines
from tests.builders import BERLIN
from tests.fakes.notifier import RecordingNotifier
from tests.unit.usecases.sync_house import NOW, House, scripted


def declined(house: House, *, starts: timedelta = timedelta(hours=1), repeats: bool = False) -> None:
    with house.store.writing() as work:
        contact = work.contacts.known(house.actor, NewContact("maya@ortiz.test", "Maya"), new_id=UUID(int=50))
        start = epoch(NOW + starts)
        work.taken.decline(
            Declined(
                house.actor.workspace_id,
                UUID(int=60),
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
    assert [tell(), tell()] == [0, 1]
    assert notifier.declined == [("U1", "Maya", "Demo")]


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
