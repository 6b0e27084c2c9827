"""What each form of the page makes a visitor do; every function gives the address to go on to, empty to stay."""

from urllib.parse import urlencode

from bot.sandbox.slack.page.posted import BadForm, Posted
from bot.sandbox.slack.page.visitor import Visitor

# How often a browser without scripts looks for what comes later, once a second.
_LOOKS_AGAIN = 5


def address_of(visitor: Visitor, tab: str) -> str:
    """What this visitor sees on a tab, with a look for what comes a little later."""
    return "/?" + urlencode({"as": visitor.member.id, "tab": tab, "again": _LOOKS_AGAIN})


def send_command(visitor: Visitor, posted: Posted) -> str:
    """Send what was typed, in the direct messages with the app or in a channel.

    Without a slash it is a message there; of one in a channel the app hears nothing.
    """
    text, channel = posted.one("text").strip(), posted.one("channel") or None
    if text.startswith("/"):
        visitor.types(text, channel)
    else:
        visitor.writes(text, channel)
    return address_of(visitor, "messages")


def use_shortcut(visitor: Visitor, posted: Posted) -> str:
    """Choose a global shortcut."""
    visitor.uses_shortcut(posted.one("name"))
    return ""


def open_tab(visitor: Visitor, posted: Posted) -> str:
    """Go to Home or to the messages, of which the app is told."""
    tab = posted.one("open")
    visitor.opens_home(tab)
    return address_of(visitor, tab)


def answer(visitor: Visitor, posted: Posted) -> str:
    """Answer a confirmation."""
    visitor.answers(agree=posted.one("agree") == "yes")
    return ""


def use_surface(visitor: Visitor, posted: Posted) -> str:
    """Press one of the buttons of a message or view; what stands in its fields stays there."""
    key, doing = posted.one("surface"), posted.doing
    if doing.verb in ("close", "close all"):
        # To see that it is this modal that is closed, and no other that has come on top of it.
        visitor.keeps(key, {})
        visitor.closes(all_of_them=doing.verb == "close all")
        return ""
    fields = posted.fields
    given = fields.pop(doing.place, []) if doing.verb == "change" else []
    visitor.keeps(key, fields)
    match doing.verb:
        case "keep":
            pass
        case "press":
            visitor.presses(key, doing.place, doing.value)
        case "change":
            visitor.changes(key, doing.place, given)
        case "find":
            visitor.searches(key, doing.place, posted.typed_to_find(doing.place))
        case "submit":
            visitor.submits()
        case _:
            raise BadForm(f"nobody can {doing.verb}")
    return ""


def follow(visitor: Visitor, posted: Posted) -> str:
    """Press a button that is a link, or agree to one; gives the address it leads to."""
    if posted.one("agree") == "yes":
        return visitor.answers(agree=True)
    doing = posted.doing
    return visitor.presses(posted.one("surface"), doing.place, doing.value)
