"""What the delivery of an appointment's event starts from: the appointment, its link, and the event as it should be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bot.domain.accounts import Access, Provider
from bot.domain.appointment_log import Deed
from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.calendars import Calendar
from bot.domain.copy_fields import copy_plan
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.errors import CredentialRefused
from bot.domain.event_copies import CopyPlan, Guest
from bot.domain.people import Actor, actor_of
from bot.ports import UnitOfWork
from bot.usecases.members_of import members_of


@dataclass(frozen=True, slots=True)
class EventScene:
    """Everything as it was when this round of the delivery began.

    Args:
        appointment: in its latest version.
        link: to its event.
        account_id: through which the event is written.
        plan: the event as it should be, if it was made now.
        siblings: the other calendars of that account to which the event may have been moved.
        was_confirmed: guests have heard of it.
    """

    appointment: Appointment
    link: RemoteLink
    account_id: UUID
    plan: CopyPlan
    siblings: tuple[Calendar, ...]
    was_confirmed: bool


def event_scene(work: UnitOfWork, appointment_id: UUID) -> EventScene | None:
    """None where there is nothing to write; raises `CredentialRefused` where the account was disconnected."""
    appointment = work.appointments.known(appointment_id)
    links = work.remote_links.of(appointment_id)
    link = links.get(EffectKind.EVENT)
    if appointment is None or link is None:
        return None
    if link.account_id is None:
        if _concerns_google(appointment, link):
            raise CredentialRefused("The Google account of its event is not connected any more.")
        return None
    meeting = links.get(EffectKind.MEETING)
    zoom_url = meeting.url if meeting is not None and meeting.state is LinkState.WRITTEN else ""
    first, *others = members_of(work, appointment.workspace_id, appointment.hosts)
    workspace = work.workspaces.get(appointment.workspace_id)
    own = [one for one in work.calendars.of(actor_of(first, workspace)) if one.account_id == link.account_id]
    colleagues = [guest for other in others if (guest := _guest(work, actor_of(other, workspace))) is not None]
    return EventScene(
        appointment=appointment,
        link=_in_use(link, own),
        account_id=link.account_id,
        plan=copy_plan(appointment, zoom_url, colleagues),
        siblings=tuple(one for one in own if one.remote_id != link.container and one.access_role.may_write),
        was_confirmed=any(
            entry.deed in (Deed.BOOKED, Deed.CONFIRMED) for entry in work.appointments.log(appointment.id)
        ),
    )


def _in_use(link: RemoteLink, calendars: Sequence[Calendar]) -> RemoteLink:
    """A calendar that was left and chosen again is another one to us, and the same to Google."""
    again = next((one.id for one in calendars if one.remote_id == link.container), None)
    return link if link.calendar_id is not None else replace(link, calendar_id=again)


def _concerns_google(appointment: Appointment, link: RemoteLink) -> bool:
    if appointment.status is AppointmentStatus.CANCELLED:
        return link.state is LinkState.WRITTEN or link.agreed is not None
    return appointment.is_live


def _guest(work: UnitOfWork, host: Actor) -> Guest | None:
    """A host besides the first one, by the account that his own calendar is of."""
    google = (one for one in work.accounts.of(host) if one.provider is Provider.GOOGLE and one.access is Access.FULL)
    account = next(google, None)
    return None if account is None else Guest(account.address, host.name)
