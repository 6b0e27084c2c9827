"""When a loss is ordinary, and when its owner has to be asked."""

import pytest

from bot.domain.fuse import Fuse, blows, enough_coming, may_go

ASKED = Fuse(number=3, gone=41, coming=60)
APPROVED = Fuse(number=3, gone=41, coming=60, is_approved=True)


# fault 39
@pytest.mark.parametrize(
    ("gone", "coming", "expected"),
    [
        (0, 0, False),
        (5, 5, False),  # five may go, however few there are
        (6, 6, True),
        (6, 29, True),
        (6, 30, False),  # a fifth
        (20, 100, False),
        (21, 100, True),
        (41, 60, True),
    ],
)
def test_more_than_five_and_more_than_a_fifth_are_too_many(gone: int, coming: int, expected: bool) -> None:
    assert blows(gone, coming) is expected
    # It is enough to count as far as a fifth can be told.
    assert blows(gone, min(coming, enough_coming(gone))) is expected


# fault 39
@pytest.mark.parametrize(
    ("gone", "fuse", "expected"),
    [
        (41, None, False),
        (3, None, True),
        (0, ASKED, True),  # they came back: nothing needs an answer
        (1, ASKED, False),  # nothing that could be part of it goes unasked
        (41, APPROVED, True),
        (42, APPROVED, False),  # more than the owner was told of
        (3, APPROVED, True),
    ],
)
def test_what_may_go_depends_on_what_its_owner_said(gone: int, fuse: Fuse | None, expected: bool) -> None:
    assert may_go(gone, 60, fuse) is expected
