"""What a page of changes asks for."""

from dataclasses import replace

from bot.domain.events import EventStatus, Occurrence
from bot.domain.recurrence import Expansion
from bot.domain.sync_plan import ExpandedEvent, PagePlan, expansion_portions, plan_page, portions
from tests.event_builders import a_meeting, cancelled, timed


def test_a_new_event_is_stored() -> None:
    assert plan_page([a_meeting("a")]) == PagePlan((a_meeting("a"),))


def test_a_cancelled_event_is_removed_at_the_end() -> None:
    assert plan_page([cancelled("a")]) == PagePlan((), frozenset({"a"}))


# fault 44
def test_a_cancelled_instance_is_stored_as_its_series_must_know_of_it() -> None:
    instance = replace(cancelled("a_1"), series_id="a", original_start=timed("2026-11-24 9:00"))
    assert plan_page([instance]) == PagePlan((instance,))


# fault 44
def test_the_exceptions_that_are_told_as_live_are_known() -> None:
    live = replace(a_meeting("a_1"), series_id="a", original_start=timed("2026-11-24 9:00"))
    gone = replace(cancelled("a_2"), series_id="a", original_start=timed("2026-11-25 9:00"))
    assert plan_page([cancelled("a"), live, gone, a_meeting("b")]).live_exceptions == {"a_1"}


def test_an_event_told_twice_counts_as_told_last() -> None:
    moved = a_meeting("a", "2026-11-24 11:00-12:00")
    assert plan_page([a_meeting("a"), moved]) == PagePlan((moved,))
    assert plan_page([a_meeting("a"), cancelled("a")]) == PagePlan((), frozenset({"a"}))


def test_an_event_told_on_two_pages_counts_as_told_last() -> None:
    first = plan_page([cancelled("a"), cancelled("b")])
    second = plan_page([a_meeting("a"), cancelled("c")], first.removals)
    assert second == PagePlan((a_meeting("a"),), frozenset({"b", "c"}))


def test_an_empty_page_changes_nothing() -> None:
    assert plan_page([], frozenset({"a"})) == PagePlan((), frozenset({"a"}))


def test_a_cancelled_master_goes_though_it_still_tells_its_time() -> None:
    master = replace(a_meeting("a"), status=EventStatus.CANCELLED, recurrence=("RRULE:FREQ=DAILY",))
    assert plan_page([master]).removals == {"a"}


def test_portions_hold_no_more_than_their_size() -> None:
    assert list(portions("abcde", 2)) == [("a", "b"), ("c", "d"), ("e",)]


def test_expanded_events_share_a_portion_until_it_is_full() -> None:
    events = [_expanded("a", 2), _expanded("b", 2), _expanded("c", 1), _expanded("d", 9), _expanded("e", 1)]
    portions_of_four = [[event.id for event in portion] for portion in expansion_portions(events, rows=4)]
    assert portions_of_four == [["a", "b"], ["c"], ["d"], ["e"]]


def _expanded(event_id: str, count: int) -> ExpandedEvent:
    occurrences = tuple(Occurrence(n, n + 1, event_id, event_id, blocks=True) for n in range(count))
    return ExpandedEvent(event_id, Expansion(occurrences))
