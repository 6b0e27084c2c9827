"""What all tests share begins before them, and ends with them."""

import gc

from tests import databases


def pytest_collection_finish() -> None:
    """Have the collector leave alone what was collected: thousands of tests, looked through again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_unconfigure() -> None:
    """Stop what was started for the process."""
    databases.close()
