"""Plays the person in front of the consent page."""

from collections.abc import Collection
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin

import httpx


class ConsentRefused(Exception):
    """Google showed an error instead of asking; the text is the page."""


class _Form(HTMLParser):
    """The hidden fields, the accounts and the scopes of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.hidden: list[tuple[str, str]] = []
        self.accounts: list[str] = []
        self.chosen: str | None = None
        self.scopes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = told["action"]
        match told.get("type"):
            case "hidden":
                self.hidden.append((told["name"], told["value"]))
            case "radio":
                self.accounts.append(told["value"])
                self.chosen = told["value"] if "checked" in told else self.chosen
            case "checkbox":
                self.scopes.append(told["value"])


def consent(
    browser: httpx.Client,
    auth_url: str,
    *,
    account: str | None = None,
    untick: Collection[str] = (),
    deny: bool = False,
) -> str:
    """Open the consent page, choose, and return where Google sends the browser back to, without going there.

    Args:
        browser: keeps the cookies; it is not to follow redirects by itself.
        auth_url: the address of the page with all its parameters.
        account: the address to sign in with; None takes the one that is preset.
        untick: scopes to leave out, by their full name or its end, such as `calendar.events`.
        deny: press *Cancel* instead.

    Raises:
        ConsentRefused: there is an error page, or no such account or scope on it.
    """
    page = browser.get(auth_url, follow_redirects=False)
    if page.status_code != httpx.codes.OK:
        raise ConsentRefused(page.text)
    form = _Form()
    form.feed(page.text)
    chosen = account or form.chosen
    if chosen not in form.accounts:
        raise ConsentRefused(f"no account {chosen} on the page")
    left_out = {scope for scope in form.scopes for ending in untick if _is(scope, ending)}
    if len(left_out) < len(untick):
        raise ConsentRefused(f"no such scope on the page: {untick}")
    answers = [("account", chosen), ("decision", "deny" if deny else "allow")]
    answers += [("granted", scope) for scope in form.scopes if scope not in left_out]
    answer = browser.post(
        urljoin(auth_url, form.action),
        content=urlencode(form.hidden + answers),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        follow_redirects=False,
    )
    if not answer.is_redirect:
        raise ConsentRefused(answer.text)
    return answer.headers["Location"]


def _is(scope: str, named: str) -> bool:
    return scope == named or scope.endswith(f"/auth/{named}")
