"""One transaction over all repositories."""

from sqlalchemy import Connection

from storage.repositories.accounts import SqlAccounts
from storage.repositories.appointments import SqlAppointments
from storage.repositories.calendars import SqlCalendars
from storage.repositories.contacts import SqlContacts
from storage.repositories.effects import SqlEffects
from storage.repositories.events import SqlEvents
from storage.repositories.inbox import SqlInbox
from storage.repositories.links import SqlConnectLinks
from storage.repositories.members import SqlMembers
from storage.repositories.messages import SqlMessages
from storage.repositories.offers import SqlOffers
from storage.repositories.remote_links import SqlRemoteLinks
from storage.repositories.schedules import SqlSchedules
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
        self.events = SqlEvents(connection)
        self.schedules = SqlSchedules(connection)
        self.contacts = SqlContacts(connection)
        self.appointments = SqlAppointments(connection)
        self.effects = SqlEffects(connection)
        self.remote_links = SqlRemoteLinks(connection)
        self.messages = SqlMessages(connection)
        self.offers = SqlOffers(connection)
        self.inbox = SqlInbox(connection)

    def commit(self) -> None:
        """Keep what was written; what follows is another transaction of the same kind."""
        self._connection.commit()
