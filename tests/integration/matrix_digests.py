"""What strangers could send to digests: buttons and a form that name Ana's."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4 as any_id  # noqa: TID251 - an id of a scene, as every other there

from bot.domain.digest_form import DigestField
from bot.domain.digests import Digest, Level, Plan, Rhythm
from bot.domain.people import Actor
from bot.ports import UnitOfWork
from bot.rendering.digests.ref import DigestDeed
from bot.rendering.names import ActionId, CallbackId
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.integration.matrix_sent import Hers

CHANNEL = "C1"
"""From which everything in the matrix comes."""

DEEDS = [f"{deed} {{hers.digest}}" for deed in DigestDeed]
ANSWERS = ("{hers.digest} full", "{hers.digest} no", "{hers.digest}")


def a_digest(work: UnitOfWork, actor: Actor) -> Digest:
    """Ana's, of that channel, with her days alone in it; it comes in a year that is far off."""
    plan = Plan(Rhythm.DAILY, time(8, 30), frozenset(range(7)), "Europe/Berlin")
    digest = Digest(
        id=any_id(),
        workspace_id=actor.workspace_id,
        creator_id=actor.member_id,
        channel_id=CHANNEL,
        channel_name="sales",
        plan=plan,
        level=Level.FULL,
        is_quiet=False,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        next_day=date(2099, 1, 1),
        next_due_at=datetime(2099, 1, 1, 7, 30, tzinfo=UTC),
    )
    work.digests.add(digest)
    work.digests.list_people(digest, [actor.member_id], digest.created_at)
    work.digests.answer(digest, actor.member_id, Level.FULL)
    return digest


def form(slack_id: str, digest: str) -> tuple[dict[str, Any], str]:
    """Hers, to tell everything of her."""
    values = {
        DigestField.CHANNEL: _held(selected_conversation=CHANNEL),
        DigestField.RHYTHM: _held(selected_option={"value": "daily"}),
        DigestField.WEEKDAYS: _held(selected_options=[{"value": "0"}]),
        DigestField.TIME: _held(selected_time="00:00"),
        DigestField.ZONE: {ActionId.ZONE: {"type": "input", "selected_option": {"value": "UTC"}}},
        DigestField.PEOPLE: _held(selected_users=[slack_id]),
        DigestField.LEVEL: _held(selected_option={"value": "full"}),
        DigestField.QUIET: _held(selected_options=[]),
    }
    return {str(name): held for name, held in values.items()}, f"1.2.3 {digest} {CHANNEL} -"


def digest_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    """The form of a digest, said to be about hers."""
    values, metadata = form(hers.slack_id, str(hers.digest))
    return deliveries.submission(who, CallbackId.DIGEST, values, private_metadata=metadata)


def new_digest_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    """A new one in the place of hers."""
    values, metadata = form(hers.slack_id, "-")
    return deliveries.submission(who, CallbackId.DIGEST, values, private_metadata=metadata)


def _held(**state: Any) -> dict[str, Any]:
    return {ActionId.DIGEST: {"type": "input", **state}}
