"""The few pages that a browser shows: while an account is connected, and where something cannot be shown."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what happened, what it concerns, and what can be done.

    Args:
        title: what happened, in a few words.
        paragraphs: plain sentences; whatever they hold is shown literally.
        facts: names and values, such as the Slack member and the Google account.
        back_url: where *Back to Slack* leads, if anywhere.
        stop_ticket: with it the page offers *This was not me*.
        status: the HTTP status.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    back_url: str = ""
    stop_ticket: str = ""
    status: int = 200


def render_page(page: Page) -> str:
    """The page as HTML; everything in it is escaped."""
    return _environment().get_template("page.html").render(page=page, css=_css())


def page_style() -> str:
    """The style of every page, to stand in its head; no other is applied."""
    return _css()


def style_source() -> str:
    """The pages' style as a Content-Security-Policy names it: by its hash, so that no other is applied."""
    digest = base64.b64encode(hashlib.sha256(_css().encode()).digest()).decode()
    return f"'sha256-{digest}'"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("bot.rendering.pages", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _css() -> str:
    source = _environment().loader
    assert source is not None  # noqa: S101 - given above
    return source.get_source(_environment(), "page.css")[0].strip()
