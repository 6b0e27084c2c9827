"""Cuts an answer down to what the parameter `fields` selects, such as `nextPageToken,items(id,start/dateTime)`."""

import re
from typing import Any

from bot.sandbox.google.errors import ApiError, Resource, invalid_parameter

_TOKENS = re.compile(r"[A-Za-z0-9_*]+|[(),/]")
Mask = dict[str, "Mask"]


def selected(answer: Resource, fields: str) -> Any:
    """The parts of `answer` that `fields` names.

    Raises:
        ApiError: `fields` is no selector.
    """
    tokens = _TOKENS.findall(fields)
    if "".join(tokens) != fields:
        raise _invalid(fields)
    mask = _list(tokens, fields)
    if tokens:
        raise _invalid(fields)
    return _cut(answer, mask)


def _list(tokens: list[str], fields: str) -> Mask:
    mask: Mask = {}
    while True:
        name, inner = _path(tokens, fields)
        mask.setdefault(name, {}).update(inner)
        if not tokens or tokens[0] != ",":
            return mask
        tokens.pop(0)


def _path(tokens: list[str], fields: str) -> tuple[str, Mask]:
    if not tokens or tokens[0] in "(),/":
        raise _invalid(fields)
    name = tokens.pop(0)
    if tokens and tokens[0] == "/":
        tokens.pop(0)
        inner_name, inner = _path(tokens, fields)
        return name, {inner_name: inner}
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        inner = _list(tokens, fields)
        if not tokens or tokens.pop(0) != ")":
            raise _invalid(fields)
        return name, inner
    return name, {}


def _cut(value: Any, mask: Mask) -> Any:
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [_cut(item, mask) for item in value]
    if isinstance(value, dict):
        return {name: _cut(value[name], inner) for name, inner in mask.items() if name in value}
    return value


def _invalid(fields: str) -> ApiError:
    return invalid_parameter("fields", f"Invalid field selection {fields}")
