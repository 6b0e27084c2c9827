"""Whoever is forgotten is in no text of any table, however many tables there are."""

import json
from collections import Counter
from dataclasses import dataclass

import pytest

from bot.domain.accounts import Account
from bot.domain.calendars import Role
from bot.domain.connections import Ended, Revocation
from bot.domain.contacts import Contact
from bot.domain.people import Actor
from bot.usecases.forget_contact import ForgetContact
from bot.usecases.forget_member import FinishForgetting, ForgetMember
from storage.store import SqlStore
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.canaries import NOBODYS, OF_A_CONTACT, OF_A_MEMBER, Canaries, texts
from tests.contracts.conftest import Database
from tests.contracts.effect_builders import copied
from tests.contracts.erasure_town import PAST, Messages
from tests.contracts.storage_builders import NOW, a_calendar, a_person, chosen, connected
from tests.fakes.clock import SettableClock

pytestmark = pytest.mark.slow


@dataclass
class Town:
    """Ana, who hosted Maya by herself as Ben booked it, with a row in every table."""

    store: SqlStore
    ana: Actor
    ben: Actor
    maya: Contact
    canaries: Canaries

    def end(self, account: Account) -> Ended:
        with self.store.writing() as work:
            work.accounts.erase(account.id)
            work.commit()
        return Ended(account, Revocation.DONE)


@pytest.fixture
def town(database: Database) -> Town:
    store = database.open()
    ana, ben = a_person(store, user="UANA"), a_person(store, user="UBEN")
    account = connected(store, ana)
    [calendar] = chosen(store, ana, a_calendar(account, role=Role.LINKED))
    maya = a_contact(store, ana)
    past = booked(store, an_appointment(ana, PAST, contact=maya, booker=ben))
    copied(store, past, calendar)
    with store.writing() as work:
        work.schedules.change(ana, lambda hers: hers)
        work.commit()
    ids = {
        "workspace_id": ana.workspace_id, "workspace.id": ana.workspace_id,
        "member_id": ana.member_id, "member.id": ana.member_id,
        "host_id": ana.member_id, "owner_id": ben.member_id, "booker_id": ben.member_id,
        "firing.hosts": json.dumps([str(ana.member_id)]),
        "account_id": account.id, "account.id": account.id,
        "calendar_id": calendar.id, "calendar.id": calendar.id,
        "event_id": "e1", "event.id": "e1", "series_id": "e1",
        "contact_id": maya.id, "contact.id": maya.id,
        "appointment_id": past.id, "appointment.id": past.id, "subject": past.id,
    }  # fmt: skip
    return Town(store, ana, ben, maya, Canaries(store, ids))


def test_every_text_of_the_schema_is_somebodys_or_nobodys() -> None:
    """Say in `canaries` whose name may stand in a new one, and have it erased, or why nobody's does."""
    nobodys = Counter(column for columns in NOBODYS.values() for column in columns.split())
    assert texts() - {*OF_A_CONTACT, *OF_A_MEMBER, *nobodys} == set()
    assert {*OF_A_CONTACT, *OF_A_MEMBER, *nobodys} - texts() == set()
    assert {*OF_A_CONTACT, *OF_A_MEMBER} & {*nobodys} == set()
    assert [column for column, times in nobodys.items() if times > 1] == []


# fault 55
def test_a_contact_is_in_no_text_of_any_table_any_more(town: Town) -> None:
    town.canaries.fill()
    town.canaries.plant(OF_A_CONTACT)
    assert town.canaries.found() == set(OF_A_CONTACT)
    ForgetContact(town.store, SettableClock(NOW))(town.ben, town.maya.id, version=town.maya.version)
    assert town.canaries.found() == set()


# fault 54
# fault 55
@pytest.mark.parametrize("whose", ["his own trigger", "a colleague's trigger"])
def test_a_member_is_in_no_text_of_any_table_any_more(whose: str, town: Town) -> None:
    planted = OF_A_MEMBER
    if whose == "his own trigger":
        town.canaries.ids["owner_id"] = town.ana.member_id
    else:
        # What a colleague typed for himself is his.
        planted = {column: text for column, text in OF_A_MEMBER.items() if not column.startswith("trigger_rule.")}
    town.canaries.fill()
    town.canaries.plant(planted)
    assert town.canaries.found() == set(planted)
    clock, messages = SettableClock(NOW), Messages()
    ForgetMember(town.store, clock)(town.ana)
    finish = FinishForgetting(town.store, town.end, messages, clock)
    assert finish() == 1
    assert town.canaries.found() == set()
