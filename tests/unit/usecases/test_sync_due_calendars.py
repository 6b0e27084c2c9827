"""The job that has due calendars synced, and the notices to owners of broken accounts."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from bot.domain.accounts import Credential
from bot.domain.errors import CredentialRefused, ProviderDown
from bot.domain.events import EventPage
from bot.usecases.announce_broken_accounts import AnnounceBrokenAccounts
from bot.usecases.ask_about_losses import AskAboutLosses
from bot.usecases.sync_due_calendars import SyncDueCalendars
from tests.event_builders import a_meeting
from tests.fakes.notifier import RecordingNotifier
from tests.fakes.work_queue import HandQueue
from tests.unit.usecases.sync_house import ACCOUNT_ID, FIVE_MINUTES, NOW, House, a_calendar, an_account, page, scripted

EMPTY: list[EventPage | Exception] = [page(token="t")]


@dataclass
class Job:
    """The job on a house's store; `limit` and `room` bound what it claims and what its queue takes."""

    house: House
    limit: int = 100
    room: int = 100
    notifier: RecordingNotifier = field(default_factory=RecordingNotifier)

    def __post_init__(self) -> None:
        house = self.house
        self.queue = HandQueue(self.room)
        self.announce = AnnounceBrokenAccounts(house.store, self.notifier, house.clock)
        self.ask = AskAboutLosses(house.store, self.notifier, house.clock)
        self.tick = SyncDueCalendars(
            house.store, house.sync, self.announce, self.ask, self.queue, house.clock, limit=self.limit
        )


def with_calendars(house: House, *numbers: int) -> House:
    """The house with these calendars instead of its one, all due."""
    with house.store.writing() as work:
        work.calendars.choose(house.actor, [a_calendar(house.actor, UUID(int=number)) for number in numbers])
        work.calendars.request_sync(house.actor, NOW)
        work.commit()
    return house


def test_each_due_calendar_is_synced_once() -> None:
    house, gateway = scripted(EMPTY, EMPTY, EMPTY)
    job = Job(with_calendars(house, 21, 22, 23))
    assert job.tick() == 3
    assert job.tick() == 0
    job.queue.run_all()
    assert sorted(asked.remote_id for asked in gateway.asked) == ["calendar-21", "calendar-22", "calendar-23"]


def test_a_calendar_is_not_read_again_before_it_is_due() -> None:
    house, _ = scripted(EMPTY, EMPTY)
    job = Job(house)
    handed = []
    for seconds in (0, 299, 300):
        house.clock.time = NOW + timedelta(seconds=seconds)
        handed.append(job.tick())
        job.queue.run_all()
    assert handed == [1, 0, 1]


def test_no_more_is_claimed_in_one_tick_than_its_limit() -> None:
    house, _ = scripted(EMPTY, EMPTY, EMPTY)
    job = Job(with_calendars(house, 21, 22, 23), limit=2)
    assert (job.tick(), job.tick(), job.tick()) == (2, 1, 0)


def test_a_broken_calendar_holds_up_none_of_the_others() -> None:
    house, _ = scripted([ZeroDivisionError()], [ProviderDown("Google did not answer.")], EMPTY)
    job = Job(with_calendars(house, 21, 22, 23))
    job.tick()
    job.queue.run_all()
    assert [type(error) for error in job.queue.escaped] == [ZeroDivisionError]
    with house.store.reading() as work:
        problems = {calendar.remote_id: calendar.problem for calendar in work.calendars.of(house.actor)}
    assert problems == {
        "calendar-21": "Something went wrong in Daybook itself.",
        "calendar-22": "Google did not answer.",
        "calendar-23": None,
    }


def test_what_a_full_queue_has_no_room_for_is_taken_up_by_the_next_tick() -> None:
    house, _ = scripted(EMPTY, EMPTY, EMPTY)
    job = Job(with_calendars(house, 21, 22, 23), room=2)
    assert job.tick() == 2
    job.queue.run_all()
    assert job.tick() == 1


# fault 56
def test_two_schedulers_hand_each_calendar_out_once() -> None:
    house, gateway = scripted(EMPTY, EMPTY)
    with_calendars(house, 21, 22)
    one, other = Job(house), Job(house)
    assert one.tick() + other.tick() == 2
    one.queue.run_all()
    other.queue.run_all()
    assert len(gateway.asked) == 2


# fault 56
def test_a_calendar_whose_process_died_is_claimed_again_when_its_lease_ends() -> None:
    house, gateway = scripted([page(a_meeting(), token="t")], [page(token="late")])
    dead, alive = Job(house), Job(house)
    assert dead.tick() == 1
    house.clock.time += FIVE_MINUTES - timedelta(seconds=1)
    assert alive.tick() == 0
    house.clock.time += timedelta(seconds=1)
    assert alive.tick() == 1
    alive.queue.run_all()
    # The dead one wakes up after all, with a claim that no longer holds: it writes nothing.
    dead.queue.run_all()
    assert (len(gateway.asked), dead.queue.escaped) == (1, [])
    assert house.token() == "t"
    assert len(house.busy()) == 1


# fault 36
def test_the_owner_of_a_revoked_account_is_told_once_in_a_hundred_ticks() -> None:
    revoked = CredentialRefused("Google no longer lets Daybook in.")
    house, gateway = scripted([revoked], [revoked])
    job = Job(with_calendars(house, 21, 22))
    for _ in range(100):
        job.tick()
        job.queue.run_all()
        job.announce()
        house.clock.time += FIVE_MINUTES
    assert job.notifier.told_to_reconnect == [("U1", "ana@example.com")]
    assert len(gateway.asked) == 2


# fault 36
def test_a_notice_that_slack_refused_is_tried_again() -> None:
    house, _ = scripted([CredentialRefused("Google no longer lets Daybook in.")])
    job = Job(house)
    job.notifier.refusals = [ProviderDown("Slack did not answer.")]
    job.tick()
    job.queue.run_all()
    assert (job.announce(), job.notifier.told_to_reconnect) == (0, [])
    house.clock.time += timedelta(hours=1)
    assert (job.announce(), job.announce()) == (1, 0)
    assert job.notifier.told_to_reconnect == [("U1", "ana@example.com")]


# fault 36
def test_a_mistake_while_telling_one_owner_leaves_the_notices_for_later() -> None:
    house, _ = scripted([CredentialRefused("Google no longer lets Daybook in.")])
    job = Job(house)
    job.notifier.refusals = [ZeroDivisionError()]
    job.tick()
    job.queue.run_all()
    assert [type(error) for error in job.queue.escaped] == [ZeroDivisionError]
    house.clock.time += timedelta(hours=1)
    assert job.announce() == 1


# fault 36
def test_each_broken_account_is_told_of_by_itself() -> None:
    house, _ = scripted([CredentialRefused("Google no longer lets Daybook in.")], EMPTY)
    private = UUID(int=11)
    with house.store.writing() as work:
        account = an_account(house.actor, private, "ana@private.example")
        work.accounts.add(account, Credential("a", "r", NOW, frozenset()))
        calendars = [a_calendar(house.actor), a_calendar(house.actor, UUID(int=21), private)]
        work.calendars.choose(house.actor, calendars)
        work.commit()
    job = Job(house)
    job.tick()
    job.queue.run_all()
    assert job.notifier.told_to_reconnect == [("U1", "ana@example.com")]
    with house.store.reading() as work:
        assert [account.id for account in work.accounts.of(house.actor) if account.broken_since] == [ACCOUNT_ID]
