"""One house for each module: its tests leave it as they found it."""

from collections.abc import Iterator

import pytest

from tests.journeys.house import House, a_house


@pytest.fixture(scope="module")
def standing_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The bot, up for all the tests of a module."""
    with a_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def house(standing_house: House) -> Iterator[House]:
    """The bot with nothing connected; afterwards Slack may have nothing to complain of."""
    standing_house.starts_over()
    standing_house.town.slack.problems.clear()
    yield standing_house
    standing_house.is_settled()
    assert standing_house.town.slack.problems.all == ()
