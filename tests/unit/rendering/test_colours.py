"""The key of the colours: every kind that there is, by sign and word."""

from dataclasses import replace

from bot.domain.shades import Shade
from bot.rendering.colours import colours_modal, mark_of
from tests.unit.rendering.answers import an_entry
from tests.unit.rendering.screen import read_view


def test_the_key_tells_every_kind() -> None:
    assert read_view(colours_modal()) == [
        "*What the colours mean*",
        "▪ orange · an appointment booked in Daybook",
        "▪ blue · an appointment from Google: an event with a contact, under two-way sync",
        "▪ teal · any other event of a linked calendar under two-way sync",
        (
            "▪ grey · blocked by Google: an event of your linked calendar that is Busy; under *known only* also one "
            "with guests nobody knows"
        ),
        "▨ hatched · blocked by a conflict calendar, which Daybook only reads",
        "▫ pale · leaves the time open: Free, declined, a birthday, a working location, or ignored by you",
        "_ On the picture of a week, each begins with a letter: D, C, T, G, H and F, in this order.",
    ]


def test_each_event_has_the_mark_of_its_kind() -> None:
    entries = (
        an_entry("9:00-9:30", "Kick-off"),
        an_entry("9:00-9:30", "Dentist", is_linked=False),
        an_entry("9:00-9:30", "Lunch", blocks=False),
        an_entry("9:00-9:30", "Play", is_linked=False, blocks=False),
        replace(an_entry("9:00-9:30", "Demo"), shade=Shade.BLUE),
        replace(an_entry("9:00-9:30", "Focus"), shade=Shade.TEAL),
        replace(an_entry("9:00-9:30", "Free", blocks=False), shade=Shade.TEAL),
        replace(an_entry("9:00-9:30", "Left out"), shade=Shade.GREY),
    )
    assert [mark_of(entry) for entry in entries] == [
        "▪ grey",
        "▨ hatched",
        "▫ pale",
        "▫ pale",
        "▪ blue",
        "▪ teal",
        "▫ pale",
        "▪ grey",
    ]
