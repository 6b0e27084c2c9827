"""Members' connections to providers, the links that make them, and the credentials that open them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from bot.domain.accounts import (
    Access,
    Account,
    ConnectLink,
    Credential,
    Provider,
    RefreshClaim,
    RemoteIdentity,
)
from bot.domain.nudges import DueNudge
from bot.domain.people import Actor


class ConnectLinks(Protocol):
    """Private one-time links; only digests of their tokens are kept."""

    def add(self, link: ConnectLink) -> None: ...

    def by_digest(self, token_digest: str) -> ConnectLink | None: ...

    def use(self, link_id: UUID, now: datetime) -> bool:
        """Burn the link; True for exactly one caller, and never after its expiry."""
        ...

    def forget_expired(self, before: datetime) -> int: ...


class Accounts(Protocol):
    """Members' connections to providers."""

    def add(self, account: Account, credential: Credential) -> None: ...

    def of(self, actor: Actor) -> Sequence[Account]:
        """The actor's own, pending ones left out, oldest first."""
        ...

    def get(self, actor: Actor, account_id: UUID) -> Account:
        """The actor's own; raises `NotFound`, for another's as for none."""
        ...

    def pending(self, actor: Actor) -> Sequence[Account]:
        """The actor's own that wait for his word, oldest first."""
        ...

    def known(self, account_id: UUID) -> Account | None:
        """For jobs and the browser, which act for no one; pending ones included."""
        ...

    def that_absorbed(self, pending_id: UUID) -> Account | None:
        """The account that took over the permission of that pending one, and no other since; for the browser."""
        ...

    def activate(self, actor: Actor, account_id: UUID) -> Account:
        """Make a pending account active; raises `NotFound` unless it is the actor's own and pending.

        Where the member has an account of that provider and address already, that one takes the new
        credential over and the pending row goes: the returned account is the one that lives on, and remembers
        which it took over, and when that was given. Raises `NotFound` as well where that one would lose the right
        to write.
        """
        ...

    def mark_broken(self, account_id: UUID, now: datetime, *, as_read: Account | None = None) -> None:
        """From active to needing its owner: it is not polled any more.

        With `as_read`, only unless its owner connected it anew since it was read so.
        """
        ...

    def claim_notice(self, now: datetime) -> Account | None:
        """A broken account whose owner was not told yet, handed to exactly one caller, who tells him."""
        ...

    def release_notice(self, account_id: UUID, due_at: datetime) -> None:
        """The owner could not be told after all: somebody will try again, from then on."""
        ...

    def is_nudge_due(self, now: datetime) -> bool:
        """Whether it is worth the while to claim reminders."""
        ...

    def claim_nudges(self, now: datetime, *, limit: int) -> Sequence[DueNudge]:
        """Broken accounts of whose owners one may have to be reminded, the most overdue first.

        Nobody else gets them before the transaction ends, in which `plan_nudge` has to say when they are due next.
        """
        ...

    def plan_nudge(self, due: DueNudge, *, sent: int, next_at: datetime | None) -> None:
        """So many reminders were sent, and the next is due then, or there is none; not of one that works again."""
        ...

    def unconfirmed(self, before: datetime) -> Sequence[Account]:
        """Pending accounts created before then, which nobody confirmed."""
        ...

    def erase(self, account_id: UUID) -> bool:
        """Erase it with its calendars, events and credential; False if it was gone.

        Whose it is has been decided before: this is the last step of ending a grant. Of several that end
        grants of one remote account at the same time, the last to commit finds `is_grant_shared` false.
        """
        ...

    def with_external_id(self, provider: Provider, external_id: str) -> Sequence[Account]:
        """Everybody's of that remote account, in every workspace, pending ones included."""
        ...

    def is_grant_shared(self, account: Account) -> bool:
        """Whether another row, in any workspace, uses the same remote account: revoking would end it too."""
        ...


class Credentials(Protocol):
    """The token vault as the clients see it; each call is a short transaction of its own."""

    def load(self, account_id: UUID) -> Credential:
        """Raises `NotFound`, or `SecretUnreadable` where the sealed value does not open."""
        ...

    def replace(self, account_id: UUID, old: Credential, new: Credential) -> Credential:
        """Store `new` unless another process replaced `old` before; returns what is stored now."""
        ...


class OneTimeCredentials(Protocol):
    """The same vault for providers whose refresh tokens work once; each call is a short transaction of its own."""

    def load(self, account_id: UUID) -> Credential:
        """As `Credentials` does."""
        ...

    def claim_refresh(self, account_id: UUID, *, now: datetime, lease: timedelta) -> RefreshClaim | None:
        """The right to use the refresh token up, or None while somebody else has it.

        Of all processes one asks the provider at a time. Who dies with the claim leaves its lease to run out.
        Raises as `load` does.
        """
        ...

    def finish_refresh(self, claim: RefreshClaim, new: Credential) -> Credential:
        """Store what the refresh gave and free the claim; returns what is stored now.

        Also after the lease has run out, because nobody else can have got a token for the one that was used up.
        What its owner connected anew meanwhile stays.
        """
        ...

    def give_up_refresh(self, claim: RefreshClaim) -> Credential:
        """The refresh token is dead: keep the credential without it and free the claim; returns what is stored now."""
        ...

    def release_refresh(self, claim: RefreshClaim) -> None:
        """Free the claim; nothing was used up, as far as one knows."""
        ...


class ConsentGateway(Protocol):
    """A provider's sign-in: OAuth with PKCE."""

    def authorization_url(self, *, access: Access, state: str, verifier: str, redirect_uri: str) -> str: ...

    def exchange(self, *, code: str, verifier: str, redirect_uri: str) -> Credential: ...

    def missing_scopes(self, credential: Credential, access: Access) -> tuple[str, ...]: ...

    def identity(self, credential: Credential) -> RemoteIdentity:
        """Whose account it is."""
        ...

    def revoke(self, credential: Credential) -> None:
        """End the whole grant; a grant that is gone already is a success."""
        ...
