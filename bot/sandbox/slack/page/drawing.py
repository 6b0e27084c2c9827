"""Draws the page: who can be chosen, what one of them sees, and what is asked of him."""

from functools import cache
from importlib import resources
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import jinja2
from markupsafe import Markup

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.finding import Surface
from bot.sandbox.slack.page.choices import humans
from bot.sandbox.slack.page.sketch import Sketch
from bot.sandbox.slack.page.visitor import Asked, Visitor, Visitors
from bot.sandbox.slack.submitting import WHOLE

TABS = ("messages", "home")
_LOOKS = {"page.css": "text/css", "page.js": "text/javascript"}


def draw_choice(backend: Backend, visitors: Visitors, notice: str = "") -> str:
    """The page on which somebody to be is chosen."""
    return _template("choice.html").render(app=backend.app.name, everyone=visitors.everyone(), notice=notice)


def draw_screen(backend: Backend, visitor: Visitor, tab: str, *, again: int = 0) -> str:
    """What a visitor sees.

    Args:
        backend: the Slack he is in.
        visitor: who looks.
        tab: `messages` or `home`; any other is the first.
        again: how many times a browser without scripts is to look again by itself, once a second.
    """
    tab = tab if tab in TABS else TABS[0]
    with backend.pulse:
        window, workspace = visitor.window, visitor.workspace
        channels = [c for c in workspace.channels.values() if c.kind != "im" and visitor.member.id in c.members]
        look = {"as": visitor.member.id, "tab": tab}
        # To look again would empty a form that somebody is filling in.
        looks_again = (
            again > 0 and visitor.asked is None and (window.modal is None or "submit" not in window.modal.given)
        )
        return _template("screen.html").render(
            app=backend.app,
            workspace=workspace,
            humans=humans(workspace),
            visitor=visitor,
            channels=channels,
            tab=tab,
            unread=visitor.unread(reading=tab == "messages"),
            messages=[(_sketch(visitor, one), window.headline(one)) for one in window.recent()],
            home=_sketch(visitor, window.home),
            modal=_sketch(visitor, window.modal),
            depth=len(backend.views.stack(visitor.member.id)),
            asked=_question(visitor, visitor.asked) if visitor.asked else None,
            again="/?" + urlencode({**look, "again": again - 1}) if looks_again else "",
            notice=visitor.notice,
            whole_form=WHOLE,
            app_time=_app_time(backend, visitor),
        )


def looks(name: str) -> tuple[str, str]:
    """A file that the page is drawn with, and its media type.

    Raises:
        KeyError: there is none of this name.
    """
    return _source(name), _LOOKS[name]


def _sketch(visitor: Visitor, surface: Surface | None) -> Sketch | None:
    return None if surface is None else Sketch(visitor, surface)


def _app_time(backend: Backend, visitor: Visitor) -> str:
    """What time it is for the app, on the visitor's clock; empty where it goes by the same as Slack."""
    if backend.app_clock is None:
        return ""
    now = backend.app_clock().astimezone(ZoneInfo(visitor.zone))
    return f"{now:%A} {now.day} {now:%B}, {now.hour}:{now:%M}"


def _question(visitor: Visitor, asked: Asked) -> dict[str, str | Markup]:
    sketch = Sketch(visitor, asked.spot.surface)
    dialog, pressed = asked.confirm, asked.spot.option or asked.spot.element
    return {
        "title": dialog["title"]["text"],
        "text": sketch.words(dialog["text"]),
        "confirm": dialog["confirm"]["text"],
        "deny": dialog["deny"]["text"],
        "style": dialog.get("style", "primary"),
        "leads_to": pressed.get("url", ""),
    }


@cache
def _source(name: str) -> str:
    return resources.files("bot.sandbox.slack.page").joinpath(name).read_text(encoding="utf-8")


@cache
def _template(name: str) -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bot.sandbox.slack.page", "."),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
