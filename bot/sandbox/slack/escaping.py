"""What becomes of the text of a slash command on its way to an app that asked for it escaped."""

import re

from bot.sandbox.slack.people import Workspace

_TOKENS = re.compile(
    r"(?P<url>https?://[^\s|]+)|(?P<mail>[\w.+-]+@[\w-]+(\.[\w-]+)+)|(?<!\S)(?P<sign>[@#])(?P<name>[\w.-]+)"
)


def escaped(text: str, workspace: Workspace) -> str:
    """Names of members and channels become their ids, addresses become links, and `&`, `<`, `>` are written out."""
    members = {m.name: m.id for m in workspace.members.values() if not m.deleted}
    channels = {c.name: c.id for c in workspace.channels.values() if c.kind != "im"}

    def token(found: re.Match[str]) -> str:
        if found["url"]:
            return f"<{found['url']}>"
        if found["mail"]:
            return f"<mailto:{found['mail']}|{found['mail']}>"
        known = members if found["sign"] == "@" else channels
        identifier = known.get(found["name"])
        return f"<{found['sign']}{identifier}|{found['name']}>" if identifier else found[0]

    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _TOKENS.sub(token, plain)
