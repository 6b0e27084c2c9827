"""What several of the integration tests stand on."""

from typing import TYPE_CHECKING

import pytest

# Imported where it is asked for: most of these tests need no services.
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.integration.delivery_town import Services


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Services]":
    """Databases and stand-ins that serve a whole file of tests."""
    from tests.integration.delivery_town import services

    with services(tmp_path_factory.mktemp("town")) as served:
        yield served
