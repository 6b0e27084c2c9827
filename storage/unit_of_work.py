"""One transaction over all repositories."""

from sqlalchemy import Connection

from storage.repositories.accounts import SqlAccounts
from storage.repositories.calendars import SqlCalendars
from storage.repositories.events import SqlEvents
from storage.repositories.inbox import SqlInbox
from storage.repositories.links import SqlConnectLinks
from storage.repositories.members import SqlMembers
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
        self.inbox = SqlInbox(connection)

    def commit(self) -> None:
        """Keep what was written; what follows is another transaction of the same kind."""
        self._connection.commit()
