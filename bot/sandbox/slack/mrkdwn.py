"""Slack's markup as one person reads it: mentions by name, instants in his own zone, links by their words."""

import dataclasses
import html
import re
from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.sandbox.slack.dates import shown
from bot.sandbox.slack.shape import Json

_ANGLED = re.compile(r"<([^<>]+)>")
# Eleven digits are the year 5138; no calendar has more.
_DATE = re.compile(r"!date\^(\d{1,11})\^([^^]+)")


@dataclasses.dataclass(frozen=True)
class Reader:
    """Whoever looks at a screen: `name_of` gives the name of a member or channel id, if there is one."""

    zone: str
    now: datetime
    twelve_hours: bool
    name_of: Callable[[str], str | None]


def words(text: Json, reader: Reader) -> str:
    """A text object as it is read; nothing in a plain one means anything."""
    return resolved(text["text"], reader) if text["type"] == "mrkdwn" else str(text["text"])


def resolved(markup: str, reader: Reader) -> str:
    """A piece of mrkdwn as it is read; the marks of bold and italic stay, as they read well by themselves."""
    return html.unescape(_ANGLED.sub(lambda found: _angled(found.group(1), reader), markup))


def _angled(inside: str, reader: Reader) -> str:
    target, bar, label = inside.partition("|")
    if target.startswith("!date^"):
        return _instant(target, label, reader)
    if target.startswith("@"):
        return f"@{reader.name_of(target[1:]) or label or target[1:]}"
    if target.startswith("#"):
        return f"#{reader.name_of(target[1:]) or label or target[1:]}"
    if target.startswith("!"):
        return f"@{label or target[1:].partition('^')[0]}"
    if not bar or label == target.removeprefix("mailto:"):
        return target.removeprefix("mailto:")
    return f"{label} ({target})"


def _instant(target: str, fallback: str, reader: Reader) -> str:
    found = _DATE.match(target)
    if found is None:
        return fallback
    seconds, wording = found.groups()
    zone = ZoneInfo(reader.zone)
    instant = datetime.fromtimestamp(int(seconds), UTC).astimezone(zone)
    told = shown(instant, wording, reader.now.astimezone(zone), twelve_hours=reader.twelve_hours)
    return fallback if told is None else told
