"""Digests of channels and the word of those whose days stand in them; how they are posted is in the parent."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, delete, func, or_, select, update

from bot.domain.digest_lists import answered, first_listed, listed_again, taken_out
from bot.domain.digest_questions import Ending, says_otherwise
from bot.domain.digests import Digest, DigestThere, Level, Share
from bot.domain.errors import NotFound
from bot.domain.people import Actor
from storage.repositories.digest_questions import DigestQuestions
from storage.repositories.digest_rows import digest_columns, digest_from, share_from
from storage.repositories.digest_runs import SENT, DigestRuns
from storage.repositories.upserts import insert, upsert
from storage.tables import DIGEST_DAYS, DIGEST_QUESTIONS, DIGEST_REFUSALS, DIGEST_RUNS, DIGEST_SHARES, DIGESTS

_UNCLAIMED: dict[str, object] = {"fence": DIGESTS.c.fence + 1, "lease_until": None}


class SqlDigests(DigestRuns, DigestQuestions):
    """Implements `ports.Digests`. The digest is locked before its shares, questions and days, whoever writes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, digest: Digest) -> None:
        """Store a new one; nothing happens where it is there already. Raises `DigestThere` where another is."""
        first = {"notice_due_at": None, "fence": 0, "lease_until": None}
        self._connection.execute(
            insert(self._connection.dialect.name, DIGESTS)
            .values(digest_columns(digest) | first)
            .on_conflict_do_nothing()
        )
        which = (DIGESTS.c.id == digest.id, DIGESTS.c.workspace_id == digest.workspace_id)
        if self._connection.scalar(select(DIGESTS.c.id).where(*which)) is None:
            raise DigestThere
        self._carry_over(digest)

    def change(self, digest: Digest) -> None:
        """Store it as it is now; whoever is about to post it loses his claim. Raises `NotFound`."""
        which = (DIGESTS.c.id == digest.id, DIGESTS.c.workspace_id == digest.workspace_id)
        row = self._connection.execute(select(DIGESTS).where(*which)).one_or_none()
        if row is None:
            raise NotFound
        values = digest_columns(digest) | _UNCLAIMED | {"notice_due_at": None}
        self._connection.execute(update(DIGESTS).where(*which).values(values))
        if says_otherwise(digest_from(row), digest):
            self._want(DIGEST_QUESTIONS.c.digest_id == digest.id, channel_name=digest.channel_name)

    def delete(self, actor: Actor, digest_id: UUID) -> None:
        """Remove one with its days and consents, but for the last day that the channel saw; raises `NotFound`."""
        digest = self.get(actor, digest_id, to_change=True)
        self._keep_day(digest)
        self._connection.execute(delete(DIGESTS).where(DIGESTS.c.id == digest.id))
        self._end(Ending.DELETED, DIGEST_QUESTIONS.c.digest_id == digest.id)

    def get(self, actor: Actor, digest_id: UUID, *, to_change: bool = False) -> Digest:
        """One of the actor's workspace; raises `NotFound`."""
        wanted = select(DIGESTS).where(DIGESTS.c.id == digest_id, DIGESTS.c.workspace_id == actor.workspace_id)
        row = self._connection.execute(wanted.with_for_update(key_share=True) if to_change else wanted).one_or_none()
        if row is None:
            raise NotFound
        return digest_from(row)

    def in_channel(self, actor: Actor, channel_id: str) -> Digest | None:
        """The channel's, in the actor's workspace."""
        which = (DIGESTS.c.workspace_id == actor.workspace_id, DIGESTS.c.channel_id == channel_id)
        row = self._connection.execute(select(DIGESTS).where(*which)).one_or_none()
        return None if row is None else digest_from(row)

    def of(self, actor: Actor) -> Sequence[Digest]:
        """Those that the actor made, and those in whose list he is or to which he said no, by channel."""
        is_his = or_(DIGEST_SHARES.c.is_listed, DIGEST_SHARES.c.has_declined)
        named = select(DIGEST_SHARES.c.digest_id).where(DIGEST_SHARES.c.member_id == actor.member_id, is_his)
        his = or_(DIGESTS.c.creator_id == actor.member_id, DIGESTS.c.id.in_(named))
        rows = self._connection.execute(select(DIGESTS).where(DIGESTS.c.workspace_id == actor.workspace_id, his))
        return sorted(map(digest_from, rows), key=lambda one: (one.channel_name.casefold(), one.id))

    def count_own(self, actor: Actor) -> int:
        """How many the actor made."""
        own = DIGESTS.c.workspace_id == actor.workspace_id, DIGESTS.c.creator_id == actor.member_id
        return self._connection.scalar(select(func.count()).select_from(DIGESTS).where(*own)) or 0

    def shares(self, digest_id: UUID) -> tuple[Share, ...]:
        """Everybody whose word is remembered, listed or not."""
        return tuple(map(share_from, self._share_rows(digest_id)))

    def list_people(self, digest: Digest, member_ids: Sequence[UUID], now: datetime) -> None:
        """Have exactly these in its list, and have asked who was not asked up to its level yet."""
        known = {row.member_id: row for row in self._share_rows(digest.id, to_change=True)}
        for share in map(share_from, known.values()):
            if share.is_listed and share.member_id not in member_ids:
                self._take_out(share)
        refused = self._refused(digest, [one for one in member_ids if one not in known])
        for position, member_id in enumerate(member_ids):
            row = known.get(member_id)
            if row is None:
                self._add_share(digest, first_listed(digest, member_id, refuses=member_id in refused), position, now)
            else:
                self._list_again(digest, row, position, now)

    def answer(self, digest: Digest, member_id: UUID, agreed: Level | None) -> None:
        """A member's word; whoever is about to post the digest loses his claim. Raises `NotFound`."""
        self._connection.execute(update(DIGESTS).where(DIGESTS.c.id == digest.id).values(_UNCLAIMED))
        which = (DIGEST_SHARES.c.digest_id == digest.id, DIGEST_SHARES.c.member_id == member_id)
        row = self._connection.execute(select(DIGEST_SHARES).where(*which)).one_or_none()
        if row is None:
            raise NotFound
        share = answered(share_from(row), digest.level, agreed)
        self._keep_share(share, ask_due_at=None)
        self._want(*_asking(share), is_open=False)
        self._remember(digest, member_id, refuses=agreed is None)

    def forget(self, before: datetime) -> None:
        """What is over since then; see the port."""
        self._forget_days(before)
        self._forget_questions(before)

    def _keep_day(self, digest: Digest) -> None:
        """The last day that the channel saw outlives the digest: a new one is not sent for it again."""
        sent = (DIGEST_RUNS.c.digest_id == digest.id, DIGEST_RUNS.c.state.in_(SENT))
        last = select(DIGEST_RUNS).where(*sent).order_by(DIGEST_RUNS.c.day.desc()).limit(1)
        row = self._connection.execute(last).one_or_none()
        if row is not None:
            place = {"workspace_id": digest.workspace_id, "channel_id": digest.channel_id}
            kept = {"day": row.day, "state": row.state, "at": row.at}
            name = self._connection.dialect.name
            self._connection.execute(upsert(name, DIGEST_DAYS, by=list(place), updating=list(kept)), place | kept)

    def _carry_over(self, digest: Digest) -> None:
        """What a deleted digest of its channel was sent for counts as its own."""
        which = (DIGEST_DAYS.c.workspace_id == digest.workspace_id, DIGEST_DAYS.c.channel_id == digest.channel_id)
        row = self._connection.execute(select(DIGEST_DAYS).where(*which)).one_or_none()
        if row is not None:
            self._connection.execute(
                insert(self._connection.dialect.name, DIGEST_RUNS)
                .values(digest_id=digest.id, day=row.day, state=row.state, at=row.at)
                .on_conflict_do_nothing()
            )

    def _remember(self, digest: Digest, member_id: UUID, *, refuses: bool) -> None:
        """A no is one to the channel, and outlives the digest."""
        place = {"workspace_id": digest.workspace_id, "channel_id": digest.channel_id, "member_id": member_id}
        if refuses:
            entered = insert(self._connection.dialect.name, DIGEST_REFUSALS).values(place)
            self._connection.execute(entered.on_conflict_do_nothing())
        else:
            which = [DIGEST_REFUSALS.c[name] == value for name, value in place.items()]
            self._connection.execute(delete(DIGEST_REFUSALS).where(*which))

    def _refused(self, digest: Digest, member_ids: Sequence[UUID]) -> frozenset[UUID]:
        wanted = select(DIGEST_REFUSALS.c.member_id).where(
            DIGEST_REFUSALS.c.workspace_id == digest.workspace_id,
            DIGEST_REFUSALS.c.channel_id == digest.channel_id,
            DIGEST_REFUSALS.c.member_id.in_(member_ids),
        )
        return frozenset(self._connection.scalars(wanted))

    def _share_rows(self, digest_id: UUID, *, to_change: bool = False) -> Sequence[Row[Any]]:
        """With `to_change` nobody is asked meanwhile."""
        order = (DIGEST_SHARES.c.position, DIGEST_SHARES.c.member_id)
        wanted = select(DIGEST_SHARES).where(DIGEST_SHARES.c.digest_id == digest_id).order_by(*order)
        return self._connection.execute(wanted.with_for_update(key_share=True) if to_change else wanted).all()

    def _take_out(self, share: Share) -> None:
        kept = taken_out(share)
        if kept is None:
            self._connection.execute(delete(DIGEST_SHARES).where(*_of(share)))
            self._end(Ending.TAKEN_OUT, *_asking(share))
        else:
            self._keep_share(kept)
            self._want(*_asking(share))

    def _add_share(self, digest: Digest, share: Share, position: int, now: datetime) -> None:
        """Whoever said no before is not asked."""
        values = {
            "digest_id": digest.id,
            "member_id": share.member_id,
            "workspace_id": digest.workspace_id,
            "position": position,
            "asked": share.asked,
            "agreed": share.agreed,
            "has_declined": share.has_declined,
            "is_listed": share.is_listed,
            "ask_due_at": None if share.has_declined else now,
        }
        self._connection.execute(insert(self._connection.dialect.name, DIGEST_SHARES).values(values))

    def _list_again(self, digest: Digest, row: Row[Any], position: int, now: datetime) -> None:
        """A question that stands open says by itself what is new; nobody is sent a second one."""
        again = listed_again(share_from(row), digest.level, is_to_be_asked=row.ask_due_at is not None)
        asks = again.asks_more and not self._has_open(digest.id, again.share.member_id)
        self._keep_share(again.share, position=position, ask_due_at=now if asks else row.ask_due_at)
        if again.is_news:
            self._want(*_asking(again.share))

    def _keep_share(self, share: Share, **more: object) -> None:
        word: dict[str, object] = {
            "asked": share.asked,
            "agreed": share.agreed,
            "has_declined": share.has_declined,
            "is_listed": share.is_listed,
        }
        self._connection.execute(update(DIGEST_SHARES).where(*_of(share)).values(word | more))


def _of(share: Share) -> tuple[ColumnElement[bool], ...]:
    return DIGEST_SHARES.c.digest_id == share.digest_id, DIGEST_SHARES.c.member_id == share.member_id


def _asking(share: Share) -> tuple[ColumnElement[bool], ...]:
    return DIGEST_QUESTIONS.c.digest_id == share.digest_id, DIGEST_QUESTIONS.c.member_id == share.member_id
