"""Reminders of a broken connection, why it broke, and triggers that came to nothing."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.accounts import AccountStatus, Provider
from bot.domain.firings import FailedTrigger
from bot.domain.nudges import DueNudge
from bot.rendering.failed_triggers import triggers_failed
from bot.rendering.nudges import still_broken, why_broken
from tests.builders import BERLIN, NEW_YORK, at
from tests.trigger_builders import TO_HOOK, a_trigger
from tests.unit.rendering.answers import actor
from tests.unit.rendering.connections import WORK
from tests.unit.rendering.screen import buttons_of, read_message, read_view

BROKEN = replace(WORK, status=AccountStatus.NEEDS_RECONNECT, broken_since=at("9:14"))
DUE = DueNudge(BROKEN, at("9:15"), 0, at("2026-11-25 9:15"))
SINCE = f"<!date^{int(at('9:14').timestamp())}^{{date_short}}, {{time}}|Tue 24 Nov, 3:14 New York>"


def test_a_reminder_says_since_when_and_what_it_costs() -> None:
    message = still_broken(DUE, is_last=False, zone=NEW_YORK)
    assert message.text == "ana@acme.test is still not connected: Google does not accept Daybook's access to it."
    assert read_message(message) == [
        (
            "*ana@acme.test* is still not connected. Google has not accepted Daybook's access to it since "
            f"{SINCE}. What was known then still blocks your time. Newer events are unknown, so you can be "
            "double-booked, and new bookings on you need *Book anyway*."
        ),
        "[Reconnect] [Why did this happen?]",
        "_ Not needed any more? `/daybook disconnect` ends the reminders.",
    ]
    assert buttons_of(message) == {"Reconnect": "connect", "Why did this happen?": str(WORK.id)}


def test_the_last_reminder_says_that_it_is() -> None:
    assert read_message(still_broken(DUE, is_last=True, zone=BERLIN))[-1] == (
        "_ This was the last reminder. `/daybook status` goes on showing it."
    )


def test_a_zoom_account_costs_links_and_no_time() -> None:
    zoom = replace(DUE, account=replace(BROKEN, provider=Provider.ZOOM))
    told = read_message(still_broken(zoom, is_last=False, zone=NEW_YORK))[0]
    assert told == (
        f"*ana@acme.test* is still not connected. Zoom has not accepted Daybook's access to it since {SINCE}. "
        "New bookings with you get no Zoom link. What was booked before keeps its link."
    )


def test_why_it_happened_names_the_usual_reasons_and_the_way_back() -> None:
    lines = read_view(why_broken(BROKEN))
    assert lines[0] == (
        "Google does not tell Daybook why it ended the access to *ana@acme.test*. Mostly it is one of these:"
    )
    assert "· You changed the password of your Google account." in lines
    assert "[Reconnect]" in lines


def test_an_account_that_works_again_has_nothing_to_explain() -> None:
    assert read_view(why_broken(WORK)) == ["*ana@acme.test* is connected again. There is nothing to do."]


def a_failed_trigger(
    name: str = "Tell sales", *, failed: int = 3, problem: str = "#sales is archived."
) -> FailedTrigger:
    return FailedTrigger(a_trigger(actor(), name=name), failed, problem, at("9:14"))


def test_a_failed_trigger_is_told_with_the_way_to_its_ledger() -> None:
    failed = a_failed_trigger()
    message = triggers_failed([failed], NEW_YORK)
    assert message.text == "Your trigger Tell sales came to nothing 3 times."
    assert read_message(message) == [
        (
            f"*Tell sales*, which posts to #sales, came to nothing 3 times since {SINCE}. "
            "The last time: #sales is archived. [Open it]"
        ),
        "_ You are told once a day at most of each. *Open it* shows what can be run again.",
    ]
    assert buttons_of(message) == {"Open it": str(failed.trigger.id)}


def test_several_are_one_message() -> None:
    hook = replace(a_failed_trigger("Call us", failed=1, problem=""), trigger=a_trigger(actor(), action=TO_HOOK))
    message = triggers_failed([a_failed_trigger(), hook], NEW_YORK)
    assert message.text == "2 of your triggers came to nothing."
    assert read_message(message)[1] == (
        f"*Tell sales*, which calls hooks.example.com, came to nothing once since {SINCE}. [Open it]"
    )


# faults 46 and 47
@pytest.mark.slow
@given(st.text(max_size=10_000), st.text(max_size=10_000), st.integers(1, 60))
def test_whatever_it_is_called_slack_takes_the_message(name: str, problem: str, number: int) -> None:
    triggers = [a_failed_trigger(name, problem=problem) for _ in range(number)]
    message = triggers_failed(triggers, BERLIN)
    assert read_message(message)
    assert "<!" not in json.dumps(message.text)
    hostile = replace(DUE, account=replace(BROKEN, address=name, id=UUID(int=number)))
    assert read_message(still_broken(hostile, is_last=False, zone=BERLIN))
    assert read_view(why_broken(hostile.account))
