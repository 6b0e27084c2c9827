"""Asking why: by words, by the form, and of others."""

from bot.rendering.form_blocks import day_picker, people_select, time_picker
from handlers.interaction import Surface
from tests.builders import second
from tests.unit.handlers.acting import submitted
from tests.unit.handlers.why_house import House, lines_of
from tests.unit.rendering.answers import ben, cara
from tests.unit.rendering.screen import buttons_of, read_message


def test_a_host_is_told_every_reason_with_what_he_may_do() -> None:
    assert read_message(House().type("15:00")) == [
        "*Tuesday 24 November, 15:00-15:30: not free.*",
        "Berlin",
        "This stands in the way:",
        "· Ana has *Doctor*, 15:00-16:00 (Ana)",
        "15:00-16:00 ▪ grey  *Doctor* · Ana",
        "[Mark it free] [Ignore it in Daybook]",
        "Nearest:",
        "[14:00] [14:15] [14:30]",
    ]


# fault 11
def test_a_colleague_is_told_busy_and_may_do_nothing() -> None:
    answer = House().type("<@U1> 9:00", ben)
    assert read_message(answer)[2:5] == ["This stands in the way:", "· Ana is busy, 9:00-10:00", "Nearest:"]
    assert "Doctor" not in str(answer)


def test_of_somebody_without_a_calendar_nobody_can_say_and_he_can_be_asked_to_connect_one() -> None:
    answer = House().type("<@U1> <@U3> 15:00")
    assert read_message(answer) == [
        "Cara has no calendar connected, so nobody can say when Cara is free.",
        "[Ask Cara to connect] [Leave Cara out]",
    ]
    assert answer.text == "Cara has no calendar connected, so nobody can say."
    assert buttons_of(answer)["Ask Cara to connect"] == "U3 <@U1> <@U3> all 30m 2026-11-24 15:00"


def test_who_has_no_calendar_himself_is_led_to_connecting_one() -> None:
    assert read_message(House().type("15:00", cara))[1] == "[Connect Google Calendar]"


def filled(
    people: tuple[str, ...] = ("U1",), day: str = "2026-11-24", time: str = "15:00"
) -> dict[str, dict[str, object]]:
    """The inputs of the form *Why not?*."""
    return {
        "people": {"type": "multi_users_select", "selected_users": list(people)},
        "day": {"type": "datepicker", "selected_date": day},
        "time": {"type": "timepicker", "selected_time": time},
    }


def test_words_without_a_time_open_the_form_with_what_they_say() -> None:
    form = House().form("<@U1> <@U2> any 45m tomorrow")
    assert form.private_metadata == "any 45m"
    who, day, time = (block["element"] for block in form.blocks)
    assert who == {**people_select("people"), "initial_users": ["U1", "U2"]}
    assert (day, time) == (day_picker("day", initial="2026-11-25"), time_picker("time"))


def test_no_words_at_all_open_it_for_ones_own_today() -> None:
    who, day, _ = (block["element"] for block in House().form("").blocks)
    assert who == {**people_select("people"), "initial_users": ["U1"]}
    assert day == day_picker("day", initial="2026-11-24")


def test_words_that_could_mean_two_days_are_asked_about_and_each_leads_to_the_form() -> None:
    house = House()
    asked = house.type("next fri")
    assert read_message(asked) == [
        "Next Friday could be 27 November or 4 December.",
        "[Fri 27 Nov] [Fri 4 Dec]",
    ]
    reply = house.press("why:1", buttons_of(asked)["Fri 4 Dec"])
    assert reply.ways == ["open"]
    assert day_picker("day", initial="2026-12-04") in [block["element"] for block in reply.last.blocks]


def test_the_form_is_answered_with_every_reason_in_its_place() -> None:
    reply = House().submit(filled())
    assert reply.ways == ["update"]
    assert lines_of(reply.last)[:2] == ["*Tuesday 24 November, 15:00-15:30: not free.*", "Berlin"]


def test_of_whom_nobody_can_say_is_told_in_its_place_too() -> None:
    lines = lines_of(House().submit(filled(("U1", "U3"))).last)
    assert "Cara has no calendar connected, so nobody can say when Cara is free." in lines


def test_a_time_that_has_passed_is_told_on_the_form_that_keeps_what_was_chosen() -> None:
    form = House().submit(filled(time="09:00")).last
    assert lines_of(form)[0] == "9:00 today has passed."
    assert time_picker("time", initial="09:00") in [block.get("element") for block in form.blocks]


def test_what_was_left_empty_is_told_on_its_field() -> None:
    prepared = submitted(House().handlers(), "why", filled((), "", ""))
    assert prepared.mistakes == {
        "people": "Choose at least one person.",
        "day": "Choose a day.",
        "time": "Choose a time.",
    }


def test_a_nearest_time_replaces_the_message_or_the_modal_that_it_stood_in() -> None:
    value = f"{second('16:00')} 30 all U1"
    assert House().press("other_slot:1", value).ways == ["replace"]
    assert House().press("other_slot:1", value, Surface.MODAL).ways == ["update"]
