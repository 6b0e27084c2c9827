"""Shows meetings and people as Zoom's API answers with them."""

import secrets

from bot.sandbox.zoom.errors import Resource
from bot.sandbox.zoom.state import Meeting, Person
from bot.sandbox.zoom.times import zulu

_LONGEST_LISTED_AGENDA = 250


def shown_meeting(meeting: Meeting, host: Person, links: str) -> Resource:
    """The whole resource, with a `start_url` that is new every time; `links` is where they lead."""
    shown: Resource = {
        "uuid": meeting.uuid,
        "id": meeting.id,
        "host_id": host.id,
        "host_email": host.email,
        "assistant_id": "",
        "topic": meeting.topic,
        "type": meeting.type,
        "status": "waiting",
        "duration": meeting.duration,
        "timezone": meeting.zone,
        "agenda": meeting.agenda,
        "created_at": zulu(meeting.created_at),
        "start_url": f"{links}/s/{meeting.id}?zak=eyJ{secrets.token_urlsafe(180)}",
        "join_url": _join_url(meeting, links),
        "settings": dict(meeting.settings),
        "creation_source": meeting.source,
        "pre_schedule": False,
    }
    if meeting.start is not None:
        shown["start_time"] = zulu(meeting.start)
    if meeting.password:
        digits = str(meeting.id)[-6:]
        shown |= {"password": meeting.password, "encrypted_password": meeting.pwd}
        shown |= {"h323_password": digits, "pstn_password": digits}
    return shown


def listed_meeting(meeting: Meeting, links: str) -> Resource:
    """How a list has it: the agenda cut short, no passcode, no way to start it."""
    listed: Resource = {
        "uuid": meeting.uuid,
        "id": meeting.id,
        "host_id": meeting.host_id,
        "topic": meeting.topic,
        "type": meeting.type,
        "duration": meeting.duration,
        "timezone": meeting.zone,
        "created_at": zulu(meeting.created_at),
        "join_url": _join_url(meeting, links),
    }
    if meeting.start is not None:
        listed["start_time"] = zulu(meeting.start)
    if meeting.agenda:
        listed["agenda"] = meeting.agenda[:_LONGEST_LISTED_AGENDA]
    return listed


def shown_person(person: Person, links: str) -> Resource:
    """The answer of `/users/me`."""
    first, _, last = person.name.partition(" ")
    return {
        "id": person.id,
        "first_name": first,
        "last_name": last,
        "display_name": person.name,
        "email": person.email,
        "type": 2 if person.may_host else 1,
        "role_name": "Member",
        "pmi": person.pmi,
        "use_pmi": False,
        "personal_meeting_url": f"{links}/j/{person.pmi}",
        "timezone": person.zone,
        "verified": 1,
        "dept": "",
        "created_at": zulu(person.created_at),
        "account_id": person.account_id,
        "language": "en-US",
        "status": "active",
        "cluster": "us05",
    }


def _join_url(meeting: Meeting, links: str) -> str:
    return f"{links}/j/{meeting.id}" + (f"?pwd={meeting.pwd}" if meeting.pwd else "")
