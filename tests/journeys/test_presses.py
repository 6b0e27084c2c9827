"""One member who presses as fast as he can, and another who wants a single answer."""

import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from bot.rendering.names import ActionId
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.journeys.house import House
from tests.patience import PATIENCE, in_time

PRESSES = 100
SECONDS = 2.0


# fault 62
@pytest.mark.slow
def test_a_hundred_presses_of_one_member_keep_nobody_else_waiting(house: House) -> None:
    house.sets_up(house.town.ana)
    house.sets_up(house.town.ben)
    ana, ben = house.person(house.town.ana), house.town.ben

    def answered_among_presses() -> float:
        presses = [
            deliveries.action(
                Who(ben.id, house.town.workspace.id, trigger_id=house.town.slack.trigger(ben.id)), ActionId.SYNC_NOW
            )
            for _ in range(PRESSES)
        ]
        with httpx.Client(base_url=house.url, trust_env=False, verify=False, timeout=PATIENCE) as slack:

            def press(request: tuple[bytes, str]) -> int:
                return deliveries.deliver(slack, house.town.slack.app.signing_secret, request).status_code

            with ThreadPoolExecutor(16) as fingers:
                assert set(fingers.map(press, presses)) == {httpx.codes.OK}
        began = time.monotonic()
        ana.types("/daybook help")
        ana.waits_for("What Daybook can do")
        return time.monotonic() - began

    assert in_time(SECONDS, answered_among_presses)

    house.is_settled()
    house.town.slack.problems.clear()  # a person has one modal open, and cannot press faster than it shows
