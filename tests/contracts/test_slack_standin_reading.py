"""How messages, modals and Home read in a terminal."""

from datetime import UTC, datetime

import pytest

from bot.sandbox.slack.mrkdwn import Reader, resolved
from tests.contracts.slack_standin_bot import (
    TUESDAY,
    Team,
    actions,
    button,
    field,
    home,
    modal,
    option,
    plain,
    section,
)

# 15:00 in Berlin on Tuesday 24 November
THREE = int(TUESDAY) + 6 * 3600


def reader(zone: str = "Europe/Berlin", *, twelve_hours: bool = False) -> Reader:
    now = datetime.fromtimestamp(TUESDAY, UTC)
    return Reader(zone, now, twelve_hours, {"U1": "ana", "C1": "sales"}.get)


@pytest.mark.parametrize(
    ("token", "berlin", "new_york"),
    [
        ("{time}", "15:00", "9:00 AM"),
        ("{time_secs}", "15:00:00", "9:00:00 AM"),
        ("{date_num}", "2026-11-24", "2026-11-24"),
        ("{date_short}", "Nov 24, 2026", "Nov 24, 2026"),
        ("{date_short_pretty} at {time}", "Today at 15:00", "Today at 9:00 AM"),
        ("{date}", "November 24th, 2026", "November 24th, 2026"),
        ("{date_long}", "Tuesday, November 24th, 2026", "Tuesday, November 24th, 2026"),
        ("{ago}", "in 6 hours", "in 6 hours"),
        ("{nonsense}", "fallback", "fallback"),
    ],
)
def test_an_instant_reads_in_the_zone_of_its_reader(token: str, berlin: str, new_york: str) -> None:
    markup = f"<!date^{THREE}^{token}|fallback>"
    american = reader("America/New_York", twelve_hours=True)
    assert (resolved(markup, reader()), resolved(markup, american)) == (berlin, new_york)


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("<@U1> and <@U9>", "@ana and @U9"),
        ("<#C1|sales>", "#sales"),
        ("<!channel> <!here|here>", "@channel @here"),
        ("<https://a.test|the page>", "the page (https://a.test)"),
        ("<https://a.test>", "https://a.test"),
        ("<!date^soon^{time}|some day> <!date^5|some day>", "some day some day"),
        ("<mailto:m@o.test|m@o.test>", "m@o.test"),
        ("&lt;!channel&gt; &amp; *bold* _thin_", "<!channel> & *bold* _thin_"),
    ],
)
def test_markup_reads_as_people_see_it(markup: str, read: str) -> None:
    assert resolved(markup, reader()) == read


def test_a_message_reads_block_by_block(team: Team) -> None:
    blocks = [
        {"type": "header", "text": plain("Times")},
        section(f"*Ana*, <!date^{THREE}^{{time}}|later>", accessory=button("Change", "change")),
        actions(button("15:00", "a"), button("15:15", "b"), button("Page", "c", url="https://a.test")),
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "_read 40 minutes ago_"}]},
        {"type": "section", "fields": [plain("left"), plain("right")]},
        {"type": "divider"},
    ]
    team.client.chat_postMessage(channel=team.ana.id, text="Times", blocks=blocks)
    assert team.person(team.ana).sees() == "\n".join(
        [
            "Helper · direct message",
            "  *Times*",
            "  *Ana*, 15:00  [Change]",
            "  [15:00]  [15:15]  [Page ↗]",
            "  _read 40 minutes ago_",
            "  left                                            right",
            "  " + "─" * 96,
        ]
    )


def test_a_modal_reads_as_a_form(team: Team) -> None:
    options = [option("One-way - grey"), option("Two-way - coloured")]
    view = modal(
        field("Name", {"type": "plain_text_input", "action_id": "n", "placeholder": plain("full")}, "n"),
        field("Sync", {"type": "radio_buttons", "options": options, "initial_option": options[0]}, "r"),
        field(
            "Calendars",
            {"type": "multi_static_select", "options": options, "initial_options": options},
            "m",
            optional=True,
        ),
        field("Day", {"type": "datepicker", "initial_date": "2026-11-24"}, "d", hint=plain("a weekday")),
    )
    team.client.views_open(trigger_id=team.slack.trigger(team.ana.id), view=view)
    assert team.person(team.ana).sees() == "\n".join(
        [
            "┌─ A form " + "─" * 89 + "┐",
            "│ Name  [full]",
            "│ Sync",
            "│   (•) One-way - grey",
            "│   ( ) Two-way - coloured",
            "│ Calendars (optional)  [One-way - grey ×]  [Two-way - coloured ×]  (▾)",
            "│ Day  (2026-11-24 ▾)",
            "│ _a weekday_",
            "│",
            "│ [Save]  [Cancel]",
            "└" + "─" * 98 + "┘",
        ]
    )


def test_home_reads_in_a_frame_of_its_own(team: Team) -> None:
    team.client.views_publish(user_id=team.ana.id, view=home(section("*Today*")))
    assert team.person(team.ana).sees().splitlines() == [
        "┌─ Helper · Home " + "─" * 82 + "┐",
        "│ *Today*",
        "└" + "─" * 98 + "┘",
    ]


def test_nothing_is_wider_than_a_hundred_characters(team: Team) -> None:
    blocks = [
        section("word " * 200, accessory=button("A button with a longer text", "x")),
        actions(*(button(f"Button number {number}", f"b{number}") for number in range(20))),
    ]
    team.client.chat_postMessage(channel=team.ana.id, text="x", blocks=blocks)
    assert max(len(line) for line in team.person(team.ana).sees().splitlines()) <= 100
