"""Push channels of calendars, and who opens and stops them when."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, or_, select, update
from sqlalchemy import insert as plain_insert

from bot.domain.accounts import AccountStatus
from bot.domain.channels import Channel, Listening, WatchClaim
from bot.domain.people import Actor
from storage.repositories.calendar_rows import SELECT_CALENDARS, calendar_from, owned_by
from storage.repositories.upserts import upsert
from storage.tables import ACCOUNTS, CALENDARS, PUSH_CHANNELS, PUSH_PLANS
from storage.text import storable

_CHANNEL = (
    "id",
    "account_id",
    "calendar_id",
    "token_digest",
    "created_at",
    "expires_at",
    "resource_id",
    "heard_at",
    "heard_fence",
    "missed_at",
    "stop_at",
)
_CHANGING = ("expires_at", "resource_id", "heard_at", "heard_fence", "missed_at", "stop_at")
_OF_SYNC = ("fence", "lease_until", "attempts", "read_at", "next_sync_at", "not_before")
# Built once, because whoever knows the address can have it asked.
_LISTENING = (
    select(PUSH_CHANNELS, *(CALENDARS.c[name].label(f"of_{name}") for name in _OF_SYNC))
    .join(CALENDARS, CALENDARS.c.id == PUSH_CHANNELS.c.calendar_id)
    .join(ACCOUNTS, ACCOUNTS.c.id == CALENDARS.c.account_id)
)


class SqlPushChannels:
    """Implements `ports.PushChannels`.

    In the order of locks a calendar comes before its channels and its plan, which come before the account.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def listening(self, channel_id: UUID, now: datetime) -> Listening | None:
        """A channel whose calendar is in use through an active account, as a message finds it."""
        row = self._connection.execute(
            _LISTENING.where(PUSH_CHANNELS.c.id == channel_id, ACCOUNTS.c.status == AccountStatus.ACTIVE)
        ).one_or_none()
        if row is None:
            return None
        return Listening(
            channel=_channel(row),
            fence=row.of_fence,
            is_leased=row.of_lease_until is not None and row.of_lease_until > now,
            attempts=row.of_attempts,
            read_at=row.of_read_at,
            next_sync_at=row.of_next_sync_at,
            not_before=row.of_not_before,
        )

    def hold(self, calendar_id: UUID) -> bool:
        """Keep the calendar as it is until the transaction ends; False if it is not in use any more."""
        held = select(CALENDARS.c.id).where(CALENDARS.c.id == calendar_id).with_for_update(key_share=True)
        return self._connection.execute(held).one_or_none() is not None

    def of(self, calendar_id: UUID) -> Sequence[Channel]:
        """Those of a calendar, oldest first."""
        return self._read(PUSH_CHANNELS.c.calendar_id == calendar_id)

    def of_account(self, account_id: UUID) -> Sequence[Channel]:
        """Those of an account, oldest first, those of calendars that it does not use any more included."""
        return self._read(PUSH_CHANNELS.c.account_id == account_id)

    def add(self, channel: Channel) -> None:
        """Store a new one, whose calendar is held."""
        self._connection.execute(
            plain_insert(PUSH_CHANNELS).values({name: getattr(channel, name) for name in _CHANNEL})
        )

    def save(self, channel: Channel) -> None:
        """Store what became of it; one that is gone stays gone."""
        values = {name: getattr(channel, name) for name in _CHANGING}
        values["resource_id"] = storable(channel.resource_id)
        self._connection.execute(update(PUSH_CHANNELS).where(PUSH_CHANNELS.c.id == channel.id).values(values))

    def refusals(self, actor: Actor) -> Mapping[UUID, str]:
        """Why calendars of the actor's own have no channel, as far as that is known."""
        rows = self._connection.execute(
            select(PUSH_PLANS.c.calendar_id, PUSH_PLANS.c.problem)
            .join(CALENDARS, CALENDARS.c.id == PUSH_PLANS.c.calendar_id)
            .where(owned_by(actor), PUSH_PLANS.c.problem.is_not(None))
        )
        return {row.calendar_id: row.problem for row in rows}

    def forget(self, channel_id: UUID) -> None:
        """Its messages are nobody's from now on."""
        self._connection.execute(delete(PUSH_CHANNELS).where(PUSH_CHANNELS.c.id == channel_id))

    def forget_expired(self, now: datetime) -> int:
        """Those that ended by themselves."""
        return self._connection.execute(delete(PUSH_CHANNELS).where(PUSH_CHANNELS.c.expires_at <= now)).rowcount

    def make_due(self, calendar_id: UUID, at: datetime) -> None:
        """Have a held calendar read then."""
        self._connection.execute(update(CALENDARS).where(CALENDARS.c.id == calendar_id).values(next_sync_at=at))

    def plan(self, calendar_id: UUID, due_at: datetime, *, attempts: int = 0, problem: str | None = None) -> None:
        """When a held calendar wants its next channel; `problem` is why it has none."""
        told = None if problem is None else storable(problem)
        values = {"calendar_id": calendar_id, "due_at": due_at, "attempts": attempts, "problem": told}
        planned = upsert(
            self._connection.dialect.name, PUSH_PLANS, by=["calendar_id"], updating=["due_at", "attempts", "problem"]
        )
        self._connection.execute(planned.values(values))

    def due(self, now: datetime, *, limit: int) -> Sequence[UUID]:
        """Calendars that want a channel: in use through an active account, read before, and not planned for later."""
        in_turn = _wanting(select(CALENDARS.c.id), now).order_by(PUSH_PLANS.c.due_at.nulls_first(), CALENDARS.c.id)
        return self._connection.scalars(in_turn.limit(limit)).all()

    def claim(self, calendar_ids: Collection[UUID], now: datetime, *, until: datetime) -> Sequence[WatchClaim]:
        """Claim those of them that still want a channel: nobody else gets them before `until`."""
        # Whoever is about to remove one, or to claim it too, has it to himself.
        free = self._connection.scalars(
            select(CALENDARS.c.id)
            .where(CALENDARS.c.id.in_(list(calendar_ids)))
            .order_by(CALENDARS.c.id)
            .with_for_update(key_share=True, skip_locked=True)
        ).all()
        wanting = _wanting(SELECT_CALENDARS.add_columns(PUSH_PLANS.c.attempts.label("watch_attempts")), now)
        rows = self._connection.execute(wanting.where(CALENDARS.c.id.in_(free)).order_by(CALENDARS.c.id)).all()
        for row in rows:
            claimed = upsert(self._connection.dialect.name, PUSH_PLANS, by=["calendar_id"], updating=["due_at"])
            self._connection.execute(claimed.values(calendar_id=row.id, due_at=until, attempts=0))
        return [WatchClaim(calendar_from(row), row.watch_attempts or 0) for row in rows]

    def claim_stops(self, now: datetime, *, until: datetime, limit: int, everything: bool = False) -> Sequence[Channel]:
        """Claim channels that are to be stopped, or all of them; nobody else gets them before `until`."""
        channels = PUSH_CHANNELS.c
        never, over = channels.stop_at.is_(None), channels.stop_at <= now
        which = or_(never, over) if everything else or_(over, and_(never, channels.calendar_id.is_(None)))
        wanted = select(channels.id).where(which).order_by(channels.id).limit(limit)
        ids = self._connection.scalars(wanted.with_for_update(skip_locked=True)).all()
        if not ids:
            return ()
        self._connection.execute(update(PUSH_CHANNELS).where(channels.id.in_(ids)).values(stop_at=until))
        return self._read(channels.id.in_(ids))

    def _read(self, which: ColumnElement[bool]) -> Sequence[Channel]:
        found = select(PUSH_CHANNELS).where(which).order_by(PUSH_CHANNELS.c.created_at, PUSH_CHANNELS.c.id)
        return [_channel(row) for row in self._connection.execute(found)]


def _wanting(what: Select[Any], now: datetime) -> Select[Any]:
    return (
        what.join(ACCOUNTS, ACCOUNTS.c.id == CALENDARS.c.account_id)
        .outerjoin(PUSH_PLANS, PUSH_PLANS.c.calendar_id == CALENDARS.c.id)
        .where(
            ACCOUNTS.c.status == AccountStatus.ACTIVE,
            CALENDARS.c.read_at.is_not(None),
            CALENDARS.c.is_lost.is_(False),
            or_(PUSH_PLANS.c.due_at.is_(None), PUSH_PLANS.c.due_at <= now),
        )
    )


def _channel(row: Row[Any]) -> Channel:
    return Channel(**{name: getattr(row, name) for name in _CHANNEL})
