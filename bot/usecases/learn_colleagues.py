"""Has Slack say which addresses are colleagues', as far as it can be asked at once."""

from collections.abc import Collection

from bot.domain.calendars import Calendar
from bot.ports import Clock, Roster, Store

# Slack lets itself be asked fifty times a minute, and decisions ask too.
_PEOPLE_AT_ONCE = 40


class LearnColleagues:
    """Implements `preview_option.LookUp`."""

    def __init__(self, store: Store, roster: Roster, clock: Clock) -> None:
        self._store = store
        self._roster = roster
        self._clock = clock

    def __call__(self, calendar: Calendar, emails: Collection[str]) -> None:
        """Outside any transaction; the rest of very many is for the next time."""
        with self._store.reading() as work:
            team_id = work.workspaces.get(calendar.workspace_id).slack_team_id
        found = self._roster.colleagues(sorted(emails)[:_PEOPLE_AT_ONCE], team_id)
        if found:
            with self._store.writing() as work:
                work.invitees.remember_colleagues(calendar.workspace_id, found, self._clock.now())
                work.commit()
