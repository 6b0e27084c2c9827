"""Who posts each digest, on which days it came, and who is to be told that it paused."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, or_, select, tuple_, update

from bot.domain.digest_changes import ChangedSince
from bot.domain.digest_times import Turn, comes_again
from bot.domain.digests import DIGEST_LEASE, Digest, DigestClaim, PauseReason, Run, RunState
from bot.domain.errors import LeaseLost
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from storage.repositories.appointment_rows import SELECT_APPOINTMENTS, appointment_from, hosts_of
from storage.repositories.digest_questions import is_stale, is_to_be_asked
from storage.repositories.digest_rows import digest_from, run_from
from storage.repositories.upserts import insert
from storage.tables import (
    APPOINTMENT_LOG,
    APPOINTMENTS,
    DIGEST_DAYS,
    DIGEST_QUESTIONS,
    DIGEST_RUNS,
    DIGEST_SHARES,
    DIGESTS,
    HOSTS,
)

SENT = tuple(state for state in RunState if state.may_stand)
"""What the channel saw, or may have seen."""

_LOOK_BACK = timedelta(days=1)


class DigestRuns:
    """The part of `ports.Digests` that posts: claims with a lease, and a fence that rises with each."""

    _connection: Connection

    def is_any_due(self, now: datetime) -> bool:
        """Whether it is worth the while to claim."""
        return self._connection.execute(select(DIGESTS.c.id).where(*_is_due(now)).limit(1)).first() is not None

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[DigestClaim]:
        """Claim what is due and not held by a live lease, the most overdue first."""
        rows = self._connection.execute(
            select(DIGESTS)
            .where(*_is_due(now))
            .order_by(DIGESTS.c.next_due_at, DIGESTS.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        ).all()
        for row in rows:
            values = {"fence": row.fence + 1, "lease_until": now + DIGEST_LEASE}
            self._connection.execute(update(DIGESTS).where(DIGESTS.c.id == row.id).values(values))
        return [DigestClaim(digest_from(row), row.fence + 1) for row in rows]

    def skip(self, claim: DigestClaim, days: Sequence[date], following: Turn, now: datetime) -> None:
        """Their time went by too long ago."""
        self._write(claim, next_day=following.day, next_due_at=following.due_at)
        for day in days:
            self._enter(claim.digest, day, RunState.SKIPPED, now)

    def pass_over(self, digest: Digest, days: Sequence[date], now: datetime) -> None:
        """These days were over before their digests came."""
        for day in days:
            self._enter(digest, day, RunState.SKIPPED, now)

    def sending(self, claim: DigestClaim, day: date, following: Turn, now: datetime) -> None:
        """It is about to be posted: nobody posts for that day again."""
        self._advance(claim, following)
        if not self._enter(claim.digest, day, RunState.SENDING, now):
            raise LeaseLost("That day has its digest already.")

    def settle(self, claim: DigestClaim, day: date, state: RunState, following: Turn, now: datetime) -> None:
        """The day is over without a post."""
        self._advance(claim, following)
        self._enter(claim.digest, day, state, now)

    def sent(self, digest_id: UUID, day: date, state: RunState) -> None:
        """What `sending` announced was posted."""
        self._connection.execute(update(DIGEST_RUNS).where(*_sent_on(digest_id, day)).values(state=state))

    def refused(self, digest_id: UUID, day: date, now: datetime) -> None:
        """Slack refused for good what `sending` announced."""
        goes_on = (DIGESTS.c.id == digest_id, DIGESTS.c.paused.is_(None))
        self._connection.execute(update(DIGESTS).where(*goes_on).values(notice_due_at=now))
        self._connection.execute(update(DIGEST_RUNS).where(*_sent_on(digest_id, day)).values(state=RunState.REFUSED))

    def unsent(self, claim: DigestClaim, turn: Turn, until: datetime) -> None:
        """What `sending` announced surely did not arrive; see the port."""
        which = DIGESTS.c.id == claim.digest.id
        row = self._connection.execute(select(DIGESTS).where(which).with_for_update(key_share=True)).one_or_none()
        if row is None:
            raise LeaseLost("The digest was deleted meanwhile.")
        sent = _sent_on(claim.digest.id, turn.day)
        if row.fence == claim.fence or comes_again(digest_from(row), claim.digest, turn):
            values = {"next_day": turn.day, "next_due_at": turn.due_at, "lease_until": until}
            self._connection.execute(update(DIGESTS).where(which).values(values))
            self._connection.execute(delete(DIGEST_RUNS).where(*sent))
        else:
            self._connection.execute(update(DIGEST_RUNS).where(*sent).values(state=RunState.SKIPPED))

    def put_off(self, claim: DigestClaim, until: datetime) -> None:
        """Nothing can be done now."""
        self._write(claim, lease_until=until)

    def stop(self, claim: DigestClaim, reason: PauseReason, now: datetime) -> None:
        """Pause it by itself, and have somebody told."""
        self._write(
            claim, paused=reason, paused_by=None, paused_at=now, next_due_at=None, notice_due_at=now, lease_until=None
        )

    def runs(self, digest_id: UUID, *, limit: int) -> Sequence[Run]:
        """Its latest days, the latest first."""
        wanted = select(DIGEST_RUNS).where(DIGEST_RUNS.c.digest_id == digest_id)
        rows = self._connection.execute(wanted.order_by(DIGEST_RUNS.c.day.desc()).limit(limit))
        return [run_from(row) for row in rows]

    def last_run(self, digest_id: UUID) -> Run | None:
        """The latest of them."""
        return next(iter(self.runs(digest_id, limit=1)), None)

    def _forget_days(self, before: datetime) -> None:
        """Those settled before then, but for what the next digest goes by."""
        later, seen = DIGEST_RUNS.alias("later"), DIGEST_RUNS.alias("seen")
        is_followed = exists().where(later.c.digest_id == DIGEST_RUNS.c.digest_id, later.c.day > DIGEST_RUNS.c.day)
        is_seen_later = exists().where(
            seen.c.digest_id == DIGEST_RUNS.c.digest_id, seen.c.day > DIGEST_RUNS.c.day, seen.c.state.in_(SENT)
        )
        is_over = or_(is_seen_later, and_(DIGEST_RUNS.c.state == RunState.QUIET, is_followed))
        # Whoever deletes a digest at this moment takes its days along, and waits for nobody.
        over = (
            select(DIGEST_RUNS.c.digest_id, DIGEST_RUNS.c.day)
            .where(DIGEST_RUNS.c.at < before, is_over)
            .with_for_update(skip_locked=True, of=DIGEST_RUNS)
        )
        self._connection.execute(
            delete(DIGEST_RUNS).where(tuple_(DIGEST_RUNS.c.digest_id, DIGEST_RUNS.c.day).in_(over))
        )
        self._connection.execute(delete(DIGEST_DAYS).where(DIGEST_DAYS.c.at < before))

    def changed_since(self, actor: Actor, host_ids: Collection[UUID], since: datetime) -> Sequence[ChangedSince]:
        """Appointments of these hosts that changed since then, with where they stood."""
        hosted = select(HOSTS.c.appointment_id).where(
            HOSTS.c.workspace_id == actor.workspace_id,
            HOSTS.c.host_id.in_(list(host_ids)),
            HOSTS.c.end_at > epoch(since - _LOOK_BACK),
        )
        rows = self._connection.execute(
            SELECT_APPOINTMENTS.where(APPOINTMENTS.c.id.in_(hosted), APPOINTMENTS.c.changed_at > since).order_by(
                APPOINTMENTS.c.start_at, APPOINTMENTS.c.id
            )
        ).all()
        hosts = hosts_of(self._connection, rows)
        stood = self._stood(hosted, since)
        found = [appointment_from(row, hosts[row.id]) for row in rows]
        return [ChangedSince(one, stood.get(one.id, one.span)) for one in found]

    def has_untold(self, now: datetime) -> bool:
        """Whether somebody is to be asked, or told that a digest is paused, or a question says what is over."""
        asks = select(DIGEST_SHARES.c.digest_id).where(*is_to_be_asked(now)).exists()
        tells = select(DIGESTS.c.id).where(DIGESTS.c.notice_due_at <= now).exists()
        shows = select(DIGEST_QUESTIONS.c.id).where(is_stale(now)).exists()
        return bool(self._connection.scalar(select(or_(asks, tells, shows))))

    def claim_notices(self, now: datetime, *, limit: int) -> Sequence[Digest]:
        """Digests that paused by themselves, or that Slack refused; each is handed to exactly one caller."""
        rows = self._connection.execute(
            select(DIGESTS)
            .where(DIGESTS.c.notice_due_at <= now)
            .order_by(DIGESTS.c.notice_due_at, DIGESTS.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True, key_share=True)
        ).all()
        which = DIGESTS.c.id.in_([row.id for row in rows])
        self._connection.execute(update(DIGESTS).where(which).values(notice_due_at=None))
        return [digest_from(row) for row in rows]

    def tell_again(self, digest: Digest, due_at: datetime) -> None:
        """Nobody was told."""
        still = (DIGESTS.c.id == digest.id, DIGESTS.c.paused == digest.paused)
        self._connection.execute(update(DIGESTS).where(*still).values(notice_due_at=due_at))

    def _stood(self, hosted: Select[tuple[UUID]], since: datetime) -> dict[UUID, Interval]:
        """Where those appointments that moved since then stood before; the first move says so."""
        moves = self._connection.execute(
            select(APPOINTMENT_LOG)
            .where(
                APPOINTMENT_LOG.c.appointment_id.in_(hosted),
                APPOINTMENT_LOG.c.at > since,
                APPOINTMENT_LOG.c.before_start_at.is_not(None),
            )
            .order_by(APPOINTMENT_LOG.c.number.desc())
        )
        return {move.appointment_id: Interval(move.before_start_at, move.before_end_at) for move in moves}

    def _advance(self, claim: DigestClaim, following: Turn) -> None:
        self._write(claim, next_day=following.day, next_due_at=following.due_at, lease_until=None)

    def _write(self, claim: DigestClaim, **values: object) -> None:
        held = (DIGESTS.c.id == claim.digest.id, DIGESTS.c.fence == claim.fence)
        if not self._connection.execute(update(DIGESTS).where(*held).values(**values)).rowcount:
            raise LeaseLost("The digest was changed meanwhile, or another process took it over.")

    def _enter(self, digest: Digest, day: date, state: RunState, now: datetime) -> bool:
        entered = self._connection.execute(
            insert(self._connection.dialect.name, DIGEST_RUNS)
            .values(digest_id=digest.id, day=day, state=state, at=now)
            .on_conflict_do_nothing()
            .returning(DIGEST_RUNS.c.day)
        )
        return entered.first() is not None


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return DIGESTS.c.next_due_at <= now, or_(DIGESTS.c.lease_until.is_(None), DIGESTS.c.lease_until <= now)


def _sent_on(digest_id: UUID, day: date) -> tuple[ColumnElement[bool], ...]:
    is_its = (DIGEST_RUNS.c.digest_id == digest_id, DIGEST_RUNS.c.day == day)
    return *is_its, DIGEST_RUNS.c.state == RunState.SENDING
