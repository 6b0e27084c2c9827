"""Has Slack say which addresses are colleagues', as far as it can be asked at once."""

from collections.abc import Collection, Mapping, Sequence

from bot.domain.calendars import Calendar
from bot.domain.errors import AddressesWithheld
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
            lacked = work.workspaces.lacks_addresses(calendar.workspace_id)
        found, lacks = self._asked(sorted(emails)[:_PEOPLE_AT_ONCE], team_id)
        # Where Slack was silent, whether Daybook may ask is not known either.
        is_other = lacks is not lacked and (lacks or bool(found))
        if not found and not is_other:
            return
        with self._store.writing() as work:
            if found:
                work.invitees.remember_colleagues(calendar.workspace_id, found, self._clock.now())
            if is_other:
                work.workspaces.note_addresses(calendar.workspace_id, lacks=lacks)
            work.commit()

    def _asked(self, emails: Sequence[str], team_id: str) -> tuple[Mapping[str, bool], bool]:
        """What Slack said, and whether Daybook may not ask it."""
        try:
            return self._roster.colleagues(emails, team_id), False
        except AddressesWithheld:
            return {}, True
