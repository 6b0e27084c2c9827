"""The browser's part of connecting an account: from the private link to the provider and back.

The link alone changes nothing: following it, however often and by whatever previews links, only redirects. State,
cookie and PKCE verifier belong together; what the callback gets must open with our key, match the browser's
cookie, and burn the link, which works once. The connection then waits for its member's word in Slack.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot.domain.accounts import Account, AccountStatus, ConnectLink, Credential, Provider, RemoteIdentity
from bot.domain.connections import Arrival, Departure
from bot.domain.errors import ConsentIncomplete, LinkUnusable, ProviderError, SecretUnreadable
from bot.domain.people import Actor, actor_of
from bot.ports import Clock, ConsentGateway, NewId, NewSecret, Notifier, Sealer, Store
from bot.usecases.make_connect_link import digest_of

STATE_PURPOSE = "oauth-state"
STOP_PURPOSE = "stop-connection"

STOP_LIFE = timedelta(hours=1)
"""How long the browser that made a connection may undo it."""

FORGED = "This page was not reached from a link of Daybook's. Nothing was stored. Ask for a new link in Slack."
EXPIRED = "This link has expired or was used already. Nothing was stored. Ask for a new one in Slack."
OTHER_BROWSER = (
    "This sign-in was started in another browser, or in another tab since. Nothing was stored. "
    "Ask for a new link in Slack and open it in this browser."
)
ALREADY_FULL = (
    "{address} is connected already, with permission to write. Its calendars can be conflict calendars as it is. "
    "Nothing was changed."
)
DENIED = (
    "You chose not to share this account. Nothing was stored. "
    "If you change your mind, type /daybook connect in Slack for a new link."
)


class BeginConnecting:
    """Follow a private link: writes nothing, so that previews of the link do no harm."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        new_secret: NewSecret,
        sealer: Sealer,
        consent: Mapping[Provider, ConsentGateway],
        public_url: str,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_secret = new_secret
        self._sealer = sealer
        self._consent = consent
        self._public_url = public_url

    def __call__(self, provider_name: str, token: str) -> Departure:
        """Raises `LinkUnusable` for a link that is forged, used or expired."""
        with self._store.reading() as work:
            link = work.links.by_digest(digest_of(token))
        if link is None or link.provider != provider_name or link.provider not in self._consent:
            raise LinkUnusable(FORGED)
        if link.used_at is not None or link.expires_at <= self._clock.now():
            raise LinkUnusable(EXPIRED)
        cookie = self._new_secret()
        state = json.dumps({"link": token, "provider": link.provider, "browser": digest_of(cookie)})
        url = self._consent[link.provider].authorization_url(
            access=link.access,
            state=self._sealer.seal(state, purpose=STATE_PURPOSE),
            verifier=verifier_of(token, cookie),
            redirect_uri=redirect_uri(self._public_url, link.provider),
        )
        return Departure(url, cookie)


