"""The key that seals tokens is taken away and comes back: nobody has to connect anything anew."""

from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.app import build_app
from bot.domain.accounts import AccountStatus
from storage.vault import BadSecretKeys, new_key
from tests.journeys.house import House

pytestmark = pytest.mark.slow

ACTIVE = [("Ana", "ana@acme.test", AccountStatus.ACTIVE)]


# fault 25
def test_a_start_without_the_key_is_refused_and_nothing_is_changed(house: House) -> None:
    house.sets_up(house.town.ana)
    without = house.settings.model_copy(update={"secret_keys": SecretStr(new_key())})
    with pytest.raises(BadSecretKeys, match="Put that key back"), build_app(without, clock=house.clock):
        pass
    house.clock.time += timedelta(minutes=20)
    house.reads()
    assert house.accounts() == ACTIVE


# fault 25
def test_a_bot_that_lacks_the_key_puts_reading_off_and_another_that_has_it_goes_on(house: House) -> None:
    without = house.settings.model_copy(update={"secret_keys": SecretStr(new_key())})
    with build_app(without, clock=house.clock) as other:  # nothing is stored yet, so it may start
        ana = house.sets_up(house.town.ana)
        house.clock.time += timedelta(minutes=20)
        other.scheduler.get_job("sync_due_calendars").func()
        house.waits_until(lambda: not house._syncing())
        status = house.types(ana, "/daybook status")
    assert "The key that seals this account's token is not configured." in status
    assert house.accounts() == ACTIVE
    house.clock.time += timedelta(hours=1)
    house.reads()
    assert "up to date" in house.types(ana, "/daybook status")
