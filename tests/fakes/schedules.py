"""An in-memory repository of what members decided about their time, with the semantics of `bot.ports`."""

from collections.abc import Callable, Mapping
from uuid import UUID

from bot.domain.people import Actor
from bot.domain.preferences import Preferences, default_preferences
from tests.fakes.tables import Tables


class FakeSchedules:
    """Implements `ports.Schedules`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def of(self, actor: Actor, slack_zones: Mapping[UUID, str]) -> Mapping[UUID, Preferences]:
        return {member_id: self._one(actor, member_id, zone) for member_id, zone in slack_zones.items()}

    def change(self, actor: Actor, change: Callable[[Preferences], Preferences]) -> None:
        self._tables.schedules[actor.member_id] = change(self._one(actor, actor.member_id, actor.zone))

    def _one(self, actor: Actor, member_id: UUID, slack_zone: str) -> Preferences:
        stored = self._tables.schedules.get(member_id)
        if stored is None or self._tables.members[member_id].workspace_id != actor.workspace_id:
            return default_preferences(slack_zone)
        return stored.following(slack_zone)
