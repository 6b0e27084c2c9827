"""Reads Slack's JSON without trusting its shape: what is absent or of another type reads as empty."""

from collections.abc import Iterator, Mapping


class Payload:
    """A read-only look at a piece of JSON."""

    def __init__(self, raw: object) -> None:
        self._raw = raw

    def at(self, *path: str) -> "Payload":
        """What lies under the keys of `path`, or nothing."""
        found = self._raw
        for key in path:
            found = found.get(key) if isinstance(found, Mapping) else None
        return Payload(found)

    def text(self, *path: str) -> str:
        """The text there; dropped are NULs, which PostgreSQL stores none of, and halves of characters."""
        found = self.at(*path)._raw  # noqa: SLF001 - its own kind
        return found.replace("\x00", "").encode(errors="ignore").decode() if isinstance(found, str) else ""

    def fields(self) -> Iterator[tuple[str, "Payload"]]:
        """The members of an object, in order."""
        if isinstance(self._raw, Mapping):
            for key, value in self._raw.items():
                yield str(key), Payload(value)

    def elements(self, *path: str) -> Iterator["Payload"]:
        """The elements of a list, in order."""
        found = self.at(*path)._raw  # noqa: SLF001 - its own kind
        if isinstance(found, list):
            yield from (Payload(element) for element in found)

    def texts(self, *path: str) -> tuple[str, ...]:
        """The texts of a list, in order."""
        return tuple(text for element in self.elements(*path) if (text := element.text()))

    def __bool__(self) -> bool:
        return bool(self._raw)
