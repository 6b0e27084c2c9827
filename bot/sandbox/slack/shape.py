"""Small checks that compose into a description of JSON, and say what is wrong the way Slack says it."""

import dataclasses
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

Json = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Finding:
    """One thing wrong, and the JSON pointer of the place."""

    message: str
    pointer: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


# A check is given a value and its pointer and yields what is wrong with it.
Check = Callable[[Any, str], Iterator[Finding]]


def anything(_value: Any, _at: str) -> Iterator[Finding]:
    """Never finds anything."""
    yield from ()


def boolean(value: Any, at: str) -> Iterator[Finding]:
    """True or false."""
    if not isinstance(value, bool):
        yield Finding("must provide a boolean", at)


def string(most: int, *, least: int = 1, like: str = "", named: str = "") -> Check:
    """A string of `least` to `most` characters that matches the pattern `like`, which is called `named`."""

    def check(value: Any, at: str) -> Iterator[Finding]:
        if not isinstance(value, str):
            yield Finding("must provide a string", at)
        elif len(value) < least:
            yield Finding(f"must be more than {least - 1} characters", at)
        elif len(value) > most:
            yield Finding(f"must be less than {most + 1} characters", at)
        elif like and not re.fullmatch(like, value, re.DOTALL):
            yield Finding(f"must be a valid {named}", at)

    return check


def integer(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(value: Any, at: str) -> Iterator[Finding]:
        if not isinstance(value, int) or isinstance(value, bool):
            yield Finding("must provide an integer", at)
        elif not least <= value <= most:
            yield Finding(f"must be between {least} and {most}", at)

    return check


def one_of(*allowed: str) -> Check:
    """One of these words."""

    def check(value: Any, at: str) -> Iterator[Finding]:
        if value not in allowed:
            yield Finding(f"must be one of: {', '.join(allowed)}", at)

    return check


def array(each: Check, *, most: int, least: int = 1) -> Check:
    """A list of `least` to `most` items, each of which passes."""

    def check(value: Any, at: str) -> Iterator[Finding]:
        if not isinstance(value, list):
            yield Finding("must provide an array", at)
            return
        if len(value) < least:
            yield Finding(f"no less than {least} items allowed", at)
        if len(value) > most:
            yield Finding(f"no more than {most} items allowed", at)
        for index, item in enumerate(value):
            yield from each(item, f"{at}/{index}")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *further: Check) -> Check:
    """An object with these fields and no others; where they are well, the `further` checks look at the whole."""
    known = {**required, **(optional or {})}

    def check(value: Any, at: str) -> Iterator[Finding]:
        if not isinstance(value, dict):
            yield Finding("must provide an object", at)
            return
        found = False
        for finding in _fields(value, at, required, known):
            found = True
            yield finding
        if not found:
            for rule in further:
                yield from rule(value, at)

    return check


def _fields(value: Json, at: str, required: Collection[str], known: Mapping[str, Check]) -> Iterator[Finding]:
    for name in required:
        if name not in value:
            yield Finding(f"missing required field: {name}", at)
    for name, field in value.items():
        if name in known:
            yield from known[name](field, f"{at}/{name}")
        else:
            yield Finding(f"invalid additional property: {name}", at)


def by_type(kinds: Mapping[str, Check], known: Collection[str] = ()) -> Check:
    """An object judged by its `type`; a type that is `known` but has no place here is told from a strange one."""

    def check(value: Any, at: str) -> Iterator[Finding]:
        if not isinstance(value, dict):
            yield Finding("must provide an object", at)
        elif not isinstance(value.get("type"), str):
            yield Finding("missing required field: type", at)
        elif value["type"] in kinds:
            yield from kinds[value["type"]](value, at)
        elif value["type"] in known:
            yield Finding(f"{value['type']} is not allowed here", f"{at}/type")
        else:
            yield Finding(f"unsupported type: {value['type']}", f"{at}/type")

    return check


def exactly_one(*names: str) -> Check:
    """Of these fields one, and only one, is there."""

    def check(value: Any, at: str) -> Iterator[Finding]:
        if sum(name in value for name in names) != 1:
            yield Finding(f"must define exactly one of: {', '.join(names)}", at)

    return check


def at_least_one(*names: str) -> Check:
    """Of these fields one or more is there."""

    def check(value: Any, at: str) -> Iterator[Finding]:
        if not any(name in value for name in names):
            yield Finding(f"must define either: {', '.join(names)}", at)

    return check
