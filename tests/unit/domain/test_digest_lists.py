"""What becomes of a member's word as the list of a digest changes, and as he answers."""

from dataclasses import replace

import pytest

from bot.domain.digest_lists import Relisted, answered, first_listed, listed_again, taken_out
from bot.domain.digests import Level, Share
from tests.builders import BEN
from tests.digest_builders import DIGEST, a_digest

ASKED = Share(DIGEST, BEN, Level.TITLES)
AGREED = replace(ASKED, agreed=Level.TITLES)
REFUSED = replace(ASKED, has_declined=True)


def test_whoever_refused_a_digest_of_that_channel_is_listed_as_somebody_who_said_no() -> None:
    digest = a_digest()
    assert [first_listed(digest, BEN, refuses=refuses) for refuses in (False, True)] == [ASKED, REFUSED]


@pytest.mark.parametrize(
    ("share", "left"),
    [(AGREED, None), (ASKED, replace(ASKED, is_listed=False)), (REFUSED, replace(REFUSED, is_listed=False))],
    ids=["yes", "no answer", "no"],
)
def test_of_whoever_is_taken_out_a_yes_alone_is_forgotten(share: Share, left: Share | None) -> None:
    assert taken_out(share) == left


@pytest.mark.parametrize(
    ("share", "level", "again"),
    [
        (ASKED, Level.TITLES, Relisted(ASKED, asks_more=False, is_news=False)),
        (ASKED, Level.FULL, Relisted(replace(ASKED, asked=Level.FULL), asks_more=True, is_news=True)),
        (AGREED, Level.FULL, Relisted(replace(AGREED, asked=Level.FULL), asks_more=True, is_news=True)),
        (REFUSED, Level.FULL, Relisted(REFUSED, asks_more=False, is_news=False)),
        (replace(ASKED, is_listed=False), Level.TITLES, Relisted(ASKED, asks_more=False, is_news=True)),
    ],
    ids=["as before", "more", "more than the yes", "a no stays one", "back"],
)
def test_whoever_is_listed_again_is_asked_about_more_alone(share: Share, level: Level, again: Relisted) -> None:
    assert listed_again(share, level, is_to_be_asked=False) == again


def test_whoever_is_still_to_be_asked_is_asked_about_what_is_shown_by_then() -> None:
    again = listed_again(ASKED, Level.BUSY, is_to_be_asked=True)
    assert again == Relisted(replace(ASKED, asked=Level.BUSY), asks_more=False, is_news=False)


@pytest.mark.parametrize(
    ("level", "agreed", "word"),
    [
        (Level.TITLES, None, REFUSED),
        (Level.TITLES, Level.TITLES, AGREED),
        (Level.BUSY, Level.BUSY, replace(ASKED, asked=Level.BUSY, agreed=Level.BUSY)),
        (Level.TITLES, Level.BUSY, replace(ASKED, agreed=Level.BUSY)),
    ],
    ids=["no", "yes", "yes to all there is by now", "yes to less"],
)
def test_an_answer_says_up_to_which_level_he_counts_as_asked(level: Level, agreed: Level | None, word: Share) -> None:
    assert answered(ASKED, level, agreed) == word
