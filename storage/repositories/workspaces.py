"""The Slack workspaces that Daybook is installed in."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select, update

from bot.domain.errors import NotFound
from bot.domain.people import Workspace
from storage.repositories.upserts import upsert
from storage.tables import WORKSPACES
from storage.text import storable

# Built once, because it is asked for with everything that a person does.
_BY_TEAM = select(WORKSPACES).where(WORKSPACES.c.slack_team_id == bindparam("team"))
_BY_ID = select(WORKSPACES).where(WORKSPACES.c.id == bindparam("workspace"))


class SqlWorkspaces:
    """Implements `ports.Workspaces`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, workspace: Workspace) -> Workspace:
        """Store it, or rename the one that has its Slack team id; returns the one that is stored."""
        statement = upsert(self._connection.dialect.name, WORKSPACES, by=("slack_team_id",), updating=("name",))
        values = {"id": workspace.id, "slack_team_id": workspace.slack_team_id, "name": storable(workspace.name)}
        return _workspace(self._connection.execute(statement.returning(WORKSPACES), values).one())

    def by_team(self, slack_team_id: str) -> Workspace | None:
        """The workspace of that Slack team id, if Daybook is installed there."""
        found = self._connection.execute(_BY_TEAM, {"team": slack_team_id}).one_or_none()
        return _workspace(found) if found else None

    def get(self, workspace_id: UUID) -> Workspace:
        """Raises `NotFound`."""
        found = self._connection.execute(_BY_ID, {"workspace": workspace_id}).one_or_none()
        if found is None:
            raise NotFound
        return _workspace(found)

    def lacks_addresses(self, workspace_id: UUID) -> bool:
        """Whether Daybook was not allowed to ask Slack whose an address is when it asked last."""
        lacking = select(WORKSPACES.c.lacks_addresses).where(WORKSPACES.c.id == workspace_id)
        return bool(self._connection.scalar(lacking))

    def note_addresses(self, workspace_id: UUID, *, lacks: bool) -> None:
        """Remember whether it was."""
        self._connection.execute(
            update(WORKSPACES).where(WORKSPACES.c.id == workspace_id).values(lacks_addresses=lacks)
        )


def _workspace(row: Row[Any]) -> Workspace:
    return Workspace(id=row.id, slack_team_id=row.slack_team_id, name=row.name)
