"""Column types that keep what the domain promises: aware UTC times, and enums by their value."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator

_ENUM_LENGTH = 32  # Fixed, so that a new, longer member needs no migration.


class NaiveTime(DontWrapMixin, ValueError):
    """A time without a zone was about to be stored; nobody could say later which instant it meant."""

    def __init__(self, value: datetime) -> None:
        super().__init__(f"{value!r} has no zone; only aware times are stored.")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: refuses naive values (`NaiveTime`) and always gives back aware UTC, microseconds kept.

    SQLite stores no offset, and forgets it silently where it is given one: hence everything goes in as UTC.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise NaiveTime(value)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def text_enum(kind: type[StrEnum]) -> Enum:
    """A column type that stores the members of `kind` as text, by value; unknown text raises on reading."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=False,
        length=_ENUM_LENGTH,
        values_callable=lambda members: [member.value for member in members],
    )
