"""Cuts an iCalendar file into calendars and their events, however damaged it is."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_NEWLINE = re.compile(rb"[\r\n]+")
_FOLD = re.compile(rb"\n[ \t]")
_ENDS = re.compile(r"[;:]")
_PARAMETER = re.compile(r';([^=;:"]+)=((?:"[^"]*"|[^;:"])*)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
# These stand in a calendar itself, so that whatever else is open has lost its end.
_OUTERMOST = ("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE")


@dataclass(frozen=True, slots=True)
class Line:
    """A content line: `NAME;PARAMETER=x:value`, names in capitals, the value as it is written."""

    name: str
    parameters: Mapping[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as a text, without its escapes."""
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], self.value)


@dataclass(slots=True)
class Part:
    """A component with its own lines, unread; a part that is not whole lacks its END."""

    name: str
    lines: list[str] = field(default_factory=list)
    parts: list["Part"] = field(default_factory=list)
    is_whole: bool = False

    def properties(self, wanted: frozenset[str]) -> tuple[dict[str, list[Line]], list[str]]:
        """The lines of these names, and the names of those among them that cannot be read."""
        found: dict[str, list[Line]] = {}
        broken: list[str] = []
        for text in self.lines:
            end = _ENDS.search(text)
            name = (text[: end.start()] if end else text).strip().upper()
            if name not in wanted:
                continue
            try:
                found.setdefault(name, []).append(_line(name, text))
            except ValueError:
                broken.append(name)
        return found, broken


def calendars_of(data: bytes) -> tuple[list[Part], bool]:
    """The VCALENDARs of a file with their VEVENTs, VTIMEZONEs and VFREEBUSYs, and whether it is whole.

    Events outside of any calendar make one of their own. What lies behind the last END is not asked for.
    """
    root = Part("")
    still_open = _Open(root)
    for text in _unfolded(data):
        name, _, value = text.partition(":")
        match name.strip().upper():
            case "BEGIN":
                still_open.begin(value.strip().upper())
            case "END":
                still_open.end(value.strip().upper())
            case _:
                still_open.parts[-1].lines.append(text)
    calendars = [part for part in root.parts if part.name == "VCALENDAR"]
    strays = [part for part in root.parts if part.name != "VCALENDAR"]
    if any(part.name == "VEVENT" for part in strays):
        calendars.append(Part("VCALENDAR", parts=strays, is_whole=len(still_open.parts) == 1))
    return calendars, all(calendar.is_whole for calendar in calendars)


class _Open:
    """The parts that have begun and not ended, outermost first."""

    def __init__(self, root: Part) -> None:
        self.parts = [root]
        # So that an END of nothing is known as one without a look at thousands of parts.
        self._names: Counter[str] = Counter()

    def begin(self, name: str) -> None:
        if name == "VCALENDAR":
            self._cut(1)
        elif name in _OUTERMOST:
            while len(self.parts) > 1 and self.parts[-1].name != "VCALENDAR":
                self._cut(len(self.parts) - 1)
        part = Part(name)
        self.parts[-1].parts.append(part)
        self.parts.append(part)
        self._names[name] += 1

    def end(self, name: str) -> None:
        if not self._names[name]:
            return
        depth = next(depth for depth in range(len(self.parts) - 1, 0, -1) if self.parts[depth].name == name)
        self.parts[depth].is_whole = True
        self._cut(depth)

    def _cut(self, depth: int) -> None:
        self._names.subtract(part.name for part in self.parts[depth:])
        del self.parts[depth:]


def _unfolded(data: bytes) -> Iterator[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", "replace").encode()
    plain = _FOLD.sub(b"", _NEWLINE.sub(b"\n", data.removeprefix(codecs.BOM_UTF8)))
    # A fold may stand in the middle of a character, so decoding comes after it.
    for line in plain.replace(b"\0", b"").split(b"\n"):
        if line:
            yield _decoded(line)


def _decoded(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("latin-1")


def _line(name: str, text: str) -> Line:
    end = _ENDS.search(text)
    place = end.start() if end else len(text)
    parameters: dict[str, str] = {}
    while match := _PARAMETER.match(text, place):
        parameters[match[1].strip().upper()] = match[2].strip().strip('"')
        place = match.end()
    if text[place : place + 1] != ":":
        raise ValueError(text)
    return Line(name, parameters, text[place + 1 :].strip())
