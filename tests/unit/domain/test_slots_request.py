"""What can be written after `slots`, as Slack escapes it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.availability import Mode
from bot.domain.errors import DaybookError
from bot.domain.slots_request import SlotsRequest, UnclearRequest, UnknownNames, parse_slots_request
from bot.domain.when import UnclearWhen


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("", SlotsRequest()),
        ("<@U1|ana>", SlotsRequest(("U1",))),
        ("<@U1|ana> 30m tomorrow", SlotsRequest(("U1",), minutes=30, when="tomorrow")),
        ("<@U1|ana> and <@W2> any 1h30 fri 3pm", SlotsRequest(("U1", "W2"), Mode.ANY, 90, "fri 3pm")),
        ("tue 15:00 all <@U2> <@U1> 1h", SlotsRequest(("U2", "U1"), Mode.ALL, 60, "tue 15:00")),
        ("<@U1><@U2><@U1>", SlotsRequest(("U1", "U2"))),
        ("45 min next week", SlotsRequest(minutes=45, when="next week")),
        ("1h 30m Today", SlotsRequest(minutes=90, when="today")),
        ("1h 1 dec", SlotsRequest(minutes=60, when="1 dec")),
        ("1h 15:00", SlotsRequest(minutes=60, when="15:00")),
        ("2 hours 2026-12-01..2026-12-05", SlotsRequest(minutes=120, when="2026-12-01..2026-12-05")),
        ("anyone <@U1> 5m", SlotsRequest(("U1",), Mode.ANY, 5)),
        ("480m everyone", SlotsRequest((), Mode.ALL, 480)),
        ("3 pm", SlotsRequest(when="3 pm")),
        ("<@U1> & <@U2> tomorrow", SlotsRequest(("U1", "U2"), when="tomorrow")),
    ],
)
def test_the_parts_are_read_in_any_order(text: str, request_: SlotsRequest) -> None:
    assert parse_slots_request(text) == request_


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("4m", "A meeting takes from 5 minutes to 8 hours; write for example 30m or 1h30."),
        ("481m", "A meeting takes from 5 minutes to 8 hours; write for example 30m or 1h30."),
        ("0h", "A meeting takes from 5 minutes to 8 hours; write for example 30m or 1h30."),
        ("30m 1h", "Write one length, like 30m or 1h30."),
        ("any all", "Write all, if everyone has to be free, or any, if one of them is enough."),
        ("<!subteam^S1|@sales> 30m", "Name people one by one; channels and groups have no calendar."),
        ("<#C1|general>", "Name people one by one; channels and groups have no calendar."),
    ],
)
def test_what_cannot_be_followed_says_what_to_write(text: str, sentence: str) -> None:
    with pytest.raises(UnclearRequest) as refused:
        parse_slots_request(text)
    assert str(refused.value) == sentence


def test_a_name_that_slack_does_not_know_is_picked_from_its_list() -> None:
    with pytest.raises(UnknownNames) as refused:
        parse_slots_request("@ana <@U2|ben> @cara.b 30m")
    assert refused.value.names == ("@ana", "@cara.b")
    assert str(refused.value) == (
        "Daybook does not know @ana, @cara.b. Pick from the list that Slack shows while you type."
    )


@pytest.mark.parametrize(("text", "word"), [("<@U1> soonish", "soonish"), ("1.5h", "1.5h"), ("<@U1> or <@U2>", "or")])
def test_a_word_that_is_nothing_is_named(text: str, word: str) -> None:
    with pytest.raises(UnclearWhen, match=f"Daybook does not understand “{word}”"):
        parse_slots_request(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<@U1> tomorow", "Daybook does not understand “tomorow” as a day or time. Did you mean tomorrow?"),
        ("munday", "Daybook does not understand “munday” as a day or time. Did you mean monday?"),
        (
            "zed tomorrow",
            (
                "Daybook does not understand “zed”: nobody here is called so, and it is no day or time. "
                "Write @ and pick a colleague from the list; for a day write for example today, tomorrow, fri, "
                "next week, 2026-12-01, tue 15:00 or 2026-12-01..2026-12-05."
            ),
        ),
    ],
)
def test_what_may_have_been_meant_is_said(text: str, said: str) -> None:
    with pytest.raises(UnclearWhen) as refused:
        parse_slots_request(text)
    assert str(refused.value) == said


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with suppress(DaybookError):
        assert parse_slots_request(text).minutes in {None, *range(5, 481)}
