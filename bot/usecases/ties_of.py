"""Looks up whether what an appointment has elsewhere can still be written to."""

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.accounts import AccountStatus
from bot.domain.appointments import Appointment, AppointmentStatus, Where
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.ties import Tie, Ties
from bot.ports import UnitOfWork
from bot.usecases.host_places import HostPlaces, host_places
from bot.usecases.members_of import members_of


def ties_of(work: UnitOfWork, appointment: Appointment, links: Mapping[EffectKind, RemoteLink]) -> Ties:
    """What it never had, and what was taken away there, works as far as anybody cares."""
    zoom = links.get(EffectKind.MEETING)
    wants_zoom = appointment.status is AppointmentStatus.CONFIRMED and appointment.venue.where is Where.ZOOM
    event = links.get(EffectKind.EVENT)
    is_removed = was_taken_away(appointment, event)
    [host] = members_of(work, appointment.workspace_id, appointment.hosts[:1])
    return Ties(
        google=Tie.REMOVED if is_removed else _tie(work, appointment, event),
        # Whoever had none when it was confirmed has nothing that a call could be made in.
        zoom=Tie.GONE if wants_zoom and zoom is None else _tie(work, appointment, zoom),
        takes_events=is_removed and host_places(work, host).calendar is not None,
    )


def was_taken_away(appointment: Appointment, event: RemoteLink | None) -> bool:
    """Whether its host left the account of its event and had that removed; nothing was made in its place since."""
    is_removed = event is not None and event.state is LinkState.REMOVED and event.account_id is None
    return is_removed and appointment.is_live and appointment.question is None


def ties_once_moved(
    work: UnitOfWork, appointment: Appointment, links: Mapping[EffectKind, RemoteLink], places: HostPlaces
) -> Ties:
    """The same after a move: what was disconnected is taken up again, or made anew, in what the first host has now."""
    ties = ties_of(work, appointment, links)
    return replace(
        ties,
        google=Tie.WORKS if ties.google is Tie.GONE and places.calendar is not None else ties.google,
        zoom=Tie.WORKS if ties.zoom is Tie.GONE and places.zoom is not None else ties.zoom,
    )


def _tie(work: UnitOfWork, appointment: Appointment, link: RemoteLink | None) -> Tie:
    if link is None or link.state is LinkState.REMOVED:
        return Tie.WORKS
    was_never_sent = link.state is LinkState.PLANNED and link.agreed is None
    if was_never_sent and not appointment.is_live:
        return Tie.WORKS
    account = work.accounts.known(link.account_id) if link.account_id is not None else None
    if account is None:
        return Tie.GONE
    return Tie.BROKEN if account.status is AccountStatus.NEEDS_RECONNECT else Tie.WORKS
