"""Slack's deliveries, as far as they have to be remembered."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from storage.tables.base import Row
from storage.types import UtcDateTime


class InboxRow(Row, table=True):
    """A delivery by its key; never its body. It is done once `done_at` is set, and claimed until then."""

    __tablename__ = "inbox"

    key: str = Field(primary_key=True)
    received_at: datetime = Field(sa_type=UtcDateTime, index=True)
    lease_until: datetime = Field(sa_type=UtcDateTime)
    done_at: datetime | None = Field(sa_type=UtcDateTime)
    answer: str = Field(sa_type=Text)
