"""A contact who is forgotten is found in no table afterwards, and nobody else loses anything."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url, select

from bot.domain.contact_occasions import NewcomerOccasion
from bot.domain.contacts import ContactChanged, NewContact
from bot.domain.effects import EffectKind
from bot.domain.errors import NotFound
from bot.domain.occasions import BookedIn
from bot.usecases.add_contact import add_contact
from bot.usecases.delete_contact import AppointmentsStand
from bot.usecases.merge_contacts import MergeContacts
from storage.tables import EVENTS
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.conftest import Database
from tests.contracts.erasure_town import MAYA, Town
from tests.contracts.storage_builders import (
    NOW,
    new_id,
)


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


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
        anew = add_contact(work, town.ben, new, NewcomerOccasion(new_id(), NOW, BookedIn.DAYBOOK))
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
