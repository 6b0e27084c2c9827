"""What buttons carry comes back as it was, and nothing else comes back at all."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.availability import Mode
from bot.domain.errors import NotFound
from bot.domain.event_fixes import EventRef
from bot.rendering.agenda_ref import AgendaRef, agenda_ref
from bot.rendering.event_mark import EventMark, event_mark
from bot.rendering.question import SlotRef

CALENDAR = UUID(int=7)
SLOT = SlotRef(1_795_000_000, 30, Mode.ALL, ("U1", "U2"))
DAY = AgendaRef(date(2026, 11, 24), "U1", CALENDAR)
_event_ids = st.from_regex(r"[a-v0-9_TZ]{5,200}", fullmatch=True)


@given(_event_ids, st.integers(0, 9_999_999_999), st.sampled_from([SLOT, DAY, AgendaRef(date(2026, 11, 24), "W2")]))
def test_an_event_comes_back_with_where_it_was_shown(event_id: str, start: int, then: SlotRef | AgendaRef) -> None:
    mark = EventMark(EventRef(CALENDAR, start, event_id), then)
    assert event_mark(mark.value()) == mark


@pytest.mark.parametrize("event_id", ["", "two words", "x" * 2000, "line\nbreak"])
def test_an_event_whose_id_no_button_can_carry_has_no_value(event_id: str) -> None:
    assert EventMark(EventRef(CALENDAR, 0, event_id), SLOT).value() == ""


# fault 10
@pytest.mark.slow
@given(st.text(max_size=200) | st.from_regex(r"[0-9a-f-]{36} [0-9]+ x (why|day) .*"))
def test_anything_else_is_not_there(text: str) -> None:
    try:
        mark = event_mark(text)
    except NotFound:
        return
    assert event_mark(mark.value()) == mark


@pytest.mark.parametrize(
    "value",
    ["", "today U1 all", "2026-02-30 U1 all", "2026-11-24 U1", "2026-11-24 u1 all", f"2026-11-24 U1 {'-' * 36}"],
)
def test_a_day_that_no_button_carries_is_not_there(value: str) -> None:
    with pytest.raises(NotFound):
        agenda_ref(value)


def test_a_day_comes_back_with_its_calendar() -> None:
    assert agenda_ref(DAY.value()) == DAY
    assert agenda_ref("2026-11-24 U1 all") == AgendaRef(date(2026, 11, 24), "U1")
