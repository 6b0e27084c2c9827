"""Whatever happens in Google, on the way and to Daybook's own process: the store ends equal to Google's truth.

And on the way no time looks free that was taken all along: what blocked at every reading since the last complete
one, and blocks now, blocks in the store. Events of appointments among them take no time; a reading has somebody
look at exactly those that changed since he last did.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.contracts.google_client import Stage
from tests.databases import DATABASES, a_database
from tests.integration.fire_house import FireHouse, MortalStore, a_mortal_store
from tests.integration.sync_history import Fire

QUICK = settings(max_examples=12, stateful_step_count=20)
LONG = settings(max_examples=400, stateful_step_count=60)


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MortalStore]:
    with a_database(request.param, tmp_path) as url, a_mortal_store(url) as store:
        yield store


def burns(stage: Stage, store: MortalStore, profile: settings) -> None:
    """Run histories, each in a world of its own."""

    class Burning(Fire):
        def __init__(self) -> None:
            super().__init__(FireHouse(store, stage.set_up()))

    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    phases = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
    chosen = settings(profile, deadline=None, suppress_health_check=quiet, phases=phases)
    run_state_machine_as_test(Burning, settings=chosen)


# faults 35, 37, 39 and 59
@pytest.mark.slow
def test_after_any_history_the_store_tells_the_truth_and_never_showed_a_taken_time_as_free(
    stage: Stage, store: MortalStore
) -> None:
    burns(stage, store, QUICK)


@pytest.fixture
def history(stage: Stage, store: MortalStore) -> Fire:
    """A history of its own, of which a test plays the steps by hand."""
    return Fire(FireHouse(store, stage.set_up()))


# faults 44 and 59
def test_a_day_off_that_a_rule_passed_over_is_still_off_when_another_rule_has_it_again(history: Fire) -> None:
    history.makes_a_series(day=0, hour=8, line="RRULE:FREQ=MONTHLY")
    history.cancels_an_instance(place=0, nth=1)
    history.sync_tokens_expire()
    history.changes_the_rule(place=0, line="RRULE:FREQ=DAILY;COUNT=4")
    history.sync_tokens_expire()
    history.syncs()
    history.changes_the_rule(place=0, line="RRULE:FREQ=DAILY;INTERVAL=2")
    history.syncs()
    history.teardown()


# faults 44 and 59
def test_a_day_cancelled_while_a_series_was_all_day_is_taken_once_it_has_hours_again(history: Fire) -> None:
    history.makes_a_series(day=0, hour=8, line="RRULE:FREQ=DAILY;COUNT=4")
    history.syncs()
    history.makes_a_day_off(day=2, is_free=False, number=1)
    history.swaps(place=0)
    history.cancels_an_instance(place=0, nth=0)
    history.swaps(place=0)
    history.moves(day=2, hour=8, place=1)
    history.swaps(place=0)
    history.nothing_taken_looks_free()
    history.syncs()
    history.teardown()


# faults 35, 37, 39 and 59
@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_after_long_histories_too(stage: Stage, store: MortalStore) -> None:
    burns(stage, store, LONG)
