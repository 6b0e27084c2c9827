"""Leaving an account tells what it took away, and leaves the member's own decisions alone."""

from dataclasses import replace

import pytest

from bot.domain.accounts import Provider
from bot.domain.calendars import Role
from bot.domain.connections import Revocation
from bot.domain.errors import NotFound
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.preference_changes import audience
from bot.domain.preferences import Audience
from bot.usecases.change_schedule import ChangeSchedule
from bot.usecases.disconnect_account import DisconnectAccount
from bot.usecases.end_grant import EndGrant
from bot.usecases.show_settings import ShowSettings
from tests.fakes.calendar_rows import CalendarRow
from tests.fakes.store import FakeCredentials
from tests.fakes.tables import EventRow
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.rendering.connections import a_calendar
from tests.unit.usecases.connect_house import Provided


class Leaving:
    """Ana with a second calendar in her account, and three events read from there."""

    def __init__(self) -> None:
        self.acme, self.provider = Acme(), Provided()
        tables = self.acme.store.tables
        # His is the same Google account, which would keep the permission alive.
        tables.drop_account(self.acme.calendars[ben.id].account_id)
        self.linked = self.acme.calendars[ana.id]
        family = replace(a_calendar("Family"), account_id=self.linked.account_id)
        tables.calendars[family.id] = CalendarRow(family)
        events = [RemoteEvent(f"e{number}", EventStatus.CONFIRMED) for number in range(3)]
        tables.events[family.id] = {one.id: EventRow(one, 1, needs_expansion=False, trouble=None) for one in events}
        self.acme.add_event(ana, "12:00-13:00", "Lunch")
        consent = {Provider.GOOGLE: self.provider}
        end_grant = EndGrant(self.acme.store, FakeCredentials(self.acme.store), consent)
        self.disconnect = DisconnectAccount(self.acme.store, end_grant, self.acme.clock)
        self.show = ShowSettings(self.acme.store, self.acme.clock)


def test_what_is_taken_away_can_be_counted_before_and_is_told_after() -> None:
    house = Leaving()
    before = house.show(actor())
    account = before.status.accounts[0]
    calendars = before.status.of_account(account)
    assert ([one.name for one in calendars], before.events_of(account)) == (["Ana", "Family"], 4)
    ended = house.disconnect(actor(), account.id)
    assert (ended.calendars, ended.events, ended.revocation) == (("Ana", "Family"), 4, Revocation.DONE)
    assert house.provider.revoked == ["refresh"]


def test_ones_own_decisions_outlive_the_account() -> None:
    house = Leaving()
    ChangeSchedule(house.acme.store)(actor(), audience("nobody", []))
    house.disconnect(actor(), house.linked.account_id)
    left = house.show(actor())
    assert (left.status.accounts, left.status.calendars, left.event_counts) == ((), (), {})
    assert left.preferences.audience is Audience.NOBODY


# fault 11
def test_the_account_of_a_colleague_is_not_there() -> None:
    house = Leaving()
    with pytest.raises(NotFound):
        house.disconnect(actor(ben), house.linked.account_id)
    assert house.show(actor()).in_role(Role.LINKED) == (house.linked,)
