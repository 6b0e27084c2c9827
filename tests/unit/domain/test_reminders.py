"""When somebody is reminded and asked, and what he may enter for it."""

import pytest

from bot.domain.preference_changes import FieldMistakes
from bot.domain.reminder_form import ASKS_AFTER, ReminderField, choice_wished, minutes_in, minutes_named
from bot.domain.reminder_planning import asking_time
from bot.domain.reminders import BadReminders, ReminderChoice
from tests.builders import BERLIN, NEW_YORK, a_schedule, local, second


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("10", (10,)),
        ("10, 60", (60, 10)),
        ("1h; 10 min,10", (60, 10)),
        ("1 day, 2 hours, 5 minutes", (1440, 120, 5)),
        ("", ()),
        ("off", ()),
    ],
)
def test_minutes_are_read_in_any_order(text: str, minutes: tuple[int, ...]) -> None:
    assert minutes_in(text) == minutes


@pytest.mark.parametrize("text", ["soon", "-5", "10 weeks", "1.5h", "99999", "10 10", "٣"])
def test_what_is_no_time_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(BadReminders, match="like 10, or several, like 60, 10"):
        minutes_in(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0, 10", "Reminders come from 1 minute to 24 hours before the start."),
        ("25h", "Reminders come from 1 minute to 24 hours before the start."),
        ("1, 2, 3, 4, 5, 6", "Choose 5 reminders at most."),
    ],
)
def test_too_many_or_too_early_is_told_on_the_field(text: str, sentence: str) -> None:
    with pytest.raises(FieldMistakes) as refused:
        choice_wished(text, "", "busy", [])
    assert refused.value.by_field == {ReminderField.MINUTES: sentence}


def test_a_channel_needs_a_time() -> None:
    with pytest.raises(FieldMistakes):
        choice_wished("", "C1", "busy", [])
    assert choice_wished("10", "C1", "titles", [ASKS_AFTER]) == ReminderChoice((10,), "C1", shows_titles=True)


@pytest.mark.parametrize(
    ("ends", "asked"),
    [
        ("2026-11-24 15:30", "2026-11-24T15:30+01:00"),
        ("2026-11-24 17:00", "2026-11-24T17:00+01:00"),
        ("2026-11-24 17:01", "2026-11-25T09:00+01:00"),
        ("2026-11-24 8:00", "2026-11-24T09:00+01:00"),
        ("2026-11-27 18:00", "2026-11-30T09:00+01:00"),
        # The night before the clocks go back, and the one before they go forward.
        ("2026-10-23 18:00", "2026-10-26T09:00+01:00"),
        ("2027-03-26 18:00", "2027-03-29T09:00+02:00"),
    ],
)
def test_a_host_is_asked_within_his_hours(ends: str, asked: str) -> None:
    found = asking_time(a_schedule(), second(ends))
    assert found is not None
    assert local([found]) == [asked]


def test_hours_are_those_of_the_zone_that_he_chose() -> None:
    found = asking_time(a_schedule(zone=NEW_YORK), second("2026-10-31 20:00", NEW_YORK))
    assert found is not None
    assert local([found], NEW_YORK) == ["2026-11-02T09:00-05:00"]


def test_what_ends_at_midnight_with_a_shift_is_within_it() -> None:
    late = a_schedule("Tue 18:00-24:00")
    assert asking_time(late, second("2026-11-25 0:00", BERLIN)) == second("2026-11-25 0:00", BERLIN)


def test_a_week_off_is_too_long_to_ask() -> None:
    away = {f"2026-11-{day}": "" for day in range(24, 31)} | {"2026-12-01": "", "2026-12-02": ""}
    assert asking_time(a_schedule(overrides=away), second("2026-11-24 15:30")) is None


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("me 20 minutes before", (20,)),
        ("me 1 hour and 10 min before each meeting", (60, 10)),
        ("60, 10", (60, 10)),
        ("1 day", (1440,)),
        ("", ()),
        ("olga at 15:00", ()),
        ("me", ()),
    ],
)
def test_how_long_before_is_found_in_words(words: str, minutes: tuple[int, ...]) -> None:
    assert minutes_named(words) == minutes
