"""Everything that Calendar Settings shows of a member."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.accounts import Account
from bot.domain.calendars import Calendar, Role
from bot.domain.change_sets import SwitchProgress
from bot.domain.connections import Status
from bot.domain.preferences import Preferences
from bot.domain.reading_habits import EVERYBODYS, FOLLOWS_SLACK, Habits, OwnHabits
from bot.domain.reminders import USUAL_CHOICE, ReminderChoice


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """A member's connections and calendars with what he decided about his time.

    Args:
        event_counts: how many events were read from each calendar; none where it is missing.
        slack_zone: where Slack says he is, an IANA name.
        today: the date in the zone of his hours.
        switched: his last switch of a sync option that can be undone.
        reminders: how he is reminded.
        own_habits: what he chose of how he reads times.
        slack_habits: how he would read them if he had chosen nothing.
    """

    status: Status
    event_counts: Mapping[UUID, int]
    preferences: Preferences
    slack_zone: str
    today: date
    switched: SwitchProgress | None = None
    reminders: ReminderChoice = USUAL_CHOICE
    own_habits: OwnHabits = FOLLOWS_SLACK
    slack_habits: Habits = EVERYBODYS

    def in_role(self, role: Role) -> tuple[Calendar, ...]:
        """His calendars in that role, by name."""
        return tuple(one for one in self.status.calendars if one.role is role)

    def events_of(self, account: Account) -> int:
        """How many events were read through an account."""
        return sum(self.event_counts.get(one.id, 0) for one in self.status.of_account(account))
