"""What members decided about their time."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, select

from bot.domain.appointments import Venue
from bot.domain.people import Actor
from bot.domain.preferences import Preferences, default_preferences
from bot.domain.schedule import Schedule, WallRange
from storage.repositories.locks import lock_member
from storage.repositories.upserts import upsert
from storage.tables import SCHEDULES
from storage.text import storable

_KEY = "member_id"
_OF_MEMBERS = select(SCHEDULES).where(
    SCHEDULES.c.workspace_id == bindparam("workspace"), SCHEDULES.c.member_id.in_(bindparam("members", expanding=True))
)


class SqlSchedules:
    """Implements `ports.Schedules`. What is read is checked by the domain again, as what is written was."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, actor: Actor, slack_zones: Mapping[UUID, str]) -> Mapping[UUID, Preferences]:
        """The preferences of members of the actor's workspace; for others, as for those without any, the defaults."""
        found = self._connection.execute(_OF_MEMBERS, {"workspace": actor.workspace_id, "members": list(slack_zones)})
        stored = {row.member_id: _preferences(row, slack_zones[row.member_id]) for row in found}
        return {
            member_id: stored.get(member_id) or default_preferences(zone) for member_id, zone in slack_zones.items()
        }

    def change(self, actor: Actor, change: Callable[[Preferences], Preferences]) -> None:
        """Change the actor's own: from what they are, one change at a time."""
        lock_member(self._connection, actor)
        values = _columns(change(self.of(actor, {actor.member_id: actor.zone})[actor.member_id]))
        statement = upsert(self._connection.dialect.name, SCHEDULES, by=(_KEY,), updating=tuple(values))
        own = {"member_id": actor.member_id, "workspace_id": actor.workspace_id}
        self._connection.execute(statement, own | values)


def _columns(preferences: Preferences) -> dict[str, object]:
    schedule = preferences.schedule
    return {
        "zone": schedule.zone if preferences.has_own_zone else None,
        "hours": json.dumps(schedule.hours),
        "overrides": json.dumps({day.isoformat(): ranges for day, ranges in sorted(schedule.overrides.items())}),
        "slot_minutes": schedule.slot_minutes,
        "step_minutes": schedule.step_minutes,
        "before_minutes": schedule.before_minutes,
        "after_minutes": schedule.after_minutes,
        "notice_minutes": schedule.notice_minutes,
        "horizon_days": schedule.horizon_days,
        "daily_cap": schedule.daily_cap,
        "tentative_blocks": schedule.tentative_blocks,
        "unanswered_blocks": schedule.unanswered_blocks,
        "audience": preferences.audience,
        "invited": json.dumps(preferences.invited),
        "when_stale": preferences.when_stale,
        "usual_where": preferences.usual_venue.where if preferences.usual_venue else None,
        "usual_details": storable(preferences.usual_venue.details) if preferences.usual_venue else "",
        "invites": preferences.invites,
    }


def _preferences(row: Row[Any], slack_zone: str) -> Preferences:
    schedule = Schedule(
        zone=row.zone or slack_zone,
        hours={int(weekday): _ranges(ranges) for weekday, ranges in json.loads(row.hours).items()},
        slot_minutes=row.slot_minutes,
        step_minutes=row.step_minutes,
        before_minutes=row.before_minutes,
        after_minutes=row.after_minutes,
        notice_minutes=row.notice_minutes,
        horizon_days=row.horizon_days,
        daily_cap=row.daily_cap,
        overrides={date.fromisoformat(day): _ranges(ranges) for day, ranges in json.loads(row.overrides).items()},
        tentative_blocks=row.tentative_blocks,
        unanswered_blocks=row.unanswered_blocks,
    )
    return Preferences(
        schedule=schedule,
        has_own_zone=row.zone is not None,
        audience=row.audience,
        invited=tuple(json.loads(row.invited)),
        when_stale=row.when_stale,
        usual_venue=Venue(row.usual_where, row.usual_details) if row.usual_where else None,
        invites=row.invites,
    )


def _ranges(pairs: list[list[int]]) -> tuple[WallRange, ...]:
    return tuple(WallRange(*pair) for pair in pairs)
