"""Digests in a store, each made with one visible difference."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.digest_questions import QuestionNow
from bot.domain.digests import Digest, Share
from bot.domain.people import Actor
from bot.ports import Store
from tests.contracts.storage_builders import NOW, new_id
from tests.digest_builders import a_digest

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (23, 24, 25))
A_DAY = timedelta(days=1)


def made(store: Store, actor: Actor, channel_id: str = "C0SALES", **fields: object) -> Digest:
    """A digest of the actor's, due since a minute ago."""
    digest = a_digest(
        workspace_id=actor.workspace_id,
        creator_id=actor.member_id,
        digest_id=new_id(),
        channel_id=channel_id,
        now=NOW - 2 * A_DAY,
        next_day=MONDAY,
        next_due_at=NOW - timedelta(minutes=1),
    )
    digest = replace(digest, **fields)  # type: ignore[arg-type]  # by name
    with store.writing() as work:
        work.digests.add(digest)
        work.commit()
    return digest


def listed(store: Store, digest: Digest, *people: Actor) -> None:
    with store.writing() as work:
        work.digests.list_people(digest, [one.member_id for one in people], NOW)
        work.commit()


def claims(store: Store, now: datetime = NOW) -> list[QuestionNow]:
    """The questions that are to be asked, each of which is about to be."""
    with store.writing() as work:
        claimed = work.digests.claim_questions(now, new_id, limit=10)
        work.commit()
    return list(claimed)


def asks(store: Store) -> list[Share]:
    """Who is to be asked now."""
    return [one.share for one in claims(store) if one.share is not None]
