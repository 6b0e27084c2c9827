"""Which times of a day are offered first, and what is night for somebody elsewhere."""

from dataclasses import replace
from time import process_time
from uuid import UUID
from zoneinfo import available_timezones

import pytest

from bot.rendering.question import slot_ref
from bot.rendering.shared_slots import shared_slots
from bot.rendering.slots import slots_message
from tests.builders import ANA, BEN, NEW_YORK, a_member, a_schedule, at, second
from tests.unit.rendering.answers import actor, ana, ben, found, time_of
from tests.unit.rendering.screen import buttons_of, read_message

MANILA = "Asia/Manila"
around_the_clock = a_member(a_schedule("daily 0:00-24:00", zone=NEW_YORK), member_id=BEN)


def test_a_free_day_shows_its_full_hours_and_the_way_to_all_of_it() -> None:
    answer = found("30m 2026-11-25", (ana,))
    message = slots_message(answer, ANA)
    assert message.text == (
        "Ana, 30 minutes, Wednesday 25 November: 9:00, 10:00, 11:00, 12:00, 13:00, 14:00, 15:00, 16:00 and 23 more "
        "(Berlin)"
    )
    assert read_message(message) == [
        "*Ana, 30 minutes, Wednesday 25 November* (Berlin) [All 31 times]",
        "[9:00] [10:00] [11:00] [12:00] [13:00]",
        "[14:00] [15:00] [16:00]",
        "[Another day]",
    ]
    assert buttons_of(message)["All 31 times"] == "<@U1> all 30m 2026-11-25"


def test_all_times_of_a_day_are_shown_where_they_were_asked_for() -> None:
    lines = read_message(slots_message(found("30m 2026-11-25", (ana,)), ANA, is_whole=True))
    assert lines[:2] == [
        "*Ana, 30 minutes, Wednesday 25 November* (Berlin)",
        "[9:00] [9:15] [9:30] [9:45] [10:00]",
    ]
    assert lines[-3:] == ["[15:15] [15:30] [15:45] [16:00] [16:15]", "[16:30]", "[Another day]"]


def test_where_a_time_was_asked_about_all_around_it_is_shown() -> None:
    times = [a_member(a_schedule("daily 14:30-16:20", step=5))]
    assert read_message(slots_message(found("30m 15:10", (ana,), times=times), ANA))[1:-1] == [
        "[14:30] [14:35] [14:40] [14:45] [14:50]",
        "[14:55] [15:00] [15:05] [15:10] [15:15]",
        "[15:20] [15:25] [15:30] [15:35] [15:40]",
        "[15:45] [15:50]",
    ]


def test_of_more_starts_than_a_message_has_room_for_the_rest_is_counted() -> None:
    times = [a_member(a_schedule("daily 0:00-24:00", step=5))]
    answer = found("15m 2026-11-25", (ana,), times=times)
    assert read_message(slots_message(answer, ANA))[0].endswith("[More times]")
    assert read_message(slots_message(answer, ANA, is_whole=True))[-2] == "_ +213 more"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        ("2026-11-25", ["12:00", "13:00", "14:00"]),  # New York is six hours behind
        ("2026-10-26", ["11:00", "12:00", "13:00", "14:00"]),  # five: Berlin changed its clocks the day before
        ("2026-03-09", ["11:00", "12:00", "13:00", "14:00"]),  # five: New York did
        ("2026-03-30", ["12:00", "13:00", "14:00"]),
    ],
)
def test_what_is_night_for_a_colleague_elsewhere_is_not_offered_first(day: str, shown: list[str]) -> None:
    times = [a_member(a_schedule("daily 9:00-15:00"), member_id=ANA), around_the_clock]
    now = at("2026-03-06 12:00") if day.startswith("2026-03") else at("2026-10-20 12:00")
    answer = found(f"<@U1> <@U2> 1h {day}", times=times, now=now)
    buttons = [label for label in buttons_of(slots_message(answer, ANA)) if label.endswith(":00")]
    assert buttons == shown


def test_what_is_night_for_a_colleague_elsewhere_says_so_where_it_is_shown() -> None:
    """He works by Berlin's hours, and is in New York."""
    times = [time_of(ana), a_member(a_schedule("daily 9:00-12:00"), member_id=BEN)]
    answer = found("<@U1> <@U2> 2h 2026-11-25", times=times)
    heading, buttons, _ = read_message(slots_message(answer, ANA))
    assert heading == "*Ana and Ben, 2 hours, Wednesday 25 November* (Berlin; 3:00-6:00 for Ben)"
    assert buttons == " ".join(f"[{time} (night for Ben)]" for time in ("9:00", "9:15", "9:30", "9:45", "10:00"))
    assert read_message(shared_slots(answer, actor()))[2].startswith(
        f"<!date^{second('2026-11-25 9:00')}^{{time}}|9:00 Berlin> (night for Ben) · "
    )


