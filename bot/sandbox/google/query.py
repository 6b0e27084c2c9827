"""Reads query parameters as Google does: names it does not know are ignored, values it cannot read are refused."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.sandbox.google.errors import bad_request, invalid_parameter
from bot.sandbox.google.times import instant

_MOST = 2**31 - 1
# How to answer, not what: these may differ between two pages of one listing.
_STANDARD = frozenset({"alt", "fields", "key", "oauth_token", "prettyPrint", "quotaUser", "userIp"})


class Query:
    """The parameters of one request."""

    def __init__(self, items: Iterable[tuple[str, str]]) -> None:
        """Take name and value of each parameter, repeated ones as often as they come."""
        self._items = [(name, value) for name, value in items if value]

    def has(self, name: str) -> bool:
        """Whether the parameter was given."""
        return any(given == name for given, _ in self._items)

    def repeated(self, name: str) -> tuple[str, ...]:
        """Every value of a parameter that may be repeated."""
        return tuple(value for given, value in self._items if given == name)

    def text(self, name: str) -> str | None:
        """The value, the last one if there are several."""
        values = self.repeated(name)
        return values[-1] if values else None

    def flag(self, name: str) -> bool | None:
        """A boolean, None where it was not given."""
        value = self.text(name)
        if value not in (None, "true", "false"):
            raise invalid_parameter(name, f"Invalid boolean value: '{value}'.")
        return None if value is None else value == "true"

    def whole(self, name: str, *, at_least: int = 1, at_most: int = _MOST) -> int | None:
        """A whole number within bounds, None where it was not given."""
        value = self.text(name)
        if value is None:
            return None
        if not value.lstrip("-").isdecimal() or not at_least <= int(value) <= at_most:
            message = f"Invalid value '{value}'. Values must be within the range: [{at_least}, {at_most}]"
            raise invalid_parameter(name, message)
        return int(value)

    def size(self, *, default: int, largest: int) -> int:
        """`maxResults`; asking for more than the largest page gets the largest page."""
        return min(self.whole("maxResults") or default, largest)

    def moment(self, name: str) -> datetime | None:
        """An RFC 3339 time with its mandatory offset, in UTC."""
        value = self.text(name)
        try:
            return None if value is None else instant(value)
        except ValueError:
            raise bad_request() from None

    def choice(self, name: str, allowed: Sequence[str]) -> str | None:
        """One of the allowed values, None where it was not given."""
        value = self.text(name)
        if value is not None and value not in allowed:
            raise _not_allowed(name, value, allowed)
        return value

    def choices(self, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """A repeated parameter, each value one of the allowed ones."""
        for value in self.repeated(name):
            if value not in allowed:
                raise _not_allowed(name, value, allowed)
        return self.repeated(name)

    def without(self, names: Iterable[str]) -> str:
        """All that decides on the result, but for `names`, as one text to compare with."""
        ignored = _STANDARD.union(names)
        return repr(sorted((name, value) for name, value in self._items if name not in ignored))


def _not_allowed(name: str, value: str, allowed: Sequence[str]) -> Exception:
    message = f"Invalid string value: '{value}'. Allowed values: [{', '.join(sorted(allowed))}]"
    return invalid_parameter(name, message)
