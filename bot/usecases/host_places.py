"""Where a host's appointments are written, and how he can meet people."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.accounts import Account, AccountStatus, Provider
from bot.domain.appointments import Venue, Where
from bot.domain.booking import BadBooking
from bot.domain.calendars import Calendar
from bot.domain.connections import takes_appointments
from bot.domain.people import Actor, Member, actor_of
from bot.domain.preferences import possible_venues
from bot.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class HostPlaces:
    """What a host has connected.

    Args:
        calendar: his linked one, if appointments can be written to it.
        zoom: his Zoom account, if it works.
    """

    calendar: Calendar | None
    zoom: Account | None

    @property
    def venues(self) -> tuple[Where, ...]:
        """How he can meet people, video calls first."""
        return possible_venues(zoom=self.zoom is not None, calendar=self.calendar is not None)


def host_places(work: UnitOfWork, host: Member) -> HostPlaces:
    """Looked up as by the host himself; whether somebody else may book him has been decided before."""
    as_host = actor_of(host, work.workspaces.get(host.workspace_id))
    accounts = work.accounts.of(as_host)
    linked = (calendar for calendar in work.calendars.of(as_host) if takes_appointments(calendar, accounts))
    zoom = (
        account for account in accounts if account.provider is Provider.ZOOM and account.status is AccountStatus.ACTIVE
    )
    return HostPlaces(next(linked, None), next(zoom, None))


def require_places(work: UnitOfWork, actor: Actor, hosts: Sequence[Member], venue: Venue) -> HostPlaces:
    """Where the first host's appointments are written; raises `BadBooking` where one of the hosts has no such place."""
    places = [host_places(work, host) for host in hosts]
    for host, its in zip(hosts, places, strict=True):
        if its.calendar is None:
            way = " Link one in /daybook settings." if host.id == actor.member_id else ""
            who_has = _who_has(host, actor)
            raise BadBooking("hosts", f"{who_has} no calendar that appointments can be written to.{way}")
    if venue.where is Where.ZOOM and places[0].zoom is None:
        who_has = _who_has(hosts[0], actor)
        raise BadBooking("venue", f"{who_has} no Zoom account connected. Choose another way to meet.")
    return places[0]


def _who_has(host: Member, actor: Actor) -> str:
    return "You have" if host.id == actor.member_id else f"{host.name} has"
