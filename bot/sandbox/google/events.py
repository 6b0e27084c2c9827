"""Answers the methods on single events, and tells the ledger who would get mail."""

from bot.sandbox.google import changes, errors
from bot.sandbox.google.call import Call
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.mails import send
from bot.sandbox.google.state import Calendar, StoredEvent
from bot.sandbox.google.times import zone_named
from bot.sandbox.google.view import shown_event


def get_event(call: Call) -> Resource:
    """The resource `Event`; a deleted one has the status `cancelled`."""
    calendar = call.calendar("freeBusyReader")
    return _shown(call, calendar, changes.find(calendar, call.path["event"]))


def insert_event(call: Call) -> Resource:
    """The resource `Event` as it was made."""
    calendar = call.calendar("writerWithoutPrivateAccess")
    event = changes.insert(
        calendar, _body(call), creator=call.account, now=call.now, passes_duplicate=call.world.passes_duplicate
    )
    send(call, calendar, event)
    return _shown(call, calendar, event)


def patch_event(call: Call) -> Resource:
    """The resource `Event` after the change."""
    calendar = _writable(call)
    before = calendar.events.get(call.path["event"])
    event = changes.patch(calendar, call.path["event"], _body(call), if_match=call.if_match, now=call.now)
    send(call, calendar, event, before)
    return _shown(call, calendar, event)


def update_event(call: Call) -> Resource:
    """The resource `Event` after the replacement."""
    calendar = _writable(call)
    before = calendar.events.get(call.path["event"])
    event = changes.replace(calendar, call.path["event"], _body(call), if_match=call.if_match, now=call.now)
    send(call, calendar, event, before)
    return _shown(call, calendar, event)


def delete_event(call: Call) -> None:
    """Nothing: the answer to a deletion has no body."""
    calendar = _writable(call)
    before = calendar.events.get(call.path["event"])
    event = changes.delete(calendar, call.path["event"], if_match=call.if_match, now=call.now)
    send(call, calendar, event, before)


def _writable(call: Call) -> Calendar:
    calendar = call.calendar("writerWithoutPrivateAccess")
    if call.hides(calendar, changes.find(calendar, call.path["event"])):
        raise errors.required_access_level()
    return calendar


def _body(call: Call) -> Resource:
    """The body without what only newer clients may send: conference data by those that say so."""
    version = call.query.whole("conferenceDataVersion", at_least=0, at_most=1)
    if version == 1:
        return call.body
    return {name: value for name, value in call.body.items() if name != "conferenceData"}


def _shown(call: Call, calendar: Calendar, event: StoredEvent) -> Resource:
    zone = zone_named(call.query.text("timeZone") or calendar.zone).key
    at_most = call.query.whole("maxAttendees")
    hidden = call.hides(calendar, event)
    return shown_event(event, calendar, zone=zone, hidden=hidden, max_attendees=at_most)
