"""Column types: times are aware and UTC, enums are text, and foreign text is made fit."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from storage.text import storable
from storage.types import NaiveTime, UtcDateTime, text_enum

DIALECT = sqlite.dialect()
TYPE = UtcDateTime()


class Colour(StrEnum):
    RED = "red"
    LIGHT_BLUE = "light blue"


def test_a_time_is_stored_in_utc_whatever_its_zone() -> None:
    kathmandu = timezone(timedelta(hours=5, minutes=45))

    stored = TYPE.process_bind_param(datetime(2026, 11, 24, 9, 0, 0, 1, tzinfo=kathmandu), DIALECT)

    assert stored == datetime(2026, 11, 24, 3, 15, 0, 1, tzinfo=UTC)
    assert stored.tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(NaiveTime, match="has no zone"):
        TYPE.process_bind_param(datetime(2026, 11, 24, 9), DIALECT)  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    "read",
    [
        datetime(2026, 11, 24, 3, 15),  # noqa: DTZ001 - as SQLite gives it
        datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=5, minutes=45))),
    ],
    ids=["without a zone", "in the server's zone"],
)
def test_a_time_is_read_in_utc_however_the_database_tells_it(read: datetime) -> None:
    told = TYPE.process_result_value(read, DIALECT)

    assert told == datetime(2026, 11, 24, 3, 15, tzinfo=UTC)
    assert told.tzinfo is UTC


def test_no_time_stays_none() -> None:
    assert TYPE.process_bind_param(None, DIALECT) is None
    assert TYPE.process_result_value(None, DIALECT) is None


def test_an_enum_is_stored_by_its_value() -> None:
    column = text_enum(Colour).dialect_impl(DIALECT)
    write, read = column.bind_processor(DIALECT), column.result_processor(DIALECT, None)

    assert write is not None
    assert read is not None
    assert write(Colour.LIGHT_BLUE) == "light blue"
    assert read("light blue") is Colour.LIGHT_BLUE
    with pytest.raises(LookupError):
        read("green")


# fault 46
@given(text=st.text(alphabet=st.characters(codec=None, exclude_categories=())))
def test_any_text_is_made_fit_to_be_stored(text: str) -> None:
    fit = storable(text)

    assert "\x00" not in fit
    assert fit.encode() is not None


@given(text=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00")))
def test_text_that_is_fit_stays_as_it_is(text: str) -> None:
    assert storable(text) == text
