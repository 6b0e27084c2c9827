"""*Events not syncing?*: every check failing alone has its sentence and its button; all right says so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import TWO_WAY, AccessRole, Role
from bot.domain.connections import Status
from bot.domain.diagnosis import Check, Evidence, Fortnight, diagnose
from bot.domain.fuse import Fuse
from bot.domain.round_trips import Way, begin, came_back
from bot.rendering.diagnosis import diagnosis_message
from tests.builders import ANA, BERLIN, at
from tests.unit.rendering.answers import NOON
from tests.unit.rendering.connections import HOME, WORK, a_calendar, a_linked_calendar
from tests.unit.rendering.screen import buttons_of, read_message

LINKED = a_linked_calendar(read_at=at("11:58"), next_sync_at=at("12:03"))
FAMILY = a_calendar("Family", read_at=at("11:56"), next_sync_at=at("12:01"))
RIGHT = Evidence(Status(NOON, (WORK,), (), (LINKED, FAMILY)), Fortnight(20))


def with_calendars(*calendars: object, **status: object) -> Evidence:
    changed = replace(RIGHT.status, calendars=calendars, **status)  # type: ignore[arg-type]  # by name
    return replace(RIGHT, status=changed)


TWO_WAYS = replace(LINKED, option=TWO_WAY)
ALONE = [
    (
        Check.CONNECTED,
        Evidence(Status(NOON, (), (), ())),
        "Nothing is connected yet. Connect Google Calendar, and Daybook can say when you are free.",
        "Connect Google Calendar",
    ),
    (
        Check.OPTION,
        with_calendars(),
        "Set-up is not finished: neither a calendar nor a sync option is chosen.",
        "Finish set-up",
    ),
    (
        Check.LINKED,
        with_calendars(FAMILY),
        "No calendar takes your appointments: none is linked.",
        "Choose a calendar",
    ),
    (
        Check.LINKED,
        with_calendars(replace(LINKED, access_role=AccessRole.READER)),
        "Ana is linked, but Daybook may not write to it, so it takes no appointments.",
        "Choose a calendar",
    ),
    (
        Check.ACCOUNT,
        with_calendars(LINKED, accounts=(replace(WORK, status=AccountStatus.NEEDS_RECONNECT),)),
        "Daybook has no access to ana@acme.test any more. Connect it again.",
        "Reconnect",
    ),
    (
        Check.SHARED,
        with_calendars(LINKED, replace(FAMILY, is_lost=True, problem="It is not shared any more.")),
        (
            "Family cannot be read any more: it is gone, or no longer shared with you. "
            "What was read still blocks; newer events are unknown."
        ),
        "Stop using it",
    ),
    (
        Check.SHARED,
        with_calendars(replace(LINKED, is_lost=True, problem="It is gone.")),
        (
            "Ana cannot be read any more: it is gone, or no longer shared with you. "
            "What was read still blocks; newer events are unknown."
        ),
        "Choose another",
    ),
    (
        Check.LOSS,
        with_calendars(LINKED, replace(FAMILY, fuse=Fuse(7, gone=6, coming=8))),
        "Family waits for your answer: Google says 6 of 8 coming events are gone. Answer below.",
        "No, keep and check again",
    ),
    (
        Check.READ,
        with_calendars(LINKED, replace(FAMILY, read_at=at("9:00"))),
        "Family was last read 3 hours ago, later than planned. Newer changes are unknown.",
        "Read it now",
    ),
    (
        Check.READ,
        with_calendars(LINKED, replace(FAMILY, read_at=None)),
        "Family is being read for the first time. Look again in a minute.",
        "Read it now",
    ),
    (
        Check.READ,
        with_calendars(LINKED, replace(FAMILY, read_at=None, problem="Google did not answer.")),
        "Family has not been read: Google did not answer.",
        "Read it now",
    ),
    (
        Check.UNDERSTOOD,
        with_calendars(LINKED, replace(FAMILY, unreadable_events=2)),
        "2 events could not be understood; see below what is wrong. Correct them in Google, or delete them there.",
        "Open Google",
    ),
    (
        Check.PEOPLE,
        replace(with_calendars(TWO_WAYS), missing_scopes=frozenset({"users:read.email"})),
        (
            "Slack does not tell Daybook who is a colleague, so people in your events stay undecided. "
            "The permission `users:read.email` is missing: have an admin install the app again."
        ),
        "Install again",
    ),
    (
        Check.TRIGGERS,
        replace(RIGHT, failed_firings=3),
        "Triggers of yours came to nothing 3 times. Their ledger says why.",
        "See triggers",
    ),
]


@pytest.mark.parametrize(("check", "evidence", "headline", "mends"), ALONE)
def test_a_check_that_fails_alone_is_the_headline_and_brings_its_button(
    check: Check, evidence: Evidence, headline: str, mends: str
) -> None:
    diagnosis = diagnose(evidence)
    message = diagnosis_message(diagnosis, BERLIN)
    assert [one.check for one in diagnosis.faults] == [check]
    assert message.text == headline
    assert mends in buttons_of(message)
    read_message(message)


def test_every_check_is_among_those_that_fail_alone() -> None:
    assert {check for check, *_ in ALONE} == {check for check in Check if check.is_fault}


def test_nothing_amiss_says_so_and_what_was_looked_at() -> None:
    message = diagnosis_message(diagnose(RIGHT), BERLIN)
    assert message.text == "Everything is in order."
    assert read_message(message) == [
        "*Everything is in order.*",
        "---",
        "*ana@acme.test* · Google Calendar",
        "· Ana (linked, one-way) · up to date · read 2 minutes ago, next in 3 minutes",
        "· Family (conflict) · up to date · read 4 minutes ago, next in 1 minute",
        (
            "_ Checked and found right: sync option, linked calendar, accounts, sharing, lost events, Busy or Free, "
            "last reading, odd events, permissions, messages from Google, triggers."
        ),
        "[Sync now] [An event is missing] [Check the round trip] [Questions] [Calendar Settings]",
    ]


MIXED = (
    "3 of your 20 events in the coming two weeks do not block time: 2 are marked Free in Google, and you told Daybook "
    "to ignore 1."
)


@pytest.mark.parametrize(
    ("evidence", "note", "helps"),
    [
        (
            replace(RIGHT, coming=Fortnight(20, free=2, ignored=1)),
            MIXED,
            "Look at a day",
        ),
        (
            replace(RIGHT, coming=Fortnight(1, free=1)),
            "Your only event in the coming two weeks does not block time: it is marked Free in Google.",
            "Look at a day",
        ),
        (
            replace(RIGHT, push_refusals={LINKED.id: "Google does not tell of changes of this calendar."}),
            (
                "Changes in *Ana* are found by regular readings alone, which takes minutes. "
                "Why: Google does not tell of changes of this calendar."
            ),
            "Read it now",
        ),
    ],
)
def test_what_is_good_to_know_is_no_fault(evidence: Evidence, note: str, helps: str) -> None:
    message = diagnosis_message(diagnose(evidence), BERLIN)
    assert read_message(message)[:2] == ["*Everything is in order.*", f"{note} [{helps}]"]


def test_the_first_fault_in_order_is_the_headline_and_the_others_follow() -> None:
    several = replace(with_calendars(replace(FAMILY, is_lost=True)), failed_firings=1)
    message = diagnosis_message(diagnose(several), BERLIN)
    assert [one.check for one in diagnose(several).faults] == [Check.LINKED, Check.SHARED, Check.TRIGGERS]
    assert message.text == "No calendar takes your appointments: none is linked."
    assert list(buttons_of(message))[:3] == ["Choose a calendar", "Stop using it", "See triggers"]


def test_whoever_connected_for_conflicts_alone_misses_no_linked_calendar() -> None:
    own = replace(FAMILY, account_id=HOME.id)
    assert diagnose(with_calendars(own, accounts=(HOME,))).faults == ()


def test_a_broken_account_is_told_once_with_its_calendars_below() -> None:
    broken = replace(WORK, status=AccountStatus.NEEDS_RECONNECT)
    diagnosis = diagnose(with_calendars(replace(LINKED, read_at=at("9:00")), accounts=(broken,)))
    lines = read_message(diagnosis_message(diagnosis, BERLIN))
    assert [one.check for one in diagnosis.faults] == [Check.ACCOUNT]
    assert sum("[Reconnect]" in line for line in lines) == 1
    assert "· Ana (linked, one-way) · last read 3 hours ago" in lines


def test_why_a_calendar_cannot_be_read_is_told_once() -> None:
    evidence = with_calendars(LINKED, replace(FAMILY, problem="Google did not answer."))
    assert "\n".join(read_message(diagnosis_message(diagnose(evidence), BERLIN))).count("Google did not answer") == 1


def test_an_outage_of_three_calendars_is_one_sentence() -> None:
    down = [
        replace(one, problem="Google did not answer.", read_at=at(read))
        for one, read in ((LINKED, "0:01"), (FAMILY, "0:02"), (replace(FAMILY, name="Team"), "0:00"))
    ]
    lines = read_message(diagnosis_message(diagnose(with_calendars(*down)), BERLIN))
    since = "<!date^1795474920^{date_short}, {time}|Tue 24 Nov, 0:02 Berlin>"
    assert lines[0] == (
        f"*Ana*, *Family* and *Team* have not been read since {since}: Google did not answer. "
        "What was read still blocks; newer events are unknown. [Read it now]"
    )
    whole = "\n".join(lines)
    assert (whole.count("Google did not answer"), whole.count("What was read still blocks")) == (1, 1)
    assert whole.count("*has not been readable since") == 3


def test_one_way_needs_no_permission_to_ask_about_people() -> None:
    assert diagnose(replace(RIGHT, missing_scopes=frozenset({"users:read.email"}))).faults == ()


def test_the_last_round_trip_stands_in_a_quiet_line() -> None:
    trip = came_back(begin(ANA, LINKED, None, at("11:00")), Way.PUSH, at("11:00") + timedelta(seconds=4))
    lines = read_message(diagnosis_message(diagnose(replace(RIGHT, round_trip=trip)), BERLIN))
    assert lines[-2] == ("_ Round trip check 1 hour ago: a change came back in 4 seconds; Google sent word of it.")


@pytest.mark.parametrize("is_back", [True, False])
def test_an_event_of_a_check_that_could_not_be_removed_is_told_with_what_to_do(*, is_back: bool) -> None:
    begun = begin(ANA, LINKED, None, at("11:00"))
    trip = came_back(begun, Way.PUSH, at("11:00")) if is_back else replace(begun, problem="Google did not answer.")
    left = replace(trip, is_left=True, tidy_at=None)
    lines = read_message(diagnosis_message(diagnose(replace(RIGHT, round_trip=left)), BERLIN))
    assert lines[-2].startswith("_ Round trip check 1 hour ago")
    assert lines[-2].endswith("Google did not let Daybook remove its event: delete *Daybook check* in your calendar.")


def test_a_note_comes_first_and_is_read_out() -> None:
    message = diagnosis_message(diagnose(RIGHT), BERLIN, note="*Done*: it is back.")
    assert read_message(message)[0] == "*Done*: it is back."
    assert message.text == "Done: it is back. Everything is in order."


@settings(max_examples=30)
@given(st.text(max_size=10_000), st.sampled_from([0, 1, 60]))
def test_whatever_calendars_are_called_slack_takes_the_message(name: str, number: int) -> None:
    odd = [replace(a_calendar(name, problem=name), is_lost=bool(at % 2)) for at in range(number)]
    linked = replace(LINKED, name=name, role=Role.LINKED)
    evidence = with_calendars(linked, *odd)
    evidence = replace(evidence, push_refusals={linked.id: name or "x"}, coming=Fortnight(9, 9), failed_firings=9)
    read_message(diagnosis_message(diagnose(evidence), BERLIN))
