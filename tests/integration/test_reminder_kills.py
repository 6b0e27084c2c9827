"""A process that sends a reminder is killed before and after it was sent; another one finishes."""

import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest

from bot.domain.appointments import Appointment
from bot.domain.reminder_planning import reminders_of
from bot.domain.reminders import REMINDER_LEASE, ReminderChoice, ReminderState
from tests.databases import DATABASES
from tests.integration.delivery_town import Services, Town, a_town
from tests.integration.reminder_process import die_reminding_at, remind_for
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

PLACES = ["reminder: before it is sent", "reminder: after it is sent"]


@pytest.fixture(params=DATABASES)
def town(request: pytest.FixtureRequest, served: Services) -> Iterator[Town]:
    with a_town(served, request.param) as town:
        remind_for(town.wires, town.now)
        yield town


def booked(town: Town) -> Appointment:
    """An appointment of which Ana is reminded one minute later."""
    appointment = town.book("2026-11-22 9:41-10:11")
    town.now += timedelta(minutes=1)
    return appointment


def killed_at(town: Town, place: str) -> None:
    """A process of its own sends until it is killed there, which proves that it came that far."""
    context = get_context("forkserver")
    context.set_forkserver_preload([die_reminding_at.__module__])
    process = context.Process(target=die_reminding_at, args=(town.wires, town.now, place))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == -signal.SIGKILL, f"nobody came to {place!r}"


def finished(town: Town) -> None:
    """The lease of the dead process runs out, and others go on."""
    town.now += REMINDER_LEASE
    for _ in range(2):
        remind_for(town.wires, town.now)


def states(town: Town, appointment: Appointment) -> list[str]:
    with town.store.reading() as work:
        return [one.state.value for one in work.reminders.of(appointment.id)]


# fault 34
@pytest.mark.parametrize("place", PLACES)
def test_the_host_gets_one_reminder(town: Town, place: str) -> None:
    appointment = booked(town)
    killed_at(town, place)
    finished(town)
    assert (len(town.cards()), states(town, appointment)) == (1, ["sent"])


# fault 34
@pytest.mark.parametrize(("place", "posted"), list(zip(PLACES, [0, 1], strict=True)))
def test_a_channel_gets_one_at_most(town: Town, place: str, posted: int) -> None:
    workspace = town.slack.people.home_of(town.ana.slack_user_id)
    sales = town.slack.people.add_channel(workspace.id, "sales", [town.ana.slack_user_id])
    with town.store.writing() as work:
        choice = ReminderChoice((10,), sales.id, "sales", asks_after=False)
        work.reminders.choose(town.ana, choice, town.now - timedelta(minutes=5))
        work.commit()
    appointment = booked(town)
    with town.store.writing() as work:
        [coming] = work.reminders.coming(town.now, limit=5)
        direct, public = reminders_of(coming)
        # So that the process meets the one to the channel first.
        work.reminders.enter([replace(direct, state=ReminderState.LEFT_OUT, due_at=None), public])
        work.commit()
    killed_at(town, place)
    finished(town)
    assert len(town.slack.messages_in(sales.id)) == posted
    assert sorted(states(town, appointment)) == ["left_out", "unsure"]


def test_every_place_that_has_a_name_is_killed_at() -> None:
    """Whoever adds one has it tested."""
    source = Path("bot/usecases/send_reminder.py").read_text(encoding="utf-8")
    assert [line.split('"')[1] for line in source.splitlines() if "_crash_point(" in line] == PLACES
