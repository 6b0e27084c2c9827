"""Erasing: of a member, or a contact, nothing is found in any table afterwards, and nobody else loses anything."""

import json
import sqlite3
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, make_url, select, update

from bot.domain.accounts import Account, AccountStatus, Provider, zoom_identity
from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.calendars import Role
from bot.domain.connections import Ended, Revocation
from bot.domain.contacts import Contact, ContactChanged, NewContact
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.erasure import Forgetting
from bot.domain.errors import NotFound, ProviderDown
from bot.domain.events import Invitee
from bot.domain.leaving import CopyState
from bot.domain.occasions import BookedIn
from bot.domain.owned_fields import Agreement, OwnedFields
from bot.domain.people import Actor
from bot.domain.triggers import TriggerFilter
from bot.ports import Exported
from bot.usecases.add_contact import add_contact
from bot.usecases.delete_contact import AppointmentsStand
from bot.usecases.forget_contact import ForgetContact
from bot.usecases.forget_member import FinishForgetting, ForgetMember, LookAtForgetting, YoursStand
from bot.usecases.forget_zoom_account import ForgetZoomAccount
from bot.usecases.leave_workspace import LeaveWorkspace
from bot.usecases.merge_contacts import MergeContacts
from storage.tables import EVENTS, METADATA
from tests.contracts.appointment_builders import a_contact, an_appointment, booked, saved
from tests.contracts.conftest import Database
from tests.contracts.effect_builders import copied, wanted
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    a_calendar,
    a_person,
    an_account,
    chosen,
    claimed,
    connected,
    new_id,
    stored,
    upserted,
)
from tests.event_builders import a_meeting
from tests.fakes.clock import SettableClock
from tests.trigger_builders import a_trigger, an_occasion

if TYPE_CHECKING:
    from storage.store import SqlStore

PAST = "2026-11-17 9:00-10:00"
MAYA = ("maya@ortiz.test", "m.ortiz@old.test", "Ortiz", "0171 5550")
ANA = ("Canaria", "UCANARY", "canaria@acme.test")


class Messages:
    """The reports that were sent; Slack refuses so many before."""

    def __init__(self) -> None:
        self.reports: list[Forgetting] = []
        self.refusals = 0

    def exported(self, actor: Actor, subject: str, exported: Exported) -> bool:
        raise NotImplementedError

    def forgotten(self, forgetting: Forgetting) -> None:
        if self.refusals:
            self.refusals -= 1
            raise ProviderDown("Slack")
        self.reports.append(forgetting)


class Killed(Exception):
    """The process dies here."""


