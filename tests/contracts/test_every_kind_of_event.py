"""Every setting by every kind of event: what is shown, who becomes a contact, who is asked, what triggers hear."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import NamedTuple

import pytest

from bot.domain.calendars import ONE_WAY, TWO_WAY, ContactPolicy, SyncOption
from bot.domain.contacts import NewContact
from bot.domain.events import AllDay, EventKind, Invitee, RemoteEvent, Response, ShowsAs
from bot.domain.people import Actor
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.contracts.two_way_house import BEN, MAYA, TwoWay, invited, weekly
from tests.fakes.store import FakeStore

pytestmark = pytest.mark.slow

WHEN = "2026-11-24 9:00-10:00"
NEW, OLD = "maya@ortiz.test", "lee@chen.test"
TEAM_AT_GMAIL, CLIENT_AT_GMAIL, GUEST = "cara@gmail.com", "client@gmail.com", "guest@acme.test"
ROOM = Invitee("acme_7@resource.calendar.google.com", "Room 7", Response.ACCEPTED, is_room=True)
GROUP = "sales@googlegroups.com"

_ADD = TWO_WAY
_ASK = replace(TWO_WAY, contact_policy=ContactPolicy.ASK)
_KNOWN = replace(TWO_WAY, contact_policy=ContactPolicy.KNOWN_ONLY)
SETTINGS: dict[str, SyncOption] = {
    "one-way": ONE_WAY,
    **{
        f"{name}, {'fire' if fires else 'off'}": replace(option, fire_triggers=fires)
        for (name, option), fires in product({"add": _ADD, "ask": _ASK, "known only": _KNOWN}.items(), (True, False))
    },
}


class Outcome(NamedTuple):
    """What becomes of an event: its shade, the contacts there are, who is asked about, what triggers hear."""

    shade: str
    contacts: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of event with what becomes of it in two-way sync, by what is done about unknown invitees."""

    event: Callable[[], RemoteEvent]
    add: Outcome
    ask: Outcome
    known_only: Outcome


GREY, TEAL = Outcome("grey"), Outcome("teal")


def plain(event: Callable[[], RemoteEvent]) -> Kind:
    """One that is a coloured block under every setting of two-way sync."""
    return Kind(event, TEAL, TEAL, TEAL)


def stranger(event: Callable[[], RemoteEvent], email: str) -> Kind:
    """One with somebody from outside whom nobody knows yet."""
    added = Outcome("blue", (email,), (), ("booked", "contact_added"))
    return Kind(event, added, Outcome("teal", (), (email,)), GREY)


def with_room() -> RemoteEvent:
    event = invited("room", WHEN)
    return replace(event, invitees=(*event.invitees, ROOM))


def whole_day() -> RemoteEvent:
    event = invited("day", "2026-11-24 0:00-23:59", NEW)
    day = event.start.at.astimezone().date() if event.start and not isinstance(event.start, AllDay) else None
    assert day is not None
    return replace(event, start=AllDay(day), end=AllDay(day + timedelta(days=1)))


