"""Slack's deliveries, claimed by a single conditional upsert."""

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import BindParameter, Connection, Executable, bindparam, delete, or_, select, update

from storage.repositories.upserts import insert
from storage.tables import INBOX

_KEY: BindParameter[str] = bindparam("delivery", type_=INBOX.c.key.type)
_NOW: BindParameter[datetime] = bindparam("now", type_=INBOX.c.received_at.type)

# Built once: every acknowledgement waits for these, one after the other.
_DONE = update(INBOX).where(INBOX.c.key == _KEY).values(done_at=_NOW, answer=bindparam("told"))
_ANSWER = select(INBOX.c.answer).where(INBOX.c.key == _KEY)


class SqlInbox:
    """Implements `ports.Inbox`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, key: str, *, now: datetime, lease: timedelta) -> bool:
        """True for the one who may do the work: the first, or the first after a lost claim's lease."""
        values = {"delivery": key, "now": now, "until": now + lease}
        return self._connection.execute(_claim(self._connection.dialect.name), values).first() is not None

    def done(self, key: str, *, now: datetime, answer: str) -> None:
        """Remember that the work is done, and what Slack was told."""
        self._connection.execute(_DONE, {"delivery": key, "now": now, "told": answer})

    def release(self, key: str) -> None:
        """Forget a claim whose work could not be done."""
        self._connection.execute(delete(INBOX).where(INBOX.c.key == key, INBOX.c.done_at.is_(None)))

    def answer(self, key: str) -> str:
        """What Slack was told, or nothing."""
        return self._connection.scalar(_ANSWER, {"delivery": key}) or ""

    def forget(self, before: datetime) -> int:
        """Delete what came before `before`, unless somebody is still at work on it; returns how many."""
        over = or_(INBOX.c.done_at.is_not(None), INBOX.c.lease_until < before)
        return self._connection.execute(delete(INBOX).where(INBOX.c.received_at < before, over)).rowcount


@cache
def _claim(dialect: str) -> Executable:
    """Gives the key back where the claim is the caller's."""
    statement = insert(dialect, INBOX).values(
        key=_KEY, received_at=_NOW, lease_until=bindparam("until"), done_at=None, answer=""
    )
    return statement.on_conflict_do_update(
        index_elements=["key"],
        set_={"lease_until": statement.excluded.lease_until},
        where=INBOX.c.done_at.is_(None) & (INBOX.c.lease_until <= _NOW),
    ).returning(INBOX.c.key)
