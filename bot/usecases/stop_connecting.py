"""*This was not me*: undo a connection from the browser that made it, confirmed in Slack or not.

Whoever was talked into following somebody else's link reads on the page whose Slack member got his calendar;
this is his way out, and needs nobody's consent but his own.
"""

import hmac
import json
from datetime import UTC, datetime
from uuid import UUID

from bot.domain.errors import LinkUnusable, SecretUnreadable
from bot.domain.people import actor_of
from bot.ports import Clock, Sealer, Store
from bot.usecases.adopt_links import tell_cut_off
from bot.usecases.connect_account import FORGED, STOP_PURPOSE
from bot.usecases.end_grant import EndGrant
from bot.usecases.make_connect_link import digest_of

TOO_OLD = (
    "This page is more than an hour old, so it cannot undo the connection any more. Nothing was changed. "
    "You can still take the permission back in your account there, under the apps that have access to it."
)


class StopConnecting:
    """End the connection that the page's sealed ticket names, if this is the browser that made it."""

    def __init__(self, store: Store, sealer: Sealer, end_grant: EndGrant, clock: Clock) -> None:
        self._store = store
        self._sealer = sealer
        self._end_grant = end_grant
        self._clock = clock

    def __call__(self, ticket: str, cookie: str) -> None:
        """A connection already gone is a success.

        Confirmed, its permission may live on in an older account of the same address, which then goes; but an
        account that took over nothing of this very connection is none of this browser's business.

        Raises `LinkUnusable` for a forged ticket, another browser, or after an hour.
        """
        account_id = self._named(ticket, cookie)
        with self._store.reading() as work:
            account = work.accounts.known(account_id) or work.accounts.that_absorbed(account_id)
            if account is None:
                return
            workspace = work.workspaces.get(account.workspace_id)
            owner = actor_of(work.members.get(workspace.id, account.member_id), workspace)
        self._end_grant(account, lambda work, _told: tell_cut_off(work, owner, account.id, self._clock.now()))

    def _named(self, ticket: str, cookie: str) -> UUID:
        try:
            named = json.loads(self._sealer.open(ticket, purpose=STOP_PURPOSE))
        except (SecretUnreadable, ValueError) as error:
            raise LinkUnusable(FORGED) from error
        if not hmac.compare_digest(named["browser"], digest_of(cookie)):
            raise LinkUnusable(FORGED)
        if datetime.fromtimestamp(named["until"], UTC) <= self._clock.now():
            raise LinkUnusable(TOO_OLD)
        return UUID(named["account"])
