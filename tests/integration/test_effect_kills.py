"""A process that delivers is killed at every place that has a name; another one finishes what it began."""

import signal
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest

from bot.domain.appointment_log import Deed
from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.effects import EFFECT_LEASE
from tests.builders import span
from tests.databases import DATABASES
from tests.integration.delivery_process import die_at
from tests.integration.delivery_town import ANA, TITLE, Services, Town, a_town
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

THREE, FOUR = "2026-11-24T15:00:00+01:00", "2026-11-24T16:00:00+01:00"
_EVERY_TIME = ("before commit", "after commit")

MAKING = [
    *(f"meeting: {place}" for place in ("before create", "after create", *_EVERY_TIME)),
    *(f"event: {place}" for place in ("before insert", "after insert", *_EVERY_TIME)),
    *(
        f"card: {place}"
        for place in (
            "before post",
            "after post",
            "after it is kept",
            "before reply",
            "after reply",
            "before update",
            "after update",
            "after commit",
        )
    ),
]
TELLING = [
    f"messages: {place}"
    for place in (
        "before post",
        "after post",
        "after it is kept",
        "before update",
        "after update",
        "after commit",
    )
]
MOVING = [
    *(f"meeting: {place}" for place in ("before change", "after change", *_EVERY_TIME)),
    *(f"event: {place}" for place in ("before patch", "after patch", *_EVERY_TIME)),
]
CANCELLING = [
    *(f"meeting: {place}" for place in ("before remove", "after remove", "after commit")),
    *(f"event: {place}" for place in ("before remove", "after remove", "after commit")),
]
FOLLOWING = ["event: before taking over", "event: after taking over", "meeting: after change"]


@pytest.fixture(params=DATABASES)
def town(request: pytest.FixtureRequest, served: Services) -> Iterator[Town]:
    with a_town(served, request.param) as town:
        yield town


def killed_at(town: Town, place: str) -> None:
    """A process of its own delivers until it is killed there, which proves that it came that far."""
    context = get_context("forkserver")
    context.set_forkserver_preload([die_at.__module__])
    process = context.Process(target=die_at, args=(town.wires, town.now, 15, place))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == -signal.SIGKILL, f"nobody came to {place!r}"


def finished(town: Town) -> None:
    """The lease of the dead process runs out, and another one goes on."""
    town.now += EFFECT_LEASE
    town.deliver(20)


def link_of(town: Town) -> str:
    [meeting] = town.zoom.meetings()
    return str(meeting["join_url"])


def one_of_each(town: Town, start: str) -> None:
    """What Google, Zoom and Slack have at last, and that they were never asked to make more."""
    assert town.made() == (1, 1)
    assert town.in_google() == [(start, TITLE, link_of(town))]
    assert len(town.cards()) == 1
    assert "invitation" in town.mails()
    assert town.mails().count("invitation") == 1


def all_done(town: Town, appointment: Appointment) -> None:
    wanted = town.known(appointment).version
    effects = town.effects(appointment).values()
    assert {(effect.delivered, effect.is_dead, effect.problem) for effect in effects} == {(wanted, False, "")}


# fault 30
# fault 32
# fault 33
@pytest.mark.parametrize("place", MAKING)
def test_a_booking_survives_a_kill_at(place: str, town: Town) -> None:
    one = town.book()
    killed_at(town, place)
    finished(town)

    one_of_each(town, THREE)
    all_done(town, one)
    assert town.known(one).status is AppointmentStatus.CONFIRMED
    # A line is told at most once.
    assert len(town.lines()) == (0 if place == "card: before reply" else 1)


# fault 32
@pytest.mark.parametrize("place", TELLING)
def test_a_message_to_whoever_booked_survives_a_kill_at(place: str, town: Town) -> None:
    one = town.book(booker_id=town.ben.member_id)
    killed_at(town, place)
    finished(town)

    assert (len(town.cards()), len(town.cards(town.ben))) == (1, 1)
    assert town.cards(town.ben)[0].text == "Booked: Maya Ortiz and Ana, confirmed: Tue 24 Nov, 15:00-15:30 Berlin"
    all_done(town, one)


@pytest.mark.parametrize("place", MOVING)
def test_a_move_survives_a_kill_at(place: str, town: Town) -> None:
    one = town.book()
    town.deliver()
    town.move(one, "16:00-16:30")
    killed_at(town, place)
    finished(town)

    one_of_each(town, FOUR)
    all_done(town, one)
    assert town.zoom.meetings()[0]["start_time"] == "2026-11-24T15:00:00Z"
    assert town.mails() == ["invitation", "update"]


@pytest.mark.parametrize("place", CANCELLING)
def test_a_cancellation_survives_a_kill_at(place: str, town: Town) -> None:
    one = town.book()
    town.deliver()
    town.cancel(one)
    killed_at(town, place)
    finished(town)

    assert (town.made(), town.in_google(), town.zoom.meetings()) == ((1, 1), [], ())
    assert (town.mails(), len(town.cards())) == (["invitation", "cancellation"], 1)
    all_done(town, one)


@pytest.mark.parametrize("place", FOLLOWING)
def test_a_move_in_google_survives_a_kill_at(place: str, town: Town) -> None:
    one = town.book()
    town.deliver()
    town.google.change_event(ANA, town.event_id(one), start="2026-11-24T16:00", end="2026-11-24T16:30")
    town.notice(one)
    killed_at(town, place)
    finished(town)

    one_of_each(town, FOUR)
    all_done(town, one)
    assert (town.known(one).span, town.log(one)) == (span("16:00-16:30"), [Deed.BOOKED, Deed.MOVED_IN_GOOGLE])
    assert town.zoom.meetings()[0]["start_time"] == "2026-11-24T15:00:00Z"
    assert town.google.ledger.matching("PATCH", "/calendar/.*") == ()


# fault 31
@pytest.mark.parametrize("place", ["event: before insert", "event: after insert"])
def test_a_kill_makes_no_second_event_where_google_does_not_notice_a_taken_id(place: str, town: Town) -> None:
    town.google.accept_duplicates(5)
    town.book()
    killed_at(town, place)
    finished(town)

    one_of_each(town, THREE)


def test_every_place_that_has_a_name_is_killed_at() -> None:
    """Whoever adds one has it tested."""
    named = {
        line.split('"')[1]
        for kind in ("meeting", "event", "card", "messages")
        for line in Path(f"bot/usecases/deliver_{kind}.py").read_text(encoding="utf-8").splitlines()
        if "_crash_point(" in line
    }
    assert named == {*MAKING, *TELLING, *MOVING, *CANCELLING, *FOLLOWING}
