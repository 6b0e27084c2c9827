"""What Daybook knows of a member's calendars over some time: what is taken, what is not understood, what is free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.availability import free_slots
from bot.domain.calendars import Calendar, Role
from bot.domain.events import AllDay, RemoteEvent, Timed
from bot.domain.intervals import Interval, clip, merged
from bot.domain.people import Actor, actor_of
from bot.domain.wall_time import epoch
from bot.ports import Store, UnitOfWork
from bot.usecases.gather_times import gather, preferences_of, usual_minutes

MOST_PROBLEMS = 10_000


@dataclass(frozen=True, slots=True)
class ReviewedCalendar:
    """A calendar in its role; `busy` is merged and cut to the window, `problems` are sentences.

    `is_failing`: it was never read, and the last try failed.
    """

    name: str
    role: Role
    busy: tuple[Interval, ...]
    problems: tuple[str, ...]
    is_failing: bool


@dataclass(frozen=True, slots=True)
class Review:
    """The actor's calendars, the linked one first, and his free starts in epoch seconds.

    `slots` is None as long as nobody can say: a calendar was never read.
    """

    calendars: tuple[ReviewedCalendar, ...]
    slots: tuple[int, ...] | None


class ReviewCalendars:
    """Tell whoever runs Daybook what a member's calendars come to; no handler calls it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __call__(self, slack_team_id: str, slack_user_id: str, start: datetime, end: datetime) -> Review:
        """The calendars, and the member's own free starts from `start` up to `end`, as if `start` were now.

        Somebody who is not known yet has no calendars.
        """
        window = Interval(epoch(start), epoch(end))
        with self._store.reading() as work:
            actor = _actor(work, slack_team_id, slack_user_id)
            if actor is None:
                return Review((), None)
            calendars = work.calendars.of(actor)
            busy = work.events.busy(actor, [one.id for one in calendars], window)
            member = work.members.get(actor.workspace_id, actor.member_id)
            preferences = preferences_of(work, actor, [member])
            minutes = usual_minutes(preferences, [member])
            gathered = gather(work, actor, [member], preferences, window, minutes, start)
            unreadable = work.events.unreadable(actor, limit=MOST_PROBLEMS)
        slots = None
        if gathered.times and gathered.is_complete:
            slots = tuple(slot.start for slot in free_slots(gathered.times, window, minutes, now=start))
        reviewed = [
            _reviewed(one, clip(merged(busy.get(one.id, ())), window), unreadable.get(one.id, ())) for one in calendars
        ]
        return Review(tuple(reviewed), slots)


def _actor(work: UnitOfWork, slack_team_id: str, slack_user_id: str) -> Actor | None:
    workspace = work.workspaces.by_team(slack_team_id)
    known = work.members.by_slack_ids(workspace.id, [slack_user_id]) if workspace is not None else {}
    if workspace is None or slack_user_id not in known:
        return None
    return actor_of(known[slack_user_id], workspace)


def _reviewed(calendar: Calendar, busy: Sequence[Interval], unreadable: Sequence[RemoteEvent]) -> ReviewedCalendar:
    problems = [_told(event) for event in unreadable]
    if calendar.problem:
        problems.insert(0, calendar.problem)
    elif calendar.read_at is None:
        problems.insert(0, "It was not read yet, so nothing is known of it.")
    return ReviewedCalendar(
        name=calendar.name,
        role=calendar.role,
        busy=tuple(busy),
        problems=tuple(problems),
        is_failing=calendar.read_at is None and calendar.problem is not None,
    )


def _told(event: RemoteEvent) -> str:
    match event.start:
        case AllDay(day):
            on = day.isoformat()
        case Timed(at, _):
            on = at.date().isoformat()
        case _:
            on = "an unknown date"
    return f"Event '{event.title or '(no title)'}' of {on}: {event.problem}"
