"""An in-memory repository of digests, with the semantics of `bot.ports`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bot.domain.digest_changes import ChangedSince
from bot.domain.digest_lists import answered, first_listed, listed_again, taken_out
from bot.domain.digest_questions import Ending, says_otherwise
from bot.domain.digest_times import Turn, comes_again
from bot.domain.digests import (
    DIGEST_LEASE,
    Digest,
    DigestClaim,
    DigestThere,
    Level,
    PauseReason,
    Run,
    RunState,
    Share,
)
from bot.domain.errors import LeaseLost, NotFound
from bot.domain.people import Actor
from bot.domain.wall_time import epoch
from tests.fakes.digest_questions import FakeDigestQuestions, is_stale, is_to_be_asked
from tests.fakes.digest_rows import DigestRow, DigestShareRow
from tests.fakes.tables import aware


@dataclass
class FakeDigests(FakeDigestQuestions):
    """Implements `ports.Digests`."""

    def add(self, digest: Digest) -> None:
        aware(digest.created_at)
        if digest.id in self.tables.digests:
            return
        if any(_place(row.digest) == _place(digest) for row in self.tables.digests.values()):
            raise DigestThere
        self.tables.digests[digest.id] = DigestRow(digest)
        kept = self.tables.digest_days.get(_place(digest))
        if kept is not None:
            self.tables.digest_runs[digest.id, kept.day] = kept

    def change(self, digest: Digest) -> None:
        row = self.tables.digests.get(digest.id)
        if row is None or row.digest.workspace_id != digest.workspace_id:
            raise NotFound
        self.tables.digests[digest.id] = DigestRow(digest, fence=row.fence + 1)
        if says_otherwise(row.digest, digest):
            self.want(lambda one: one.digest_id == digest.id, channel_name=digest.channel_name)

    def delete(self, actor: Actor, digest_id: UUID) -> None:
        digest = self.get(actor, digest_id)
        last = next((run for run in self.runs(digest_id, limit=9999) if run.state.may_stand), None)
        if last is not None:
            self.tables.digest_days[_place(digest)] = last
        del self.tables.digests[digest_id]
        for shared in [key for key in self.tables.digest_shares if key[0] == digest_id]:
            del self.tables.digest_shares[shared]
        for settled in [key for key in self.tables.digest_runs if key[0] == digest_id]:
            del self.tables.digest_runs[settled]
        self.end(Ending.DELETED, lambda one: one.digest_id == digest_id)

    def get(self, actor: Actor, digest_id: UUID, *, to_change: bool = False) -> Digest:
        row = self.tables.digests.get(digest_id)
        if row is None or row.digest.workspace_id != actor.workspace_id:
            raise NotFound
        return row.digest

    def in_channel(self, actor: Actor, channel_id: str) -> Digest | None:
        digests = (row.digest for row in self.tables.digests.values())
        return next((one for one in digests if _place(one) == (actor.workspace_id, channel_id)), None)

    def of(self, actor: Actor) -> Sequence[Digest]:
        shares = [row.share for row in self.tables.digest_shares.values()]
        named = {share.digest_id for share in shares if share.member_id == actor.member_id and share.is_his}
        digests = [row.digest for row in self.tables.digests.values()]
        his = [
            one
            for one in digests
            if one.workspace_id == actor.workspace_id and (one.creator_id == actor.member_id or one.id in named)
        ]
        return sorted(his, key=lambda one: (one.channel_name.casefold(), one.id))

    def count_own(self, actor: Actor) -> int:
        owner = (actor.workspace_id, actor.member_id)
        return sum((row.digest.workspace_id, row.digest.creator_id) == owner for row in self.tables.digests.values())

    def shares(self, digest_id: UUID) -> tuple[Share, ...]:
        rows = [row for row in self.tables.digest_shares.values() if row.share.digest_id == digest_id]
        return tuple(row.share for row in sorted(rows, key=lambda row: (row.position, row.share.member_id)))

    def list_people(self, digest: Digest, member_ids: Sequence[UUID], now: datetime) -> None:
        for share in self.shares(digest.id):
            if share.is_listed and share.member_id not in member_ids:
                self._take_out(share)
        for position, member_id in enumerate(member_ids):
            row = self.tables.digest_shares.get((digest.id, member_id))
            if row is None:
                refuses = (*_place(digest), member_id) in self.tables.digest_refusals
                share = first_listed(digest, member_id, refuses=refuses)
                self._put(DigestShareRow(share, position, None if refuses else aware(now)))
                continue
            self._list_again(digest, row, position, now)

    def answer(self, digest: Digest, member_id: UUID, agreed: Level | None) -> None:
        row = self.tables.digest_shares.get((digest.id, member_id))
        if row is None:
            raise NotFound
        self._put(DigestShareRow(answered(row.share, digest.level, agreed), row.position))
        place = (*_place(digest), member_id)
        if agreed is None:
            self.tables.digest_refusals.add(place)
        else:
            self.tables.digest_refusals.discard(place)
        held = self.tables.digests[digest.id]
        self.tables.digests[digest.id] = replace(held, fence=held.fence + 1, lease_until=None)
        self.want(lambda one: (one.digest_id, one.member_id) == (digest.id, member_id), is_open=False)

    def forget(self, before: datetime) -> None:
        runs = list(self.tables.digest_runs.items())
        for (digest_id, day), run in runs:
            later = [other for (of, _), other in runs if of == digest_id and other.day > day]
            is_seen_later = any(other.state.may_stand for other in later)
            if run.at < before and (is_seen_later or (run.state is RunState.QUIET and later)):
                del self.tables.digest_runs[digest_id, day]
        for place, kept in list(self.tables.digest_days.items()):
            if kept.at < before:
                del self.tables.digest_days[place]
        self.forget_questions(before)

    def is_any_due(self, now: datetime) -> bool:
        return any(_is_due(row, now) for row in self.tables.digests.values())

    def claim_due(self, now: datetime, *, limit: int) -> Sequence[DigestClaim]:
        due = [row for row in self.tables.digests.values() if _is_due(row, now)]
        claimed = sorted(due, key=lambda row: (row.digest.next_due_at, row.digest.id))[:limit]
        for row in claimed:
            self.tables.digests[row.digest.id] = replace(row, fence=row.fence + 1, lease_until=now + DIGEST_LEASE)
        return [DigestClaim(row.digest, row.fence + 1) for row in claimed]

    def skip(self, claim: DigestClaim, days: Sequence[date], following: Turn, now: datetime) -> None:
        self._set(claim, following)
        for day in days:
            self._enter(claim.digest, day, RunState.SKIPPED, now)

    def pass_over(self, digest: Digest, days: Sequence[date], now: datetime) -> None:
        for day in days:
            self._enter(digest, day, RunState.SKIPPED, now)

    def sending(self, claim: DigestClaim, day: date, following: Turn, now: datetime) -> None:
        self._set(claim, following, lease_until=None)
        if not self._enter(claim.digest, day, RunState.SENDING, now):
            raise LeaseLost("That day has its digest already.")

    def settle(self, claim: DigestClaim, day: date, state: RunState, following: Turn, now: datetime) -> None:
        self._set(claim, following, lease_until=None)
        self._enter(claim.digest, day, state, now)

    def sent(self, digest_id: UUID, day: date, state: RunState) -> None:
        run = self.tables.digest_runs.get((digest_id, day))
        if run is not None and run.state is RunState.SENDING:
            self.tables.digest_runs[digest_id, day] = replace(run, state=state)

    def refused(self, digest_id: UUID, day: date, now: datetime) -> None:
        row = self.tables.digests.get(digest_id)
        if row is not None and row.digest.paused is None:
            self.tables.digests[digest_id] = replace(row, notice_due_at=aware(now))
        self.sent(digest_id, day, RunState.REFUSED)

    def unsent(self, claim: DigestClaim, turn: Turn, until: datetime) -> None:
        row = self.tables.digests.get(claim.digest.id)
        if row is None:
            raise LeaseLost("The digest was deleted meanwhile.")
        if row.fence == claim.fence or comes_again(row.digest, claim.digest, turn):
            digest = replace(row.digest, next_day=turn.day, next_due_at=aware(turn.due_at))
            self.tables.digests[digest.id] = replace(row, digest=digest, lease_until=aware(until))
            self.tables.digest_runs.pop((digest.id, turn.day), None)
        else:
            self.sent(claim.digest.id, turn.day, RunState.SKIPPED)

    def put_off(self, claim: DigestClaim, until: datetime) -> None:
        self.tables.digests[claim.digest.id] = replace(self._held(claim), lease_until=aware(until))

    def stop(self, claim: DigestClaim, reason: PauseReason, now: datetime) -> None:
        row = self._held(claim)
        digest = replace(row.digest, paused=reason, paused_by=None, paused_at=aware(now), next_due_at=None)
        stopped = replace(row, digest=digest, lease_until=None, notice_due_at=aware(now))
        self.tables.digests[digest.id] = stopped

    def runs(self, digest_id: UUID, *, limit: int) -> Sequence[Run]:
        runs = [run for (of, _), run in self.tables.digest_runs.items() if of == digest_id]
        return sorted(runs, key=lambda run: run.day, reverse=True)[:limit]

    def last_run(self, digest_id: UUID) -> Run | None:
        return next(iter(self.runs(digest_id, limit=1)), None)

    def changed_since(self, actor: Actor, host_ids: Collection[UUID], since: datetime) -> Sequence[ChangedSince]:
        found = []
        for row in self.tables.appointments.values():
            one = row.appointment
            is_ours = one.workspace_id == actor.workspace_id and not set(one.hosts).isdisjoint(host_ids)
            if is_ours and one.changed_at > since and one.span.end > epoch(since - timedelta(days=1)):
                moves = [entry.before for entry in row.log if entry.at > since and entry.before is not None]
                found.append(ChangedSince(one, next(iter(moves), one.span)))
        return sorted(found, key=lambda one: (one.appointment.span.start, one.appointment.id))

    def has_untold(self, now: datetime) -> bool:
        asks = any(is_to_be_asked(row, now) for row in self.tables.digest_shares.values())
        shows = any(is_stale(row, now) for row in self.tables.digest_questions.values())
        return asks or shows or any(_is_by(row.notice_due_at, now) for row in self.tables.digests.values())

    def claim_notices(self, now: datetime, *, limit: int) -> Sequence[Digest]:
        due = [row for row in self.tables.digests.values() if _is_by(row.notice_due_at, now)]
        due.sort(key=lambda row: (row.notice_due_at, row.digest.id))
        for row in due[:limit]:
            self.tables.digests[row.digest.id] = replace(row, notice_due_at=None)
        return [row.digest for row in due[:limit]]

    def tell_again(self, digest: Digest, due_at: datetime) -> None:
        row = self.tables.digests.get(digest.id)
        if row is not None and row.digest.paused is digest.paused:
            self.tables.digests[digest.id] = replace(row, notice_due_at=aware(due_at))

    def _take_out(self, share: Share) -> None:
        kept, key = taken_out(share), (share.digest_id, share.member_id)
        if kept is None:
            del self.tables.digest_shares[key]
            self.end(Ending.TAKEN_OUT, lambda one: (one.digest_id, one.member_id) == key)
        else:
            self._put(replace(self._row(share), share=kept))
            self.want(lambda one: (one.digest_id, one.member_id) == key)

    def _list_again(self, digest: Digest, row: DigestShareRow, position: int, now: datetime) -> None:
        again = listed_again(row.share, digest.level, is_to_be_asked=row.ask_due_at is not None)
        key = (digest.id, again.share.member_id)
        asks = again.asks_more and not self.has_open(*key)
        self._put(DigestShareRow(again.share, position, aware(now) if asks else row.ask_due_at))
        if again.is_news:
            self.want(lambda one: (one.digest_id, one.member_id) == key)

    def _held(self, claim: DigestClaim) -> DigestRow:
        row = self.tables.digests.get(claim.digest.id)
        if row is None or row.fence != claim.fence:
            raise LeaseLost("The digest was changed meanwhile, or another process took it over.")
        return row

    def _set(self, claim: DigestClaim, turn: Turn, **fields: datetime | None) -> None:
        row = self._held(claim)
        digest = replace(row.digest, next_day=turn.day, next_due_at=aware(turn.due_at))
        self.tables.digests[digest.id] = replace(row, digest=digest, **fields)  # type: ignore[arg-type]  # by name

    def _enter(self, digest: Digest, day: date, state: RunState, now: datetime) -> bool:
        key = (digest.id, day)
        is_new = key not in self.tables.digest_runs
        self.tables.digest_runs.setdefault(key, Run(day, state, aware(now)))
        return is_new

    def _row(self, share: Share) -> DigestShareRow:
        return self.tables.digest_shares[share.digest_id, share.member_id]

    def _put(self, row: DigestShareRow) -> None:
        self.tables.digest_shares[row.share.digest_id, row.share.member_id] = row


def _place(digest: Digest) -> tuple[UUID, str]:
    return digest.workspace_id, digest.channel_id


def _is_by(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def _is_due(row: DigestRow, now: datetime) -> bool:
    return _is_by(row.digest.next_due_at, now) and (row.lease_until is None or row.lease_until <= now)
