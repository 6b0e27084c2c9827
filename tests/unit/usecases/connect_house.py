"""Ana and Ben of Acme with nothing connected, a provider that consents, and every use-case of connecting."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

from bot.domain.accounts import Access, Account, Credential, Provider, RemoteIdentity
from bot.domain.connections import Arrival
from bot.domain.errors import CredentialRefused, ProviderDown
from bot.domain.people import Actor, Profile, Standing, Workspace, actor_of
from bot.usecases.confirm_account import ConfirmAccount, RejectAccount
from bot.usecases.connect_account import BeginConnecting, FinishConnecting
from bot.usecases.disconnect_account import DisconnectAccount
from bot.usecases.end_grant import EndGrant
from bot.usecases.make_connect_link import MakeConnectLink
from bot.usecases.stop_connecting import StopConnecting
from storage.vault import Vault, new_key
from tests.builders import BERLIN
from tests.fakes.clock import SettableClock
from tests.fakes.notifier import RecordingNotifier
from tests.fakes.store import FakeCredentials, FakeStore

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
URL = "https://daybook.test"
REDIRECT = f"{URL}/oauth/google/callback"
ALL_SCOPES = frozenset({"read", "write"})


@dataclass
class Provided:
    """Implements `ports.ConsentGateway`: a code opens once, with the verifier that it was asked with.

    `asked` holds what each consent page was opened with, `exchanged` the codes, `revoked` the refresh tokens.
    """

    granted: frozenset[str] = ALL_SCOPES
    signs_in_as: str = "ana@acme.test"
    external_id: str = ""
    asked: list[tuple[Access, str, str, str]] = field(default_factory=list)
    exchanged: list[str] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    revoke_fails_with: Exception | None = None
    before_revoke: Callable[[], None] = lambda: None

    def authorization_url(self, *, access: Access, state: str, verifier: str, redirect_uri: str) -> str:
        self.asked.append((access, state, verifier, redirect_uri))
        return f"https://provider.test/consent?{urlencode({'state': state})}"

    def exchange(self, *, code: str, verifier: str, redirect_uri: str) -> Credential:
        self.exchanged.append(code)
        if verifier not in [asked[2] for asked in self.asked] or redirect_uri != REDIRECT:
            raise CredentialRefused("The provider did not accept this sign-in.")
        return Credential(f"access-{code}", f"refresh-{code}", NOW + timedelta(hours=1), self.granted)

    def missing_scopes(self, credential: Credential, access: Access) -> tuple[str, ...]:
        needed = ("read", "write") if access is Access.FULL else ("read",)
        return tuple(scope for scope in needed if scope not in credential.scopes)

    def identity(self, credential: Credential) -> RemoteIdentity:
        return RemoteIdentity(self.signs_in_as, self.external_id)

    def revoke(self, credential: Credential) -> None:
        self.before_revoke()
        if self.revoke_fails_with is not None:
            raise self.revoke_fails_with
        self.revoked.append(credential.refresh_token)


@dataclass
class Notices(RecordingNotifier):
    """A notifier whom Slack may refuse: then `is_refused`."""

    is_refused: bool = False

    def ask_to_confirm(self, actor: Actor, account: Account) -> None:
        if self.is_refused:
            raise ProviderDown("Slack did not take the message.")
        super().ask_to_confirm(actor, account)


class ConnectHouse:
    """The use-cases on one store; ids, secrets and codes are counted."""

    def __init__(self) -> None:
        numbers = count(100)
        self._codes = count(1)
        self.store, self.clock, self.provider = FakeStore(), SettableClock(NOW), Provided()
        self.notifier, self.vault = Notices(), Vault([new_key()])
        store, clock, vault = self.store, self.clock, self.vault
        consent = {Provider.GOOGLE: self.provider}

        def new_id() -> UUID:
            return UUID(int=next(numbers))

        def new_secret() -> str:
            return f"secret-{next(numbers)}"

        self.make_link = MakeConnectLink(store, clock, new_id, new_secret, URL)
        self.begin = BeginConnecting(store, clock, new_secret, vault, consent, URL)
        self.finish = FinishConnecting(store, clock, new_id, vault, consent, self.notifier, URL)
        self.end_grant = EndGrant(store, FakeCredentials(store), consent)
        self.stop = StopConnecting(store, vault, self.end_grant, clock)
        self.confirm = ConfirmAccount(store, clock)
        self.reject = RejectAccount(store, self.end_grant)
        self.disconnect = DisconnectAccount(store, self.end_grant, self.clock)
        self.ana, self.ben = self._join("U1", "Ana"), self._join("U2", "Ben")

    def link(self, actor: Actor, access: Access = Access.FULL) -> str:
        """The token of a new link."""
        return parse_qs(urlsplit(self.make_link(actor, Provider.GOOGLE, access)).query)["link"][0]

    def leave(self, token: str) -> tuple[str, str]:
        """Follow a link: the state that the provider was given, and the browser's cookie."""
        departure = self.begin("google", token)
        return self.provider.asked[-1][1], departure.cookie

    def return_with(self, state: str, cookie: str, **params: str) -> Arrival:
        """Come back from the provider with a fresh code."""
        code = f"code-{next(self._codes)}"
        return self.finish(Provider.GOOGLE, {"state": state, "code": code, **params}, cookie)

    def arrive(self, actor: Actor, access: Access = Access.FULL, address: str = "ana@acme.test") -> tuple[Arrival, str]:
        """The browser's whole part: an account that waits for its member, and the browser's cookie."""
        self.provider.signs_in_as = address
        state, cookie = self.leave(self.link(actor, access))
        return self.return_with(state, cookie), cookie

    def connect(self, actor: Actor, access: Access = Access.FULL, address: str = "ana@acme.test") -> Account:
        """An active account."""
        arrival, _ = self.arrive(actor, access, address)
        return self.confirm(actor, arrival.account.id)

    def accounts(self) -> list[Account]:
        """Every account there is, pending ones included."""
        return [row.account for row in self.store.tables.accounts.values()]

    def _join(self, slack_id: str, name: str) -> Actor:
        with self.store.writing() as work:
            workspace = work.workspaces.add(Workspace(UUID(int=1), "T1", "Acme"))
            profile = Profile(slack_id, name, BERLIN, Standing.FULL, is_admin=False)
            member_id = UUID(int=10 + len(self.store.tables.members))
            member = work.members.save(workspace.id, profile, new_id=member_id, now=NOW)
            work.commit()
        return actor_of(member, workspace)
