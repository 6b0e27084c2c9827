"""Whether all sides agree once everything has come to rest: what does not is told, in words."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from bot.domain.appointments import AppointmentStatus, Where
from bot.domain.calendars import ContactPolicy, EventStyle
from bot.domain.effects import EffectKind, LinkState
from bot.domain.horizon import DAYS_AHEAD, EXPANDED, READ_BACK
from bot.domain.intervals import Interval, clip, merged
from bot.domain.wall_time import epoch
from bot.sandbox.google.errors import Resource
from bot.sandbox.google.times import moment_of
from storage.tables import (
    APPOINTMENTS,
    CALENDARS,
    CHANGE_SETS,
    EFFECTS,
    EVENTS,
    FIRINGS,
    INBOX,
    INVITEE_QUESTIONS,
    LINKS,
    OCCURRENCES,
    PUSH_CHANNELS,
    REMOTE_LINKS,
    TAKEN,
    TAKEN_PLACES,
)
from tests.integration.booking_stage import OVERLAPS
from tests.integration.fire_house import truth
from tests.integration.year_clients import TEAM
from tests.integration.year_house import House, Mate


def drift(house: House) -> list[str]:
    """Every disagreement; none where all is well."""
    return [
        *_appointments(house),
        *_orphans(house),
        *_meetings(house),
        *_taken(house),
        *_untaken(house),
        *_busy(house),
        *_leftovers(house),
    ]


def _appointments(house: House) -> Iterator[str]:
    """Every appointment stands in Google exactly as Daybook has it, or not at all if it is cancelled."""
    rows = house.rows(
        select(
            APPOINTMENTS.c.id,
            APPOINTMENTS.c.status,
            APPOINTMENTS.c.start_at,
            APPOINTMENTS.c.end_at,
            REMOTE_LINKS.c.container,
            REMOTE_LINKS.c.remote_id,
            REMOTE_LINKS.c.state,
        )
        .join(REMOTE_LINKS, REMOTE_LINKS.c.appointment_id == APPOINTMENTS.c.id)
        .where(REMOTE_LINKS.c.kind == EffectKind.EVENT)
    )
    for row in rows:
        event = house.google.calendars[row.container].events.get(row.remote_id)
        is_there = event is not None and not event.cancelled
        wanted = row.status is not AppointmentStatus.CANCELLED
        # Nobody writes what is over into Google any more.
        if is_there != wanted and row.end_at > epoch(house.now):
            yield f"appointment {row.id} is {row.status}, its event {'is there' if is_there else 'is gone'}"
        if is_there and wanted and event is not None:
            span = _span(event.fields, house.google.calendars[row.container].zone)
            if span != (row.start_at, row.end_at) and row.end_at > epoch(house.now):
                yield f"appointment {row.id} is at {row.start_at}, in Google at {span.start}"
        if wanted and row.end_at > epoch(house.now) and row.state is not LinkState.WRITTEN:
            yield f"appointment {row.id} was not written"


def _orphans(house: House) -> Iterator[str]:
    """No event of ours stands anywhere that no live appointment has."""
    links = house.rows(select(REMOTE_LINKS.c.container, REMOTE_LINKS.c.remote_id))
    known = {(row.container, row.remote_id) for row in links}
    for place, calendar in house.google.calendars.items():
        for event in calendar.events.values():
            is_ours = not event.id.startswith("event")
            if is_ours and not event.cancelled and (place, event.id) not in known:
                yield f"event {event.id} of ours stands in {place}, and nobody knows it"


def _meetings(house: House) -> Iterator[str]:
    """Every coming appointment by Zoom has one meeting, at its time, and no other meeting is there."""
    rows = house.rows(
        select(APPOINTMENTS.c.start_at, REMOTE_LINKS.c.remote_id)
        .join(REMOTE_LINKS, REMOTE_LINKS.c.appointment_id == APPOINTMENTS.c.id)
        .where(
            REMOTE_LINKS.c.kind == EffectKind.MEETING,
            APPOINTMENTS.c.venue == Where.ZOOM,
            APPOINTMENTS.c.status == AppointmentStatus.CONFIRMED,
            APPOINTMENTS.c.start_at > epoch(house.now),
        )
    )
    wanted = sorted((row.remote_id, row.start_at) for row in rows)
    told = [
        (str(one["id"]), epoch(datetime.fromisoformat(str(one["start_time"])).astimezone(UTC)))
        for one in house.zoom.meetings()
    ]
    there = sorted(one for one in told if one[1] > epoch(house.now))
    if wanted != there:
        yield f"Zoom has {there}, not {wanted}"


def _taken(house: House) -> Iterator[str]:
    """What was taken from Google and is to come is at the time that Google has it."""
    rows = house.rows(
        select(TAKEN.c.original_at, TAKEN.c.start_at, TAKEN.c.end_at, TAKEN.c.ical_uid, CALENDARS.c.remote_id)
        .add_columns(TAKEN_PLACES.c.event_id)
        .join(TAKEN_PLACES, TAKEN_PLACES.c.taken_id == TAKEN.c.id)
        .join(CALENDARS, CALENDARS.c.id == TAKEN_PLACES.c.calendar_id)
        .where(~TAKEN.c.is_cancelled, TAKEN.c.start_at > epoch(house.now))
    )
    for row in rows:
        calendar = house.google.calendars[row.remote_id]
        event = calendar.events.get(row.event_id)
        if event is None or event.cancelled:
            yield f"meeting {row.event_id} was taken from {row.remote_id}, and is not there"
        elif (span := _span(event.fields, calendar.zone)) != (row.start_at, row.end_at):
            yield f"meeting {row.event_id} is at {row.start_at}, in Google at {span.start}"


def _untaken(house: House) -> Iterator[str]:
    """In two-way sync that adds contacts, every coming meeting with an outsider was taken, once."""
    live = house.rows(select(TAKEN.c.ical_uid, TAKEN.c.original_at).where(~TAKEN.c.is_cancelled))
    taken = {(row.ical_uid, row.original_at) for row in live}
    seen = defaultdict[tuple[str, str], int](int)
    for mate in house.mates:
        option = house.calendar(mate).option
        if option.event_style is EventStyle.BLOCKED or option.contact_policy is not ContactPolicy.CREATE:
            continue
        calendar = house.google.calendars[mate.address]
        for event in calendar.events.values():
            is_single = not event.recurring and "recurringEventId" not in event.fields
            if event.cancelled or not is_single or not event.id.startswith("event"):
                continue
            seen[(mate.address, str(event.fields["iCalUID"]))] += 1
            guests = [one for one in event.fields.get("attendees", ()) if one["email"] not in TEAM]
            is_to_come = _span(event.fields, calendar.zone).start > epoch(house.now)
            if guests and is_to_come and (event.fields["iCalUID"], 0) not in taken:
                yield f"meeting {event.id} of {mate.address} was not taken"


def _busy(house: House) -> Iterator[str]:
    """What blocks is what Google has, but for copies of appointments, which block by themselves."""
    window = Interval(epoch(house.now), epoch(house.now + timedelta(days=DAYS_AHEAD)))
    copies = {row.remote_id for row in house.rows(select(REMOTE_LINKS.c.remote_id))}
    for mate in house.mates:
        there = truth(house.google, mate.address, window, without=copies)
        if (here := clip(merged(_blocked(house, mate, window)), window)) != there:
            yield f"{mate.address} is busy {sorted(set(here) ^ set(there))[:4]} on one side alone"


def _leftovers(house: House) -> Iterator[str]:
    """Nothing waits, nothing is kept for longer than it is needed."""
    now = epoch(house.now)
    counts = {
        "links": house.count(LINKS),
        "deliveries of Slack's": house.count(INBOX),
        "old switches": house.count(CHANGE_SETS, CHANGE_SETS.c.made_at < house.now - timedelta(days=31)),
        # Cards are brought up to date once the appointment is over.
        "effects that are late": house.count(EFFECTS, EFFECTS.c.due_at <= house.now),
        "dead effects": house.count(EFFECTS, EFFECTS.c.is_dead),
        "firings that wait": house.count(FIRINGS, FIRINGS.c.due_at.is_not(None)),
        "undecided events": house.count(EVENTS, EVENTS.c.needs_decision),
        "places that are gone": house.count(TAKEN_PLACES, TAKEN_PLACES.c.is_gone),
        "open questions": house.count(INVITEE_QUESTIONS, INVITEE_QUESTIONS.c.answer.is_(None)),
        "channels that end": house.count(PUSH_CHANNELS, PUSH_CHANNELS.c.stop_at.is_not(None)),
        "channels too many": house.count(PUSH_CHANNELS) - len(house.mates),
        "held calendars": house.count(CALENDARS, CALENDARS.c.fuse_number.is_not(None)),
        "failing calendars": house.count(CALENDARS, CALENDARS.c.attempts > 0),
        "occurrences before": house.count(
            OCCURRENCES, OCCURRENCES.c.end_at < now - READ_BACK.total_seconds() - 86400 * 31
        ),
        "occurrences beyond": house.count(OCCURRENCES, OCCURRENCES.c.start_at > now + EXPANDED.total_seconds()),
        "firings twice": house.count(FIRINGS) - _distinct_firings(house),
    }
    yield from (f"{number} {what}" for what, number in counts.items() if number)
    for mate in house.mates:
        calendar = house.calendar(mate)
        if not calendar.told_for(house.now):
            yield f"nobody tells of {mate.address}"
    with house.engine.connect() as connection:
        if overlaps := connection.execute(OVERLAPS).scalar_one():
            yield f"{overlaps} overlaps"


def _distinct_firings(house: House) -> int:
    distinct = select(FIRINGS.c.trigger_id, FIRINGS.c.subject, FIRINGS.c.version).distinct().subquery()
    return int(house.rows(select(func.count()).select_from(distinct))[0][0])


def _span(fields: Resource, zone: str) -> Interval:
    start, end = (moment_of(fields[name], zone) for name in ("start", "end"))
    return Interval(int(start.timestamp()), int(end.timestamp()))


def _blocked(house: House, mate: Mate, window: Interval) -> list[Interval]:
    """What his calendar's events take of his time, as Daybook has it."""
    calendar = house.calendar(mate)
    with house.store.reading() as work:
        busy = work.events.busy(mate.actor, [calendar.id], window)[calendar.id]
    return sorted(Interval(*one) for one in busy)
