"""Who reads a channel, as far as that decides what may be shown there."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from bot.domain.digests import MOST_ASKED
from bot.domain.errors import NotAllowed, ProviderError
from bot.domain.people import Member, Standing
from bot.ports import Clock, DigestChannels, Directory, Store

_LOOKED_AT_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HasOutsiders:
    """Whether anybody but full members of the workspace reads a channel, or may; what nobody can say counts as yes.

    Slack tells when somebody becomes a guest, and that may not reach us: so it is asked again about whom nobody looked
    at for a day.
    """

    store: Store
    channels: DigestChannels
    directory: Directory
    clock: Clock

    def __call__(self, workspace_id: UUID, channel_id: str) -> bool:
        """Asked of Slack at every call, because people come and go.

        It is asked about forty at most; of those who are known, whoever was not looked at for longest comes first.
        """
        readers = self.channels.readers(channel_id)
        if readers is None:
            return True
        with self.store.reading() as work:
            team_id = work.workspaces.get(workspace_id).slack_team_id
            known = work.members.by_slack_ids(workspace_id, readers)
        if any(member.standing is not Standing.FULL for member in known.values()):
            return True
        unknown = [one for one in readers if one not in known]
        if unknown and not self.channels.are_full(unknown, team_id):
            return True
        before = self.clock.now() - _LOOKED_AT_FOR
        old = [member for member in known.values() if member.checked_at <= before]
        old.sort(key=lambda member: (member.checked_at, member.id))
        return not all(self._is_still_full(one, team_id) for one in old[: max(0, MOST_ASKED - len(unknown))])

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
