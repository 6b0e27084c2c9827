"""A process that ends an account with its events is killed at every place that has a name; another one finishes."""

import signal
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from uuid import UUID

import pytest

from bot.domain.calendars import Role
from bot.domain.leaving import LEASE
from bot.usecases.leave_account import LeaveAccount
from bot.usecases.move_copies import move_copies
from tests.contracts.storage_builders import a_calendar
from tests.databases import DATABASES
from tests.fakes.clock import SettableClock
from tests.integration.delivery_town import ANA, Services, Town, a_town
from tests.integration.leaving_process import die_leaving_at, finish_leaving_for
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

PLACES = [
    f"leaving: {place}"
    for place in (
        "before remove",
        "after remove",
        "before the end",
        "after the end",
        "before report",
        "after report",
    )
]


@pytest.fixture(params=DATABASES)
def town(request: pytest.FixtureRequest, served: Services) -> Iterator[Town]:
    """Ana with two appointments whose events are in Google."""
    with a_town(served, request.param) as town:
        town.book()
        town.book("16:00-16:30")
        town.deliver(20)
        yield town


def account_of(town: Town) -> UUID:
    with town.store.reading() as work:
        return next(one.id for one in work.accounts.of(town.ana) if one.provider.has_calendars)


def killed_at(town: Town, place: str) -> None:
    """A process of its own goes on until it is killed there, which proves that it came that far."""
    context = get_context("forkserver")
    context.set_forkserver_preload([die_leaving_at.__module__])
    process = context.Process(target=die_leaving_at, args=(town.wires, town.now, place))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == -signal.SIGKILL, f"nobody came to {place!r}"


def finished(town: Town) -> None:
    """The lease of the dead process runs out, and another one goes on."""
    town.now += LEASE
    finish_leaving_for(town.wires, town.now)


def reports(town: Town) -> list[str]:
    return [card.text for card in town.cards() if card.text.endswith(("is disconnected.", "removed from Google."))]


def told_by(place: str) -> int:
    """It is told once at least: whoever dies before it is noted has it told again."""
    return 2 if place == "leaving: after report" else 1


# fault 54
@pytest.mark.parametrize("place", PLACES)
def test_an_account_that_is_left_goes_with_its_events_after_a_kill_at(place: str, town: Town) -> None:
    LeaveAccount(town.store, SettableClock(town.now))(town.ana, account_of(town))
    killed_at(town, place)
    finished(town)
    assert town.in_google() == []
    assert town.mails().count("cancellation") == 2
    with town.store.writing() as work:
        assert [one.provider.has_calendars for one in work.accounts.of(town.ana)] == [False]
        assert work.leavings.claim_report(town.now + 2 * LEASE) is None
    assert reports(town) == [f"{ANA} is disconnected."] * told_by(place)
    assert town.google.ledger.matching("POST", "/revoke")


@pytest.mark.parametrize("place", PLACES[2:4])
def test_events_that_leave_a_calendar_are_gone_and_told_after_a_kill_at(place: str, town: Town) -> None:
    with town.store.writing() as work:
        before = work.calendars.of(town.ana)
        [account] = [one for one in work.accounts.of(town.ana) if one.provider.has_calendars]
        work.calendars.choose(town.ana, [a_calendar(account, "office", role=Role.LINKED)])
        move_copies(work, town.ana, before, town.now)
        work.commit()
    killed_at(town, place)
    finished(town)
    assert town.in_google() == []
    with town.store.reading() as work:
        assert (account_of(town), list(work.leavings.left(account.id))) == (account.id, [])
    assert reports(town) == ["Events were removed from Google."] * told_by(place)


def test_every_place_that_has_a_name_is_killed_at() -> None:
    """Whoever adds one has it tested."""
    source = Path("bot/usecases/finish_leaving.py").read_text(encoding="utf-8")
    named = [line.split('"')[1] for line in source.splitlines() if "_crash_point(" in line]
    assert named == PLACES
