"""Who may do what; decided here and nowhere else."""

from collections.abc import Sequence
from uuid import UUID

from bot.domain.appointments import Appointment
from bot.domain.errors import NotAllowed
from bot.domain.people import Actor, Member, Standing
from bot.domain.preferences import Audience, Preferences

_REFUSALS = {
    Standing.GUEST: "Daybook is for full members of this workspace. Guests cannot use it.",
    Standing.EXTERNAL: "Daybook belongs to another workspace here. Ask somebody there to look or book for you.",
    Standing.DEACTIVATED: "Your account in this workspace is deactivated, so Daybook does nothing for it.",
}


def require_full_member(actor: Actor) -> None:
    """Raises `NotAllowed` for guests, people of other organisations and people who left."""
    if actor.standing is not Standing.FULL:
        raise NotAllowed(refusal_of(actor.standing))


def refusal_of(standing: Standing) -> str:
    """What a person of that standing is told; full members are refused nothing here."""
    return _REFUSALS[standing]


def may_query(actor: Actor, member: Member) -> bool:
    """Whether the actor may ask when the member is free."""
    return (
        actor.standing is Standing.FULL
        and member.standing is Standing.FULL
        and actor.workspace_id == member.workspace_id
    )


def shares_time_with(actor: Actor, member: Member, preferences: Preferences) -> bool:
    """Whether the member lets the actor see when he is free, and book him: himself always."""
    if actor.member_id == member.id:
        return True
    if preferences.audience is Audience.INVITED:
        return actor.slack_user_id in preferences.invited
    return preferences.audience is Audience.EVERYONE


class TimeWithheld(NotAllowed):
    """A member does not share his time with the one who asks."""

    def __init__(self, member: Member) -> None:
        super().__init__(f"{member.name} does not share free times with you.")


def require_shared(withheld: Sequence[Member]) -> None:
    """Raises `TimeWithheld` for the first of those who do not share their time with the one who asks."""
    for member in withheld:
        raise TimeWithheld(member)


def may_see_titles(actor: Actor, member_id: UUID) -> bool:
    """Whether the actor may read what the member's events are called: only his own."""
    return actor.standing is Standing.FULL and actor.member_id == member_id


def may_see_appointment(actor: Actor, appointment: Appointment) -> bool:
    """Whether the actor may read what it is about, move it and cancel it: its hosts and its booker."""
    return (
        actor.standing is Standing.FULL
        and actor.workspace_id == appointment.workspace_id
        and actor.member_id in (*appointment.hosts, appointment.booker_id)
    )
