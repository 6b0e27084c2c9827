"""The methods of Zoom's API: a user, and his meetings to make, list, read, change and delete."""

from bot.sandbox.zoom.call import Call
from bot.sandbox.zoom.errors import Resource, bad_request
from bot.sandbox.zoom.events import meeting_deleted, meeting_updated
from bot.sandbox.zoom.fields import changed_meeting, new_meeting, wanted
from bot.sandbox.zoom.listing import Wish, chosen
from bot.sandbox.zoom.state import Meeting
from bot.sandbox.zoom.view import listed_meeting, shown_meeting, shown_person


def get_user(call: Call) -> Resource:
    """Who the caller is."""
    return shown_person(call.user(), call.world.links)


def create_meeting(call: Call) -> Resource:
    """A new meeting: every call makes one, there is no key that would tell a repeated call from a new one."""
    host = call.host()
    meeting = new_meeting(wanted(call.body), host, call.world.now(), source="open_api")
    call.world.put(meeting)
    _note(call, meeting)
    return shown_meeting(meeting, host, call.world.links)


def list_meetings(call: Call) -> Resource:
    """One page of the meetings of a user."""
    host, world, now = call.host(), call.world, call.world.now()
    wish = Wish.read(call.query)
    found = chosen(world.hosted_by(host), wish, now)
    meetings, answer = world.pages.page(found, wish, host.id, now)
    return answer | {"meetings": [listed_meeting(meeting, world.links) for meeting in meetings]}


def get_meeting(call: Call) -> Resource:
    """The whole meeting."""
    return shown_meeting(call.meeting(), call.host(), call.world.links)


def update_meeting(call: Call) -> None:
    """A meeting with other fields; the app that asked for it is told too, as if it did not know."""
    host, before = call.host(), call.meeting()
    after = changed_meeting(before, wanted(call.body), host)
    call.world.put(after)
    _note(call, after)
    if after != before:
        call.world.tell_apps(host, meeting_updated(before, after, host, call.world.now()))


def delete_meeting(call: Call) -> None:
    """No meeting any more; whom Zoom would mail about it is in the query, and nobody is mailed."""
    if call.query.get("occurrence_id"):
        raise bad_request("Invalid parameter: occurrence_id.")
    host, meeting = call.host(), call.meeting()
    call.world.drop(meeting)
    _note(call, meeting)
    call.world.tell_apps(host, meeting_deleted(meeting, host, call.world.now()))


def _note(call: Call, meeting: Meeting) -> None:
    """Have the ledger say which meeting this was, and what stood first in its agenda."""
    first = meeting.agenda.partition("\n")[0][:250]
    call.notes.update(meeting=str(meeting.id), host=call.person.email, agenda=first)
