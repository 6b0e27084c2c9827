"""What all tests share begins before them, and ends with them."""

import gc
from contextlib import ExitStack

import pytest
from hypothesis import settings

from tests import databases
from tests.compiled_once import compile_once
from tests.one_authority import one_authority

_until_the_end = ExitStack()


def pytest_configure() -> None:
    """Spare every test what another has done already, and collecting the search for garbage, of which it makes none."""
    gc.disable()
    compile_once()
    _until_the_end.enter_context(one_authority())
    # By the clock on the wall a full machine looks like a slow program.
    settings.register_profile("daybook", deadline=None)
    settings.load_profile("daybook")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, whatever the order is otherwise: at the end all would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


def pytest_collection_finish() -> None:
    """Have the collector leave alone what was collected: thousands of tests, looked through again and again."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_unconfigure() -> None:
    """Stop what was started for the process."""
    databases.close()
    _until_the_end.close()
