"""Both sides change at random while requests fail and processes die: once all is quiet, they agree.

Nothing is doubled, nothing is lost, nobody hears anything twice, and the contacts are those that the options imply.
"""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.contracts.google_client import Stage
from tests.integration.both_sides_beginning import EverythingHappens
from tests.integration.both_sides_town import both_sides
from tests.integration.delivery_town import Databases

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=5, stateful_step_count=25)
LONG = settings(max_examples=500, stateful_step_count=60)


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with ExitStack() as stack:
        yield Databases(tmp_path_factory.mktemp("both"), stack)


def happens(stage: Stage, databases: Databases, kind: str, profile: settings) -> None:
    """Run histories, each on a database of its own."""

    class Happens(EverythingHappens):
        def __init__(self) -> None:
            self._open = both_sides(databases.new(kind), stage.set_up())
            super().__init__(self._open.__enter__())

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                self._open.__exit__(None, None, None)

    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    phases = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
    chosen = settings(profile, deadline=None, suppress_health_check=quiet, phases=phases)
    run_state_machine_as_test(Happens, settings=chosen)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_after_any_history_both_sides_agree(stage: Stage, databases: Databases, kind: str) -> None:
    happens(stage, databases, kind, QUICK)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_after_long_histories_they_agree_too(stage: Stage, databases: Databases, kind: str) -> None:
    happens(stage, databases, kind, LONG)
