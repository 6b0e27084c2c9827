"""Both sides change at random while requests fail and processes die: once all is quiet, they agree.

Nothing is doubled, nothing is lost, nobody hears anything twice, and the contacts are those that the options imply.
"""

from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.contracts.google_client import Stage
from tests.databases import DATABASES, a_database
from tests.integration.both_sides_beginning import EverythingHappens
from tests.integration.both_sides_town import both_sides

pytestmark = pytest.mark.slow

QUICK = settings(max_examples=5, stateful_step_count=25)
LONG = settings(max_examples=500, stateful_step_count=60)


def happens(stage: Stage, kind: str, folder: Path, profile: settings) -> None:
    """Run histories, each on a database of its own."""

    class Happens(EverythingHappens):
        def __init__(self) -> None:
            self._open = ExitStack()
            # Each in a folder of its own: a file may have left others beside it.
            url = self._open.enter_context(a_database(kind, Path(mkdtemp(dir=folder))))
            super().__init__(self._open.enter_context(both_sides(url, stage.set_up())))

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                self._open.close()

    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    phases = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
    chosen = settings(profile, deadline=None, suppress_health_check=quiet, phases=phases)
    run_state_machine_as_test(Happens, settings=chosen)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.soak])])
def test_after_any_history_both_sides_agree(stage: Stage, tmp_path: Path, kind: str) -> None:
    happens(stage, kind, tmp_path, QUICK)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", DATABASES)
def test_after_long_histories_they_agree_too(stage: Stage, tmp_path: Path, kind: str) -> None:
    happens(stage, kind, tmp_path, LONG)
