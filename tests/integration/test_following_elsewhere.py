"""What people make of appointments' events that is not a plain move: all day, copied, repeated, elsewhere."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.accounts import Access, Provider
from bot.domain.appointment_log import Deed
from bot.domain.appointments import Question, QuestionKind
from bot.domain.booking import Answer, BookingRequest, NeedsAnyway, NotOffered
from bot.domain.calendars import Role
from bot.domain.contacts import new_contact
from bot.domain.effects import EFFECT_LEASE
from bot.domain.intervals import Interval
from bot.usecases.adopt_links import adopt_links, look_after_left_copies
from tests.builders import BERLIN, NEW_YORK, second, span
from tests.contracts.google_desk import ALL
from tests.contracts.storage_builders import a_calendar, an_account, chosen
from tests.databases import DATABASES
from tests.integration.delivery_town import ANA, Services, connected, services
from tests.integration.following_town import Following, a_following

pytestmark = pytest.mark.slow

FOUR = "2026-11-24T16:00+01:00/2026-11-24T16:30+01:00"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with services(tmp_path_factory.mktemp("town")) as served:
        yield served


@pytest.fixture(params=DATABASES)
def town(request: pytest.FixtureRequest, served: Services) -> Iterator[Following]:
    with a_following(served, request.param) as following:
        yield following


@pytest.fixture
def on_sqlite(served: Services) -> Iterator[Following]:
    with a_following(served, "sqlite") as following:
        yield following


def a_request(when: str) -> BookingRequest:
    return BookingRequest((), new_contact("noa@levi.test", "Noa Levi"), second(when), 30)


def a_day(day: str) -> dict[str, str | None]:
    """A whole day in place of the time that was there."""
    return {"date": day, "dateTime": None, "timeZone": None}


# fault 42
@pytest.mark.parametrize(
    ("day", "following_day", "hours"),
    [("2026-11-25", "2026-11-26", 24), ("2027-03-28", "2027-03-29", 23), ("2027-10-31", "2027-11-01", 25)],
)
def test_a_copy_made_all_day_takes_its_days_until_its_host_has_spoken(
    town: Following, day: str, following_day: str, hours: int
) -> None:
    one = town.town.book()
    town.town.deliver()
    town.poll()
    town.edit(one, start=a_day(day), end=a_day(following_day))
    town.poll()

    assert town.town.known(one).question == Question(QuestionKind.COLLIDES)
    whole_day = Interval(second(f"{day} 0:00"), second(f"{following_day} 0:00"))
    assert (town.busy(), (whole_day.end - whole_day.start) // 3600) == ([whole_day], hours)

    town.answer(one, Answer.KEEP)
    town.poll()
    assert (town.busy(), town.titles()) == ([], [])


def test_nothing_is_booked_into_the_days_that_google_shows_before_its_host_has_spoken(on_sqlite: Following) -> None:
    town = on_sqlite
    one = town.town.book()
    town.town.deliver()
    town.poll()
    town.edit(one, start=a_day("2026-11-25"), end=a_day("2026-11-26"))
    with pytest.raises(NotOffered):
        town.book(a_request("2026-11-25 12:00"))

    town.answer(one, Answer.KEEP)
    assert town.book(a_request("2026-11-25 12:00")).span == span("2026-11-25 12:00-12:30")


def test_a_copy_made_all_day_and_shown_as_free_takes_nothing(on_sqlite: Following) -> None:
    town = on_sqlite
    one = town.town.book()
    town.town.deliver()
    town.poll()
    town.edit(one, start=a_day("2026-11-25"), end=a_day("2026-11-26"), transparency="transparent")
    town.poll()

    assert (town.town.known(one).question, town.busy()) == (Question(QuestionKind.COLLIDES), [])


def test_a_copy_in_another_calendar_takes_the_time_at_which_it_stands_there(town: Following) -> None:
    side = town.add_calendar("Side")
    one = town.town.book()
    town.town.deliver()
    uid = town.fields(one)["iCalUID"]
    town.town.google.put_event(
        side, summary="Copy", start="2026-11-24T18:00", end="2026-11-24T18:30", id="copy1", iCalUID=uid
    )
    town.poll(2)
    assert (town.busy(), town.titles(), town.history(one)) == ([span("18:00-18:30")], ["Copy"], [])

    town.town.google.change_event(
        side,
        "copy1",
        start={"dateTime": "2026-11-24T09:00:00", "timeZone": NEW_YORK},
        end={"dateTime": "2026-11-24T09:30:00", "timeZone": NEW_YORK},
    )
    town.poll()  # nine in New York is three in Berlin, where the appointment is
    assert (town.busy(), town.titles()) == ([], [])


def test_an_event_that_was_made_to_repeat_counts_once_where_the_appointment_is(town: Following) -> None:
    one = town.town.book()
    town.town.deliver()
    town.poll()
    town.edit(one, recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    town.poll(2)

    times = [span("2026-11-25 15:00-15:30"), span("2026-11-26 15:00-15:30")]
    assert (town.busy(), town.town.known(one).question) == (times, None)


def test_an_event_moved_to_a_conflict_calendar_and_to_another_time_is_followed_there(town: Following) -> None:
    side = town.add_calendar("Side")
    one = town.town.book()
    town.town.deliver()
    town.poll()
    event_id = town.town.event_id(one)
    town.town.google.move_event(ANA, event_id, side)
    town.town.google.change_event(
        side,
        event_id,
        start={"dateTime": "2026-11-24T16:00:00", "timeZone": BERLIN},
        end={"dateTime": "2026-11-24T16:30:00", "timeZone": BERLIN},
    )
    town.poll(2)

    assert (town.container(one), town.town.known(one).span) == (side, span("16:00-16:30"))
    assert (town.busy(), [entry.deed for entry in town.history(one)]) == ([], [Deed.MOVED_IN_GOOGLE])

    town.edit(one, summary="Kick-off")
    town.poll(2)
    assert town.town.known(one).title == "Kick-off"
    assert town.town.made() == (1, 1)


def test_a_move_in_a_calendar_that_its_host_chose_no_longer_is_followed(town: Following) -> None:
    one = town.town.book()
    town.town.deliver()
    town.poll()
    leave_for_another(town)
    town.town.deliver()
    town.drag(one, FOUR)
    town.town.deliver(700)

    assert town.town.known(one).span == span("16:00-16:30")
    assert town.zoom_starts() == ["2026-11-24T15:00:00Z"]


def test_an_event_in_a_left_calendar_stays_the_only_one_when_its_account_is_back(town: Following) -> None:
    one = town.town.book()
    town.town.deliver()
    town.poll()
    leave_for_another(town)
    town.town.deliver()
    new, mails = town.calendar().remote_id, list(town.town.mails())
    leave_google(town)
    town.town.deliver(700)

    back_in_google(town, Access.FULL, new, Role.LINKED)
    town.town.deliver()
    assert (town.town.mails(), town.container(one)) == (mails, ANA)

    town.town.cancel(one)
    town.town.deliver()
    calendars = town.town.google.calendars.values()
    assert [event for calendar in calendars for event in calendar.events.values() if not event.cancelled] == []


def test_an_event_that_nobody_can_follow_takes_the_time_at_which_google_shows_it(on_sqlite: Following) -> None:
    one = on_sqlite.town.book()
    on_sqlite.town.deliver()
    on_sqlite.poll()
    leave_google(on_sqlite)
    on_sqlite.town.deliver()
    back_in_google(on_sqlite, Access.CONFLICT_ONLY, ANA, Role.CONFLICT)
    start, end = ({"dateTime": f"2026-11-24T16:{minute}:00", "timeZone": BERLIN} for minute in ("00", "30"))
    on_sqlite.town.google.change_event(ANA, on_sqlite.town.event_id(one), start=start, end=end)
    on_sqlite.poll()

    assert (on_sqlite.town.known(one).span, on_sqlite.busy()) == (span("15:00-15:30"), [span("16:00-16:30")])


def test_a_move_that_somebody_else_is_about_to_follow_asks_for_a_word(on_sqlite: Following) -> None:
    one = on_sqlite.town.book()
    on_sqlite.town.deliver()
    on_sqlite.poll()
    on_sqlite.drag(one, FOUR)
    on_sqlite.read()
    with on_sqlite.store.writing() as work:
        [_] = work.effects.claim_due(on_sqlite.town.now, limit=50, lease=EFFECT_LEASE)
        work.commit()

    with pytest.raises(NeedsAnyway) as refused:
        on_sqlite.book(a_request("16:00"))
    assert refused.value.unanswered == {on_sqlite.calendar().id}


def leave_google(town: Following) -> None:
    """Ana disconnects it."""
    with town.store.writing() as work:
        for account in work.accounts.of(town.town.ana):
            if account.provider is Provider.GOOGLE:
                work.accounts.erase(account.id)
        work.commit()


def back_in_google(town: Following, access: Access, remote_id: str, role: Role) -> None:
    """The same account, connected anew with that access, and one of its calendars."""
    world = town.town.google
    account = replace(an_account(town.town.ana, ANA), access=access)
    client = world.grants.client(town.town.wires.google[0])
    assert client is not None
    connected(town.town.store, account, world.sign_in(client, ANA, ALL))
    chosen(town.store, town.town.ana, a_calendar(account, remote_id, role=role))
    with town.store.writing() as work:
        adopt_links(work, town.town.ana, town.town.now)
        work.commit()


def leave_for_another(town: Following) -> None:
    """Ana chooses another calendar, and nothing of the old one is read any more; its events are looked at."""
    remote_id = town.town.google.add_calendar(ANA, "New", BERLIN)
    old = town.calendar()
    with town.store.reading() as work:
        [account] = [one for one in work.accounts.of(town.town.ana) if one.id == old.account_id]
    with town.store.writing() as work:
        look_after_left_copies(work, town.town.ana, [old.id], town.town.now)
        work.calendars.choose(town.town.ana, [a_calendar(account, remote_id, role=Role.LINKED, name="New")])
        work.commit()
