"""A workspace in which a member and a contact are named wherever anything can be named."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from bot.domain.accounts import Account
from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment
from bot.domain.calendars import Role
from bot.domain.connections import Ended, Revocation
from bot.domain.contacts import Contact, NewContact
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.erasure import Forgetting
from bot.domain.errors import ProviderDown
from bot.domain.events import Invitee
from bot.domain.leaving import CopyState
from bot.domain.owned_fields import Agreement, OwnedFields
from bot.domain.people import Actor
from bot.domain.triggers import TriggerFilter
from bot.ports import Exported
from bot.usecases.forget_contact import ForgetContact
from bot.usecases.forget_member import FinishForgetting, ForgetMember
from storage.tables import METADATA
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.conftest import Database
from tests.contracts.effect_builders import copied, wanted
from tests.contracts.storage_builders import (
    NOW,
    Synced,
    a_calendar,
    a_person,
    chosen,
    claimed,
    connected,
    new_id,
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
