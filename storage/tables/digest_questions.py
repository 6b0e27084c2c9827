"""The messages that ask members whether their days may stand in digests."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Index, text
from sqlmodel import Field

from bot.domain.digest_questions import Ending
from bot.domain.digests import Level
from storage.tables.base import Row
from storage.types import UtcDateTime, text_enum

STALE = text("shown < wanted")
"""What asks for messages that are not up to date says it in these words, because by them the index is found."""


class DigestQuestionRow(Row, table=True):
    """One message. `wanted` counts the states that it should show, `shown` is the one that it shows.

    It outlives its digest, to say that it was deleted. It refers to its member without a constraint, which would lock
    that one after the digest.
    """

    __tablename__ = "digest_question"
    __table_args__ = (
        Index("ix_digest_question_digest_id", "digest_id"),
        Index("ix_digest_question_member_id", "member_id"),
        Index("ix_digest_question_stale", "lease_until", sqlite_where=STALE, postgresql_where=STALE),
    )

    id: UUID = Field(primary_key=True)
    workspace_id: UUID = Field(foreign_key="workspace.id", ondelete="CASCADE")
    digest_id: UUID
    member_id: UUID
    channel_name: str
    asked: Level = Field(sa_column=Column(text_enum(Level), nullable=False))
    asked_at: datetime = Field(sa_type=UtcDateTime)
    is_open: bool
    ended: Ending | None = Field(sa_column=Column(text_enum(Ending), nullable=True))
    channel: str
    message: str
    wanted: int = Field(sa_type=BigInteger)
    shown: int = Field(sa_type=BigInteger)
    lease_until: datetime | None = Field(sa_type=UtcDateTime)
