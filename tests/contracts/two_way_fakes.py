"""What Slack and Google say to those who decide about events: who is a colleague, and what calendars hold."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bot.domain.calendars import RemoteCalendar
from bot.domain.errors import AddressesWithheld, ProviderError
from bot.domain.event_copies import CopyPlan, CopySeen
from bot.domain.events import EventPage, EventStatus
from tests.fakes.calendar_gateway import LivingCalendar


@dataclass
class Roster:
    """Implements `ports.Roster`: who is a full member.

    Nobody answers while it is `silent`, and nobody may be asked at all while it is `withheld`.
    """

    members: set[str]
    silent: bool = False
    withheld: bool = False
    asked: list[str] = field(default_factory=list)

    def colleagues(self, emails: Collection[str], team_id: str) -> Mapping[str, bool]:
        if self.withheld:
            raise AddressesWithheld
        if self.silent:
            return {}
        self.asked += emails
        return {email: email in self.members for email in emails}


@dataclass
class Googles:
    """Everybody's calendars, by their remote ids: `CalendarGateway`, and as much of `EventCopies` as is asked."""

    calendars_by_id: dict[str, LivingCalendar] = field(default_factory=dict)
    looked_in: list[str] = field(default_factory=list)
    refusals: dict[str, ProviderError] = field(default_factory=dict)

    def calendars(self, account_id: UUID) -> Sequence[RemoteCalendar]:
        return ()

    def changes(
        self, account_id: UUID, remote_id: str, *, sync_token: str | None, since: datetime
    ) -> Iterator[EventPage]:
        return self.calendars_by_id[remote_id].changes(account_id, remote_id, sync_token=sync_token, since=since)

    def with_uid(self, account_id: UUID, remote_id: str, ical_uid: str) -> str | None:
        self.looked_in.append(remote_id)
        if remote_id in self.refusals:
            raise self.refusals[remote_id]
        for event in self.calendars_by_id[remote_id].events.values():
            if event.ical_uid == ical_uid and event.status is not EventStatus.CANCELLED:
                return event.id
        return None

    def insert(self, account_id: UUID, remote_id: str, event_id: str, plan: CopyPlan) -> CopySeen:
        raise NotImplementedError

    def get(self, account_id: UUID, remote_id: str, event_id: str) -> CopySeen:
        raise NotImplementedError

    def patch(self, account_id: UUID, remote_id: str, event_id: str, plan: CopyPlan, *, etag: str) -> CopySeen:
        raise NotImplementedError

    def remove(self, account_id: UUID, remote_id: str, event_id: str, *, mails: bool) -> None:
        raise NotImplementedError