KNOWN = Outcome("blue", (OLD,), (), ("booked",))
KINDS: dict[str, Kind] = {
    "no invitee": plain(lambda: replace(invited("alone", WHEN), invitees=())),
    "a colleague": plain(lambda: invited("internal", WHEN, BEN)),
    "a colleague at a public mail domain": plain(lambda: invited("internal", WHEN, TEAM_AT_GMAIL)),
    "a guest of the workspace": stranger(lambda: invited("guest", WHEN, GUEST), GUEST),
    "a client at the same public mail domain": stranger(
        lambda: invited("client", WHEN, CLIENT_AT_GMAIL), CLIENT_AT_GMAIL
    ),
    "an outside invitee": stranger(lambda: invited("demo", WHEN, BEN, NEW), NEW),
    "a known contact": Kind(lambda: invited("demo", WHEN, OLD), KNOWN, KNOWN, KNOWN),
    "a known contact and an unknown one": Kind(
        lambda: invited("demo", WHEN, OLD, NEW),
        Outcome("blue", (OLD, NEW), (), ("booked", "contact_added")),
        Outcome("blue", (OLD,), (NEW,), ("booked",)),
        KNOWN,
    ),
    "a room": plain(with_room),
    "a group": plain(lambda: invited("group", WHEN, GROUP)),
    "declined by its owner": plain(lambda: invited("no", WHEN, NEW, "ana@acme.test", said={}, by=BEN)),
    "answered with maybe": stranger(lambda: invited("maybe", WHEN, NEW, "ana@acme.test", by=BEN), NEW),
    "free": plain(lambda: replace(invited("free", WHEN, NEW), shows_as=ShowsAs.FREE)),
    "a whole day": stranger(whole_day, NEW),
    "out of office": plain(lambda: replace(invited("away", WHEN, NEW), kind=EventKind.OUT_OF_OFFICE)),
    "recurring": stranger(lambda: weekly(invited("weekly", WHEN, NEW)), NEW),
    "private": plain(lambda: replace(invited("secret", WHEN, NEW), is_private=True)),
    "our own copy": plain(lambda: invited("copy", WHEN, NEW)),
}
ANSWERS = {"declined by its owner": Response.DECLINED, "answered with maybe": Response.TENTATIVE}


def expected(setting: str, kind: str) -> Outcome:
    name, _, fires = setting.partition(", ")
    if name == "one-way":
        return Outcome("grey", _known_before(kind))
    row = KINDS[kind]
    outcome = {"add": row.add, "ask": row.ask, "known only": row.known_only}[name]
    told = outcome.told if fires == "fire" else ()
    return outcome._replace(contacts=tuple(sorted({*outcome.contacts, *_known_before(kind)})), told=told)


def _known_before(kind: str) -> tuple[str, ...]:
    return (OLD,) if "known contact" in kind else ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("setting", SETTINGS)
def test_what_becomes_of_an_event(setting: str, kind: str) -> None:
    house = TwoWay(FakeStore(), SETTINGS[setting])
    house.roster.members.add(TEAM_AT_GMAIL)
    if _known_before(kind):
        a_contact(house.store, house.ana.actor, OLD, "Lee Chen")
    event = KINDS[kind].event()
    if kind in ANSWERS:
        answered = [
            replace(one, response=ANSWERS[kind]) if one.email == "ana@acme.test" else one for one in event.invitees
        ]
        event = replace(event, invitees=tuple(answered))
    if kind == "our own copy":
        event = replace(event, ical_uid=copy_of_a_booking(house, house.ana.actor))
    house.put(event)
    house.run()

    assert outcome(house, event.id) == expected(setting, kind)


def copy_of_a_booking(house: TwoWay, host: Actor) -> str:
    """The UID of the event of an appointment of hers, booked with somebody who is no contact otherwise."""
    appointment = booked(house.store, an_appointment(host))
    return copied(house.store, appointment, house.calendar(house.ana)).ical_uid


def outcome(house: TwoWay, event_id: str) -> Outcome:
    store = house.store
    assert isinstance(store, FakeStore)
    row = store.tables.events[house.ana.calendar_id][event_id]
    contacts = sorted(one.email for one in store.tables.contacts.values())
    asked = sorted(one.question.email for one in store.tables.invitee_questions.values())
    told = sorted([what.partition(" ")[0] for what in house.told()] + ["contact_added" for _ in house.added()])
    shade = row.shade or ("undecided" if row.needs_decision else "grey")
    return Outcome(shade, tuple(contacts), tuple(asked), tuple(told))


def test_whom_a_person_named_as_contact_is_found_however_his_address_is_written() -> None:
    house = TwoWay(FakeStore(), _KNOWN)
    with house.store.writing() as work:
        work.contacts.known(house.ana.actor, NewContact(MAYA, "Maya Ortiz"), new_id=house.ben.actor.member_id)
        work.commit()
    house.put(invited("demo", WHEN, "Maya@Ortiz.TEST"))
    house.run()
    assert house.shown() == ["2026-11-24T09:00+01:00 blue Demo: Maya Ortiz needsAction"]
