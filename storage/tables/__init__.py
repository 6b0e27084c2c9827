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
from storage.tables.change_sets import ChangeSetRow, MadeContactRow
from storage.tables.channels import PushChannelRow, PushPlanRow
from storage.tables.erasure import ForgettingRow, ForgottenAddressRow
from storage.tables.events import EventRow, IgnoredEventRow, OccurrenceRow
from storage.tables.inbox import InboxRow
from storage.tables.invitees import (
    BlockedAddressRow,
    ColleagueRow,
    ContactAddressRow,
    InviteeQuestionRow,
    OwnDomainRow,
)
from storage.tables.leaving import LeavingRow, LeftCopyRow, LeftReportRow
from storage.tables.messages import AppointmentMessageRow
from storage.tables.offers import OfferRow
from storage.tables.people import MemberRow, WorkspaceRow
from storage.tables.schedules import ScheduleRow
from storage.tables.taken import DeclinedRow, InvitedRow, TakenContactRow, TakenPlaceRow, TakenRow
from storage.tables.triggers import FiringContactRow, FiringRow, TriggerRow

METADATA = Row.metadata

WORKSPACES = table_of(WorkspaceRow)
MEMBERS = table_of(MemberRow)
LINKS = table_of(ConnectLinkRow)
ACCOUNTS = table_of(AccountRow)
CALENDARS = table_of(CalendarRow)
PUSH_CHANNELS = table_of(PushChannelRow)
PUSH_PLANS = table_of(PushPlanRow)
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
CONTACT_ADDRESSES = table_of(ContactAddressRow)
BLOCKED_ADDRESSES = table_of(BlockedAddressRow)
OWN_DOMAINS = table_of(OwnDomainRow)
COLLEAGUES = table_of(ColleagueRow)
INVITEE_QUESTIONS = table_of(InviteeQuestionRow)
TRIGGER_RULES = table_of(TriggerRow)
FIRINGS = table_of(FiringRow)
FIRING_CONTACTS = table_of(FiringContactRow)
TAKEN = table_of(TakenRow)
TAKEN_CONTACTS = table_of(TakenContactRow)
TAKEN_PLACES = table_of(TakenPlaceRow)
INVITED = table_of(InvitedRow)
DECLINED = table_of(DeclinedRow)
CHANGE_SETS = table_of(ChangeSetRow)
MADE_CONTACTS = table_of(MadeContactRow)
FORGETTINGS = table_of(ForgettingRow)
FORGOTTEN_ADDRESSES = table_of(ForgottenAddressRow)
LEAVINGS = table_of(LeavingRow)
LEFT_COPIES = table_of(LeftCopyRow)
LEFT_REPORTS = table_of(LeftReportRow)

__all__ = [
    "ACCOUNTS",
    "APPOINTMENTS",
    "APPOINTMENT_LOG",
    "BLOCKED_ADDRESSES",
    "CALENDARS",
    "CHANGE_SETS",
    "COLLEAGUES",
    "CONTACTS",
    "CONTACT_ADDRESSES",
    "DECLINED",
    "EFFECTS",
    "EVENTS",
    "FIRINGS",
    "FIRING_CONTACTS",
    "FORGETTINGS",
    "FORGOTTEN_ADDRESSES",
    "HOSTS",
    "IGNORED",
    "INBOX",
    "INVITED",
    "INVITEE_QUESTIONS",
    "LEAVINGS",
    "LEFT_COPIES",
    "LEFT_REPORTS",
    "LINKS",
    "MADE_CONTACTS",
    "MEMBERS",
    "MESSAGES",
    "METADATA",
    "OCCURRENCES",
    "OFFERS",
    "OWN_DOMAINS",
    "PUSH_CHANNELS",
    "PUSH_PLANS",
    "REMOTE_LINKS",
    "SCHEDULES",
    "TAKEN",
    "TAKEN_CONTACTS",
    "TAKEN_PLACES",
    "TRIGGER_RULES",
    "WORKSPACES",
]
