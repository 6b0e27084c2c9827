"""What several of the integration tests stand on."""

from typing import TYPE_CHECKING

import pytest

from tests.databases import DATABASES

# Imported where it is asked for: most of these tests need no services.
if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.contracts.google_client import Stage
    from tests.integration.delivery_town import Services
    from tests.integration.following_town import Following


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Services]":
    """Databases and stand-ins that serve a whole file of tests."""
    from tests.integration.delivery_town import services

    with services(tmp_path_factory.mktemp("town")) as served:
        yield served


@pytest.fixture(params=DATABASES)
def following(request: pytest.FixtureRequest, served: "Services") -> "Iterator[Following]":
    """Ana's calendar, polled, on a new database of each kind."""
    from tests.integration.following_town import a_following

    with a_following(served, request.param) as following:
        yield following


@pytest.fixture
def on_sqlite(served: "Services") -> "Iterator[Following]":
    """The same on SQLite alone, where the kind of database changes nothing."""
    from tests.integration.following_town import a_following

    with a_following(served, "sqlite") as following:
        yield following


@pytest.fixture(scope="module")
def stage() -> "Iterator[Stage]":
    """The client for Google in front of a stand-in that serves a whole file of tests."""
    from tests.contracts.google_client import a_stage

    with a_stage() as stage:
        yield stage
