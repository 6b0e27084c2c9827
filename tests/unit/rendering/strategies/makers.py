"""Hypothesis draws who makes the values, and some foreign text that nobody thought of."""

from collections.abc import Sequence
from random import Random

from hypothesis import strategies as st

from tests.unit.rendering.strategies.making import Maker
from tests.unit.rendering.strategies.special import MOST, SPECIAL
from tests.unit.rendering.strategies.texts import NASTIES

_LARGEST = 2**32 - 1


def makers(rows: Sequence[int], foreign: Sequence[str] = NASTIES) -> st.SearchStrategy[Maker]:
    """Makers of values that hold `rows` rows wherever there can be several, and `foreign` text or any other."""
    seeds = st.integers(0, _LARGEST).map(Random)
    texts = st.lists(st.text(max_size=120), max_size=4).map(lambda more: (*foreign, *more))
    return st.tuples(seeds, texts).map(lambda drawn: Maker(*drawn, rows, SPECIAL, MOST))
