"""Appointments taken from Google, for tests of what is stored of them."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.calendars import TWO_WAY, Calendar, Role, SyncClaim
from bot.domain.contacts import Contact
from bot.domain.events import Invitee, Response
from bot.domain.intervals import Interval
from bot.domain.shades import Shade
from bot.domain.taken import Decided, Declined, TakenAppointment, TakenContact
from bot.ports import Store
from tests.builders import days, span
from tests.contracts.appointment_builders import a_contact
from tests.contracts.storage_builders import (
    LEASE,
    NOW,
    Synced,
    a_calendar,
    a_person,
    an_occurrence,
    chosen,
    claimed,
    connected,
    expanded,
    new_id,
    upserted,
)
from tests.event_builders import a_meeting

DAY = days()
MADE = NOW.replace(microsecond=0) - timedelta(days=1)
PEOPLE = (
    Invitee("ana@acme.test", "Ana", Response.ACCEPTED, is_self=True, is_organizer=True),
    Invitee("maya@ortiz.test", 'Maya "O" Ortiz\u2028', Response.DECLINED),
    Invitee("room@acme.test", "Room 7", is_room=True),
)
DEMO = replace(
    a_meeting("demo"),
    invitees=PEOPLE,
    created_at=MADE,
    ical_uid="demo@google.com",
    title="Demo",
    join_url="https://meet.google.com/abc-defg-hij",
)


def a_linked(store: Store, team: str = "T1", user: str = "U1") -> Synced:
    """A person whose calendar is linked, in two-way sync, and claimed."""
    actor = a_person(store, team, user)
    account = connected(store, actor, f"{user}.{team}@example.com".lower())
    calendar = replace(a_calendar(account, role=Role.LINKED), option=TWO_WAY, option_since=MADE)
    chosen(store, actor, calendar)
    [claim] = [claim for claim in claimed(store) if claim.calendar.id == calendar.id]
    return Synced(actor, account, claim)


def a_taken(one: Synced, contact: Contact, *, original: int = 0, uid: str = "demo@google.com") -> TakenAppointment:
    when = span("9:00-10:00")
    return TakenAppointment(
        id=new_id(),
        workspace_id=one.actor.workspace_id,
        ical_uid=uid,
        original=original,
        span=when,
        title="Demo",
        repeats=False,
        hosts=(one.actor.member_id,),
        contacts=(TakenContact(contact, Response.ACCEPTED),),
        created_at=MADE,
        over_at=when.end,
    )


def decided(store: Store, claim: SyncClaim, *what: Decided) -> None:
    with store.writing() as work:
        work.taken.save(claim, what)
        work.commit()


def taken_from_google(store: Store, one: Synced, event_id: str = "demo") -> TakenAppointment:
    """An event that was decided to be an appointment with Maya."""
    event = replace(DEMO, id=event_id)
    upserted(store, one.claim, event)
    expanded(store, one.claim, event_id, an_occurrence(event))
    taken = a_taken(one, a_contact(store, one.actor))
    with store.reading() as work:
        known = work.taken.by_key(one.actor.workspace_id, [taken.key])
    if known:
        taken = replace(taken, id=known[taken.key].id)
    decided(store, one.claim, Decided(event_id, Shade.BLUE, ("maya@ortiz.test",), taken, taken.span))
    return taken


def marked(store: Store, calendar: Calendar) -> list[str]:
    with store.reading() as work:
        return [one.event.id for one in work.taken.marked(calendar, after="", limit=100)]


def of_maya(store: Store, one: Synced, window: Interval = DAY) -> list[tuple[TakenAppointment, Interval]]:
    contact = a_contact(store, one.actor)
    with store.reading() as work:
        return list(work.taken.with_contact(one.actor, contact.id, window, limit=10))


def told(store: Store, declined: Declined) -> bool:
    with store.writing() as work:
        is_news = work.taken.decline(declined, NOW)
        work.commit()
    return is_news


def claim_declined(store: Store, now: datetime = NOW) -> list[Declined]:
    with store.writing() as work:
        found = work.taken.claim_declined(now, limit=10)
        work.commit()
    return list(found)


def claim_again(store: Store, one: Synced) -> SyncClaim:
    """Another process's claim, once the lease has run out."""
    with store.writing() as work:
        [claim] = work.calendars.claim_these([one.calendar_id], NOW + 2 * LEASE, lease=-LEASE)
        work.commit()
    return claim


def waiting(store: Store, now: datetime) -> list[object]:
    with store.reading() as work:
        return [calendar.id for calendar in work.taken.waiting(now, limit=10)]
