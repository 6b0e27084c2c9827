"""One event, read aloud: who is on it, what may be done about it, and why not."""

from typing import Any

import pytest

from bot.domain.event_changes import EventShown
from bot.domain.event_fixes import Fixed
from bot.domain.events import Invitee
from bot.rendering.event_view import cancelled_view, event_view, move_view, moved_view
from bot.rendering.surfaces import Modal
from tests.builders import span
from tests.unit.rendering.screen import buttons_of, read_view
from tests.unit.rendering.two_way import a_mark, an_event_shown


def viewed(shown: EventShown) -> Modal:
    return event_view(shown, a_mark(shown))


def asked(view: Modal) -> str:
    """The question behind *Cancel event*."""
    for block in view.blocks:
        whole: Any = block
        for element in whole.get("elements", ()):
            if "confirm" in element:
                return str(element["confirm"]["text"]["text"])
    return ""


def test_an_own_event_can_be_moved_and_cancelled() -> None:
    shown = an_event_shown()
    view = viewed(shown)
    assert read_view(view) == [
        "*Demo*",
        "Tue 24 Nov, 9:00-10:00 · ▪ blue · Ana",
        "· Maya Ortiz · accepted",
        "· lee@chen.test · not answered",
        "[Move] [Cancel event] [Open in Google]",
    ]
    assert asked(view) == (
        "*Demo*, Tue 24 Nov, 9:00-10:00, goes away. Google e-mails Maya Ortiz and lee@chen.test the cancellation."
    )
    assert buttons_of(view)["Move"] == a_mark(shown).value()


def test_of_a_series_one_time_is_changed_and_that_is_said() -> None:
    view = viewed(an_event_shown(repeats=True, guests=()))
    assert read_view(view)[2:] == [
        "_ It repeats. You change only this one time here. To change the whole series, open it in Google.",
        "[Move] [Cancel event] [Open in Google]",
    ]
    assert asked(view) == (
        "*Demo*, Tue 24 Nov, 9:00-10:00, goes away. Only this one time is cancelled. "
        "Nobody else is on it, so nobody is e-mailed."
    )


def test_a_whole_day_is_cancelled_here_and_moved_in_google() -> None:
    assert read_view(viewed(an_event_shown(is_all_day=True, guests=())))[2:] == [
        "_ Whole days are moved in Google.",
        "[Cancel event] [Open in Google]",
    ]


@pytest.mark.parametrize("fixed", list(Fixed))
def test_what_cannot_be_changed_says_why_and_leads_to_google(fixed: Fixed) -> None:
    *_, why, buttons = read_view(viewed(an_event_shown(fixed=fixed)))
    assert (why[:2], buttons) == ("_ ", "[Open in Google]")


def test_an_invitation_says_whose_it_is() -> None:
    assert read_view(viewed(an_event_shown(fixed=Fixed.OTHERS)))[-2] == (
        "_ Somebody else organises it, so only they can move or cancel it. You can answer them in Google."
    )


def test_a_crowd_is_counted_and_the_question_stays_short_enough() -> None:
    crowd = tuple(Invitee(f"guest{n}@many.test", "Somebody with a rather long name " * 3) for n in range(99))
    view = viewed(an_event_shown(guests=crowd))
    assert read_view(view)[-2] == "and 79 more"
    assert "95 more guests" in asked(view)


def test_another_time_is_asked_for_by_the_readers_clock() -> None:
    shown = an_event_shown()
    view = move_view(shown, a_mark(shown))
    assert (view.submit, view.private_metadata) == ("Move it", a_mark(shown).value())
    assert read_view(view) == [
        "*Demo*",
        "Tue 24 Nov, 9:00-10:00 · ▪ blue · Ana",
        "Day: 2026-11-24",
        "Time: 09:00",
        "_ It stays as long as it is. Google e-mails Maya Ortiz and lee@chen.test the new time.",
    ]


def test_a_mistake_stands_on_top_and_what_was_typed_stays() -> None:
    shown = an_event_shown()
    view = move_view(shown, a_mark(shown), day="2026-11-20", clock="07:15", mistake="That has passed already.")
    lines = read_view(view)
    assert (lines[0], lines[3:5]) == ("That has passed already.", ["Day: 2026-11-20", "Time: 07:15"])


def test_what_was_done_says_who_hears_of_it() -> None:
    shown = an_event_shown()
    assert read_view(moved_view(shown, span("2026-11-25 15:00-16:00"))) == [
        "*Demo* is at Wed 25 Nov, 15:00-16:00 in Google now.",
        "_ Google e-mails Maya Ortiz and lee@chen.test the new time. Daybook is reading the calendar again.",
    ]
    assert read_view(cancelled_view(shown)) == [
        "*Demo* is cancelled in Google.",
        "_ Google e-mails Maya Ortiz and lee@chen.test the cancellation. Daybook is reading the calendar again.",
    ]
