"""What people write as they speak, and the command that they mean by it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.day_words import UnclearWhen
from bot.domain.plain_words import Meant, PlainWords, plain_words
from bot.domain.reading_habits import Habits, HourCycle
from bot.domain.when import parse_when
from tests.builders import BERLIN, NEW_YORK


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("what's on today", "agenda today"),
        ("What’s on ana's calendar tomorrow", "agenda ana's tomorrow"),
        ("what do I have tomorrow", "agenda tomorrow"),
        ("what does ana have on friday", "agenda ana friday"),
        ("do i have any meetings on friday", "agenda friday"),
        ("show me my calendar", "agenda"),
        ("show me ana's day tomorrow", "agenda ana tomorrow"),
        ("meetings on friday", "agenda friday"),
        ("schedule tomorrow", "agenda tomorrow"),
        ("what's next", "agenda"),
        ("what's next week", "agenda next week"),
        ("agenda ana next week", "agenda ana next week"),
        ("how does my week look", "week"),
        ("ana lopez's week", "week ana lopez"),
        ("tomorrow", "agenda tomorrow"),
        ("friday 3 pm", "why friday 3pm"),
        ("am I free friday 3pm", "why friday 3pm"),
        ("am I free", "slots today"),
        ("is ben free tomorrow", "slots ben tomorrow"),
        ("are ana and ben free fri 15:00", "why ana and ben fri 15:00"),
        ("does ben have time friday 3pm", "why ben friday 3pm"),
        ("why is ben not free tomorrow 3pm", "why ben tomorrow 3pm"),
        ("when is ben free next week", "slots ben next week"),
        ("let me know when ben is free", "slots ben"),
        ("when can I meet ben tomorrow", "slots me ben tomorrow"),
        ("find a time with ben", "slots me with ben"),
        ("is there a free slot tomorrow", "slots tomorrow"),
        ("find a time to meet ben and cara", "slots me with ben and cara"),
        ("find time for ben and cara", "slots for ben and cara"),
        ("find a time with me on friday", "slots with friday"),
        ("slots with ben tomorrow", "slots with ben tomorrow"),
        ("slots ana with ben tomorrow", "slots ana with ben tomorrow"),
        ("find a time for ana with ben", "slots for ana with ben"),
        ("is ben free tomorrow at 12:30 AM", "why ben tomorrow at 12:30am"),
        ("book tomorrow 12:30 AM", "book tomorrow 12:30am"),
        ("slots friday 9 AM", "slots friday 9am"),
        ("what is on friday 12:00 PM", "why friday 12:00pm"),
        ("I need 30 minutes with ben tomorrow", "slots me 30 minutes with ben tomorrow"),
        ("slots ana mon to fri", "slots ana mon to fri"),
        ("slots <@U2> all 30m", "slots <@U2> all 30m"),
        ("book maya tue 15:00", "book maya tue 15:00"),
        ("can you book a 30m call with maya ortiz tue 15:00", "book 30m with maya ortiz tue 15:00"),
        ("schedule maya tue 15:00", "book maya tue 15:00"),
        ("add a meeting with lee", "book with lee"),
        ("meet maya at 3pm", "book maya at 3pm"),
        ("what can you do", "help"),
        ("help me", "help"),
        ("what's free on friday", "slots friday"),
        ("when does ana have time on friday", "slots ana friday"),
        ("who of ana and ben is free on friday", "slots any ana and ben friday"),
        ("is my calendar synced", "status"),
        ("why do my events not sync", "status"),
        ("sync my calendar", "status"),
        ("delete my data", "forget"),
        ("forget me", "forget"),
        ("remind me before my meetings", "reminders"),
        ("turn off reminders", "reminders"),
        ("remind me 20 minutes before", "reminders 20 minutes before"),
        ("stop reminders", "reminders"),
        ("my digests", "digest"),
        ("<@U2> has the plans", "<@U2> has the plans"),
        ("<@U2> friday", "slots <@U2> friday"),
        ("@ben friday 3pm", "why @ben friday 3pm"),
        ("what is on at 3pm", "why at 3pm"),
        ("show my week", "week"),
    ],
)
def test_a_sentence_becomes_the_command_that_is_meant(text: str, command: str) -> None:
    assert plain_words(text) == PlainWords(command)


@pytest.mark.parametrize(
    "text",
    [
        "contacts maya call",
        "settings video",
        "add zoom",
        "what is one-way",
        "what is a conflict calendar",
        "what happens when google is down",
        "what is erased when i disconnect",
        "what does two-way do to my contacts",
        "who sees my titles",
        "can i change the option later",
        "change my hours on friday",
        "delete my account",
        "cancel the digest",
        "xyzzy",
        "",
    ],
)
def test_what_is_no_such_sentence_stays_as_it_is(text: str) -> None:
    assert plain_words(text) == PlainWords(text)


@pytest.mark.parametrize(
    ("text", "command", "left_out"),
    [
        ("slots ana tomorrow afternoon", "slots ana tomorrow", ("afternoon",)),
        ("what's on this evening", "agenda today", ("evening",)),
        ("what's on tonight", "agenda today", ("tonight",)),
        ("friday afternoon", "agenda friday", ("afternoon",)),
        ("tonight", "agenda today", ("tonight",)),
        ("book maya in the morning on friday", "book maya friday", ("morning",)),
    ],
)
def test_parts_of_a_day_are_left_out(text: str, command: str, left_out: tuple[str, ...]) -> None:
    assert plain_words(text) == PlainWords(command, left_out=left_out)


@pytest.mark.parametrize(
    ("text", "meant", "days", "about"),
    [
        ("cancel my 3pm", Meant.CANCEL, "", "my 3pm"),
        ("cancel", Meant.CANCEL, "", ""),
        ("please cancel my meeting with maya tomorrow", Meant.CANCEL, "tomorrow", "my meeting with maya tomorrow"),
        ("cancel my 3 PM tomorrow", Meant.CANCEL, "tomorrow", "my 3pm tomorrow"),
        ("cancel tomorrow's 10am", Meant.CANCEL, "tomorrow", "tomorrow's 10am"),
        ("remove my 15:00 on 1 dec", Meant.CANCEL, "1 dec", "my 15:00 on 1 dec"),
        ("move my 3pm to friday", Meant.MOVE, "", "my 3pm"),
        ("move my meeting tomorrow 4:30pm to thursday", Meant.MOVE, "tomorrow", "my meeting tomorrow 4:30pm"),
        ("reschedule maya tomorrow", Meant.MOVE, "tomorrow", "maya tomorrow"),
        ("reschedule olga", Meant.MOVE, "", "olga"),
        ("who is free tomorrow", Meant.WHO, "tomorrow", ""),
        ("is anybody free on friday", Meant.WHO, "friday", ""),
        ("who has time", Meant.WHO, "", ""),
        ("thanks", Meant.THANKS, "", ""),
        ("Thank you so much", Meant.THANKS, "", ""),
    ],
)
def test_what_is_done_in_another_way_is_told_apart(text: str, meant: Meant, days: str, about: str) -> None:
    assert plain_words(text) == PlainWords(days, meant, about=about)


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("12:10 AM", "2026-11-24"),
        ("12:10 PM", "2026-11-24"),
        ("9:00 AM", "2026-11-24"),
        ("friday 9", "2026-11-24"),
        ("friday 12", "2026-11-24"),
        ("29 mar 2026 2:30 AM", "2026-03-28"),
        ("8 mar 2026 2:30 AM", "2026-03-07"),
        ("1 nov 2026 9", "2026-10-31"),
    ],
)
def test_what_daybook_offers_a_reader_of_twelve_hours_to_write_means_the_same_in_a_message(
    asked: str, day: str, zone: str
) -> None:
    now = datetime.fromisoformat(f"{day} 22:00").replace(tzinfo=ZoneInfo(zone))
    twelve = Habits(HourCycle.TWELVE, first_day=6)
    try:
        parse_when(asked, now=now, zone=ZoneInfo(zone), habits=twelve)
        options: tuple[str, ...] = (asked,)
    except UnclearWhen as unclear:
        options = tuple(unclear.options)
    for option in options:
        command, _, words = plain_words(option).command.partition(" ")
        understood = parse_when(words, now=now, zone=ZoneInfo(zone), habits=twelve)
        assert (command, understood) == ("why", parse_when(option, now=now, zone=ZoneInfo(zone), habits=twelve))
