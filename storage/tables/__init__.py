"""The schema, one module a topic; importing this package knows every table."""

from storage.tables.accounts import AccountRow, ConnectLinkRow
from storage.tables.appointments import (
    AppointmentHostRow,
    AppointmentLogRow,
    AppointmentRow,
    ContactRow,
    EffectRow,
    RemoteLinkRow,
)
from storage.tables.base import Row, table_of
from storage.tables.calendars import CalendarRow
from storage.tables.events import EventRow, IgnoredEventRow, OccurrenceRow
from storage.tables.inbox import InboxRow
from storage.tables.messages import AppointmentMessageRow
from storage.tables.offers import OfferRow
from storage.tables.people import MemberRow, WorkspaceRow
from storage.tables.schedules import ScheduleRow

METADATA = Row.metadata

WORKSPACES = table_of(WorkspaceRow)
MEMBERS = table_of(MemberRow)
LINKS = table_of(ConnectLinkRow)
ACCOUNTS = table_of(AccountRow)
CALENDARS = table_of(CalendarRow)
EVENTS = table_of(EventRow)
OCCURRENCES = table_of(OccurrenceRow)
IGNORED = table_of(IgnoredEventRow)
INBOX = table_of(InboxRow)
SCHEDULES = table_of(ScheduleRow)
CONTACTS = table_of(ContactRow)
APPOINTMENTS = table_of(AppointmentRow)
HOSTS = table_of(AppointmentHostRow)
APPOINTMENT_LOG = table_of(AppointmentLogRow)
EFFECTS = table_of(EffectRow)
REMOTE_LINKS = table_of(RemoteLinkRow)
OFFERS = table_of(OfferRow)
MESSAGES = table_of(AppointmentMessageRow)

__all__ = [
    "ACCOUNTS",
    "APPOINTMENTS",
    "APPOINTMENT_LOG",
    "CALENDARS",
    "CONTACTS",
    "EFFECTS",
    "EVENTS",
    "HOSTS",
    "IGNORED",
    "INBOX",
    "LINKS",
    "MEMBERS",
    "MESSAGES",
    "METADATA",
    "OCCURRENCES",
    "OFFERS",
    "REMOTE_LINKS",
    "SCHEDULES",
    "WORKSPACES",
]
