"""What changes about a meeting while a reminder of it is on its way to Slack is shown there next, on every store."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Event
from time import sleep

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Venue, Where
from bot.domain.effects import EffectKind
from bot.ports import Store
from bot.rendering.reminders import reminder_message
from bot.usecases.delivering import want_again
from bot.usecases.forget_contact import ForgetContact
from bot.usecases.record_change import record_change
from tests.builders import at
from tests.contracts.conftest import Database
from tests.contracts.effect_builders import a_copy
from tests.contracts.reminder_town import ReminderTown
from tests.contracts.storage_builders import a_profile, a_synced, new_id
from tests.contracts.two_way_house import MAYA, invited
from tests.contracts.two_way_town import TwoWayTown
from tests.fakes.reminder_posts import FakeReminderPosts
from tests.patience import PATIENCE
from tests.unit.rendering.screen import read_message

WHEN = "2026-11-24 15:00-16:00"
NAMED = "Demo for Maya Ortiz"


def once(posts: FakeReminderPosts, happens: Callable[[], object]) -> list[list[str]]:
    """It happens when the next message has arrived, or was edited, before anybody notes that; how it read then."""
    seen = list[list[str]]()

    def after() -> None:
        posts.after = lambda: seen.append(read(posts))
        seen.append(read(posts))
        happens()

    posts.after = after
    return seen


def read(posts: FakeReminderPosts) -> list[str]:
    """The lines of the one message that stands there."""
    [standing] = posts.standing.values()
    return read_message(reminder_message(standing))


def a_town_with_maya(store: Store) -> TwoWayTown:
    two_way = TwoWayTown(store)
    two_way.put(invited("e1", WHEN, MAYA, title=NAMED))
    two_way.run()
    return two_way


def forgets_maya(two_way: TwoWayTown) -> None:
    actor = two_way.ana.actor
    with two_way.store.reading() as work:
        maya = work.contacts.by_address(actor.workspace_id, [MAYA])[MAYA]
    ForgetContact(two_way.store, two_way.clock)(actor, maya.id, version=maya.version)


def test_a_link_that_comes_while_the_message_is_on_its_way_is_shown(store: Store) -> None:
    town = ReminderTown(store)
    appointment = town.books("15:00-15:30", venue=Venue(Where.MEET))
    link = replace(a_copy(appointment, a_synced(store).claim.calendar), url="https://meet.google.com/abc-defg-hij")

    def has_a_link() -> None:
        with store.writing() as work:
            work.remote_links.plan(link)
            want_again(work, appointment.id, EffectKind.CARD, town.clock.now())
            work.commit()

    seen = once(town.posts, has_a_link)
    assert len(town.at("14:50")) == 1
    assert [one[-1] for one in seen] == ["[Reschedule]", "[Join Meet] [Reschedule]"]
    assert town.at("14:51") == []
    assert len(seen) == 2


# fault 55
@pytest.mark.parametrize("store", ["sqlite", "postgres"], indirect=True)
def test_a_contact_who_is_forgotten_while_the_message_is_on_its_way_goes_from_it(store: Store) -> None:
    two_way = a_town_with_maya(store)
    seen = once(two_way.posts, lambda: forgets_maya(two_way))
    assert len(two_way.at("14:50")) == 1
    assert two_way.at("14:51") == []
    assert ["Maya" in str(one) for one in seen] == [True, False]


# fault 55
@pytest.mark.parametrize("store", ["sqlite", "postgres"], indirect=True)
def test_a_contact_who_is_forgotten_while_the_message_is_edited_goes_from_it(store: Store) -> None:
    two_way = a_town_with_maya(store)
    two_way.at("14:50")
    two_way.put(invited("e1", "2026-11-24 17:00-18:00", MAYA, title=NAMED))
    two_way.run()
    seen = once(two_way.posts, lambda: forgets_maya(two_way))
    assert two_way.at("14:51") == two_way.at("14:52") == []
    assert ["Maya" in str(one) for one in seen] == [True, False]


def test_what_did_not_change_is_not_edited(store: Store) -> None:
    town = ReminderTown(store)
    appointment = town.books("15:00-15:30")

    def is_wanted_again() -> None:
        with store.writing() as work:
            want_again(work, appointment.id, EffectKind.CARD, town.clock.now())
            work.commit()

    seen = once(town.posts, is_wanted_again)
    assert (len(town.at("14:50")), town.at("14:51")) == (1, [])
    assert len(seen) == 1


def test_who_is_read_anew_from_slack_and_is_the_same_is_no_change(store: Store) -> None:
    town = ReminderTown(store)
    town.books("15:00-15:30")

    def is_read_again() -> None:
        with store.writing() as work:
            work.members.save(town.ana.workspace_id, a_profile("U1", "Ana"), new_id=new_id(), now=town.clock.now())
            work.commit()

    is_read_again()
    seen = once(town.posts, is_read_again)
    assert (len(town.at("14:50")), town.at("14:51")) == (1, [])
    assert len(seen) == 1


def test_who_is_renamed_while_the_message_is_on_its_way_has_his_new_name_in_it(store: Store) -> None:
    town = ReminderTown(store)
    town.books("15:00-15:30", town.ben)

    def is_named(name: str) -> None:
        with store.writing() as work:
            work.members.save(town.ben.workspace_id, a_profile("U2", name), new_id=new_id(), now=town.clock.now())
            work.commit()

    is_named("Ben")
    town.chooses(who=town.ben)
    seen = once(town.posts, lambda: is_named("Benjamin"))
    assert (len(town.at("14:50")), town.at("14:51")) == (1, [])
    assert ["Benjamin" in str(one) for one in seen] == [False, True]


# fault 34
def test_a_change_that_is_stored_in_the_moment_in_which_the_arrival_is_noted_is_shown(database: Database) -> None:
    town, elsewhere = ReminderTown(database.open()), database.open()
    appointment = town.books("15:00-15:30")
    has_written = Event()

    def cancels() -> None:
        """Slowly: it is written, and not stored yet."""
        now = town.clock.now()
        with elsewhere.writing() as work:
            record_change(work, appointment.cancelled("", now), LogEntry(now, Deed.CANCELLED), now)
            has_written.set()
            sleep(0.3)
            work.commit()

    with ThreadPoolExecutor(1) as threads:
        done = list[Future[None]]()

        def begins() -> None:
            done.append(threads.submit(cancels))
            assert has_written.wait(PATIENCE)

        once(town.posts, begins)
        assert len(town.at("14:50")) == 1
        done[0].result(PATIENCE)
    town.clock.time = at("14:51")
    town.ticks()
    assert town.shown() == ["Cancelled: Maya Ortiz and Ana"]
