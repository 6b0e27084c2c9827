"""In-memory Homes with the semantics of `bot.ports`, and the tabs in Slack."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from bot.domain.home import Home
from bot.domain.home_turns import HOME_LEASE, QUIET_AFTER, HomeTurn
from bot.domain.people import Actor
from tests.fakes.tables import Tables, aware


class FakeHomes:
    """Implements `ports.Homes`; of what is stored `until` is when it is due."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def begin(self, actor: Actor, now: datetime, *, shown: str | None = None) -> HomeTurn:
        known = self._tables.homes.get(actor.member_id)
        if known is None:
            known = HomeTurn(actor.workspace_id, actor.member_id, 0, "", None, aware(now), now)
        state = known.state if shown is None else shown[:64]
        return self._put(replace(known, fence=known.fence + 1, state=state, opened_at=now, until=now + HOME_LEASE))

    def choose(self, actor: Actor, calendar_id: UUID | None) -> None:
        known = self._tables.homes.get(actor.member_id)
        if known is not None and known.workspace_id == actor.workspace_id:
            self._put(replace(known, chosen=calendar_id))

    def changed(self, member_ids: Collection[UUID], now: datetime) -> None:
        for member_id in member_ids:
            known = self._tables.homes.get(member_id)
            if known is not None and known.until > now and known.opened_at >= now - QUIET_AFTER:
                self._put(replace(known, until=now))

    def is_any_due(self, now: datetime, *, without: Collection[UUID] = ()) -> bool:
        return bool(self._due(now, without))

    def claim_due(self, now: datetime, *, limit: int, without: Collection[UUID] = ()) -> Sequence[HomeTurn]:
        due = sorted(self._due(now, without), key=lambda one: one.until)
        return [self._put(replace(one, fence=one.fence + 1, until=now + HOME_LEASE)) for one in due[:limit]]

    def end(self, turn: HomeTurn, state: str, *, look_at: datetime, now: datetime, was_published: bool) -> None:
        known = self._held(turn)
        if known is not None:
            self._put(replace(known, state=state, until=look_at if known.until == turn.until else known.until))
        elif was_published:
            self._doubt(turn, now)

    def put_off(self, turn: HomeTurn, until: datetime) -> None:
        known = self._held(turn)
        if known is not None:
            self._put(replace(known, state="", until=until))
        else:
            self._doubt(turn, until)

    def remove(self, turn: HomeTurn) -> None:
        if self._held(turn) is not None:
            del self._tables.homes[turn.member_id]

    def _doubt(self, turn: HomeTurn, look_at: datetime) -> None:
        known = self._tables.homes.get(turn.member_id)
        if known is not None:
            self._put(replace(known, fence=known.fence + 1, state="", until=look_at))

    def _due(self, now: datetime, without: Collection[UUID]) -> list[HomeTurn]:
        return [one for one in self._tables.homes.values() if one.until <= now and one.workspace_id not in without]

    def _held(self, turn: HomeTurn) -> HomeTurn | None:
        known = self._tables.homes.get(turn.member_id)
        return known if known is not None and known.fence == turn.fence else None

    def _put(self, turn: HomeTurn) -> HomeTurn:
        self._tables.homes[turn.member_id] = turn
        return turn


@dataclass
class FakeTabs:
    """Implements `ports.HomeTabs`; `read` tells what a Home shows, and `published` is what was read there."""

    read: Callable[[Home], str]
    published: list[str] = field(default_factory=list)
    before_publish: Callable[[Home], None] = lambda _home: None

    def state_of(self, home: Home) -> str:
        return hashlib.sha256(self.read(home).encode()).hexdigest()

    def publish(self, home: Home) -> None:
        self.before_publish(home)
        self.published.append(self.read(home))
