"""Makes the opaque tokens of listings: for the next page, and for what changes afterwards."""

import base64
import binascii
import dataclasses
import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from typing import Any

from bot.sandbox.google.errors import invalid_parameter

_KEPT_PAGES = 2000


@dataclasses.dataclass(frozen=True)
class SyncPoint:
    """What a sync token says: whose list it is of, asked for how, and up to which revision it is known."""

    listing: str
    asked: str
    revision: int


class SyncTokens:
    """Seals sync points, so that only tokens of ours open."""

    def __init__(self) -> None:
        """Start with a new secret: tokens of another run are refused, as expired ones are."""
        self._secret = secrets.token_bytes(32)

    def seal(self, point: SyncPoint) -> str:
        """The token for `point`."""
        content = json.dumps(dataclasses.astuple(point)).encode()
        return base64.urlsafe_b64encode(self._mark(content) + content).decode()

    def open(self, token: str) -> SyncPoint | None:
        """The point of a token, None if it is not one of ours."""
        try:
            opened = base64.urlsafe_b64decode(token.encode())
        except (binascii.Error, ValueError):
            return None
        mark, content = opened[:16], opened[16:]
        if not hmac.compare_digest(mark, self._mark(content)):
            return None
        return SyncPoint(*json.loads(content))

    def _mark(self, content: bytes) -> bytes:
        return hmac.new(self._secret, content, hashlib.sha256).digest()[:16]


@dataclasses.dataclass(frozen=True)
class Listing:
    """The result of a list request as it was at its first page; `key` is what later pages have to repeat."""

    key: str
    items: Sequence[Any]
    sync_token: str | None


@dataclasses.dataclass(frozen=True)
class Page:
    """A part of a listing: the next page's token, or after the last page the sync token."""

    items: Sequence[Any]
    next_page: str | None
    sync_token: str | None

    def tokens(self) -> dict[str, str]:
        """The token fields of the answer."""
        if self.next_page is not None:
            return {"nextPageToken": self.next_page}
        return {"nextSyncToken": self.sync_token} if self.sync_token is not None else {}


class Pages:
    """Cuts listings into pages.

    With `empty_every = n` (at least 2) the first of every n pages has no items, only a token: Google does that. It
    may also give fewer items a page than it was asked for: `longest`, where that is not 0.
    """

    def __init__(self) -> None:
        """Start with full pages only."""
        self.empty_every = 0
        self.longest = 0
        self._rests: dict[str, tuple[Listing, int, int]] = {}

    def first(self, listing: Listing, size: int) -> Page:
        """The first page of at most `size` items."""
        return self._page(listing, 0, 0, size)

    def following(self, token: str, key: str, size: int) -> Page:
        """The page of this token; the same token gives the same page again.

        Raises:
            ApiError: the token is unknown, or of another request.
        """
        if token not in self._rests or self._rests[token][0].key != key:
            raise invalid_parameter("pageToken", "Invalid page token value.")
        return self._page(*self._rests[token], size)

    def _page(self, listing: Listing, start: int, number: int, size: int) -> Page:
        empty = self.empty_every > 1 and number % self.empty_every == 0
        end = start if empty else start + min(size, self.longest or size)
        if not empty and end >= len(listing.items):
            return Page(listing.items[start:], None, listing.sync_token)
        token = secrets.token_urlsafe(24)
        self._rests[token] = (listing, end, number + 1)
        while len(self._rests) > _KEPT_PAGES:
            del self._rests[next(iter(self._rests))]
        return Page(listing.items[start:end], token, None)
