"""Disconnecting an account that holds events of appointments to come: their owner says what becomes of them."""

from dataclasses import replace

import pytest

from bot.domain.accounts import AccountStatus, Provider
from bot.domain.effects import EffectKind
from bot.domain.errors import NotFound
from bot.rendering.names import ActionId
from bot.usecases.disconnect_account import DisconnectAccount
from bot.usecases.end_grant import EndGrant
from bot.usecases.leave_account import LeaveAccount, LookAtCopies
from bot.usecases.show_settings import ShowSettings
from handlers.commands import disconnect
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.fakes.store import FakeCredentials
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import acting
from tests.unit.handlers.settings_house import House, a_house, lines
from tests.unit.rendering.answers import ana
from tests.unit.usecases.connect_house import Provided

HELD = "*ana@acme.test* holds 2 events that Daybook wrote for appointments to come."


@pytest.fixture
def house() -> House:
    """Ana booked Maya, who was invited by Google, and time without anybody."""
    made = a_house()
    acme, show = made.acme, ShowSettings(made.acme.store, made.acme.clock)
    calendar = acme.calendars[ana.id]
    maya = a_contact(acme.store, acting(ana))
    for one in (
        an_appointment(acting(ana), "17:00-18:00", contact=maya, invites=True),
        an_appointment(acting(ana), "18:00-19:00"),
    ):
        copied(acme.store, booked(acme.store, one), calendar)
    end_grant = EndGrant(acme.store, FakeCredentials(acme.store), {Provider.GOOGLE: Provided()})
    leaving = disconnect.LeavingCases(LookAtCopies(acme.store, acme.clock), LeaveAccount(acme.store, acme.clock))
    leave = DisconnectAccount(acme.store, end_grant, acme.clock)
    return replace(made, handlers=disconnect.handlers(leave, leaving, show, made.homes))


def test_the_question_says_what_each_answer_means(house: House) -> None:
    reply = house.press(ActionId.DISCONNECT_ACCOUNT, str(account(house.acme)))
    assert reply.ways == ["update"]
    assert lines(reply.last) == [
        f"{HELD} The appointments stay in Daybook either way.",
        "· *Keep the events*: they stay in Google, and Daybook cannot move or remove them until you connect it again.",
        "· *Remove them*: they go from Google. Google tells the guests of 1 of them that they are cancelled.",
        "[Keep the events] [Remove them from Google]",
    ]
    assert status(house.acme) is AccountStatus.ACTIVE


def test_kept_events_stay_and_the_account_goes_at_once(house: House) -> None:
    reply = house.press(ActionId.DISCONNECT_ACCOUNT, f"{account(house.acme)} keep")
    assert (reply.ways, house.homes) == (["update"], ["U1"])
    assert status(house.acme) is None


def test_removed_events_go_first(house: House) -> None:
    reply = house.press(ActionId.DISCONNECT_ACCOUNT, f"{account(house.acme)} remove")
    told = lines(next(shown for way, shown in reply.shown if way == "update"))
    assert told[1] == (
        "_ *ana@acme.test* does not block your time any more. 2 events are being removed from Google; then the "
        "permission is given back, and you get a message about it."
    )
    assert "*ana@acme.test* · Google Calendar · being disconnected, once its events are removed from Google" in [
        line.removesuffix(" [Disconnect]") for line in told
    ]
    assert status(house.acme) is AccountStatus.LEAVING


def test_an_account_without_such_events_goes_without_a_question(house: House) -> None:
    for key in list(house.acme.store.tables.remote_links):
        assert key[1] is EffectKind.EVENT
        del house.acme.store.tables.remote_links[key]
    house.press(ActionId.DISCONNECT_ACCOUNT, str(account(house.acme)))
    assert status(house.acme) is None


def test_a_forged_answer_is_a_question_again(house: House) -> None:
    reply = house.press(ActionId.DISCONNECT_ACCOUNT, f"{account(house.acme)} burn")
    assert reply.ways == ["update"]
    with pytest.raises(NotFound):
        house.press(ActionId.DISCONNECT_ACCOUNT, "burn remove")
    assert status(house.acme) is AccountStatus.ACTIVE


def account(acme: Acme) -> object:
    return acme.calendars[ana.id].account_id


def status(acme: Acme) -> AccountStatus | None:
    row = acme.store.tables.accounts.get(acme.calendars[ana.id].account_id)
    return row.account.status if row is not None else None
