"""An appointment whose event somebody made private stays private, whatever becomes of the event."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from bot.domain.appointments import Appointment
from bot.domain.calendars import SyncClaim
from bot.domain.effects import RemoteLink
from bot.domain.events import EventStatus, RemoteEvent
from bot.ports import Store, UnitOfWork
from storage.engine import for_purpose, open_engine
from storage.migrate import upgrade
from storage.tables import REMOTE_LINKS
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.effect_builders import a_copy, copied
from tests.contracts.storage_builders import Synced, a_calendar, a_synced, chosen, claimed, read
from tests.contracts.taken_builders import DEMO, a_linked, taken_from_google
from tests.contracts.test_storage_migrations import fill_empty_tables
from tests.event_builders import a_meeting


def event_of(link: RemoteLink, *, is_private: bool) -> RemoteEvent:
    return replace(a_meeting(link.remote_id), ical_uid=link.ical_uid, is_private=is_private)


def private(store: Store, *appointments: Appointment) -> list[Appointment]:
    """Those of them that are."""
    with store.reading() as work:
        found = work.remote_links.private_among([one.id for one in appointments])
    return [one for one in appointments if one.id in found]


def hidden(store: Store, ana: Synced) -> tuple[Appointment, RemoteLink]:
    """An appointment of Ana's whose event she made private."""
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar)
    read(store, ana.claim, event_of(link, is_private=True))
    return appointment, link


def _deleted(work: UnitOfWork, ana: Synced, link: RemoteLink) -> None:
    work.events.remove(ana.claim, [link.remote_id])


def _not_met(work: UnitOfWork, ana: Synced, _link: RemoteLink) -> None:
    work.events.sweep(ana.claim, generation=7)


def _calendar_left(work: UnitOfWork, ana: Synced, _link: RemoteLink) -> None:
    work.calendars.choose(ana.actor, [])


def _account_left(work: UnitOfWork, ana: Synced, _link: RemoteLink) -> None:
    work.accounts.erase(ana.account.id)


@pytest.mark.parametrize("goes", [_deleted, _not_met, _calendar_left, _account_left])
def test_an_appointment_stays_private_when_its_event_is_not_there_any_more(
    store: Store, goes: Callable[[UnitOfWork, Synced, RemoteLink], None]
) -> None:
    ana = a_synced(store)
    (appointment, link), other = hidden(store, ana), booked(store, an_appointment(ana.actor, "11:00-12:00"))
    read(store, ana.claim, event_of(copied(store, other, ana.claim.calendar), is_private=False))
    with store.writing() as work:
        goes(work, ana, link)
        work.commit()
    assert private(store, appointment, other) == [appointment]


def elsewhere(store: Store, ana: Synced, appointment: Appointment) -> tuple[SyncClaim, RemoteLink]:
    """She links another calendar, and the appointment is written there."""
    [calendar] = chosen(store, ana.actor, a_calendar(ana.account, "other@example.com"))
    [claim] = [claim for claim in claimed(store) if claim.calendar.id == calendar.id]
    with store.writing() as work:
        work.remote_links.plan(link := a_copy(appointment, calendar))
        work.commit()
    return claim, link


def test_a_new_event_in_another_calendar_opens_nothing(store: Store) -> None:
    ana = a_synced(store)
    appointment, _ = hidden(store, ana)
    claim, link = elsewhere(store, ana, appointment)
    for _ in range(2):
        read(store, claim, event_of(link, is_private=False))
    assert private(store, appointment) == [appointment]


def test_it_is_open_again_once_the_calendar_that_had_it_private_has_it_open_to_all(store: Store) -> None:
    ana = a_synced(store)
    appointment, link = hidden(store, ana)
    called_off = replace(event_of(link, is_private=False), status=EventStatus.CANCELLED)
    seen = []
    for event in (called_off, event_of(link, is_private=True), event_of(link, is_private=False)):
        read(store, ana.claim, event)
        seen.append(private(store, appointment))
    assert seen == [[appointment], [appointment], []]


def test_what_a_colleague_keeps_private_is_not_opened_by_the_host(store: Store) -> None:
    ana, ben = a_synced(store), a_synced(store, user="U2")
    appointment, link = hidden(store, ana)
    read(store, ben.claim, event_of(link, is_private=True))
    read(store, ana.claim, event_of(link, is_private=False))
    with store.writing() as work:
        work.accounts.erase(ben.account.id)
        work.commit()
    assert private(store, appointment) == [appointment]


def test_another_workspace_says_nothing_of_it(store: Store) -> None:
    ana, mia = a_synced(store), a_synced(store, "T2", "U3")
    appointment = booked(store, an_appointment(ana.actor))
    link = copied(store, appointment, ana.claim.calendar)
    read(store, mia.claim, event_of(link, is_private=True))
    assert private(store, appointment) == []


def test_an_event_tells_of_the_appointment_whose_it_is_alone(store: Store) -> None:
    ana = a_synced(store)
    appointment, link = hidden(store, ana)
    read(store, ana.claim, replace(a_meeting("theirs"), is_private=True, ical_uid="theirs@google.com"))
    read(store, ana.claim, replace(a_meeting("none"), is_private=True))
    with store.reading() as work:
        told = [
            work.remote_links.privacy_change(ana.claim, [event_of(link, is_private=is_private)])
            for is_private in (True, False)
        ]
    assert [(one.hidden, one.shown) for one in told] == [((), ()), ((), (appointment.id,))]


def test_a_meeting_taken_from_google_is_private_while_its_event_is(store: Store) -> None:
    ana = a_linked(store)
    taken, seen = taken_from_google(store, ana), []
    for is_private in (False, True):
        read(store, ana.claim, replace(DEMO, is_private=is_private))
        with store.reading() as work:
            seen.append(work.remote_links.private_among([taken.id]))
    assert seen == [frozenset(), {taken.id}]


# fault 60
def test_what_was_private_before_daybook_remembered_it_is_known_from_what_was_read(empty_database_url: str) -> None:
    upgrade(empty_database_url, to="0023")
    engine = open_engine(empty_database_url)
    with for_purpose(engine, "writing").begin() as connection:
        fill_empty_tables(connection)
        connection.execute(text("UPDATE remote_link SET kind = 'event'"))
    upgrade(empty_database_url)
    with for_purpose(engine, "reading").connect() as connection:
        assert connection.scalars(select(REMOTE_LINKS.c.is_private)).all() == [True]
    engine.dispose()