def test_of_several_days_too_the_nights_elsewhere_come_last() -> None:
    answer = found("<@U1> <@U2> 1h 2026-11-25..2026-11-26", times=[time_of(ana), around_the_clock])
    assert read_message(slots_message(answer, ANA))[1:4] == [
        "*Wednesday 25 November* (6:00-11:00 for Ben) [All 29 times]",
        "[12:00] [12:30] [13:00] [13:30] [14:00]",
        "[14:30] [15:00] [15:30] [16:00]",
    ]


def test_each_of_several_days_shows_a_few_times_from_morning_to_evening() -> None:
    assert read_message(slots_message(found("2026-11-25..2026-11-26", [ana]), ANA))[1:4] == [
        "*Wednesday 25 November* [All 31 times]",
        "[9:00] [10:00] [11:00] [12:00] [13:00]",
        "[14:00] [15:00] [16:00]",
    ]


def test_where_one_is_enough_a_time_at_which_anybody_is_awake_is_offered_and_books_him() -> None:
    answer = found("<@U2> <@U1> any 1h 2026-11-25", (ben, ana), times=[around_the_clock, time_of(ana)])
    first, whole = slots_message(answer, ANA), slots_message(answer, ANA, is_whole=True)
    assert read_message(first)[1:3] == [
        "[0:00 Ben] [2:00 Ben] [9:00] [11:00] [13:00]",
        "[15:00] [17:00 Ben] [19:00 Ben] [21:00 Ben] [23:00 Ben]",
    ]
    hosts = {
        label: slot_ref(buttons_of(whole)[label]).members for label in ("10:00", "13:00", "4:00 (night for Ben) Ben")
    }
    assert hosts == {"10:00": ("U1",), "13:00": ("U2",), "4:00 (night for Ben) Ben": ("U2",)}


def test_in_a_channel_too_only_the_night_of_whoever_would_be_booked_is_told() -> None:
    hourly = a_member(a_schedule("daily 0:00-24:00", zone=NEW_YORK, step=60), member_id=BEN)
    daily = a_member(a_schedule(step=60), member_id=ANA)
    answer = found("<@U2> <@U1> any 7h 2026-11-25", (ben, ana), times=[hourly, daily])
    told = [time.partition("|")[2] for time in read_message(shared_slots(answer, actor()))[2].split(" · ")]
    assert told[8:12] == [
        "8:00 Berlin> (Ben; night for Ben)",
        "9:00 Berlin>",
        "10:00 Berlin>",
        "11:00 Berlin> (Ben; night for Ben)",
    ]


def test_hours_that_somebody_set_for_an_evening_are_no_night() -> None:
    late = a_member(a_schedule("daily 16:00-24:00", zone=MANILA), member_id=BEN)
    answer = found("<@U1> <@U2> 2h 2026-11-25", (ana, replace(ben, zone=MANILA)), times=[time_of(ana), late])
    assert read_message(slots_message(answer, ANA))[1:-1] == [
        "[9:00] [9:30] [10:00] [10:30] [11:00]",
        "[11:30] [12:00] [12:30] [13:00] [13:30]",
        "[14:00] [14:30] [15:00]",
    ]


def test_where_a_time_was_asked_about_the_heading_spans_the_nights_that_are_shown() -> None:
    answer = found("<@U1> <@U2> 2h 2026-11-25 9:00", times=[time_of(ana), around_the_clock])
    heading, nights, *_ = read_message(slots_message(answer, ANA))
    assert heading == "*Ana and Ben, 2 hours, Wednesday 25 November, 9:00* (Berlin; 3:00-11:00 for Ben)"
    assert nights == " ".join(f"[{time} (night for Ben)]" for time in ("9:00", "9:15", "9:30", "9:45", "10:00"))


def test_however_long_names_are_the_night_is_told() -> None:
    crowd = [
        replace(ben, id=UUID(int=20 + number), slack_user_id=f"U2{number}", name=f"{number} Wolfeschlegelsteinhausen")
        for number in range(4)
    ]
    times = [a_member(a_schedule("daily 9:00-11:00"), member_id=each.id) for each in crowd]
    early = a_member(a_schedule("daily 9:00-10:00"), member_id=ANA)
    everyone = slots_message(found("all 2h 2026-11-25", crowd, times=times), ANA)
    assert read_message(everyone)[1] == "[9:00 (night for 4 people)]"
    anyone = slots_message(found("any 2h 2026-11-25", (*crowd, ana), times=[*times, early]), ANA)
    assert read_message(anyone)[1].startswith("[9:00 (night for 0 Wolfeschlegelsteinhausen) 0 Wolfeschl")


def test_what_is_night_is_worked_out_soon_for_thirty_people_in_zones_of_their_own() -> None:
    zones = [zone for zone in sorted(available_timezones()) if zone.startswith(("America/", "Asia/"))][::6][:30]
    crowd = [
        replace(ben, id=UUID(int=1000 + number), slack_user_id=f"U{1000 + number}", zone=zone)
        for number, zone in enumerate(zones)
    ]
    times = [a_member(a_schedule("daily 0:00-24:00", zone=each.zone), member_id=each.id) for each in crowd]
    answer = found("any 15m 2026-11-24..2027-01-20", crowd, times=times)
    started = process_time()
    slots_message(answer, ANA)
    assert process_time() - started < 3
