"""The people of an appointment, by their ids."""

from collections.abc import Collection
from uuid import UUID

from bot.domain.people import Member
from bot.ports import UnitOfWork


def members_of(work: UnitOfWork, workspace_id: UUID, member_ids: Collection[UUID]) -> tuple[Member, ...]:
    """Members of that workspace in the order named; raises `NotFound`."""
    return tuple(work.members.get(workspace_id, member_id) for member_id in member_ids)
