"""A member asks for a private link with which his browser connects an account."""

import hashlib
from datetime import timedelta

from bot.domain.accounts import Access, ConnectLink, Provider
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, NewId, NewSecret, Store

LINK_LIFE = timedelta(minutes=10)


def digest_of(token: str) -> str:
    """What is stored of a link's token: enough to recognise it, useless to whoever reads the database."""
    return hashlib.sha256(token.encode()).hexdigest()


class MakeConnectLink:
    """A one-time link for one member and one provider; it dies unused after ten minutes."""

    def __init__(self, store: Store, clock: Clock, new_id: NewId, new_secret: NewSecret, public_url: str) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._new_secret = new_secret
        self._public_url = public_url

    def __call__(self, actor: Actor, provider: Provider, access: Access) -> str:
        """The link's URL; whoever has it connects an account to `actor`, once `actor` confirms it in Slack."""
        require_full_member(actor)
        token = self._new_secret()
        link = ConnectLink(
            id=self._new_id(),
            workspace_id=actor.workspace_id,
            member_id=actor.member_id,
            provider=provider,
            access=access,
            token_digest=digest_of(token),
            expires_at=self._clock.now() + LINK_LIFE,
        )
        with self._store.writing() as work:
            work.links.add(link)
            work.commit()
        return f"{self._public_url}/connect/{provider}?link={token}"
