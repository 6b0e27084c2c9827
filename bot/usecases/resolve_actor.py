"""Turns the person whom Slack names into the actor on whose behalf everything is looked up."""

from dataclasses import dataclass
from datetime import timedelta

from bot.domain.errors import NotAllowed
from bot.domain.people import Actor, Member, Standing, Workspace, actor_of
from bot.domain.permissions import refusal_of, require_full_member
from bot.ports import Clock, Directory, NewId, Store

PROFILE_AGE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asker:
    """A person as a payload names him: his own team, and the one that Daybook was called in."""

    user_id: str
    team_id: str
    installed_team_id: str
    enterprise_id: str = ""


class ResolveActor:
    """The member behind an asker, freshly enough known; refuses whoever may not use Daybook."""

    def __init__(self, store: Store, directory: Directory, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._directory = directory
        self._clock = clock
        self._new_id = new_id

    def __call__(self, asker: Asker) -> Actor:
        """Raises `NotAllowed`, or `ProviderError` when an unknown person cannot be looked up."""
        if not asker.user_id or _comes_from_elsewhere(asker):
            raise NotAllowed(refusal_of(Standing.EXTERNAL))
        workspace, member = self._known(asker)
        if member is None or self._clock.now() - member.checked_at > PROFILE_AGE:
            member = self._look_up(workspace, asker.user_id)
        actor = actor_of(member, workspace)
        require_full_member(actor)
        return actor

    def refresh(self, asker: Asker) -> None:
        """Read the person's profile anew, if Daybook knows him: he moved zone, became a guest or left."""
        if _comes_from_elsewhere(asker):
            return
        workspace, member = self._known(asker)
        if member is not None:
            self._look_up(workspace, asker.user_id)

    def _known(self, asker: Asker) -> tuple[Workspace, Member | None]:
        with self._store.reading() as work:
            workspace = work.workspaces.by_team(asker.installed_team_id)
            if workspace is None:
                raise NotAllowed(refusal_of(Standing.EXTERNAL))
            members = work.members.by_slack_ids(workspace.id, [asker.user_id])
            return workspace, members.get(asker.user_id)

    def _look_up(self, workspace: Workspace, user_id: str) -> Member:
        profile = self._directory.profile(user_id, workspace.slack_team_id)
        with self._store.writing() as work:
            member = work.members.save(workspace.id, profile, new_id=self._new_id(), now=self._clock.now())
            work.commit()
        return member


def _comes_from_elsewhere(asker: Asker) -> bool:
    """Within an enterprise a person of another workspace may be a colleague here; then Slack's word on him counts."""
    return asker.team_id != asker.installed_team_id and not asker.enterprise_id
