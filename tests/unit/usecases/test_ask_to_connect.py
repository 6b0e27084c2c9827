"""Asking a colleague to connect: once a day, by whom and whomever it is."""

from datetime import timedelta

import pytest

from bot.domain.errors import ProviderDown
from bot.usecases.ask_to_connect import AskedAlready, AskToConnect, ConnectedMeanwhile
from tests.fakes.notifier import RecordingNotifier
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import actor, ana, ben


class House:
    """Acme, where Cara (U3) has no calendar."""

    def __init__(self) -> None:
        self.acme, self.notifier = Acme(), RecordingNotifier()
        self.ask = AskToConnect(self.acme.store, self.notifier, self.acme.resolve_members(), self.acme.clock)


def test_a_colleague_is_asked_once_a_day_by_the_same_person() -> None:
    house = House()
    house.ask(actor(ana), "U3")
    with pytest.raises(AskedAlready, match="You asked Cara today already"):
        house.ask(actor(ana), "U3")
    house.ask(actor(ben), "U3")
    assert house.notifier.asked_to_connect == [("U1", "U3"), ("U2", "U3")]


def test_the_next_day_begins_at_midnight_where_the_asker_is() -> None:
    house = House()
    house.ask(actor(ana), "U3")
    midnight = house.acme.clock.time.replace(hour=23, minute=0, second=0, microsecond=0)
    house.acme.clock.time = midnight - timedelta(seconds=1)  # in Berlin
    with pytest.raises(AskedAlready):
        house.ask(actor(ana), "U3")
    house.acme.clock.time = midnight
    house.ask(actor(ana), "U3")
    assert house.notifier.asked_to_connect == [("U1", "U3"), ("U1", "U3")]


def test_a_message_that_slack_refused_may_be_tried_again_at_once() -> None:
    house = House()
    house.notifier.refusals = [ProviderDown("Slack did not answer.")]
    with pytest.raises(ProviderDown):
        house.ask(actor(ana), "U3")
    house.ask(actor(ana), "U3")
    assert house.notifier.asked_to_connect == [("U1", "U3")]


def test_somebody_with_a_calendar_is_not_asked_and_nothing_is_remembered() -> None:
    house = House()
    with pytest.raises(ConnectedMeanwhile):
        house.ask(actor(ana), "U2")
    assert (house.notifier.asked_to_connect, house.acme.store.tables.inbox) == ([], {})
