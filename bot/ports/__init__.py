"""What the use-cases need from outside, as Protocols; `storage` and `bot.clients` fulfil them.

Repositories take and return values of the domain. Those for a person's request take the `Actor` and find
nothing that is not his to find; those for jobs take a `SyncClaim`, whose fence they check on every write.
"""

from bot.ports.accounts import Accounts, ConnectLinks, ConsentGateway, Credentials, OneTimeCredentials
from bot.ports.alerts import AlertMessages
from bot.ports.appointments import Appointments
from bot.ports.calendars import CalendarGateway, Calendars, EventWriter
from bot.ports.change_sets import ChangeSets
from bot.ports.channels import ChannelGateway, PushChannels
from bot.ports.contacts import Contacts
from bot.ports.copies import EventCopies
from bot.ports.diagnosis import DayReader, Permissions
from bot.ports.digests import DigestChannels, DigestMessages, Digests
from bot.ports.effects import Effects
from bot.ports.erasures import Erasures, Exported, Installation, PrivacyMessages
from bot.ports.events import Events
from bot.ports.homes import Homes, HomeTabs
from bot.ports.invitees import Invitees
from bot.ports.landings import LandingMessages, Landings
from bot.ports.leavings import Leavings
from bot.ports.meetings import MeetingGateway
from bot.ports.messages import Messages
from bot.ports.offers import Offers
from bot.ports.people import Directory, Members, Roster, Schedules, Workspaces
from bot.ports.pictures import WeekPictures
from bot.ports.reminders import ReminderPosts, Reminders
from bot.ports.remote_links import RemoteLinks
from bot.ports.round_trips import RoundTripEvents, RoundTrips
from bot.ports.system import Clock, NewId, NewSecret, Sealer, WorkQueue
from bot.ports.taken import Taken
from bot.ports.telling import Cards, Notifier
from bot.ports.triggers import Firings, PostChannels, Posts, Triggers, Webhooks
from bot.ports.work import Inbox, Store, UnitOfWork

__all__ = [
    "Accounts",
    "AlertMessages",
    "Appointments",
    "CalendarGateway",
    "Calendars",
    "Cards",
    "ChangeSets",
    "ChannelGateway",
    "Clock",
    "ConnectLinks",
    "ConsentGateway",
    "Contacts",
    "Credentials",
    "DayReader",
    "DigestChannels",
    "DigestMessages",
    "Digests",
    "Directory",
    "Effects",
    "Erasures",
    "EventCopies",
    "EventWriter",
    "Events",
    "Exported",
    "Firings",
    "HomeTabs",
    "Homes",
    "Inbox",
    "Installation",
    "Invitees",
    "LandingMessages",
    "Landings",
    "Leavings",
    "MeetingGateway",
    "Members",
    "Messages",
    "NewId",
    "NewSecret",
    "Notifier",
    "Offers",
    "OneTimeCredentials",
    "Permissions",
    "PostChannels",
    "Posts",
    "PrivacyMessages",
    "PushChannels",
    "ReminderPosts",
    "Reminders",
    "RemoteLinks",
    "Roster",
    "RoundTripEvents",
    "RoundTrips",
    "Schedules",
    "Sealer",
    "Store",
    "Taken",
    "Triggers",
    "UnitOfWork",
    "Webhooks",
    "WeekPictures",
    "WorkQueue",
    "Workspaces",
]
