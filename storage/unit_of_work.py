"""One transaction over all repositories."""

from sqlalchemy import Connection

from storage.repositories.accounts import SqlAccounts
from storage.repositories.appointments import SqlAppointments
from storage.repositories.calendars import SqlCalendars
from storage.repositories.change_sets import SqlChangeSets
from storage.repositories.channels import SqlPushChannels
from storage.repositories.contacts import SqlContacts
from storage.repositories.digests import SqlDigests
from storage.repositories.effects import SqlEffects
from storage.repositories.erasures import SqlErasures
from storage.repositories.events import SqlEvents
from storage.repositories.firings import SqlFirings
from storage.repositories.forgotten import Forgotten
from storage.repositories.homes import SqlHomes
from storage.repositories.inbox import SqlInbox
from storage.repositories.invitees import SqlInvitees
from storage.repositories.landings import SqlLandings
from storage.repositories.leavings import SqlLeavings
from storage.repositories.links import SqlConnectLinks
from storage.repositories.members import SqlMembers
from storage.repositories.messages import SqlMessages
from storage.repositories.offers import SqlOffers
from storage.repositories.reminders import SqlReminders
from storage.repositories.remote_links import SqlRemoteLinks
from storage.repositories.round_trips import SqlRoundTrips
from storage.repositories.schedules import SqlSchedules
from storage.repositories.taken import SqlTaken
from storage.repositories.triggers import SqlTriggers
from storage.repositories.workspaces import SqlWorkspaces
from storage.vault import Vault


class SqlUnitOfWork:
    """Implements `ports.UnitOfWork` on a connection that its opener closes, which undoes the uncommitted."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self.workspaces = SqlWorkspaces(connection)
        self.members = SqlMembers(connection)
        self.links = SqlConnectLinks(connection)
        self.accounts = SqlAccounts(connection, vault)
        self.calendars = SqlCalendars(connection)
        self.push_channels = SqlPushChannels(connection)
        self.events = SqlEvents(connection, Forgotten(connection, vault))
        self.schedules = SqlSchedules(connection)
        self.contacts = SqlContacts(connection)
        self.invitees = SqlInvitees(connection)
        self.erasures = SqlErasures(connection, vault)
        self.appointments = SqlAppointments(connection)
        self.effects = SqlEffects(connection)
        self.remote_links = SqlRemoteLinks(connection)
        self.messages = SqlMessages(connection)
        self.offers = SqlOffers(connection)
        self.taken = SqlTaken(connection)
        self.change_sets = SqlChangeSets(connection)
        self.leavings = SqlLeavings(connection)
        self.landings = SqlLandings(connection)
        self.round_trips = SqlRoundTrips(connection)
        self.triggers = SqlTriggers(connection, vault)
        self.firings = SqlFirings(connection)
        self.reminders = SqlReminders(connection)
        self.digests = SqlDigests(connection)
        self.homes = SqlHomes(connection)
        self.inbox = SqlInbox(connection)

    def commit(self) -> None:
        """Keep what was written; what follows is another transaction of the same kind."""
        self.homes.write_changed()
        self._connection.commit()
