"""What the use-cases need from outside, as Protocols; `storage` and `bot.clients` fulfil them.

Repositories take and return values of the domain. Those for a person's request take the `Actor` and find
nothing that is not his to find; those for jobs take a `SyncClaim`, whose fence they check on every write.
"""

from bot.ports.accounts import Accounts, ConnectLinks, ConsentGateway, Credentials
from bot.ports.calendars import CalendarGateway, Calendars, EventWriter
from bot.ports.events import Events
from bot.ports.people import Directory, Members, Schedules, Workspaces
from bot.ports.system import Clock, NewId, NewSecret, Sealer, WorkQueue
from bot.ports.telling import Notifier
from bot.ports.work import Inbox, Store, UnitOfWork

__all__ = [
    "Accounts",
    "CalendarGateway",
    "Calendars",
    "Clock",
    "ConnectLinks",
    "ConsentGateway",
    "Credentials",
    "Directory",
    "EventWriter",
    "Events",
    "Inbox",
    "Members",
    "NewId",
    "NewSecret",
    "Notifier",
    "Schedules",
    "Sealer",
    "Store",
    "UnitOfWork",
    "WorkQueue",
    "Workspaces",
]
