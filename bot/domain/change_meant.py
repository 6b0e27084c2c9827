"""Which appointments somebody means who writes that one is to be moved or cancelled: `my 10am`, `maya tomorrow`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.named_people import bare_name
from bot.domain.wall_time import moment, zone_named
from bot.domain.when import time_in

MOST_MEANT = 3


@dataclass(frozen=True, slots=True)
class ChangeMeant:
    """What is told to somebody who wants to change an appointment.

    Args:
        appointments: those he may mean, by start.
        day: the one that he named; None where he named none, or none that is clear.
        zone: by whose clock he reads.
    """

    appointments: tuple[Appointment, ...] = ()
    day: date | None = None
    zone: str = "UTC"


def meant_among(
    coming: Sequence[Appointment], about: str, day: date | None, zone: str, names: Mapping[UUID, str]
) -> tuple[Appointment, ...]:
    """The first of those to come that fit the day, the time and the names in the words `about`.

    Names that are nobody's in them count for nothing. `names` are those of colleagues, with their marks, by their
    ids; the day and the time are by the clock of `zone`.
    """
    minutes = time_in(about)
    words = {bare_name(word).casefold() for word in about.split()}
    fitting = [one for one in coming if _is_then(one, day, minutes, zone)]
    named = [one for one in fitting if words & _names_in(one, names)]
    return tuple((named or fitting)[:MOST_MEANT])


def _is_then(one: Appointment, day: date | None, minutes: int | None, zone: str) -> bool:
    start = moment(one.span.start).astimezone(zone_named(zone))
    return (day is None or start.date() == day) and (minutes is None or 60 * start.hour + start.minute == minutes)


def _names_in(one: Appointment, names: Mapping[UUID, str]) -> set[str]:
    """What its people are called, in small letters: whole addresses, and each part of a name."""
    contact = [one.contact.name, one.contact.email] if one.contact is not None else []
    hosts = [names[host] for host in one.hosts if host in names]
    return {bare_name(part).casefold() for name in (*contact, *hosts) for part in name.split()}
