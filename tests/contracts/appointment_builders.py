"""Contacts and appointments in a store, each made with one visible difference."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.appointments import HOLD, NOWHERE, Appointment, AppointmentStatus
from bot.domain.contacts import Contact, NewContact
from bot.domain.people import Actor
from bot.ports import Store
from tests.builders import BERLIN, span
from tests.contracts.storage_builders import NOW, a_person, new_id


def a_contact(store: Store, actor: Actor, email: str = "maya@ortiz.test", name: str = "Maya Ortiz") -> Contact:
    """A contact of the actor's workspace, stored."""
    with store.writing() as work:
        contact = work.contacts.known(actor, NewContact(email, name), new_id=new_id())
        work.commit()
    return contact


def an_appointment(
    host: Actor,
    when: str = "9:00-10:00",
    *,
    others: Sequence[Actor] = (),
    booker: Actor | None = None,
    contact: Contact | None = None,
    invites: bool = False,
    created_at: datetime = NOW,
) -> Appointment:
    """A confirmed one, on Tuesday 24 November 2026 in Berlin unless `when` names another day."""
    return Appointment(
        id=new_id(),
        workspace_id=host.workspace_id,
        hosts=(host.member_id, *(other.member_id for other in others)),
        booker_id=(booker or host).member_id,
        contact=contact,
        title="Demo",
        span=span(when),
        zone=BERLIN,
        venue=NOWHERE,
        note="",
        status=AppointmentStatus.CONFIRMED,
        invites=invites,
        created_at=created_at,
        changed_at=created_at,
    )


def a_hold(host: Actor, when: str = "9:00-10:00", now: datetime = NOW) -> Appointment:
    """The same, held for half an hour."""
    confirmed = an_appointment(host, when, created_at=now)
    return replace(confirmed, status=AppointmentStatus.HELD, expires_at=now + HOLD)


def booked(store: Store, appointment: Appointment) -> Appointment:
    """The appointment, stored; its submission is named after it."""
    with store.writing() as work:
        work.appointments.add(appointment, origin=f"submission of {appointment.id}")
        work.commit()
    return appointment


def saved(store: Store, changed: Appointment) -> Appointment:
    """The next version, stored."""
    with store.writing() as work:
        work.appointments.save(changed)
        work.commit()
    return changed


def several(store: Store, number: int) -> list[Appointment]:
    """Appointments of one host, an hour after the other."""
    ana = a_person(store)
    return [booked(store, an_appointment(ana, f"{hour}:00-{hour + 1}:00")) for hour in range(8, 8 + number)]


def known(store: Store, appointment: Appointment) -> Appointment | None:
    with store.reading() as work:
        return work.appointments.known(appointment.id)
