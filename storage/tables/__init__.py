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
from storage.tables.digest_questions import DigestQuestionRow
from storage.tables.digests import DigestDayRow, DigestRefusalRow, DigestRow, DigestRunRow, DigestShareRow
from storage.tables.erasure import ForgettingRow, ForgottenAddressRow
from storage.tables.events import EventRow, IgnoredEventRow, OccurrenceRow
from storage.tables.homes import HomeRow
from storage.tables.inbox import InboxRow
from storage.tables.invitees import (
    BlockedAddressRow,
    ColleagueRow,
    ContactAddressRow,
    InviteeQuestionRow,
    OwnDomainRow,
)
from storage.tables.landings import LandingBatchRow, LandingRow
from storage.tables.leaving import LeavingRow, LeftCopyRow, LeftReportRow
from storage.tables.messages import AppointmentMessageRow
from storage.tables.offers import OfferRow
from storage.tables.people import MemberRow, WorkspaceRow
from storage.tables.reminders import ReminderChoiceRow, ReminderMinutesRow, ReminderRow, RemindingRow
from storage.tables.round_trips import RoundTripRow
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
HOMES = table_of(HomeRow)
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
DIGESTS = table_of(DigestRow)
DIGEST_SHARES = table_of(DigestShareRow)
DIGEST_QUESTIONS = table_of(DigestQuestionRow)
DIGEST_RUNS = table_of(DigestRunRow)
DIGEST_DAYS = table_of(DigestDayRow)
DIGEST_REFUSALS = table_of(DigestRefusalRow)
FORGETTINGS = table_of(ForgettingRow)
FORGOTTEN_ADDRESSES = table_of(ForgottenAddressRow)
LANDINGS = table_of(LandingRow)
LANDING_BATCHES = table_of(LandingBatchRow)
LEAVINGS = table_of(LeavingRow)
LEFT_COPIES = table_of(LeftCopyRow)
LEFT_REPORTS = table_of(LeftReportRow)
ROUND_TRIPS = table_of(RoundTripRow)
REMINDINGS = table_of(RemindingRow)
REMINDER_CHOICES = table_of(ReminderChoiceRow)
REMINDER_MINUTES = table_of(ReminderMinutesRow)
REMINDERS = table_of(ReminderRow)

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
    "DIGESTS",
    "DIGEST_DAYS",
    "DIGEST_QUESTIONS",
    "DIGEST_REFUSALS",
    "DIGEST_RUNS",
    "DIGEST_SHARES",
    "EFFECTS",
    "EVENTS",
    "FIRINGS",
    "FIRING_CONTACTS",
    "FORGETTINGS",
    "FORGOTTEN_ADDRESSES",
    "HOMES",
    "HOSTS",
    "IGNORED",
    "INBOX",
    "INVITED",
    "INVITEE_QUESTIONS",
    "LANDINGS",
    "LANDING_BATCHES",
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
    "REMINDERS",
    "REMINDER_CHOICES",
    "REMINDER_MINUTES",
    "REMINDINGS",
    "REMOTE_LINKS",
    "ROUND_TRIPS",
    "SCHEDULES",
    "TAKEN",
    "TAKEN_CONTACTS",
    "TAKEN_PLACES",
    "TRIGGER_RULES",
    "WORKSPACES",
]
