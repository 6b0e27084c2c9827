"""A person's browser on the way through a private link: Daybook, Google's consent page, and back."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

import httpx

from bot.sandbox.google.browser import consent
from bot.sandbox.page_text import page_text
from tests.patience import PATIENCE


class Browser:
    """A browser with cookies of its own; it goes where it is told, one page at a time."""

    def __init__(self) -> None:
        # Half a minute: dozens of these knock at once in a race. All of it is http, and to load certificates is slow.
        self.client = httpx.Client(trust_env=False, timeout=PATIENCE, verify=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def opens(self, url: str) -> httpx.Response:
        """The page at an address; a redirect is not followed."""
        return self.client.get(url)

    def departs(self, link: str) -> str:
        """Follow a private link: the address of the consent page."""
        answer = self.opens(link)
        assert answer.is_redirect, page_text(answer.text)
        return str(answer.headers["Location"])

    def agrees(self, at_google: str, account: str, *, untick: Sequence[str] = (), deny: bool = False) -> str:
        """Answer the consent page: the address that the browser is sent back to."""
        return consent(self.client, at_google, account=account, untick=untick, deny=deny)

    def connects(self, link: str, account: str) -> httpx.Response:
        """From the link to the page at the end, all in this browser."""
        return self.opens(self.agrees(self.departs(link), account))

    def presses_undo(self, page: httpx.Response) -> httpx.Response:
        """*This was not me* on a page, in this browser."""
        ticket = page.text.partition('name="ticket" value="')[2].partition('"')[0]
        return self.client.post(page.url.join("/oauth/google/stop"), data={"ticket": ticket})


def state_in(address: str) -> str:
    """The state that an address carries."""
    return parse_qs(urlsplit(address).query)["state"][0]
