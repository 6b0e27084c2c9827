"""Plays the person in front of Zoom's pages: signs in one way or another, then allows or declines."""

from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

import httpx

from bot.sandbox.page_text import page_text


class SignInRefused(Exception):
    """Zoom showed something else than what was to be answered; the text is the page."""


class _Form(HTMLParser):
    """The form of a page: where it goes, what it carries hidden, and its buttons by name and value."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.hidden: list[tuple[str, str]] = []
        self.buttons: set[tuple[str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = told["action"]
        elif tag == "button":
            self.buttons.add((told["name"], told["value"]))
        elif told.get("type") == "hidden":
            self.hidden.append((told["name"], told["value"]))


class ZoomBrowser:
    """One person's browser at Zoom, a page at a time; it never follows the way back to the app by itself."""

    def __init__(self, client: httpx.Client) -> None:
        """Use `client`, which keeps the cookies."""
        self._client = client
        self._url = ""
        self._page = ""

    @property
    def reads(self) -> str:
        """The page as it reads."""
        return page_text(self._page)

    def opens(self, auth_url: str) -> None:
        """Open the authorize page.

        Raises:
            SignInRefused: there is an error page.
        """
        self._url = auth_url
        self._shows(self._client.get(auth_url, follow_redirects=False))

    def signs_in(self, email: str, *, way: str = "password", typed: str = "any will do") -> None:
        """Fill in the first page, `typed` as the password, and press password, sso, apple, google or facebook.

        Raises:
            SignInRefused: the first page is shown again.
        """
        self._shows(self._presses("way", way, [("email", email), ("password", typed)]))
        if ("decision", "allow") not in self._form().buttons:
            raise SignInRefused(self.reads)

    def allows(self) -> str:
        """Press *Allow*: where Zoom sends the browser back to."""
        return self._decides("allow")

    def declines(self) -> str:
        """Press *Decline*: where Zoom sends the browser back to."""
        return self._decides("decline")

    def consents(self, auth_url: str, email: str, *, way: str = "password", decline: bool = False) -> str:
        """All of it, from the authorize page to the address that Zoom sends the browser back to.

        Raises:
            SignInRefused: something on the way went otherwise.
        """
        self.opens(auth_url)
        self.signs_in(email, way=way)
        return self.declines() if decline else self.allows()

    def _decides(self, decision: str) -> str:
        answer = self._presses("decision", decision, [])
        if not answer.is_redirect:
            self._page = answer.text
            raise SignInRefused(self.reads)
        return str(answer.headers["Location"])

    def _presses(self, name: str, value: str, filled: list[tuple[str, str]]) -> httpx.Response:
        form = self._form()
        if (name, value) not in form.buttons:
            raise SignInRefused(f"no such button: {value}\n{self.reads}")
        return self._client.post(
            urljoin(self._url, form.action),
            content=urlencode([*form.hidden, *filled, (name, value)]),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
            follow_redirects=False,
        )

    def _form(self) -> _Form:
        form = _Form()
        form.feed(self._page)
        return form

    def _shows(self, answer: httpx.Response) -> None:
        self._page = answer.text
        if answer.status_code != httpx.codes.OK:
            raise SignInRefused(self.reads)
