"""The words after a command: as the person typed them, and as they are shown to him again."""

import re

_MARKED = re.compile(r"(<[^<>]*>)")
_LINK = ("mailto:", "tel:", "http://", "https://")
# What was typed like the mark of a person or a channel must not become one.
_ESCAPED = re.compile(r"&lt;(?![@#!])|&gt;|&amp;")
_KEPT = re.compile(r"&lt;(?=[@#!])")
_LETTERS = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


def as_typed(text: str) -> str:
    """A command's text as the person typed it: Slack marks links and addresses up, and escapes some letters.

    People, channels and groups stay marked up, because their ids are what counts.
    """
    return "".join(_unmarked(part) if part.startswith("<") else _unescaped(part) for part in _MARKED.split(text))


def as_shown(typed: str) -> str:
    """What `as_typed` gave, to be shown again: people, channels and groups by name."""
    named = "".join(_named(part) if part.startswith("<") else part for part in _MARKED.split(typed))
    return _KEPT.sub("<", named)


def _unmarked(mark: str) -> str:
    """`ana@acme.test` of `<mailto:ana@acme.test|ana@acme.test>`."""
    target, _, label = mark[1:-1].partition("|")
    if not target.startswith(_LINK):
        return mark
    return _unescaped(label or target.removeprefix("mailto:").removeprefix("tel:"))


def _named(mark: str) -> str:
    """`@ana` of `<@U1|ana>`, `#sales` of `<#C1|sales>`, `@here` of `<!here>`."""
    target, _, label = mark[1:-1].partition("|")
    kind, name = target[:1], label or target[1:]
    if kind not in "@#!" or not name:
        return mark
    return f"{'#' if kind == '#' else '@'}{name.lstrip('@#')}"


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: _LETTERS[found.group()], text)
