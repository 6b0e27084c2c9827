"""Reads what a client wants a meeting to be: known fields of the right kind are taken, unknown ones ignored."""

import base64
import dataclasses
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.sandbox.zoom.errors import Resource, bad_request, validation_failed
from bot.sandbox.zoom.state import INSTANT, NO_FIXED_TIME, SCHEDULED, Meeting, Person
from bot.sandbox.zoom.times import is_time, is_zone, moment

_PASSWORD = re.compile(r"[A-Za-z0-9@_*-]{0,10}", re.ASCII)
# Half of a character, which no text can be sent with.
_HALF = re.compile("[\ud800-\udfff]")
_MOST_MINUTES = 24 * 60
_TYPES = (INSTANT, SCHEDULED, NO_FIXED_TIME, 8, 10)


def _text(longest: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and len(value) <= longest and not _HALF.search(value)


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _one_of(*allowed: object) -> Callable[[Any], bool]:
    return lambda value: type(value) in (int, str) and value in allowed


def _minutes(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MOST_MINUTES


def _password(value: Any) -> bool:
    return isinstance(value, str) and bool(_PASSWORD.fullmatch(value))


def _object(value: Any) -> bool:
    return isinstance(value, Mapping)


FIELDS: dict[str, Callable[[Any], bool]] = {
    "topic": _text(200),
    "agenda": _text(2000),
    "type": _one_of(*_TYPES),
    "start_time": is_time,
    "timezone": is_zone,
    "duration": _minutes,
    "password": _password,
    "default_password": _flag,
    "settings": _object,
}

SETTINGS: dict[str, Callable[[Any], bool]] = {
    "host_video": _flag,
    "participant_video": _flag,
    "join_before_host": _flag,
    "jbh_time": _one_of(0, 5, 10, 15),
    "mute_upon_entry": _flag,
    "waiting_room": _flag,
    "meeting_authentication": _flag,
    "approval_type": _one_of(0, 1, 2),
    "audio": _one_of("both", "telephony", "voip", "thirdParty"),
    "auto_recording": _one_of("local", "cloud", "none"),
    "alternative_hosts": _text(2000),
    "email_notification": _flag,
    "use_pmi": _flag,
}

_DEFAULTS: Resource = {
    "host_video": False,
    "participant_video": False,
    "join_before_host": False,
    "jbh_time": 0,
    "mute_upon_entry": False,
    "waiting_room": True,
    "meeting_authentication": False,
    "approval_type": 2,
    "audio": "both",
    "auto_recording": "none",
    "alternative_hosts": "",
    "email_notification": True,
    "use_pmi": False,
}


def wanted(body: Resource) -> Resource:
    """The fields of `body` that there are; a null counts as not given.

    Raises:
        ApiError: a field or a setting is of the wrong kind or too long.
    """
    given = {name: body[name] for name in FIELDS if body.get(name) is not None}
    wrong = [name for name, value in given.items() if not FIELDS[name](value)]
    if "settings" in given and "settings" not in wrong:
        told = given["settings"]
        given["settings"] = {name: told[name] for name in SETTINGS if told.get(name) is not None}
        wrong += [f"settings.{name}" for name, value in given["settings"].items() if not SETTINGS[name](value)]
    if wrong:
        raise validation_failed(wrong)
    if given.get("type") in (8, 10):
        raise bad_request("This stand-in for Zoom keeps no series and no screen shares.")
    return given


def new_meeting(given: Resource, host: Person, now: datetime, *, source: str) -> Meeting:
    """A meeting of `host` as `wanted` has read it; `source` is where it was made, such as `open_api`."""
    zone = given.get("timezone", host.zone)
    kind, start = _timing(given, zone, given.get("type", SCHEDULED), None)
    asked_for = given.get("password", "")
    passcode = asked_for or (_new_passcode() if given.get("default_password", True) else "")
    return Meeting(
        id=80_000_000_000 + secrets.randbelow(20_000_000_000),
        uuid=_new_uuid(),
        host_id=host.id,
        type=kind,
        topic=given.get("topic", "Zoom Meeting"),
        agenda=given.get("agenda", ""),
        start=start,
        duration=given.get("duration", 60),
        zone=zone,
        password=passcode,
        pwd=_new_pwd() if passcode else "",
        settings=_settings(_DEFAULTS, given.get("settings", {}), host),
        created_at=now,
        source=source,
    )


def changed_meeting(meeting: Meeting, given: Resource, host: Person) -> Meeting:
    """`meeting` with the fields that `wanted` has read; its id and its link stay, but for a new passcode."""
    zone = given.get("timezone", meeting.zone)
    kind, start = _timing(given, zone, given.get("type", meeting.type), meeting.start)
    password = given.get("password", meeting.password)
    same = password == meeting.password
    return dataclasses.replace(
        meeting,
        type=kind,
        topic=given.get("topic", meeting.topic),
        agenda=given.get("agenda", meeting.agenda),
        start=start,
        duration=given.get("duration", meeting.duration),
        zone=zone,
        password=password,
        pwd=meeting.pwd if same else (_new_pwd() if password else ""),
        settings=_settings(meeting.settings, given.get("settings", {}), host),
    )


def _timing(given: Resource, zone: str, kind: int, before: datetime | None) -> tuple[int, datetime | None]:
    """Type and start; a meeting that is scheduled for no time is one for now."""
    if kind != SCHEDULED:
        return kind, None
    start = moment(given["start_time"], zone) if "start_time" in given else before
    return (INSTANT if start is None else SCHEDULED), start


def _settings(before: Mapping[str, Any], given: Mapping[str, Any], host: Person) -> Resource:
    settings = {**before, **given, **host.locked}
    # Whoever waits in the waiting room waits for the host.
    settings["join_before_host"] = settings["join_before_host"] and not settings["waiting_room"]
    return settings


def _new_passcode() -> str:
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(6))


def _new_pwd() -> str:
    return f"{secrets.token_urlsafe(24)}.1"


def _new_uuid() -> str:
    return base64.b64encode(secrets.token_bytes(16)).decode()
