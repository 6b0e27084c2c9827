"""One of the processes that want one host's time: it books what is free, and moves what it has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from uuid import UUID

from sqlalchemy.exc import OperationalError

from bot.domain.appointments import Appointment
from bot.domain.booking import SlotTaken
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from storage.engine import open_engine
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.builders import span
from tests.contracts.appointment_builders import an_appointment
from tests.contracts.storage_builders import NOW

TRIES = 60
QUARTER = 15 * 60
QUARTERS = 64
"""Of the days that are fought for."""
LONGEST = 4


@dataclass(frozen=True)
class Race:
    """What a process has to know; `locks` is False for one that relies on the guard alone."""

    url: str
    host: Actor
    locks: bool


def run(race: Race, process: int) -> Sequence[tuple[UUID, Interval]]:
    """What the process has at the end, as far as it was told."""
    chance = Random(process)
    engine = open_engine(race.url)
    store = SqlStore(engine, Vault([new_key()]))
    own: list[Appointment] = []
    for number in range(TRIES):
        moves = bool(own) and number % 3 == 2
        wanted = some_time(chance)
        appointment = own[-1].moved(wanted, NOW) if moves else new_one(race.host, wanted, process, number)
        try:
            with store.writing() as work:
                if race.locks:
                    work.appointments.lock_hosts([race.host.member_id])
                if moves:
                    work.appointments.save(appointment)
                else:
                    work.appointments.add(appointment, origin=f"{process} {number}")
                work.commit()
        except SlotTaken:
            continue
        except OperationalError:
            # PostgreSQL ends one of two that wait for each other; with the hosts locked nobody does.
            if race.locks:
                raise
            continue
        own = [*own[: len(own) - moves], appointment]
    engine.dispose()
    return [(appointment.id, appointment.span) for appointment in own]


def new_one(host: Actor, wanted: Interval, process: int, number: int) -> Appointment:
    """An appointment whose id no other process makes."""
    return replace(an_appointment(host), id=UUID(int=(process + 1) << 64 | number), span=wanted)


def some_time(chance: Random) -> Interval:
    """An hour at most, from one quarter of an hour to another."""
    start = span("8:00-9:00").start + chance.randrange(QUARTERS) * QUARTER
    return Interval(start, start + chance.randint(1, LONGEST) * QUARTER)
