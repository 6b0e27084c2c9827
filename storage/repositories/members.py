"""The people of a workspace."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select, update

from bot.domain.errors import NotFound
from bot.domain.people import Actor, Member, Profile, Standing
from bot.domain.reading_habits import OwnHabits
from storage.repositories.upserts import upsert
from storage.tables import MEMBERS
from storage.text import storable

_FROM_SLACK = ("name", "zone", "standing", "is_admin", "checked_at", "locale")

# Built once, because it is asked for with everything that a person does.
_BY_SLACK_IDS = select(MEMBERS).where(
    MEMBERS.c.workspace_id == bindparam("workspace"),
    MEMBERS.c.slack_user_id.in_(bindparam("users", expanding=True)),
)
_BY_ID = select(MEMBERS).where(MEMBERS.c.workspace_id == bindparam("workspace"), MEMBERS.c.id == bindparam("member"))


class SqlMembers:
    """Implements `ports.Members`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, workspace_id: UUID, profile: Profile, *, new_id: UUID, now: datetime) -> Member:
        """Insert or refresh the member of that Slack id; `new_id` is used for a new one alone."""
        statement = upsert(
            self._connection.dialect.name, MEMBERS, by=("workspace_id", "slack_user_id"), updating=_FROM_SLACK
        )
        values = {
            "id": new_id,
            "workspace_id": workspace_id,
            "slack_user_id": profile.slack_user_id,
            "name": storable(profile.name),
            "zone": profile.zone,
            "standing": profile.standing,
            "is_admin": profile.is_admin,
            "checked_at": now,
            "locale": profile.locale,
        }
        return _member(self._connection.execute(statement.returning(MEMBERS), values).one())

    def choose_habits(self, actor: Actor, own: OwnHabits) -> Member:
        """Keep how the actor wants to read times; raises `NotFound`."""
        statement = (
            update(MEMBERS)
            .where(MEMBERS.c.workspace_id == actor.workspace_id, MEMBERS.c.id == actor.member_id)
            .values(hour_cycle=own.hour_cycle, first_day=own.first_day)
            .returning(MEMBERS)
        )
        row = self._connection.execute(statement).one_or_none()
        if row is None:
            raise NotFound
        return _member(row)

    def by_slack_ids(self, workspace_id: UUID, slack_user_ids: Sequence[str]) -> Mapping[str, Member]:
        """Those that are known, by their Slack ids."""
        found = self._connection.execute(_BY_SLACK_IDS, {"workspace": workspace_id, "users": slack_user_ids})
        return {row.slack_user_id: _member(row) for row in found}

    def full(self, workspace_id: UUID) -> Sequence[Member]:
        """The full members that are known, by name."""
        is_full = MEMBERS.c.standing == Standing.FULL
        found = self._connection.execute(
            select(MEMBERS)
            .where(MEMBERS.c.workspace_id == workspace_id, is_full)
            .order_by(MEMBERS.c.name, MEMBERS.c.slack_user_id)
        )
        return [_member(row) for row in found]

    def get(self, workspace_id: UUID, member_id: UUID) -> Member:
        """The member of that id in this workspace; raises `NotFound`."""
        found = self._connection.execute(_BY_ID, {"workspace": workspace_id, "member": member_id}).one_or_none()
        if found is None:
            raise NotFound
        return _member(found)


def _member(row: Row[Any]) -> Member:
    return Member(
        id=row.id,
        workspace_id=row.workspace_id,
        slack_user_id=row.slack_user_id,
        name=row.name,
        zone=row.zone,
        standing=row.standing,
        is_admin=row.is_admin,
        checked_at=row.checked_at,
        locale=row.locale,
        own_habits=OwnHabits(row.hour_cycle, row.first_day),
    )