class Town:
    """Ana, who hosted Maya, with both named wherever anything can be named; Ben, and Eve of another workspace."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.store: SqlStore = database.open()
        self.clock = SettableClock(NOW)
        self.ana = self._person("T1", ANA[1], ANA[0])
        self.ben = a_person(self.store, "T1", "UBEN")
        self.eve = a_person(self.store, "T2", "UEVE")
        self.account = connected(self.store, self.ana, ANA[2])
        [self.calendar] = chosen(
            self.store, self.ana, a_calendar(self.account, ANA[2], role=Role.LINKED, name="Canaria's")
        )
        self.maya = self._maya(self.ana)
        self.past = booked(self.store, self._past())
        copied(self.store, self.past, self.calendar)
        self._name_everywhere()
        self.messages = Messages()
        self.revoked: list[str] = []
        self.dies = False
        self.forget_contact = ForgetContact(self.store, self.clock)
        self.forget_me = ForgetMember(self.store, self.clock)
        self.finish = FinishForgetting(self.store, self.end, self.messages, self.clock)

    def _person(self, team: str, user: str, name: str) -> Actor:
        actor = a_person(self.store, team, user)
        members = METADATA.tables["member"]
        with self.store.connected("writing") as connection:
            connection.execute(update(members).where(members.c.id == actor.member_id).values(name=name))
            connection.commit()
        return replace(actor, name=name)

    def _maya(self, actor: Actor) -> Contact:
        contact = a_contact(self.store, actor)
        with self.store.writing() as work:
            changed = replace(contact, phone="0171 5550", note="Ortiz likes tea", tags=("ortiz",), version=2)
            work.contacts.save(changed)
            work.contacts.add_address(actor, contact.id, "m.ortiz@old.test")
            work.commit()
        return changed

    def _past(self) -> Appointment:
        made = an_appointment(self.ana, PAST, contact=self.maya, booker=self.ben)
        note = "Maya Ortiz, call 0171 5550; Canaria brings the plans"
        return replace(made, title="Maya Ortiz and Canaria", note=note)

    def _name_everywhere(self) -> None:
        names = "Maya Ortiz <maya@ortiz.test>, Canaria"
        with self.store.writing() as work:
            work.appointments.write_log(self.past.id, LogEntry(NOW, Deed.MOVED, self.ana.member_id, detail=names))
            card = RemoteLink(self.past.id, EffectKind.CARD, LinkState.WRITTEN, container="D1", remote_id="1.1")
            work.remote_links.plan(card)
            work.invitees.ask(self.ana.workspace_id, self.ana.member_id, [NewContact("m.ortiz@old.test", "Ortiz")], NOW)
            work.invitees.remember_colleagues(self.ana.workspace_id, {"maya@ortiz.test": False, ANA[2]: True}, NOW)
            work.invitees.block(self.ana, "m.ortiz@old.test", NOW)
            work.inbox.claim("key", now=NOW, lease=timedelta(minutes=1))
            work.inbox.done("key", now=NOW, answer=f"200\n{names} UCANARY")
            work.schedules.change(self.ben, lambda of_ben: replace(of_ben, invited=("UCANARY", "UZOE")))
            work.schedules.change(self.ana, lambda of_ana: of_ana)
            work.commit()
        [claim] = [one for one in claimed(self.store) if one.calendar.id == self.calendar.id]
        self.synced = Synced(self.ana, self.account, claim)
        self.sees_maya()
        wanted(self.store, self.past, EffectKind.CARD, lane="card:1")

    def has_more_about_maya(self) -> None:
        """A meeting taken from Google, a firing, an agreement and an event to be removed, all naming her."""
        taken_id, title, workspace_id = new_id(), "Maya Ortiz", self.ana.workspace_id
        fields = OwnedFields(None, "Europe/Berlin", title, "At Ortiz", "Call Ortiz")
        with self.store.writing() as work:
            link = work.remote_links.of(self.past.id)[EffectKind.EVENT]
            work.remote_links.plan(replace(link, agreed=Agreement(fields, fields)))
            work.triggers.add(a_trigger(self.ben, only=TriggerFilter()), None)
            work.triggers.record(an_occasion(self.ana, title=title, contacts=[self.maya]))
            work.commit()
        rows = {
            "taken": {
                "id": taken_id, "workspace_id": workspace_id, "ical_uid": "tea", "original_at": 0, "start_at": 0,
                "end_at": 60, "title": title, "repeats": False, "created_at": NOW, "is_cancelled": False, "version": 1,
                "over_at": 60,
            },
            "taken_contact": {"taken_id": taken_id, "contact_id": self.maya.id, "response": "accepted"},
            "leaving": {
                "account_id": self.account.id, "workspace_id": workspace_id, "member_id": self.ana.member_id,
                "until": NOW, "due_at": NOW, "attempts": 0, "ends_account": False,
            },
            "left_copy": {
                "account_id": self.account.id, "appointment_id": self.past.id, "container": "c", "event_id": "e",
                "title": title, "mails": False, "state": CopyState.KEPT,
            },
        }  # fmt: skip
        with self.store.connected("writing") as connection:
            for name, values in rows.items():
                connection.execute(insert(METADATA.tables[name]).values(values))
            connection.commit()

    def sees_maya(self) -> None:
        """Google tells of an event with her, as at every full read."""
        invitees = (Invitee("Maya@Ortiz.test", "Maya Ortiz"), Invitee("lee@chen.test", "Lee"))
        upserted(self.store, self.synced.claim, replace(a_meeting("e1", PAST), title="Tea, Ortiz", invitees=invitees))

    def account_left_to_forget(self) -> bool:
        """Whether she is somebody still."""
        return ("member", ANA[1]) in self.found(ANA)

    def end(self, account: Account) -> Ended:
        self.revoked.append(account.address)
        if self.dies:
            raise Killed
        with self.store.writing() as work:
            work.accounts.erase(account.id)
            work.commit()
        return Ended(account, Revocation.DONE)

    def found(self, words: Collection[str]) -> list[tuple[str, str]]:
        """The tables that hold such a word, with the word, letters large or small."""
        with self.store.connected("reading") as connection:
            dump = {
                table.name: "\n".join(repr(tuple(row)) for row in connection.execute(select(table))).casefold()
                for table in METADATA.sorted_tables
            }
        return sorted({(name, word) for word in words for name, text in dump.items() if word.casefold() in text})

    def title(self) -> str:
        with self.store.reading() as work:
            found = work.appointments.known(self.past.id)
        assert found is not None
        return found.title


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


# --- A contact


# fault 55
def test_a_forgotten_contact_is_in_no_table_any_more(town: Town) -> None:
    assert {name for name, _ in town.found(MAYA)} >= {
        "appointment", "appointment_log", "blocked_address", "colleague", "contact", "contact_address", "event",
        "inbox", "invitee_question",
    }  # fmt: skip
    contact, done = town.forget_contact(town.ana, town.maya.id, version=2)
    assert town.found(MAYA) == []
    assert (contact.name, done.appointments, done.events, done.in_google) == ("Maya Ortiz", 1, 1, 1)
    assert town.title() == "a deleted contact"


def test_a_contact_who_had_another_name_is_forgotten_by_that_too(town: Town) -> None:
    town.has_more_about_maya()
    with town.store.writing() as work:
        work.contacts.save(replace(town.maya, name="Maya Smith", note="", tags=(), version=3))
        work.commit()
    assert {name for name, _ in town.found(["Ortiz"])} >= {"firing", "left_copy", "remote_link", "taken"}
    town.forget_contact(town.ana, town.maya.id, version=3)
    assert town.found(["Ortiz", "Smith"]) == []


def test_a_contact_who_was_made_into_another_is_forgotten_by_both_names(town: Town) -> None:
    with town.store.writing() as work:
        [mia] = [work.contacts.known(town.ana, NewContact("m@smith.test", "Mia Smith"), new_id=new_id())]
        work.commit()
    kept = MergeContacts(town.store)(town.ana, (mia.id, mia.version), (town.maya.id, 2))
    town.forget_contact(town.ana, mia.id, version=kept.version)
    assert (town.found(["Ortiz", "Smith"]), town.title()) == ([], "a deleted contact")


def test_an_answer_that_only_contains_the_letters_of_a_name_stays(town: Town) -> None:
    others = '200\n{"text": "Mortizer, the ortizes and Ann"}'
    hers = '200\n{"text": "Booked\\nMaya Ortiz"}'
    with town.store.writing() as work:
        work.contacts.save(replace(town.maya, name="Ortiz", version=3))
        for key, answer in (("others", others), ("hers", hers)):
            work.inbox.claim(key, now=NOW, lease=timedelta(minutes=1))
            work.inbox.done(key, now=NOW, answer=answer)
        work.commit()
    town.forget_contact(town.ana, town.maya.id, version=3)
    with town.store.reading() as work:
        assert (work.inbox.answer("others"), work.inbox.answer("hers")) == (others, "200\n")


# fault 55
def test_the_sqlite_file_holds_nothing_of_a_forgotten_contact(town: Town) -> None:
    if make_url(town.database.url).get_backend_name() != "sqlite":
        pytest.skip("PostgreSQL's files are its own")
    town.forget_contact(town.ana, town.maya.id, version=2)
    path = Path(str(make_url(town.database.url).database))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*")).lower()
    assert [word for word in MAYA if word.lower().encode() in files] == []


def test_the_card_of_a_past_appointment_is_edited(town: Town) -> None:
    town.forget_contact(town.ana, town.maya.id, version=2)
    with town.store.reading() as work:
        assert work.effects.of(town.past.id)[EffectKind.CARD].due_at == NOW


# fault 55
def test_google_brings_a_forgotten_contact_back_neither_as_invitee_nor_as_contact(town: Town) -> None:
    town.forget_contact(town.ana, town.maya.id, version=2)
    town.sees_maya()
    with town.store.reading() as work:
        assert work.erasures.forgotten(
            town.ana.workspace_id, ["maya@ortiz.test", "m.ortiz@old.test", "lee@chen.test"]
        ) == {
            "maya@ortiz.test",
            "m.ortiz@old.test",
        }
        assert work.erasures.forgotten(town.eve.workspace_id, ["maya@ortiz.test"]) == frozenset()
    with town.store.connected("reading") as connection:
        [invitees] = connection.execute(select(EVENTS.c.invitees)).scalars()
    assert [one[0] for one in json.loads(invitees)] == ["lee@chen.test"]


def test_whoever_adds_a_forgotten_contact_on_purpose_makes_a_new_one(town: Town) -> None:
    town.forget_contact(town.ana, town.maya.id, version=2)
    with town.store.writing() as work:
        new = NewContact("maya@ortiz.test", "Maya")
        anew = add_contact(work, town.ben, new, new_id=new_id(), now=NOW, booked_in=BookedIn.DAYBOOK)
        work.commit()
    with town.store.reading() as work:
        assert work.erasures.forgotten(town.ana.workspace_id, ["maya@ortiz.test"]) == frozenset()
    assert (anew.name, anew.note, anew.version) == ("Maya", "", 1)


def test_an_appointment_to_come_keeps_a_contact(town: Town) -> None:
    booked(town.store, an_appointment(town.ana, contact=town.maya))
    before = town.found(MAYA)
    with pytest.raises(AppointmentsStand):
        town.forget_contact(town.ana, town.maya.id, version=2)
    assert town.found(MAYA) == before


def test_a_contact_who_was_changed_meanwhile_is_not_forgotten(town: Town) -> None:
    with pytest.raises(ContactChanged):
        town.forget_contact(town.ana, town.maya.id, version=1)
    assert ("contact", "Ortiz") in town.found(MAYA)


def test_forgetting_a_contact_twice_finds_nobody(town: Town) -> None:
    town.forget_contact(town.ana, town.maya.id, version=2)
    with pytest.raises(NotFound):
        town.forget_contact(town.ben, town.maya.id, version=2)


def test_another_workspaces_contact_of_that_address_stays(town: Town) -> None:
    hers = a_contact(town.store, town.eve)
    with pytest.raises(NotFound):
        town.forget_contact(town.eve, town.maya.id, version=2)
    town.forget_contact(town.ana, town.maya.id, version=2)
    with town.store.reading() as work:
        assert work.contacts.get(town.eve, hers.id) == hers


# --- A member


# fault 54, fault 55
def test_a_forgotten_member_is_in_no_table_any_more(town: Town) -> None:
    assert {name for name, _ in town.found(ANA)} >= {
        "account", "appointment", "appointment_log", "calendar", "colleague", "inbox", "member", "remote_link",
        "schedule",
    }  # fmt: skip
    town.forget_me(town.ana)
    assert town.finish() == 1
    assert town.found(ANA) == []
    assert town.title() == "Maya Ortiz and somebody who left"
    assert [one.slack_user_id for one in town.messages.reports] == ["UCANARY"]
    assert [(one.provider.value, one.revocation) for one in town.messages.reports[0].ended] == [
        ("google", Revocation.DONE)
    ]
    assert town.finish() == 0


def test_the_ledger_of_others_does_not_name_a_forgotten_member_whose_meeting_came_from_google(town: Town) -> None:
    happened = an_occasion(town.ana, title="Canaria's surgery", booked_in=BookedIn.GOOGLE)
    with town.store.writing() as work:
        work.triggers.add(a_trigger(town.ben, only=TriggerFilter()), None)
        work.triggers.record(happened)
        work.commit()
    assert ("firing", "Canaria") in town.found(ANA)
    town.forget_me(town.ana)
    town.finish()
    assert town.found(ANA) == []


def test_the_others_keep_what_is_theirs(town: Town) -> None:
    town.forget_me(town.ana)
    town.finish()
    with town.store.reading() as work:
        assert work.appointments.get(town.ben, town.past.id).contact == town.maya
        assert work.schedules.of(town.ben, {town.ben.member_id: "UTC"})[town.ben.member_id].invited == ("UZOE",)
        assert work.members.get(town.ana.workspace_id, town.ana.member_id).name == "somebody who left"


def test_a_member_who_comes_back_is_somebody_new(town: Town) -> None:
    town.forget_me(town.ana)
    town.finish()
    assert a_person(town.store, "T1", "UCANARY").member_id != town.ana.member_id


def test_appointments_to_come_keep_a_member(town: Town) -> None:
    standing = booked(town.store, an_appointment(town.ana))
    with pytest.raises(YoursStand):
        town.forget_me(town.ana)
    assert LookAtForgetting(town.store, town.clock)(town.ana).standing == (standing,)
    saved(town.store, replace(standing, status=AppointmentStatus.CANCELLED, version=2))
    town.forget_me(town.ana)


# fault 54
def test_a_kill_between_the_revocation_and_the_erasure_is_made_up_for(town: Town) -> None:
    town.forget_me(town.ana)
    town.dies = True
    with pytest.raises(Killed):
        town.finish()
    assert ("account", ANA[2]) in town.found(ANA)
    town.dies = False
    town.clock.time += timedelta(minutes=2)
    assert town.finish() == 1
    assert (town.revoked, town.found(ANA)) == ([ANA[2], ANA[2]], [])


# fault 54
def test_a_permission_that_its_provider_took_back_first_is_one_less_to_end(town: Town) -> None:
    town.forget_me(town.ana)
    with town.store.writing() as work:
        work.accounts.erase(town.account.id)
        work.commit()
    town.forget_me(town.ana)
    assert town.finish() == 1
    assert (town.revoked, town.found(ANA[:2])) == ([], [])


def test_what_is_on_its_way_to_google_is_waited_for_and_no_longer_than_an_hour(town: Town) -> None:
    wanted(town.store, town.past, EffectKind.EVENT)
    town.forget_me(town.ana)
    town.finish()
    assert town.revoked == []
    town.clock.time += timedelta(hours=1, minutes=1)
    town.finish()
    assert (town.revoked, town.found(ANA)) == ([ANA[2]], [])


def test_an_account_connected_meanwhile_goes_as_well(town: Town) -> None:
    town.forget_me(town.ana)
    late = an_account(town.ana, "late.canaria@acme.test")
    ends = town.finish._end_grant

    def end_while_another_comes(account: Account) -> Ended:
        ended = ends(account)
        if account.address != late.address:
            stored(town.store, late)
        return ended

    town.finish._end_grant = end_while_another_comes
    town.finish()
    assert ("account", "Canaria") in town.found(ANA)
    town.clock.time += timedelta(minutes=2)
    town.finish()
    assert town.found(ANA) == []


def test_a_report_that_slack_refuses_is_sent_later(town: Town) -> None:
    town.messages.refusals = 1
    town.forget_me(town.ana)
    town.finish()
    assert (town.messages.reports, town.found(ANA)) == ([], [("forgetting", "UCANARY")])
    town.clock.time += timedelta(minutes=10)
    town.finish()
    assert (len(town.messages.reports), town.found(ANA)) == (1, [])


# --- A workspace


@dataclass
class Installed:
    """Where Slack says that Daybook is installed."""

    teams: set[str]

    def is_installed(self, slack_team_id: str) -> bool:
        return slack_team_id in self.teams


# fault 54
def test_a_removal_ends_every_connection_of_its_workspace_once(town: Town) -> None:
    stored(town.store, an_account(town.ben, "ben@acme.test", status=AccountStatus.PENDING))
    connected(town.store, town.eve, "eve@other.test")
    leave = LeaveWorkspace(town.store, Installed({"T2"}), town.end)
    assert [leave("T1"), leave("T1"), leave("T2"), leave("T3")] == [2, 0, 0, 0]
    assert sorted(town.revoked) == ["ben@acme.test", ANA[2]]


# fault 54
def test_a_late_removal_is_not_believed_after_a_new_installation(town: Town) -> None:
    assert LeaveWorkspace(town.store, Installed({"T1"}), town.end)("T1") == 0
    assert town.revoked == []


# fault 54
@pytest.mark.parametrize("order", list(permutations(("forget", "removed", "zoom"))), ids="-".join)
def test_erasures_in_any_order_and_twice_end_alike(town: Town, order: tuple[str, ...]) -> None:
    zoom = replace(an_account(town.ana, "zoom-of-canaria"), provider=Provider.ZOOM, external_id=zoom_identity("u", "a"))
    stored(town.store, zoom)
    leave = LeaveWorkspace(town.store, Installed(set()), town.end)
    deauthorized = ForgetZoomAccount(town.store, town.clock)

    def forget() -> None:
        if town.account_left_to_forget():
            town.forget_me(town.ana)
        town.finish()

    deeds: dict[str, Callable[[], object]] = {
        "forget": forget,
        "removed": lambda: leave("T1"),
        "zoom": lambda: deauthorized(key="z", user_id="u", account_id="a", ended_at=NOW),
    }
    for deed in (*order, *order):
        deeds[deed]()
    assert town.found(ANA) == []
    assert len(town.messages.reports) == 1


# --- Exports


def test_an_export_of_oneself_has_no_secret_and_nothing_of_others(town: Town) -> None:
    a_contact(town.store, town.ben, "lee@chen.test", "Lee Chen")
    booked(town.store, replace(an_appointment(town.ben), title="Ben alone"))
    with town.store.reading() as work:
        exported = work.erasures.export_member(town.ana)
    text = json.dumps(exported)
    assert [one["title"] for one in exported["appointments"]] == ["Maya Ortiz and Canaria"]
    assert exported["events_read_from_google"] == [{"number": 1}]
    assert [word for word in ("sealed", "Ben alone", "Lee Chen", "sync_token") if word in text] == []


def test_an_export_of_a_contact_keeps_colleagues_titles_to_them(town: Town) -> None:
    ben_of_other_days = booked(town.store, replace(an_appointment(town.ben, PAST, contact=town.maya), title="Secret"))
    with town.store.reading() as work:
        exported = work.erasures.export_contact(town.ana, town.maya.id)
    assert [one["title"] for one in exported["appointments_of_yours"]] == ["Maya Ortiz and Canaria"]
    assert [one["id"] for one in exported["appointments_of_colleagues"]] == [str(ben_of_other_days.id)]
    assert "Secret" not in json.dumps(exported)
    with town.store.reading() as work, pytest.raises(NotFound):
        work.erasures.export_contact(town.eve, town.maya.id)
