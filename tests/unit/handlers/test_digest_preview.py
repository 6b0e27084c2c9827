"""*Preview* of a digest: what would be posted, and what its channel is not told."""

import pytest

from bot.domain.digests import Rhythm
from bot.rendering.digests.ref import DigestDeed
from bot.rendering.names import ActionId
from tests.unit.handlers.acting import acting
from tests.unit.handlers.digest_desk import DigestDesk
from tests.unit.rendering.answers import ana, cara
from tests.unit.usecases.digest_house import a_wish


def test_the_preview_of_a_paused_one_is_of_the_day_on_which_it_would_go_on() -> None:
    desk = DigestDesk()
    digest = desk.has(a_wish(ana, rhythm=Rhythm.WEEKLY, weekdays=frozenset({0})))
    desk.does(DigestDeed.PAUSE)
    desk.comes("2026-11-24 12:00")
    days = "*The week at Acme* · Monday 30 November to Sunday 6 December, Berlin time"
    assert desk.presses(ActionId.DIGEST_PREVIEW, str(digest.id))[1] == days
    desk.does(DigestDeed.RESUME)
    assert desk.presses(ActionId.DIGEST_PREVIEW, str(digest.id))[1] == days


def test_the_preview_says_who_has_no_calendar_connected() -> None:
    desk = DigestDesk()
    weekly = a_wish(ana, cara, rhythm=Rhythm.WEEKLY, weekdays=frozenset({0}))
    digest = desk.has(weekly)
    told = "Cara has no calendar connected, so nobody can say."
    assert f"_ {told}" in desk.presses(ActionId.DIGEST_PREVIEW, str(digest.id))
    daily = desk.cases().save(acting(ana), a_wish(ana, cara), origin="x", digest_id=digest.id)
    assert f"*Cara* {told.removeprefix('Cara ').rstrip('.')}" in desk.presses(ActionId.DIGEST_PREVIEW, str(daily.id))


def test_from_the_preview_somebody_without_a_calendar_is_asked_once_a_day_to_connect_one() -> None:
    desk = DigestDesk()
    digest = desk.has(a_wish(ana, cara))
    only_you = "_ Only you see this: the next one, as it looks now."
    pressed = f"{digest.id} U3"
    seen = [desk.presses(ActionId.DIGEST_PREVIEW, str(digest.id))[:2]]
    seen += [desk.presses(ActionId.DIGEST_ASK, pressed)[:2] for _ in range(2)]
    assert seen == [
        [only_you, "[Ask Cara to connect]"],
        [f"{only_you} Cara was asked to connect a calendar.", "*Today at Acme* · Tuesday 24 November, Berlin time"],
        [
            f"{only_you} You asked Cara today already. One message a day is enough; Cara has yours.",
            "[Ask Cara to connect]",
        ],
    ]
    assert desk.notifier.asked_to_connect == [("U1", "U3")]


def test_to_the_reader_himself_the_preview_offers_to_connect_one() -> None:
    desk = DigestDesk()
    digest = desk.has(a_wish(ana, cara))
    assert desk.presses(ActionId.DIGEST_PREVIEW, str(digest.id), cara)[1] == "[Connect Google Calendar]"


@pytest.mark.parametrize("whom", ["U1", "U2", "U9"])
def test_who_is_not_in_the_preview_or_has_a_calendar_is_not_asked_from_there(whom: str) -> None:
    desk = DigestDesk()
    digest = desk.has(a_wish(ana, cara))
    seen = desk.presses(ActionId.DIGEST_ASK, f"{digest.id} {whom}")
    assert seen == desk.presses(ActionId.DIGEST_PREVIEW, str(digest.id))
    assert desk.notifier.asked_to_connect == []


def test_the_preview_is_what_would_be_posted_and_says_who_is_missing() -> None:
    desk = DigestDesk()
    digest = desk.has(agreed=False)
    assert desk.presses(ActionId.DIGEST_PREVIEW, str(digest.id)) == [
        "_ Only you see this: the next one, as it looks now. Ben was asked and has not answered yet.",
        "*Today at Acme* · Tuesday 24 November, Berlin time",
        "*Ana* no appointments · free 9:00-17:00",
        "[Book] [Digest settings]",
    ]
