"""What is stored of events on appointments goes with their host, and what was said of a forgotten contact is redrawn;
an upgrade tells nobody of what stood there before."""

from importlib import import_module

import pytest
from sqlalchemy import func, select, text, update

from bot.domain.erasure import Forgetting, outsider_of
from storage.engine import open_engine
from storage.migrate import upgrade
from storage.store import SqlStore
from storage.tables import LANDING_BATCHES, LANDINGS
from storage.vault import Vault, new_key
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.conftest import Database
from tests.contracts.landing_builders import CALL, TOLD, an_overlap, claims, noticed, stale
from tests.contracts.storage_builders import NOW, Synced, a_synced, happening
from tests.contracts.test_storage_migrations import connected


def left(store: SqlStore) -> tuple[int, ...]:
    with store.connected("reading") as connection:
        return tuple(
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (LANDINGS, LANDING_BATCHES)
        )


# fault 55
def test_nothing_of_a_forgotten_host_is_left(database: Database) -> None:
    store = database.open()
    synced, _, _ = an_overlap(store)
    forgetting = Forgetting(synced.actor.workspace_id, synced.actor.member_id, synced.actor.slack_user_id, NOW)
    with store.writing() as work:
        assert len(work.erasures.export_member(synced.actor)["events_on_appointments"]) == 1
        work.accounts.erase(synced.account.id)
        assert work.erasures.erase_member(forgetting)
        work.commit()
    assert left(store) == (0, 0)


# fault 55
def test_a_message_that_names_a_forgotten_contact_is_drawn_anew(database: Database) -> None:
    store = database.open()
    synced = a_synced(store)
    maya = a_contact(store, synced.actor)
    booked(store, an_appointment(synced.actor, contact=maya))
    happening(store, synced.claim, CALL)
    noticed(store, synced)
    [batch] = claims(store)
    with store.writing() as work:
        work.landings.posted(batch, TOLD)
        work.erasures.erase_outsider(outsider_of(maya, [maya.email], []), NOW)
        work.commit()
    assert [one.id for one in stale(store)] == [batch.id]


# fault 60
@pytest.mark.slow
def test_an_upgrade_tells_nobody_of_what_stood_there_before(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    engine = open_engine(empty_database_url)
    store = SqlStore(engine, Vault([new_key()]))
    synced = _with_an_overlap(store)
    _again(empty_database_url)
    assert noticed(store, synced) == 0
    assert left(store) == (1, 0)
    engine.dispose()


# fault 60
def test_an_upgrade_knows_by_its_meeting_what_was_told_before(empty_database_url: str) -> None:
    upgrade(empty_database_url)
    engine = open_engine(empty_database_url)
    store = SqlStore(engine, Vault([new_key()]))
    an_overlap(store)
    with connected(empty_database_url) as connection:
        connection.execute(update(LANDINGS).values(ical_uid=""))
        connection.execute(text(import_module("storage.migrations.versions.0027_told_once").MEETINGS))
        known = connection.execute(select(LANDINGS.c.ical_uid)).scalars().all()
    assert known == ["call@google"]
    engine.dispose()


def _with_an_overlap(store: SqlStore) -> Synced:
    synced = a_synced(store)
    booked(store, an_appointment(synced.actor))
    happening(store, synced.claim, CALL)
    return synced


def _again(url: str) -> None:
    """The statement of the upgrade that writes down what stands there."""
    migration = import_module("storage.migrations.versions.0021_troubles")
    with connected(url) as connection:
        connection.execute(text(migration.KNOWN))
        connection.commit()
