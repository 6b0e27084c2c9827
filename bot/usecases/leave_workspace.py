"""Daybook was removed from a workspace: what its members connected is given back and erased."""

from collections.abc import Callable

from bot.domain.accounts import Account
from bot.domain.errors import NotFound
from bot.domain.people import actor_of
from bot.ports import Installation, Store


class LeaveWorkspace:
    """Ends every connection of the workspace, however often, late and in whatever order that is told.

    Slack itself is asked first: a message from before Daybook was installed anew is not believed.
    """

    def __init__(self, store: Store, installation: Installation, end_grant: Callable[[Account], object]) -> None:
        self._store = store
        self._installation = installation
        self._end_grant = end_grant

    def __call__(self, slack_team_id: str) -> int:
        """How many connections were ended; raises `ProviderError` where Slack does not answer."""
        if self._installation.is_installed(slack_team_id):
            return 0
        accounts = self._accounts(slack_team_id)
        for account in accounts:
            self._end_grant(account)
        return len(accounts)

    def _accounts(self, slack_team_id: str) -> list[Account]:
        with self._store.reading() as work:
            workspace = work.workspaces.by_team(slack_team_id)
            if workspace is None:
                return []
            found: list[Account] = []
            for member_id in work.erasures.connected_members(workspace.id):
                try:
                    actor = actor_of(work.members.get(workspace.id, member_id), workspace)
                except NotFound:
                    continue
                found += [*work.accounts.of(actor), *work.accounts.pending(actor)]
        return found
