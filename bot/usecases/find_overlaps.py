"""By what a time is taken that an appointment was to be moved to, by name as far as that is the reader's."""

from collections.abc import Sequence

from bot.domain.appointments import Appointment
from bot.domain.overlaps import Overlap
from bot.domain.people import Actor, Member
from bot.ports import UnitOfWork


def overlaps_of(
    work: UnitOfWork, reader: Actor, appointment: Appointment, hosts: Sequence[Member]
) -> tuple[Overlap, ...]:
    """Live appointments where Google has it, or else where it stood before its last move; by start."""
    question = appointment.question
    wanted = question.theirs if question is not None else appointment.before_move
    if wanted is None or not appointment.is_live:
        return ()
    there = work.appointments.between(reader, appointment.hosts, wanted)
    found = {
        other.id: Overlap(host, other.span, _name(other, reader))
        for host in hosts
        for other in there[host.id]
        if other.is_live and other.id != appointment.id
    }
    return tuple(sorted(found.values(), key=lambda overlap: overlap.span))


def _name(other: Appointment, reader: Actor) -> str:
    if reader.member_id not in (*other.hosts, other.booker_id):
        return ""
    return other.contact.name if other.contact is not None else other.title
