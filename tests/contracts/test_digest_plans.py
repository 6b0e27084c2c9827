"""What the jobs of digests ask at every tick goes by an index, and reads no table from its beginning to its end."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bot.domain.people import Actor
from bot.ports import UnitOfWork
from storage.engine import for_purpose, open_engine
from storage.store import SqlStore
from storage.vault import Vault, new_key
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.digest_storage import listed, made
from tests.contracts.storage_builders import NOW, a_person, new_id
from tests.contracts.test_storage_plans import explained

# That index holds nothing but messages that are out of date.
_WHOLE_TABLE = re.compile(
    r"SCAN (?!digest_question USING INDEX \w+_stale)(digest|appointment|member|event|calendar|remote_link)"
)
_SOMETHING = UUID(int=1)

_ASKED: dict[str, Callable[[UnitOfWork, Actor], object]] = {
    "whether any is due": lambda work, ana: work.digests.is_any_due(NOW),
    "claim": lambda work, ana: work.digests.claim_due(NOW, limit=8),
    "whether anybody is to be told": lambda work, ana: work.digests.has_untold(NOW),
    "claim questions": lambda work, ana: work.digests.claim_questions(NOW, new_id, limit=8),
    "claim questions that are not up to date": lambda work, ana: work.digests.claim_stale(NOW, limit=8),
    "claim notices": lambda work, ana: work.digests.claim_notices(NOW, limit=8),
    "which are private": lambda work, ana: work.remote_links.private_among([_SOMETHING]),
    "the channel's": lambda work, ana: work.digests.in_channel(ana, "C0SALES"),
    "what changed": lambda work, ana: work.digests.changed_since(ana, [ana.member_id], NOW - timedelta(days=1)),
}


@pytest.mark.parametrize("asked", _ASKED.values(), ids=_ASKED)
def test_what_is_asked_at_every_tick_goes_by_an_index(
    sqlite_template: Path, tmp_path: Path, asked: Callable[[UnitOfWork, Actor], object]
) -> None:
    (tmp_path / "daybook.db").write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{tmp_path / 'daybook.db'}")
    store = SqlStore(engine, Vault([new_key()]))
    ana = a_person(store)
    listed(store, made(store, ana), ana)
    booked(store, an_appointment(ana))
    with store.writing() as work:
        plans = explained(for_purpose(engine, "writing"), lambda: asked(work, ana))
    engine.dispose()
    assert plans != []
    assert [step for step in plans if _WHOLE_TABLE.search(step)] == []
