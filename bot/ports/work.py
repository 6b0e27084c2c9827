"""Transactions over all repositories, and what is done in them."""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.ports.accounts import Accounts, ConnectLinks
from bot.ports.appointments import Appointments
from bot.ports.calendars import Calendars
from bot.ports.change_sets import ChangeSets
from bot.ports.channels import PushChannels
from bot.ports.contacts import Contacts
from bot.ports.digests import Digests
from bot.ports.effects import Effects
from bot.ports.erasures import Erasures
from bot.ports.events import Events
from bot.ports.homes import Homes
from bot.ports.invitees import Invitees
from bot.ports.landings import Landings
from bot.ports.leavings import Leavings
from bot.ports.messages import Messages
from bot.ports.offers import Offers
from bot.ports.people import Members, Schedules, Workspaces
from bot.ports.reminders import Reminders
from bot.ports.remote_links import RemoteLinks
from bot.ports.round_trips import RoundTrips
from bot.ports.taken import Taken
from bot.ports.triggers import Firings, Triggers


class Inbox(Protocol):
    """Slack's deliveries, one row each, before any work."""

    def claim(self, key: str, *, now: datetime, lease: timedelta) -> bool:
        """True for the one who may do the work: the first, or the first after a lost claim's lease."""
        ...

    def done(self, key: str, *, now: datetime, answer: str) -> None:
        """The work is done; `answer` is what Slack was told, and is told again on a repeat."""
        ...

    def release(self, key: str) -> None:
        """The claimed work could not be done after all: whoever comes next may try."""
        ...

    def answer(self, key: str) -> str:
        """What Slack was told, or nothing."""
        ...

    def forget(self, before: datetime) -> int: ...


class UnitOfWork(Protocol):
    """One transaction: everything is undone on leaving it unless `commit` was called."""

    @property
    def workspaces(self) -> Workspaces: ...
    @property
    def members(self) -> Members: ...
    @property
    def links(self) -> ConnectLinks: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def calendars(self) -> Calendars: ...
    @property
    def push_channels(self) -> PushChannels: ...
    @property
    def events(self) -> Events: ...
    @property
    def schedules(self) -> Schedules: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def appointments(self) -> Appointments: ...
    @property
    def effects(self) -> Effects: ...
    @property
    def remote_links(self) -> RemoteLinks: ...
    @property
    def messages(self) -> Messages: ...
    @property
    def offers(self) -> Offers: ...
    @property
    def taken(self) -> Taken: ...
    @property
    def change_sets(self) -> ChangeSets: ...
    @property
    def leavings(self) -> Leavings: ...
    @property
    def landings(self) -> Landings: ...
    @property
    def round_trips(self) -> RoundTrips: ...
    @property
    def invitees(self) -> Invitees: ...
    @property
    def erasures(self) -> Erasures: ...
    @property
    def triggers(self) -> Triggers: ...
    @property
    def firings(self) -> Firings: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def digests(self) -> Digests: ...
    @property
    def homes(self) -> Homes: ...
    @property
    def inbox(self) -> Inbox: ...

    def commit(self) -> None: ...


class Store(Protocol):
    """Opens units of work. None may stay open across a network call."""

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A consistent view; nothing may be written."""
        ...

    def writing(self, *, within: float = ...) -> AbstractContextManager[UnitOfWork]:
        """The right to write, taken at once, so that what is read in it still holds when it commits.

        Raises `Overloaded` where others write for longer than `within` seconds.
        """
        ...
