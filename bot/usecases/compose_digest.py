"""Puts a digest together: of everybody's days no more than he agreed to, and no more than the channel may read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.agenda import window_of
from bot.domain.digest_changes import Change, changes_among
from bot.domain.digest_content import Edition, free_together, without_link
from bot.domain.digest_days import Facts, PersonDays, person_days
from bot.domain.digests import Digest, Level, Plan, Run, Share, level_shown
from bot.domain.intervals import Interval
from bot.domain.people import Member, Standing, Workspace, actor_of
from bot.ports import Clock, Store, UnitOfWork
from bot.usecases.appointments_of import appointments_of
from bot.usecases.channel_readers import HasOutsiders
from bot.usecases.gather_times import gather, preferences_of

_RUNS_LOOKED_AT = 60
_SKIPPED_TOLD = 7


class ComposeDigest:
    """What would be posted now, and is. Everything is looked up for the one whose day it is, by his own word."""

    def __init__(self, store: Store, is_read_outside: HasOutsiders, clock: Clock) -> None:
        self._store = store
        self._is_read_outside = is_read_outside
        self._clock = clock

    def __call__(self, digest: Digest, day: date, *, due_at: datetime | None = None) -> Edition:
        """The digest of that local day; `due_at` is when it should have come, where it is late."""
        has_outsiders = self._has_outsiders(digest)
        now, window = self._clock.now(), window_of(day, digest.plan.zone, days=digest.plan.days)
        with self._store.reading() as work:
            workspace = work.workspaces.get(digest.workspace_id)
            shares = [share for share in work.digests.shares(digest.id) if share.is_listed]
            members = {share.member_id: work.members.get(workspace.id, share.member_id) for share in shares}
            full = [share for share in shares if _is_here(work, members[share.member_id], workspace)]
            facts = []
            for share in full:
                level = level_shown(digest, share, has_outsiders=has_outsiders)
                if level is not None:
                    facts.append(_facts(work, workspace, members[share.member_id], level, window, now))
            runs = work.digests.runs(digest.id, limit=_RUNS_LOOKED_AT)
            last, skipped = _before(runs, day, digest.plan)
            people = tuple(person_days(each, window, now) for each in facts)
            changes = _changes(work, workspace, facts, window, last)
        return Edition(
            digest=digest,
            workspace=workspace.name,
            day=day,
            window=window,
            people=people,
            composed_at=now,
            changes=changes,
            without_link=without_link(facts),
            free=free_together(people),
            is_everyone=_is_everyone(people, shares),
            since=last.day if last is not None else None,
            skipped=skipped,
            due_at=due_at,
            waiting=tuple(members[share.member_id] for share in full if share.is_waiting),
            has_outsiders=has_outsiders,
        )

    def _has_outsiders(self, digest: Digest) -> bool:
        """A digest that shows nothing but busy times has no need to know who reads it."""
        return digest.level is not Level.BUSY and self._is_read_outside(digest.workspace_id, digest.channel_id)


def _is_here(work: UnitOfWork, member: Member, workspace: Workspace) -> bool:
    """Whoever is being forgotten is in no digest, though somebody may have put him into its list since."""
    return member.standing is Standing.FULL and not work.erasures.is_under_way(actor_of(member, workspace))


def _facts(
    work: UnitOfWork, workspace: Workspace, member: Member, level: Level, window: Interval, now: datetime
) -> Facts:
    """A member's days, as he himself may see them; what is shown of them is decided by `level`."""
    himself = actor_of(member, workspace)
    gathered = gather(work, himself, [member], preferences_of(work, himself, [member]), window, 0, now)
    time = gathered.times[0] if gathered.times else None
    late = time.stale if time is not None else ()
    read = [calendar.read_at for calendar in late]
    appointments = appointments_of(work, himself, window, now, (), None)
    return Facts(
        member=member,
        level=level,
        entries=work.events.agenda(himself, window),
        appointments=appointments,
        time=time,
        has_calendar=bool(work.calendars.of(himself)),
        is_late=bool(late),
        late_since=min((one for one in read if one is not None), default=None),
        private=work.remote_links.private_among([one.appointment.id for one in appointments]),
    )


def _changes(
    work: UnitOfWork, workspace: Workspace, facts: Sequence[Facts], window: Interval, last: Run | None
) -> tuple[Change, ...]:
    if last is None or not facts:
        return ()
    somebody = actor_of(facts[0].member, workspace)
    changed = work.digests.changed_since(somebody, [each.member.id for each in facts], last.at)
    private = work.remote_links.private_among([one.appointment.id for one in changed])
    told = [replace(one, is_private=one.appointment.id in private) for one in changed]
    return changes_among(told, facts, window, last.at)


def _before(runs: Sequence[Run], day: date, plan: Plan) -> tuple[Run | None, tuple[date, ...]]:
    """The last digest that the channel saw before that day, and the days since that were skipped, oldest first.

    Those count on which it would come as it is by now: nobody misses a day of the plan that it had before.
    """
    skipped: list[date] = []
    for run in runs:
        if run.day < day and run.state.may_stand:
            return run, tuple(reversed(skipped[:_SKIPPED_TOLD]))
        if run.day < day and run.state.is_missing and run.day.weekday() in plan.weekdays:
            skipped.append(run.day)
    return None, tuple(reversed(skipped[:_SKIPPED_TOLD]))


def _is_everyone(people: Sequence[PersonDays], shares: Sequence[Share]) -> bool:
    return len(people) == len(shares) and all(person.is_known for person in people)
