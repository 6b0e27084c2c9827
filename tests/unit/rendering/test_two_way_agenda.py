"""Two-way sync on the agenda: colours by sign and word, contacts with their answers, and a way to each event."""

from dataclasses import replace

import pytest

from bot.domain.events import AgendaEntry, Guest, Response
from bot.domain.shades import Shade
from bot.domain.taken import Declined
from bot.rendering.agenda_lines import BUTTONS_SHOWN, ShownDay, agenda_blocks, entry_line
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.declined import contact_declined
from tests.builders import ANA, BERLIN, days, span
from tests.unit.rendering.answers import ACME, an_entry, ana
from tests.unit.rendering.screen import buttons_of, read_blocks, read_message
from tests.unit.rendering.two_way import MAYA, SHOWN_DAY

DAY = ShownDay(AgendaRef(SHOWN_DAY, "U1"), days(), BERLIN)


def blue(*guests: Guest, times: str = "9:00-9:30", title: str = "Demo") -> AgendaEntry:
    return replace(an_entry(times, title), shade=Shade.BLUE, guests=guests)


@pytest.mark.parametrize(
    ("guests", "told"),
    [
        ([Guest("Maya Ortiz", Response.DECLINED)], "Maya Ortiz (declined)"),
        ([Guest("Maya Ortiz", Response.NEEDS_ACTION)], "Maya Ortiz (not answered)"),
        (
            [Guest("Lee Chen", Response.ACCEPTED), Guest("Maya Ortiz", Response.TENTATIVE)],
            "Lee Chen (accepted), Maya Ortiz (answered with maybe)",
        ),
        ([Guest("<!channel>", Response.ACCEPTED)], "&lt;!channel&gt; (accepted)"),
        ([Guest(f"Guest {n}", Response.ACCEPTED) for n in range(5)], "Guest 2 (accepted), and 2 more"),
    ],
)
def test_a_contact_is_told_with_what_he_answered(guests: list[Guest], told: str) -> None:
    line = entry_line(blue(*guests), DAY)
    assert line.startswith("9:00-9:30 ▪ blue  Demo · with ")
    assert line.endswith(told)


def test_every_event_in_colour_leads_to_its_details() -> None:
    entries = [
        blue(Guest("Maya Ortiz", Response.ACCEPTED)),
        replace(an_entry("10:00-10:30", "Focus"), shade=Shade.TEAL),
        replace(an_entry("11:00-11:30", "Left out"), shade=Shade.GREY),
        an_entry("12:00-12:30", "Not decided"),
    ]
    assert read_blocks(agenda_blocks(entries, DAY)) == [
        "9:00-9:30 ▪ blue  Demo · with Maya Ortiz (accepted) [Details]",
        "10:00-10:30 ▪ teal  Focus [Details]",
        "11:00-11:30 ▪ grey  Left out",
        "12:00-12:30 ▪ grey  Not decided",
    ]


def test_a_full_day_has_room_for_some_buttons_and_every_line() -> None:
    entries = [blue(times=f"{8 + n // 4}:{n % 4 * 15:02}-20:00", title=f"Demo{n}") for n in range(BUTTONS_SHOWN + 3)]
    shown = read_blocks(agenda_blocks(entries, DAY))
    assert (len(shown), sum("[Details]" in line for line in shown)) == (BUTTONS_SHOWN + 3, BUTTONS_SHOWN)


def a_decline(**changes: object) -> Declined:
    made = Declined(ACME.id, ANA, ana.id, MAYA, "Demo *with* Acme", span("15:00-15:30"))
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_host_reads_who_declined_and_that_nothing_was_changed() -> None:
    message = contact_declined(a_decline(link="https://www.google.com/calendar/event?eid=x"), BERLIN)
    line, buttons = read_message(message)
    assert line == (
        "*Maya Ortiz* declined *Demo ∗with∗ Acme*, "
        "<!date^1795528800^{date_short_pretty} {time}|Tue 24 Nov 15:00 Berlin> - "
        "<!date^1795530600^{time}|15:30 Berlin>. It stays as it is until you change it."
    )
    assert buttons == "[Open that day] [Open in Google]"
    assert buttons_of(message)["Open that day"] == "agenda 2026-11-24"


def test_of_a_booked_one_the_card_is_named() -> None:
    line, buttons = read_message(contact_declined(a_decline(is_booked=True), BERLIN))
    assert line.endswith("It stays as it is until you change it. Its card has *Reschedule* and *Cancel*.")
    assert buttons == "[Open that day]"


def test_what_leads_elsewhere_than_to_google_is_no_button() -> None:
    assert read_message(contact_declined(a_decline(link="https://evil.test/x"), BERLIN))[1] == "[Open that day]"


def test_of_a_series_no_single_time_is_told() -> None:
    [line] = read_message(contact_declined(a_decline(repeats=True), BERLIN))
    assert line.startswith("*Maya Ortiz* declined *Demo ∗with∗ Acme*, every time of it. It stays")
