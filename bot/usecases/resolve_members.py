"""The members whom a request names, looked up in Slack where Daybook has not met them yet."""

from collections.abc import Sequence

from bot.domain.errors import NotAllowed
from bot.domain.people import Actor, Member, Standing
from bot.domain.permissions import may_query
from bot.ports import Clock, Directory, NewId, Store


class ResolveMembers:
    """Slack ids into members whom the actor may ask about."""

    def __init__(self, store: Store, directory: Directory, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._directory = directory
        self._clock = clock
        self._new_id = new_id

    def __call__(self, actor: Actor, slack_user_ids: Sequence[str]) -> tuple[Member, ...]:
        """In the order named, each once; nobody named means the actor himself.

        Raises `NotAllowed` for guests, people of other organisations, people who left, and bots. Of those nothing is
        stored that Daybook did not know before.
        """
        wanted = tuple(dict.fromkeys(slack_user_ids)) or (actor.slack_user_id,)
        with self._store.reading() as work:
            known = dict(work.members.by_slack_ids(actor.workspace_id, wanted))
        for user_id in wanted:
            if user_id not in known:
                known[user_id] = self._look_up(actor, user_id)
        members = tuple(known[user_id] for user_id in wanted)
        for member in members:
            if not may_query(actor, member):
                raise _refused(member.name)
        return members

    def _look_up(self, actor: Actor, user_id: str) -> Member:
        profile = self._directory.profile(user_id, actor.slack_team_id)
        if profile.is_app:
            raise NotAllowed(f"{profile.name} is an app and has no calendar. Choose people only.")
        if profile.standing is not Standing.FULL:
            raise _refused(profile.name)
        with self._store.writing() as work:
            member = work.members.save(actor.workspace_id, profile, new_id=self._new_id(), now=self._clock.now())
            work.commit()
        return member


def _refused(name: str) -> NotAllowed:
    return NotAllowed(f"{name} is not a full member of this workspace, so Daybook keeps no calendar for them.")