class FinishConnecting:
    """Come back from the provider: burn the link, store a pending account, ask its member in Slack."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        new_id: NewId,
        sealer: Sealer,
        consent: Mapping[Provider, ConsentGateway],
        notifier: Notifier,
        public_url: str,
    ) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id
        self._sealer = sealer
        self._consent = consent
        self._notifier = notifier
        self._public_url = public_url

    def __call__(self, provider: Provider, params: Mapping[str, str], cookie: str) -> Arrival:
        """Raises `LinkUnusable`, `ConsentIncomplete`, or the client's `ProviderError`; then nothing is stored."""
        if provider not in self._consent:
            raise LinkUnusable(FORGED)
        token = self._token_from(provider, params.get("state", ""), cookie)
        if params.get("error"):
            raise LinkUnusable(DENIED)
        code = params.get("code", "")
        if not code:
            raise LinkUnusable(FORGED)
        link = self._burn(token)
        gateway = self._consent[provider]
        credential = gateway.exchange(
            code=code,
            verifier=verifier_of(token, cookie),
            redirect_uri=redirect_uri(self._public_url, provider),
        )
        missing = gateway.missing_scopes(credential, link.access)
        if missing:
            with suppress(ProviderError):  # without knowing whose it is, or without an answer, it stays as it is
                self._give_back(link, gateway, credential)
            raise ConsentIncomplete(missing)
        return self._keep(link, credential, gateway.identity(credential), digest_of(cookie))

    def _give_back(self, link: ConnectLink, gateway: ConsentGateway, credential: Credential) -> None:
        """End a grant that is of no use, unless that would end another connection of the same account as well."""
        unwanted = pending_account(link, gateway.identity(credential), self._new_id, self._clock.now())
        with self._store.reading() as work:
            is_shared = work.accounts.is_grant_shared(unwanted)
        if not is_shared:
            gateway.revoke(credential)

    def _token_from(self, provider: Provider, sealed: str, cookie: str) -> str:
        try:
            state = json.loads(self._sealer.open(sealed, purpose=STATE_PURPOSE))
        except (SecretUnreadable, ValueError) as error:
            raise LinkUnusable(FORGED) from error
        if state["provider"] != provider:
            raise LinkUnusable(FORGED)
        if not hmac.compare_digest(state["browser"], digest_of(cookie)):
            raise LinkUnusable(OTHER_BROWSER)
        return str(state["link"])

    def _burn(self, token: str) -> ConnectLink:
        with self._store.writing() as work:
            link = work.links.by_digest(digest_of(token))
            if link is None or not work.links.use(link.id, self._clock.now()):
                raise LinkUnusable(EXPIRED)
            work.commit()
        return link

    def _keep(self, link: ConnectLink, credential: Credential, whose: RemoteIdentity, browser: str) -> Arrival:
        account = pending_account(link, whose, self._new_id, self._clock.now())
        with self._store.writing() as work:
            actor = actor_of(
                work.members.get(link.workspace_id, link.member_id), work.workspaces.get(link.workspace_id)
            )
            refuse_downgrade(account, work.accounts.of(actor))
            workspace = work.workspaces.get(link.workspace_id)
            work.accounts.add(account, credential)
            work.homes.changed([account.member_id], account.created_at)
            work.commit()
        stop = self._sealer.seal(stop_ticket(account, browser), purpose=STOP_PURPOSE)
        return Arrival(actor, workspace.name, account, stop, asked=self._ask(actor, account))

    def _ask(self, actor: Actor, account: Account) -> bool:
        try:
            self._notifier.ask_to_confirm(actor, account)
        except ProviderError:
            return False  # the page says where in Slack the question stands as well
        return True


def refuse_downgrade(new: Account, present: Sequence[Account]) -> None:
    """A read-only consent must not replace one that may write: appointments could not be kept in step any more."""
    for account in present:
        if account.would_lose_by(new):
            raise LinkUnusable(ALREADY_FULL.format(address=account.address))


def pending_account(link: ConnectLink, whose: RemoteIdentity, new_id: NewId, now: datetime) -> Account:
    """The account as it waits for its member's word."""
    return Account(
        id=new_id(),
        workspace_id=link.workspace_id,
        member_id=link.member_id,
        provider=link.provider,
        address=whose.address,
        access=link.access,
        status=AccountStatus.PENDING,
        created_at=now,
        external_id=whose.external_id,
    )


def stop_ticket(account: Account, browser: str) -> str:
    """What undoes the connection, from this browser and for as long as the page that offers it is good."""
    until = int((account.created_at + STOP_LIFE).timestamp())
    return json.dumps({"account": str(account.id), "browser": browser, "until": until})


def verifier_of(token: str, cookie: str) -> str:
    """The PKCE verifier: only who has both the link and the browser's cookie can make it, so none is stored."""
    return hmac.new(token.encode(), cookie.encode(), hashlib.sha256).hexdigest()


def redirect_uri(public_url: str, provider: Provider) -> str:
    """Where the provider sends the browser back to; must stand in the provider's console exactly so."""
    return f"{public_url}/oauth/{provider}/callback"
