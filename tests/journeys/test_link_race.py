"""Fifty browsers' tabs come back at the same moment with the same answer: one connection, one exchange."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from bot.domain.accounts import AccountStatus
from tests.databases import DATABASES, a_database
from tests.journeys.browser import Browser
from tests.journeys.house import a_house
from tests.patience import PATIENCE

TABS = 50


# fault 15
@pytest.mark.slow
@pytest.mark.parametrize("database", DATABASES)
def test_a_link_is_used_once_however_many_come_back_at_once(database: str, tmp_path: Path) -> None:
    with a_database(database, tmp_path) as url, a_house(tmp_path, database_url=url) as house:
        with Browser() as browser, ThreadPoolExecutor(TABS) as tabs:
            back = browser.agrees(browser.departs(house.link_for(house.town.ana)), house.town.ana.email)
            cookies = dict(browser.client.cookies)
            together = Barrier(TABS)

            def come_back(_tab: int) -> int:
                with Browser() as tab:
                    tab.client.cookies.update(cookies)
                    together.wait(timeout=PATIENCE)
                    return tab.opens(back).status_code

            statuses = list(tabs.map(come_back, range(TABS)))
        assert sorted(statuses) == [200] + [400] * (TABS - 1)
        assert house.accounts() == [("Ana", "ana@acme.test", AccountStatus.PENDING)]
        assert [entry.status for entry in house.exchanges()] == [200]
