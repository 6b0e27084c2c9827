"""Who reads a channel, as far as that decides what may be shown there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.digests import LOOKED_FOR, MOST_ASKED
from bot.domain.errors import NotAllowed, ProviderError
from bot.domain.people import Member, Standing
from bot.ports import Clock, DigestChannels, Directory, Store

_LOOKED_AT_FOR = timedelta(days=1)
_MOST_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class HasOutsiders:
    """Whether anybody but full members of the workspace reads a channel, or may; what nobody can say counts as yes.

    Slack tells when somebody becomes a guest, and that may not reach us: so it is asked again about whom nobody looked
    at for a day. Of full members whom Daybook does not know it is remembered for as long, in memory, as `seen`.
    """

    store: Store
    channels: DigestChannels
    directory: Directory
    clock: Clock
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict, compare=False, repr=False)

    def __call__(self, workspace_id: UUID, channel_id: str) -> bool:
        """Asked of Slack at every call, because people come and go.

        It is asked about forty at most, and for half a minute: whoever is not known as a full member, then those of the
        others at whom nobody looked for longest.
        """
        now = self.clock.now()
        readers = self.channels.readers(channel_id)
        if readers is None:
            return True
        with self.store.reading() as work:
            team_id = work.workspaces.get(workspace_id).slack_team_id
            known = work.members.by_slack_ids(workspace_id, readers)
        full = {one: member for one, member in known.items() if member.standing is Standing.FULL}
        before = now - _LOOKED_AT_FOR
        # A bot that somebody named once is stored as nobody's colleague, yet it is of this workspace: Slack's word on
        # it counts, as on those who were never stored.
        doubtful = [
            one for one in readers if one not in full and not self._was_seen((team_id, one), known.get(one), before)
        ]
        if len(doubtful) > MOST_ASKED:
            return True
        old = [member for member in full.values() if member.checked_at <= before]
        old.sort(key=lambda member: (member.checked_at, member.id))
        until = now + LOOKED_FOR
        are_full = all(self.clock.now() < until and self._is_full(one, team_id) for one in doubtful)
        asked = old[: MOST_ASKED - len(doubtful)]
        return not (are_full and all(self.clock.now() < until and self._is_still_full(one, team_id) for one in asked))

    def _was_seen(self, reader: tuple[str, str], known: Member | None, before: datetime) -> bool:
        """Whether Slack called the reader full since then, and since the stored word, which says that he is not."""
        at = self.seen.get(reader, before)
        return at > before and (known is None or at > known.checked_at)

    def _is_full(self, slack_user_id: str, team_id: str) -> bool:
        is_full = self.channels.is_full(slack_user_id, team_id)
        if is_full:
            if len(self.seen) >= _MOST_REMEMBERED:
                self.seen.clear()
            self.seen[team_id, slack_user_id] = self.clock.now()
        return is_full

    def _is_still_full(self, member: Member, team_id: str) -> bool:
        try:
            profile = self.directory.profile(member.slack_user_id, team_id)
        except (NotAllowed, ProviderError):
            return False
        with self.store.writing() as work:
            # Whoever was forgotten meanwhile stays so.
            if member.slack_user_id in work.members.by_slack_ids(member.workspace_id, [member.slack_user_id]):
                work.members.save(member.workspace_id, profile, new_id=member.id, now=self.clock.now())
                work.commit()
        return profile.standing is Standing.FULL
