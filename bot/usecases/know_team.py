"""Who counts as one of us, as far as it is known without asking anybody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.calendars import Calendar, SyncOption
from bot.domain.contacts import normalised_emails
from bot.domain.events import RemoteEvent
from bot.domain.invitees import LeftOut, Team, sorted_invitees
from bot.domain.treatment import is_meeting
from bot.ports import UnitOfWork

RELIED_ON = timedelta(days=1)
"""So long what Slack said of an address is taken for true."""


@dataclass(frozen=True, slots=True)
class KnownTeam:
    """A team, and the addresses of which nobody knows yet whether they are its own."""

    team: Team
    unanswered: frozenset[str]


def known_team(work: UnitOfWork, calendar: Calendar, events: Iterable[RemoteEvent], now: datetime) -> KnownTeam:
    """The team of a calendar's workspace, as far as these events ask for it.

    Args:
        work: where everything is known.
        calendar: whose owner's events they are.
        events: for some of which it may matter who is on them.
        now: what Slack said too long before is not relied on.
    """
    team, events = _without_asking(work, calendar), list(events)
    invited = normalised_emails({one.email for event in events for one in event.invitees})
    team = replace(team, blocked=team.blocked | work.erasures.forgotten(calendar.workspace_id, invited))
    asked = {email for event in events if hangs_on_people(event, calendar.option) for email in _strangers(event, team)}
    told = work.invitees.colleagues(calendar.workspace_id, sorted(asked), now - RELIED_ON)
    colleagues = {email for email, is_colleague in told.items() if is_colleague}
    return KnownTeam(replace(team, colleagues=team.colleagues | colleagues), frozenset(asked - told.keys()))


def hangs_on_people(event: RemoteEvent, option: SyncOption) -> bool:
    """Whether it matters for an event who is on it."""
    return option.wants_contacts and bool(event.invitees) and is_meeting(event)


def _without_asking(work: UnitOfWork, calendar: Calendar) -> Team:
    account = work.accounts.known(calendar.account_id)
    own = [calendar.remote_id, *([account.address] if account is not None else [])]
    return Team(
        own=normalised_emails(own),
        # What a colleague connected is his, whatever Slack knows him by.
        colleagues=normalised_emails(work.taken.addresses(calendar.workspace_id)),
        domains=work.invitees.domains(calendar.workspace_id),
        blocked=work.invitees.blocked(calendar.workspace_id),
    )


def _strangers(event: RemoteEvent, team: Team) -> frozenset[str]:
    """The addresses on an event of which only Slack can tell; of a crowd all, as most may be colleagues."""
    told = sorted_invitees(event.invitees, team)
    crowd = {email for email, reason in told.left_out.items() if reason is LeftOut.CROWD}
    return frozenset(crowd | {one.contact.email for one in told.outsiders})
