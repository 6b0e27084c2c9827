"""The client for Zoom in front of its stand-in, with people who connect accounts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID, uuid5

import httpx

from bot.clients.zoom.asking import ZoomApi, ZoomAsking
from bot.clients.zoom.consent import ZoomConsent
from bot.clients.zoom.meetings import ZoomMeetings
from bot.clients.zoom.oauth import ZoomOAuth
from bot.clients.zoom.tokens import ZoomTokens
from bot.domain.accounts import Access, Credential, RefreshClaim
from bot.domain.errors import NotFound
from bot.domain.meetings import MeetingPlan
from bot.sandbox.zoom.grants import Client
from bot.sandbox.zoom.world import ZoomWorld
from tests.builders import BERLIN, second
from tests.contracts.google_client import SetClock
from tests.contracts.zoom_desk import ANA, CALLBACK, VERIFIER, Desk, DeskFactory, answers_of
from tests.patience import PATIENCE

PLAN = MeetingPlan("Daybook 1", "Maya Ortiz and Ana", second("15:00"), 30, BERLIN)


@dataclass
class KeptCredentials:
    """A vault in memory.

    `writes` tells in order what was done to it; `once_claimed` is called when somebody has claimed, as if another one
    did something just then.
    """

    kept: dict[UUID, Credential] = field(default_factory=dict)
    held: dict[UUID, RefreshClaim] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    once_claimed: Callable[[], None] = lambda: None

    def load(self, account_id: UUID) -> Credential:
        try:
            return self.kept[account_id]
        except KeyError:
            raise NotFound from None

    def claim_refresh(self, account_id: UUID, *, now: object, lease: timedelta) -> RefreshClaim | None:
        if account_id in self.held:
            return None
        self.writes.append("claim")
        claim = self.held[account_id] = RefreshClaim(account_id, len(self.writes), self.load(account_id))
        self.once_claimed()
        return claim

    def finish_refresh(self, claim: RefreshClaim, new: Credential) -> Credential:
        return self._end("finish", claim, new)

    def give_up_refresh(self, claim: RefreshClaim) -> Credential:
        return self._end("give up", claim, replace(claim.credential, refresh_token=""))

    def release_refresh(self, claim: RefreshClaim) -> None:
        self.writes.append("release")
        self.held.pop(claim.account_id, None)

    def _end(self, how: str, claim: RefreshClaim, new: Credential) -> Credential:
        self.writes.append(how)
        self.held.pop(claim.account_id, None)
        if self.kept[claim.account_id] == claim.credential:
            self.kept[claim.account_id] = new
        return self.kept[claim.account_id]


@dataclass
class ZoomSetup:
    """Everything that a test may want to look at or to break."""

    desk: Desk
    clock: SetClock
    credentials: KeptCredentials
    oauth: ZoomOAuth
    consent: ZoomConsent
    tokens: ZoomTokens
    meetings: ZoomMeetings

    @property
    def world(self) -> ZoomWorld:
        """The stand-in."""
        return self.desk.world

    @property
    def client(self) -> Client:
        """Daybook's app."""
        return self.desk.client

    def agreed(self, email: str = ANA) -> Credential:
        """The credential that a person's consent yields."""
        url = self.consent.authorization_url(
            access=Access.FULL, state="state-1", verifier=VERIFIER, redirect_uri=CALLBACK
        )
        code = answers_of(self.desk.browser.consents(url, email))["code"]
        return self.consent.exchange(code=code, verifier=VERIFIER, redirect_uri=CALLBACK)

    def connect(self, email: str = ANA) -> UUID:
        """An account whose credential is kept."""
        account_id = uuid5(UUID(int=2), email)
        self.credentials.kept[account_id] = self.agreed(email)
        return account_id

    def with_secret(self, secret: str) -> ZoomOAuth:
        """Daybook, set up with another client secret."""
        return replace(self.oauth, client_secret=secret)


@contextmanager
def a_zoom(new_desk: DeskFactory) -> Iterator[ZoomSetup]:
    """A world of its own, with one clock for Zoom and for Daybook."""
    with new_desk() as desk, httpx.Client(verify=False, trust_env=False, timeout=PATIENCE) as http:
        clock, credentials = SetClock(), KeptCredentials()
        desk.world.now = clock.now
        oauth = ZoomOAuth(
            client_id=desk.client.id,
            client_secret=desk.client.secret,
            auth_url=desk.urls.auth_url,
            token_url=desk.urls.token_url,
            revoke_url=desk.urls.revoke_url,
            http=http,
            clock=clock,
        )
        api = ZoomApi(desk.urls.api_url, http, clock)
        tokens = ZoomTokens(credentials, oauth, clock, patience_seconds=0.2)
        meetings = ZoomMeetings(ZoomAsking(api, tokens))
        yield ZoomSetup(desk, clock, credentials, oauth, ZoomConsent(oauth, api), tokens, meetings)
