"""What all tests share ends with them."""

from tests import databases


def pytest_unconfigure() -> None:
    """Stop what was started for the process."""
    databases.close()
