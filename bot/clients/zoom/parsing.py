"""Turns Zoom's JSON into values of the domain; what is not as documented is no answer."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clients.zoom.errors import unreadable
from bot.domain.accounts import RemoteIdentity, zoom_identity
from bot.domain.meetings import Meeting

_LONGEST_URL = 2000
_LONGEST_NAME = 320


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting in a list: its id, and the first line of its agenda."""

    id: str
    first_line: str


def object_in(content: bytes) -> Mapping[str, Any]:
    """The JSON object of an answer; raises `ProviderDown`."""
    try:
        told = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise unreadable() from error
    if not isinstance(told, dict):
        raise unreadable()
    return told


def identity(content: bytes) -> RemoteIdentity:
    """Whose account it is, of an answer about a user; raises `ProviderDown`."""
    told = object_in(content)
    user_id, account_id, email = (_text(told.get(name)) for name in ("id", "account_id", "email"))
    return RemoteIdentity(email, zoom_identity(user_id, account_id))


def meeting(content: bytes) -> Meeting:
    """A whole meeting, without its host's link, which opens the meeting as him; raises `ProviderDown`."""
    told = object_in(content)
    topic, minutes = told.get("topic", ""), told.get("duration")
    if not isinstance(topic, str) or not (minutes is None or type(minutes) is int):
        raise unreadable()
    return Meeting(
        id=_meeting_id(told.get("id")),
        join_url=_link(told.get("join_url")),
        topic=topic,
        start=_start(told.get("start_time"), told.get("timezone")),
        minutes=minutes,
    )


def listed(page: Mapping[str, Any]) -> Iterator[Listed]:
    """The meetings of one page of a list; raises `ProviderDown`."""
    meetings = page.get("meetings")
    if not isinstance(meetings, list):
        raise unreadable()
    for one in meetings:
        if not isinstance(one, dict):
            raise unreadable()
        agenda = one.get("agenda", "")
        yield Listed(_meeting_id(one.get("id")), agenda.partition("\n")[0].strip() if isinstance(agenda, str) else "")


def next_page(page: Mapping[str, Any]) -> str:
    """What asks for the next page, or nothing; raises `ProviderDown`."""
    token = page.get("next_page_token") or ""
    if not isinstance(token, str):
        raise unreadable()
    return token


def _meeting_id(value: object) -> str:
    """Ids are numbers of 64 bits, and no number anywhere else: as texts they survive everything."""
    if type(value) is int and value > 0:
        return str(value)
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return value
    raise unreadable()


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_NAME or not value.isprintable():
        raise unreadable()
    return value


def _link(value: object) -> str:
    """The address to join by; it is given to people, so it has to be an address of the web and nothing else."""
    if not isinstance(value, str) or len(value) > _LONGEST_URL or not value.isprintable() or " " in value:
        raise unreadable()
    try:
        parts = urlsplit(value)
    except ValueError as error:
        raise unreadable() from error
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise unreadable()
    return value


def _start(told: object, zone: object) -> int | None:
    """Epoch seconds; without an offset it is the time on the wall of `zone`."""
    if told is None or told == "":
        return None
    try:
        start = datetime.fromisoformat(str(told))
        if start.tzinfo is None:
            start = start.replace(tzinfo=ZoneInfo(str(zone)))
        return int(start.timestamp())
    except (ValueError, OverflowError, OSError, ZoneInfoNotFoundError) as error:
        raise unreadable() from error
