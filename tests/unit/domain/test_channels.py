"""When a channel counts as alive, when it is replaced, and what a message leads to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, Role, SyncClaim
from bot.domain.channels import (
    LIFE,
    Channel,
    Listening,
    PushMessage,
    PushRefused,
    due_after,
    heard,
    kept_silent,
    newest,
    outlived,
    pause_for,
    replaced_at,
    tells_nothing_new,
)
from bot.domain.errors import (
    AccessLost,
    CalendarGone,
    CredentialRefused,
    DaybookError,
    ProviderBusy,
    ProviderDown,
    QuotaUsedUp,
)
from tests.builders import ANA, BERLIN, at

NOW = at("12:00")
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
SILENT = Channel(UUID(int=7), UUID(int=1), UUID(int=2), "digest", NOW, NOW + LIFE, "resource")
SPEAKING = replace(SILENT, heard_at=NOW)
CHANGED = PushMessage(SILENT.id, "token", "resource", is_first=False)
FIRST = replace(CHANGED, is_first=True)


def listening(
    channel: Channel = SPEAKING,
    *,
    fence: int = 5,
    is_leased: bool = False,
    attempts: int = 0,
    read: str = "11:50",
    due: str | None = "12:20",
    not_before: str | None = None,
) -> Listening:
    """A calendar that was read at 11:50 and is read next at 12:20, unless told otherwise."""
    return Listening(
        channel,
        fence,
        is_leased,
        attempts,
        read_at=at(read),
        next_sync_at=None if due is None else at(due),
        not_before=None if not_before is None else at(not_before),
    )


# --- Life


def test_a_channel_is_alive_from_its_first_message_to_its_end() -> None:
    assert not SILENT.is_alive(NOW)
    assert SPEAKING.is_alive(NOW)
    assert SPEAKING.is_alive(NOW + LIFE - SECOND)
    assert not SPEAKING.is_alive(NOW + LIFE)


# fault 52
def test_a_channel_that_missed_a_change_is_not_alive() -> None:
    assert not replace(SPEAKING, missed_at=NOW).is_alive(NOW)


# fault 52
@pytest.mark.parametrize(
    ("channel", "after"),
    [
        (SPEAKING, 0.8 * LIFE),
        (replace(SPEAKING, expires_at=NOW + timedelta(hours=1)), timedelta(minutes=48)),
        (replace(SPEAKING, expires_at=NOW + MINUTE), timedelta(minutes=10)),
        (replace(SPEAKING, expires_at=NOW - LIFE), timedelta(minutes=10)),
        (SILENT, timedelta(hours=6)),
        (replace(SILENT, expires_at=NOW + timedelta(hours=1)), timedelta(minutes=48)),
        (replace(SPEAKING, missed_at=NOW + MINUTE), timedelta(minutes=3)),
    ],
    ids=["a week", "an hour", "a minute", "over already", "silent", "silent for an hour", "missed a change"],
)
def test_a_successor_is_made_after_four_fifths_of_its_life_or_sooner(channel: Channel, after: timedelta) -> None:
    assert replaced_at(channel) == NOW + after


# fault 42, fault 52
@pytest.mark.parametrize(
    ("opened", "replaced"),
    [
        (at("2026-10-22 12:00"), "2026-10-28T01:24:00+01:00"),
        (at("2026-03-26 12:00"), "2026-04-01T03:24:00+02:00"),
    ],
)
def test_a_life_in_which_the_clocks_change_is_as_long_as_any(opened: datetime, replaced: str) -> None:
    opened = opened.astimezone(UTC)
    channel = replace(SPEAKING, created_at=opened, expires_at=opened + LIFE)
    assert replaced_at(channel).astimezone(ZoneInfo(BERLIN)).isoformat() == replaced


# --- One after the other

OLD = replace(SPEAKING, id=UUID(int=6), created_at=NOW - LIFE * 0.8, expires_at=NOW + LIFE * 0.2)


def test_the_old_channel_stays_until_the_new_one_has_spoken() -> None:
    assert outlived([OLD, SILENT], NOW) == []
    assert outlived([OLD, SPEAKING], NOW) == [replace(OLD, stop_at=NOW + timedelta(minutes=10))]


def test_a_mute_channel_makes_way_at_once() -> None:
    mute = replace(OLD, heard_at=None)
    missed = replace(OLD, missed_at=NOW - MINUTE)
    assert outlived([mute, missed, SILENT], NOW) == [replace(mute, stop_at=NOW), replace(missed, stop_at=NOW)]


def test_what_is_to_be_stopped_already_is_left_to_that() -> None:
    stopping = replace(OLD, stop_at=NOW + MINUTE)
    assert outlived([stopping, SPEAKING], NOW) == []
    assert newest([OLD, stopping]) == OLD
    assert newest([stopping]) is None
    assert outlived([stopping], NOW) == []


# --- Messages


# fault 51
@pytest.mark.parametrize(
    ("channel", "message", "is_known"),
    [
        (replace(SPEAKING, heard_fence=5), CHANGED, True),
        (replace(SPEAKING, heard_fence=4), CHANGED, False),
        (SPEAKING, CHANGED, False),
        (SPEAKING, FIRST, True),
        (SILENT, FIRST, False),
        (replace(SPEAKING, heard_fence=5, missed_at=NOW), CHANGED, False),
        (replace(SPEAKING, missed_at=NOW), FIRST, False),
    ],
)
def test_of_a_burst_all_but_the_first_tell_nothing_new(channel: Channel, message: PushMessage, is_known: bool) -> None:
    assert tells_nothing_new(listening(channel, fence=5), message) is is_known


def test_a_message_makes_its_calendar_due_at_once() -> None:
    assert due_after(listening(), NOW) == NOW
    assert due_after(listening(due=None), NOW) == NOW


def test_a_calendar_that_is_due_already_stays_so() -> None:
    assert due_after(listening(due="11:58"), NOW) == at("11:58")


def test_a_calendar_that_was_read_just_now_is_left_alone_for_seconds() -> None:
    assert due_after(listening(read="12:00"), NOW) == NOW + 5 * SECOND


# fault 35
def test_the_pause_that_a_provider_asked_for_is_kept() -> None:
    assert due_after(listening(not_before="12:10"), NOW) == at("12:10")
    assert due_after(listening(not_before="11:10"), NOW) == NOW


# fault 35
def test_a_failing_calendar_is_not_asked_for_more_than_twice_a_minute() -> None:
    assert due_after(listening(attempts=3), NOW) == NOW + timedelta(seconds=30)
    assert due_after(listening(attempts=3, due="12:00"), NOW) == NOW


def test_a_reading_that_is_under_way_is_followed_by_another() -> None:
    assert due_after(listening(is_leased=True, due="11:58"), NOW) == NOW
    at_the_same_tick = due_after(listening(is_leased=True, due="12:00"), NOW)
    assert at_the_same_tick == NOW + timedelta(microseconds=1)


def test_a_message_brings_a_channel_back_to_life() -> None:
    missed = replace(SPEAKING, missed_at=NOW)
    assert heard(listening(missed), CHANGED, NOW + MINUTE) == replace(SPEAKING, heard_at=NOW + MINUTE, heard_fence=5)


def test_the_first_message_asks_for_no_reading() -> None:
    assert heard(listening(SILENT), FIRST, NOW) == SPEAKING


@pytest.mark.parametrize(
    ("told", "ends"), [(None, NOW + LIFE), (NOW + MINUTE, NOW + MINUTE), (NOW + 2 * LIFE, NOW + LIFE)]
)
def test_a_message_that_comes_before_the_answer_names_the_resource_and_the_end(
    told: datetime | None, ends: datetime
) -> None:
    early = heard(listening(replace(SILENT, resource_id="")), replace(FIRST, expires_at=told), NOW)
    assert early == replace(SPEAKING, expires_at=ends)


# --- Silence


def a_reading(fence: int = 5, read: str | None = "11:50") -> SyncClaim:
    calendar = Calendar(
        UUID(int=2),
        UUID(int=3),
        ANA,
        UUID(int=1),
        "main",
        "Work",
        BERLIN,
        AccessRole.OWNER,
        Role.LINKED,
        ONE_WAY,
        read_at=None if read is None else at(read),
    )
    return SyncClaim(calendar, fence, "token", 1, 0, None)


# fault 52
@pytest.mark.parametrize(
    ("channels", "is_silent"),
    [
        ([replace(SPEAKING, heard_at=at("11:49"))], True),
        ([replace(SPEAKING, heard_at=at("11:50"))], False),
        ([replace(SPEAKING, heard_at=at("11:40"), heard_fence=4)], False),
        ([replace(SPEAKING, heard_at=at("11:40"), heard_fence=5)], False),
        ([replace(SPEAKING, heard_at=at("11:40"), heard_fence=3)], True),
        ([replace(SPEAKING, heard_at=at("11:40")), replace(SPEAKING, heard_at=at("11:55"))], False),
        ([SILENT], True),
    ],
)
def test_changes_without_a_message_since_the_last_reading_are_silence(channels: list[Channel], is_silent: bool) -> None:
    assert kept_silent(channels, a_reading()) is is_silent


def test_before_the_first_reading_nothing_can_be_missed() -> None:
    assert not kept_silent([SPEAKING], a_reading(read=None))


# --- Refusals


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (PushRefused(""), timedelta(days=7)),
        (AccessLost(""), timedelta(days=1)),
        (ProviderBusy("", 600), timedelta(minutes=10)),
        (QuotaUsedUp("", 4 * 3600), timedelta(hours=4)),
        (ProviderDown(""), timedelta(seconds=30)),
        (CredentialRefused(""), timedelta(seconds=30)),
        (CalendarGone(""), timedelta(seconds=30)),
    ],
)
def test_after_a_refusal_nobody_asks_for_a_while(error: DaybookError, pause: timedelta) -> None:
    assert pause_for(error, 0, 0.0) == pause


def test_each_failure_makes_the_pause_longer_up_to_an_hour() -> None:
    pauses = [pause_for(ProviderDown(""), attempts, 1.0) for attempts in (0, 3, 20)]
    assert pauses == [timedelta(minutes=1), timedelta(minutes=8), timedelta(hours=1)]


def test_a_message_does_not_show_its_secret() -> None:
    assert "token" not in repr(CHANGED)
