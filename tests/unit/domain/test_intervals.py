"""The interval algebra, by example and against `portion`, which knows nothing of ours."""

import portion
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intervals import (
    Interval,
    clip,
    intersect,
    merged,
    overlaps,
    shrink_ends,
    subtract,
    touching,
    union,
    widen,
)

spans = st.lists(st.tuples(st.integers(-60, 60), st.integers(-60, 60)), max_size=15)
bounds = st.builds(Interval, st.integers(-70, 70), st.integers(-70, 70))


def reference(some: list[tuple[int, int]] | list[Interval]) -> portion.Interval:
    """The same instants as the oracle sees them; a reversed pair is empty there too."""
    return portion.Interval(*(portion.closedopen(start, end) for start, end in some))


def told(some: portion.Interval) -> list[Interval]:
    return [Interval(piece.lower, piece.upper) for piece in some if not piece.empty]


def test_touching_and_nested_spans_become_one() -> None:
    assert merged([(30, 40), (10, 20), (20, 30), (12, 15)]) == [Interval(10, 40)]


# fault 9
def test_spans_of_no_or_negative_length_hold_nothing() -> None:
    assert merged([(10, 10), (30, 20), (40, 50)]) == [Interval(40, 50)]


def test_rows_with_more_columns_go_in_as_they_are() -> None:
    assert merged([(10, 20, "event"), (15, 30, "hold")]) == [Interval(10, 30)]


def test_nothing_merged_is_nothing() -> None:
    assert merged([]) == []


def test_a_generator_is_merged_like_a_list() -> None:
    assert merged((start, start + 5) for start in (20, 10, 10)) == [Interval(10, 15), Interval(20, 25)]


def test_a_piece_taken_from_the_middle_leaves_both_sides() -> None:
    assert subtract([Interval(0, 100)], [Interval(40, 60)]) == [Interval(0, 40), Interval(60, 100)]


# fault 9
def test_spans_that_only_touch_do_not_overlap() -> None:
    assert not overlaps((10, 11), (11, 12))
    assert overlaps((10, 12), (11, 12))
    assert not overlaps((10, 12), (11, 11))


def test_a_meeting_that_fits_exactly_has_one_start() -> None:
    assert shrink_ends([Interval(0, 30), Interval(50, 70)], 30) == [Interval(0, 1)]


def test_touching_keeps_whole_pieces() -> None:
    pieces = [Interval(0, 10), Interval(20, 30), Interval(40, 50)]
    assert touching(pieces, Interval(10, 41)) == [Interval(20, 30), Interval(40, 50)]
    assert touching(pieces, Interval(9, 40)) == [Interval(0, 10), Interval(20, 30)]
    assert touching(pieces, Interval(5, 5)) == []


def test_pieces_that_touch_once_they_are_grown_become_one() -> None:
    assert widen([Interval(10, 20), Interval(25, 30), Interval(36, 40)], 2, 3) == [
        Interval(8, 33),
        Interval(34, 43),
    ]


@given(spans)
def test_merged_is_what_the_oracle_says(some: list[tuple[int, int]]) -> None:
    assert merged(some) == told(reference(some))


@given(spans, spans)
def test_union_intersection_and_difference_are_what_the_oracle_says(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    left, right = merged(one), merged(other)
    assert union(one, other) == told(reference(one) | reference(other))
    assert intersect(left, right) == told(reference(one) & reference(other))
    assert subtract(left, right) == told(reference(one) - reference(other))


@given(spans, bounds)
def test_clip_is_the_intersection_with_its_bounds(some: list[tuple[int, int]], limit: Interval) -> None:
    assert clip(merged(some), limit) == told(reference(some) & reference([limit]))


@given(spans, st.integers(0, 20), st.integers(0, 20))
def test_widening_after_merging_is_widening_each(some: list[tuple[int, int]], left: int, right: int) -> None:
    each = [(start - left, end + right) for start, end in some if start < end]
    assert widen(merged(some), left, right) == told(reference(each))


@given(spans, st.integers(1, 30))
def test_a_start_is_kept_where_the_whole_length_fits(some: list[tuple[int, int]], length: int) -> None:
    starts = shrink_ends(merged(some), length)
    for second in range(-61, 61):
        fits = portion.closedopen(second, second + length) in reference(some)
        assert any(piece.start <= second < piece.end for piece in starts) == fits
