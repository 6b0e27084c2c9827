"""What the card of an appointment shows at this moment, gathered from what is stored."""

from datetime import datetime

from bot.domain.appointments import Appointment
from bot.domain.card_state import card_of
from bot.domain.cards import Card
from bot.domain.people import actor_of
from bot.ports import UnitOfWork
from bot.usecases.find_overlaps import overlaps_of
from bot.usecases.members_of import members_of
from bot.usecases.ties_of import ties_of


def card_now(work: UnitOfWork, appointment: Appointment, now: datetime) -> Card:
    """The card as its first host is to read it."""
    *hosts, booker = members_of(work, appointment.workspace_id, [*appointment.hosts, appointment.booker_id])
    links = work.remote_links.of(appointment.id)
    first = actor_of(hosts[0], work.workspaces.get(appointment.workspace_id))
    return card_of(
        appointment,
        hosts,
        booker,
        work.effects.of(appointment.id),
        links,
        now,
        ties=ties_of(work, appointment, links),
        overlaps=overlaps_of(work, first, appointment, hosts) if appointment.question is not None else (),
    )
