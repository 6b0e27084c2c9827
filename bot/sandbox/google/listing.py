"""Answers events.list: windows, series or instances, pages, and what changed since a sync token."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from bot.sandbox.google.call import Call
from bot.sandbox.google.crowd import Crowded
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.recurrence import happens_within, instances
from bot.sandbox.google.state import Calendar, StoredEvent
from bot.sandbox.google.times import moment_of, stamp, zone_named
from bot.sandbox.google.tokens import Listing, SyncPoint
from bot.sandbox.google.view import shown_event, stub
from bot.sandbox.google.wanted import NOT_WITH_SYNC_TOKEN, Wanted, known_revision, wanted_by

# A listing narrowed down by one of these cannot be followed up.
_NO_SYNC_AFTER = frozenset(NOT_WITH_SYNC_TOKEN) - {"timeMin", "timeMax"}
# Google stops expanding an endless series somewhere, and forgets deleted instances sooner.
_MOST_INSTANCES = 730
_FORGET_INSTANCES = timedelta(days=180)


def list_events(call: Call) -> Resource:
    """The resource `Events` for one page."""
    calendar = call.calendar("freeBusyReader")
    zone = zone_named(call.query.text("timeZone") or calendar.zone).key
    max_attendees = call.query.whole("maxAttendees")
    size = call.query.size(default=250, largest=2500)
    key = f"{call.account} {calendar.id} {call.query.without(['pageToken'])}"
    if token := call.query.text("pageToken"):
        page = call.world.pages.following(token, key, size)
    else:
        page = call.world.pages.first(_listing(call, calendar, key), size)
    items = []
    for event, details in page.items:
        if details:
            hidden = call.hides(calendar, event)
            items.append(shown_event(event, calendar, zone=zone, hidden=hidden, max_attendees=max_attendees))
        else:
            items.append(stub(event, zone))
    return {
        "kind": "calendar#events",
        "etag": calendar.etag,
        "summary": calendar.summary,
        "updated": stamp(calendar.updated),
        "timeZone": zone,
        "accessRole": calendar.access[call.account].role,
        "defaultReminders": call.default_reminders(calendar),
        **page.tokens(),
        "items": items,
    }


def _listing(call: Call, calendar: Calendar, key: str) -> Listing:
    asked = call.query.without(["pageToken", "syncToken", *NOT_WITH_SYNC_TOKEN])
    name = f"{call.account} {calendar.id}"
    since = known_revision(call, calendar, name, asked)
    wanted = wanted_by(call.query, since)
    found = [
        (event, wanted.show_deleted or wanted.updated_min is not None or not event.cancelled)
        for event in _found(call, calendar, wanted)
    ]
    token = None
    if not any(call.query.has(parameter) for parameter in _NO_SYNC_AFTER):
        token = call.world.sync_tokens.seal(SyncPoint(name, asked, calendar.revision))
    items = Crowded(found, calendar.crowd) if calendar.crowd and since is None else found
    return Listing(key, items, token)


def _found(call: Call, calendar: Calendar, wanted: Wanted) -> list[StoredEvent]:
    found: list[StoredEvent] = []
    for event in sorted(calendar.events.values(), key=lambda event: event.order):
        if wanted.since is not None and event.revision <= wanted.since:
            continue
        if not _fits(event, wanted) or (wanted.words and not _mentions(call, calendar, event, wanted.words)):
            continue
        if wanted.single and event.recurring:
            found += _expanded(event, calendar, wanted, call.now)
        elif _is_listed(event, calendar, wanted) and _falls_in(event, calendar.zone, wanted):
            found.append(event)
    if wanted.order == "startTime":
        found.sort(key=lambda event: moment_of(event.fields["start"], calendar.zone))
    elif wanted.order == "updated":
        found.sort(key=lambda event: str(event.fields["updated"]))
    return found


def _fits(event: StoredEvent, wanted: Wanted) -> bool:
    fields, properties = event.fields, event.fields.get("extendedProperties", {})
    return (
        (not wanted.types or fields["eventType"] in wanted.types)
        and (wanted.ical_uid is None or fields["iCalUID"] == wanted.ical_uid)
        and (wanted.updated_min is None or datetime.fromisoformat(fields["updated"]) >= wanted.updated_min)
        and all(_has(properties.get("private", {}), constraint) for constraint in wanted.private)
        and all(_has(properties.get("shared", {}), constraint) for constraint in wanted.shared)
    )


def _has(properties: dict[str, str], constraint: str) -> bool:
    name, _, value = constraint.partition("=")
    return properties.get(name) == value


def _mentions(call: Call, calendar: Calendar, event: StoredEvent, words: tuple[str, ...]) -> bool:
    if call.hides(calendar, event):
        return False
    people = [event.fields["organizer"], *event.fields.get("attendees", [])]
    texts = [event.fields.get(name, "") for name in ("summary", "description", "location")]
    texts += [person.get(name, "") for person in people for name in ("email", "displayName")]
    everything = " ".join(texts).lower()
    return all(word in everything for word in words)


def _is_listed(event: StoredEvent, calendar: Calendar, wanted: Wanted) -> bool:
    if not event.cancelled or wanted.with_deleted:
        return True
    # Without its cancelled instances a series would look fuller than it is: now, or once its rule has them again.
    master = calendar.events.get(event.master_id or "")
    return not wanted.single and master is not None and not master.cancelled


def _falls_in(event: StoredEvent, zone: str, wanted: Wanted) -> bool:
    if event.recurring:
        return happens_within(event.fields, wanted.time_min, wanted.time_max, zone)
    starts, ends = (moment_of(event.fields[name], zone) for name in ("start", "end"))
    return (wanted.time_min is None or ends > wanted.time_min) and (wanted.time_max is None or starts < wanted.time_max)


def _expanded(master: StoredEvent, calendar: Calendar, wanted: Wanted, now: datetime) -> Iterator[StoredEvent]:
    if master.cancelled and not wanted.with_deleted:
        return
    time_max = min(wanted.time_max or now + _FORGET_INSTANCES, now + _FORGET_INSTANCES)
    found = instances(master.fields, wanted.time_min, time_max if master.cancelled else wanted.time_max, calendar.zone)
    changed = {exception.id for exception in calendar.exceptions_of(master.id)}
    for fields in islice(found, _MOST_INSTANCES):
        if fields["id"] not in changed:
            yield StoredEvent(fields, master.revision, master.order)
