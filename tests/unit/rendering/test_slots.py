"""Who is free, as it is shown to the one who asked and to a channel."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.day_words import UnclearWhen
from bot.domain.member_time import StaleCalendar
from bot.domain.reading_habits import Habits, HourCycle
from bot.domain.slots_request import SlotsRequest, parse_slots_request
from bot.rendering.question import SlotRef, settled, slot_ref, words_of
from bot.rendering.reader import read_by
from bot.rendering.shared_slots import shared_slots
from bot.rendering.slots import slots_message, unclear_message
from tests.builders import ANA, BEN, BERLIN, NEW_YORK, a_member, a_schedule, at, busy, second
from tests.unit.rendering.answers import NOON, actor, ana, ben, cara, found, time_of
from tests.unit.rendering.screen import buttons_of, read_message


def test_two_people_six_hours_apart_are_answered_with_buttons_in_the_askers_zone() -> None:
    times = [time_of(ana), a_member(a_schedule(zone=NEW_YORK), [busy("15:30-17:00")], member_id=BEN)]
    message = slots_message(found("<@U1> <@U2> 30m today", times=times), ANA, can_share=True)
    assert message.text == "Ana and Ben, 30 minutes, Tuesday 24 November: 15:00 (Berlin)"
    assert message.blocks == (
        {
            "type": "section",
            "text": {
                "type": "mrkdwn",
                "text": "*Ana and Ben, 30 minutes, Tuesday 24 November* (Berlin; 9:00-9:30 for Ben)",
                "verbatim": True,
            },
        },
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "text": {"type": "plain_text", "text": "15:00", "emoji": False},
                    "action_id": f"book_slot:{second('15:00')}",
                    "value": f"{second('15:00')} 30 all U1 U2",
                }
            ],
        },
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "text": {"type": "plain_text", "text": "Another day", "emoji": False},
                    "action_id": "another_day",
                    "value": "<@U1> <@U2> all 30m 2026-11-25",
                },
                {
                    "type": "button",
                    "text": {"type": "plain_text", "text": "Share in channel", "emoji": False},
                    "action_id": "share_slots",
                    "value": "<@U1> <@U2> all 30m 2026-11-24",
                },
            ],
        },
    )


def test_days_around_a_change_of_clocks_tell_it_and_the_other_zones_hours_of_each_day() -> None:
    now = at("2026-03-27 12:00")
    answer = found("<@U1> <@U2> 2h 2026-03-27..2026-03-30", now=now)
    assert read_message(slots_message(answer, ANA)) == [
        "*Ana and Ben, 2 hours, Friday 27 March to Monday 30 March* (Berlin)",
        "*Friday 27 March* (9:00-12:00 for Ben)",
        "[14:00] [14:15] [14:30] [14:45] [15:00]",
        "*Monday 30 March* (9:00-11:00 for Ben)",
        "[15:00]",
        "_ Clocks change on Sun 29 Mar in Berlin.",
        "[Another day]",
    ]


def test_people_on_one_time_are_told_nothing_of_clocks() -> None:
    answer = found("<@U1> <@U3> 8h 2026-03-30", (ana, cara), now=at("2026-03-27 12:00"))
    assert read_message(slots_message(answer, ANA)) == [
        "*Ana and Cara, 8 hours, Monday 30 March* (Berlin)",
        "[9:00]",
        "[Another day]",
    ]


def test_anyone_wanted_tells_at_each_time_who_is_free() -> None:
    times = [
        a_member(a_schedule("Tue 14:00-15:30"), member_id=ANA),
        a_member(a_schedule("Tue 15:00-16:00", step=30), member_id=BEN),
    ]
    answer = found("<@U1> <@U2> any 30m today", times=times)
    assert read_message(slots_message(answer, ANA))[1:4] == [
        "[14:00 Ana] [14:15 Ana] [14:30 Ana] [14:45 Ana] [15:00]",
        "[15:30 Ben]",
        "_ A time without names suits Ana and Ben.",
    ]


def test_a_member_without_a_calendar_is_never_free() -> None:
    answer = found("<@U1> <@U3> today", (ana,), silent=(cara,))
    message = slots_message(answer, ANA, can_share=True)
    assert message.text == "Ana and Cara, 30 minutes, Tuesday 24 November: nobody can say."
    assert read_message(message) == [
        "*Ana and Cara, 30 minutes, Tuesday 24 November* (Berlin)",
        "Cara has no calendar connected, so nobody can say when Cara is free.",
        "[Ask Cara to connect] [Leave Cara out]",
    ]
    assert buttons_of(message) == {
        "Ask Cara to connect": "U3 <@U1> <@U3> all 30m 2026-11-24",
        "Leave Cara out": "<@U1> all 30m 2026-11-24",
    }


def test_somebody_who_was_just_asked_to_connect_is_not_asked_twice() -> None:
    answer = found("<@U1> <@U3> today", (ana,), silent=(cara,))
    assert read_message(slots_message(answer, ANA, asked=["U3"]))[1:] == [
        "Cara was asked to connect a calendar. Until then nobody can say when Cara is free.",
        "[Leave Cara out]",
    ]


def test_the_asker_without_a_calendar_is_shown_the_way_to_connect_one() -> None:
    message = slots_message(found("today", (), silent=(ana,)), ANA)
    assert read_message(message)[1:] == [
        "You have no calendar connected, so nobody can say when you are free.",
        "[Connect Google Calendar]",
    ]
    assert buttons_of(message) == {"Connect Google Calendar": "connect"}


def test_a_calendar_on_its_first_read_asks_for_a_minute() -> None:
    message = slots_message(found("<@U1> <@U3> today", (ana,), unread=(cara,)), ANA)
    assert read_message(message)[1:] == [
        "Cara's calendar is being read for the first time. Ask again in a minute. [Ask again]"
    ]


def test_stale_calendars_alike_are_told_in_one_line_with_the_least_age() -> None:
    ages = {"Family": 40, "Team holidays": 45, "Work": 90}
    late = tuple(StaleCalendar(ANA, ANA, name, NOON - timedelta(minutes=age)) for name, age in ages.items())
    lines = read_message(slots_message(found("2h today", [ana], times=[replace(time_of(ana), stale=late)]), ANA))
    assert lines[-2] == (
        "_ Family, Team holidays and Work were last read at least 40 minutes ago; newer events are unknown."
    )


def test_of_many_stale_calendars_eight_are_named_and_the_rest_is_counted() -> None:
    late = tuple(StaleCalendar(ANA, ANA, f"Team {number}", NOON - timedelta(hours=1)) for number in range(12))
    lines = read_message(slots_message(found("2h today", [ana], times=[replace(time_of(ana), stale=late)]), ANA))
    assert lines[-2] == (
        "_ Team 0, Team 1, Team 2, Team 3, Team 4, Team 5, Team 6, Team 7 and 4 more were last read 1 hour ago; "
        "newer events are unknown."
    )


def test_stale_calendars_are_named_to_their_owner_alone() -> None:
    stale = (
        StaleCalendar(ANA, ANA, "Family", NOON - timedelta(minutes=40)),
        StaleCalendar(ANA, BEN, "Odd", NOON - timedelta(minutes=3), is_partial=True),
    )
    secret = (StaleCalendar(BEN, BEN, "Doctor", NOON - timedelta(hours=2)),)
    times = [replace(time_of(ana), stale=stale), replace(time_of(ben), stale=secret)]
    answer = found("<@U1> <@U2> 2h today", times=times)
    assert read_message(slots_message(answer, ANA))[2:-1] == [
        "_ Family was last read 40 minutes ago; newer events are unknown.",
        "_ Odd was not fully understood; some events may take more time than is known.",
        "_ One of Ben's calendars was last read 2 hours ago; newer events are unknown.",
    ]
    shared = read_message(shared_slots(answer, actor()))
    assert "_ 2 of Ana's calendars were last read 40 minutes ago; newer events are unknown." in shared
    assert not [line for line in shared if "Family" in line or "Doctor" in line]


def test_no_free_time_says_so_and_offers_another_day() -> None:
    message = slots_message(found("<@U1> <@U2> 3h today"), ANA, can_share=True)
    assert read_message(message) == [
        "*Ana and Ben, 3 hours, Tuesday 24 November* (Berlin)",
        "There is no time then at which everyone is free.",
        "[Another day]",
    ]


def test_a_time_that_was_asked_for_and_is_not_free_can_be_looked_at() -> None:
    times = [a_member(busy=[busy("14:30-15:30")])]
    message = slots_message(found("30m 15:00", (ana,), times=times), ANA)
    assert read_message(message)[-1] == "[Another day] [Why not 15:00?]"
    assert slot_ref(buttons_of(message)["Why not 15:00?"]).start == second("15:00")


# fault 46
def test_names_are_shown_literally() -> None:
    evil = replace(ana, name="<!here> *Ana* <a|b>")
    message = slots_message(found("8h 2026-11-25", (evil,)), ANA)
    assert read_message(message)[0] == ("*&lt;!here&gt; ∗Ana∗ &lt;a|b&gt;, 8 hours, Wednesday 25 November* (Berlin)")


def test_two_months_of_thirty_people_stay_within_slacks_limits() -> None:
    crowd = [replace(ana, name="Wolfeschlegelsteinhausen " * 5, slack_user_id=f"U{number:010}") for number in range(30)]
    times = [time_of(ana)] * 30
    lines = read_message(slots_message(found("any 15m 2026-11-24..2027-01-20", crowd, times=times), ANA))
    assert len([line for line in lines if line.startswith("[9:00]")]) == 13
    assert lines[-2:] == ["_ +28 more days", "[Another day]"]
    assert "*Wednesday 25 November* [All 32 times]" in lines


def test_a_shared_answer_shows_each_reader_his_own_zone_and_has_nothing_to_press() -> None:
    times = [time_of(ana), a_member(a_schedule(zone=NEW_YORK), [busy("15:30-17:00")], member_id=BEN)]
    message = shared_slots(found("<@U1> <@U2> today", times=times), actor())
    assert read_message(message) == [
        "*Ana and Ben, 30 minutes, Tuesday 24 November*",
        f"<!date^{second('15:00')}^{{date_long}}|Tuesday 24 November, Berlin>",
        f"<!date^{second('15:00')}^{{time}}|15:00 Berlin>",
        "_ Shared by Ana. Times are in your own zone.",
    ]
    assert buttons_of(message) == {}


def test_an_unclear_day_offers_its_meanings_as_buttons() -> None:
    unclear = UnclearWhen("Next Friday could be 27 November or 4 December.", ["2026-11-27", "2026-12-04"])
    message = unclear_message(parse_slots_request("<@U2> 45m next friday"), unclear)
    assert read_message(message) == [
        "Next Friday could be 27 November or 4 December.",
        "[Fri 27 Nov] [Fri 4 Dec]",
    ]
    assert buttons_of(message)["Fri 4 Dec"] == "<@U2> all 45m 2026-12-04"


@pytest.mark.parametrize(
    ("option", "label"),
    [
        ("2026-11-25 9:00", "Wed 25 Nov, 9:00"),
        ("2026-12-01..2026-12-05", "Tue 1 Dec to Sat 5 Dec"),
        ("tuesday", "tuesday"),
        ("fri 15:00", "fri 15:00"),
    ],
)
def test_a_meaning_is_called_as_people_say_it(option: str, label: str) -> None:
    message = unclear_message(parse_slots_request(""), UnclearWhen("Which?", [option]))
    assert buttons_of(message) == {label: f"all {option}"}


def test_a_meaning_names_the_year_where_the_question_does() -> None:
    unclear = UnclearWhen("Do you mean 4 November 2027?", ["2027-11-04"])
    assert buttons_of(unclear_message(parse_slots_request(""), unclear)) == {"Thu 4 Nov 2027": "all 2027-11-04"}


def test_a_question_reads_the_same_from_the_button_that_carries_it() -> None:
    request = SlotsRequest(members=("U1", "W2"), minutes=95, when="2026-11-24..2026-11-30")
    assert parse_slots_request(words_of(request)) == request


def test_a_question_about_today_means_that_date_for_ever() -> None:
    assert settled(found("any 15:00")).when == "2026-11-24 15:00"
    assert settled(found("this week")).when == "2026-11-24..2026-11-29"


def test_a_slot_reads_the_same_from_the_button_that_carries_it() -> None:
    ref = SlotRef(second("15:00"), 30, found("any").request.mode, ("U1", "U2"))
    assert slot_ref(ref.value()) == ref


def test_of_somebody_who_does_not_share_the_channel_is_told_that_nobody_can_say() -> None:
    answer = found("<@U1> <@U2> any 4h today", [ana])
    hidden = replace(answer, members=(ana, ben), gathered=replace(answer.gathered, withheld=(ben,)))
    assert read_message(shared_slots(hidden, actor()))[-2] == "_ Nobody can say when Ben is free."


def test_what_a_time_without_names_means_is_told_once_and_only_beside_times_with_names() -> None:
    told = "_ A time without names suits Ana and Ben."
    early = a_member(a_schedule(zone=BERLIN, hours="Mon-Sun 12:00-13:00"), member_id=ben.id)
    ana_from_noon = a_member(a_schedule("Mon-Sun 12:00-17:00"), member_id=ana.id)
    mixed = found("<@U1> <@U2> any 1h 2026-11-24..2026-11-26", times=[ana_from_noon, early])
    assert read_message(slots_message(mixed, ANA)).count(told) == 1
    evening = a_member(a_schedule(zone=BERLIN, hours="Mon-Sun 18:00-19:00"), member_id=ben.id)
    apart = found("<@U1> <@U2> any 1h today", times=[time_of(ana), evening])
    assert told not in read_message(slots_message(apart, ANA))


def test_a_reader_of_twelve_hours_has_short_buttons_and_the_other_zone_by_his_clock() -> None:
    times = [time_of(ana), a_member(a_schedule(zone=NEW_YORK), [busy("15:30-17:00")], member_id=BEN)]
    with read_by(Habits(HourCycle.TWELVE, first_day=6)):
        message = slots_message(found("<@U1> <@U2> 30m today", times=times), ANA)
    assert message.text == "Ana and Ben, 30 minutes, Tuesday 24 November: 3:00 PM (Berlin)"
    assert read_message(message)[:2] == [
        "*Ana and Ben, 30 minutes, Tuesday 24 November* (Berlin; 9:00-9:30 AM for Ben)",
        "[3:00 PM]",
    ]


def test_what_is_shared_is_by_24_hours_whoever_shares_it() -> None:
    asked = found("<@U1> 30m 2026-11-24 15:00", [ana])
    usual = shared_slots(asked, actor(ana))
    with read_by(Habits(HourCycle.TWELVE, first_day=6)):
        assert shared_slots(asked, actor(ana)) == usual
        assert slots_message(asked, ANA).text.startswith("Ana, 30 minutes, Tuesday 24 November, 3:00 PM")
    assert "*Ana, 30 minutes, Tuesday 24 November, 15:00*" in read_message(usual)[0]
