"""Calendar Settings: what a member has connected, and what he decided about his time."""

from bot.domain.calendar_settings import CalendarSettings
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.reading_habits import usual_habits
from bot.domain.wall_time import epoch, local_day, zone_named
from bot.ports import Clock, Store
from bot.usecases.show_status import status_of
from bot.usecases.switch_option import last_switch


class ShowSettings:
    """Gather the actor's own; nobody else's can be asked for."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor) -> CalendarSettings:
        """Everything there is, whether anything is connected or not."""
        require_full_member(actor)
        now = self._clock.now()
        with self._store.reading() as work:
            status = status_of(work, actor, now)
            preferences = work.schedules.of(actor, {actor.member_id: actor.zone})[actor.member_id]
            event_counts = work.calendars.event_counts(actor)
            switched = last_switch(work, actor, now)
            reminders = work.reminders.choice(actor.member_id)
            member = work.members.get(actor.workspace_id, actor.member_id)
        today = local_day(epoch(now), zone_named(preferences.schedule.zone))
        return CalendarSettings(
            status,
            event_counts,
            preferences,
            actor.zone,
            today,
            switched,
            reminders,
            own_habits=member.own_habits,
            slack_habits=usual_habits(member.locale),
        )
