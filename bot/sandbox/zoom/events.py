"""Words what Zoom tells an app by webhook."""

import secrets
from datetime import UTC, datetime

from bot.sandbox.zoom.errors import Resource
from bot.sandbox.zoom.grants import Client
from bot.sandbox.zoom.state import Meeting, Person
from bot.sandbox.zoom.times import zulu

_NOT_TOLD = frozenset({"agenda", "password", "settings"})


def url_validation(at: datetime) -> Resource:
    """The question whether an address is the app's: it has to answer with what only the app can work out."""
    return _event("endpoint.url_validation", at, {"plainToken": secrets.token_urlsafe(16)})


def app_deauthorized(person: Person, client: Client, at: datetime, retention: str | None = "false") -> Resource:
    """A person has removed the app; `retention` says whether his data may stay, or nothing."""
    gone = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return _event(
        "app_deauthorized",
        at,
        {
            "account_id": person.account_id,
            "user_id": person.id,
            "client_id": client.id,
            "deauthorization_time": gone,
            "user_data_retention": retention,
            # Zoom does not say of what; the signature of the request is in its header.
            "signature": secrets.token_hex(32),
        },
    )


def meeting_deleted(meeting: Meeting, host: Person, at: datetime) -> Resource:
    """A meeting is gone."""
    whole = {"id": meeting.id, "uuid": meeting.uuid, "host_id": host.id, **_plain(meeting)}
    whole = {name: value for name, value in whole.items() if name not in _NOT_TOLD and value is not None}
    return _event("meeting.deleted", at, {**_by(host), "object": whole})


def meeting_updated(before: Meeting, after: Meeting, host: Person, at: datetime) -> Resource:
    """A meeting has changed: what it was and what it is, in the changed fields only."""
    old, new = _plain(before), _plain(after)
    changed = [name for name in new if new[name] != old[name]]
    return _event(
        "meeting.updated",
        at,
        {
            **_by(host),
            "object": {"id": after.id, "uuid": after.uuid, **{name: new[name] for name in changed}},
            "old_object": {"id": before.id, "uuid": before.uuid, **{name: old[name] for name in changed}},
            "time_stamp": _milliseconds(at),
        },
    )


def _event(name: str, at: datetime, payload: Resource) -> Resource:
    return {"event": name, "event_ts": _milliseconds(at), "payload": payload}


def _by(host: Person) -> Resource:
    return {"account_id": host.account_id, "operator": host.email, "operator_id": host.id}


def _plain(meeting: Meeting) -> Resource:
    return {
        "topic": meeting.topic,
        "type": meeting.type,
        "start_time": None if meeting.start is None else zulu(meeting.start),
        "duration": meeting.duration,
        "timezone": meeting.zone,
        "agenda": meeting.agenda,
        "password": meeting.password,
        "settings": dict(meeting.settings),
    }


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
