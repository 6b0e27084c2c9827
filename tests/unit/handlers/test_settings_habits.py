"""The form of clock and week: what is chosen is kept, and seen at once by whoever chose it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.habit_form import AS_IN_SLACK, HabitField
from bot.domain.people import Member, Profile
from bot.domain.reading_habits import FOLLOWS_SLACK, HourCycle, OwnHabits
from bot.rendering.names import CallbackId
from bot.usecases.choose_habits import ChooseHabits
from bot.usecases.show_settings import ShowSettings
from handlers.views import settings_habits
from handlers.views.settings_below import refresh_with
from tests.form_fields import option
from tests.unit.handlers.acting import run
from tests.unit.handlers.settings_house import House, a_house, lines, shown_below
from tests.unit.rendering.answers import NOON, ana


@pytest.fixture
def house() -> House:
    house = a_house()
    acme = house.acme
    refresh = refresh_with(ShowSettings(acme.store, acme.clock), house.homes)
    handlers = settings_habits.handlers(ChooseHabits(acme.store), refresh)
    return House(acme, (*house.handlers, *handlers), house.offer, house.homes)


def form(hour_cycle: str, first_day: str) -> dict[str, Any]:
    return {HabitField.HOUR_CYCLE: option(hour_cycle), HabitField.FIRST_DAY: option(first_day)}


def stored(house: House) -> Member:
    with house.acme.store.reading() as work:
        return work.members.get(ana.workspace_id, ana.id)


def test_what_is_chosen_is_kept_and_the_settings_under_it_are_told_by_that_clock(house: House) -> None:
    reply = run(house.submit(CallbackId.SETTINGS_HABITS, **form("12", "6")))
    assert stored(house).own_habits == OwnHabits(HourCycle.TWELVE, first_day=6)
    below = shown_below(reply)
    assert "*Clock and week*  12-hour clock · weeks start on Sunday [Change]" in below
    assert "*Weekly hours*  Mon-Fri 9:00 AM-5:00 PM · Sat, Sun off [Change]" in below
    assert house.homes == ["U1"]


def test_one_of_the_two_can_follow_slack(house: House) -> None:
    reply = run(house.submit(CallbackId.SETTINGS_HABITS, **form(AS_IN_SLACK, "6")))
    assert stored(house).own_habits == OwnHabits(None, first_day=6)
    assert "*Clock and week*  24-hour clock, from your Slack language · weeks start on Sunday [Change]" in shown_below(
        reply
    )


def test_the_form_says_what_slacks_language_means_for_whoever_opens_it(house: House) -> None:
    american = Profile("U1", ana.name, ana.zone, ana.standing, ana.is_admin, locale="en-US")
    with house.acme.store.writing() as work:
        work.members.save(ana.workspace_id, american, new_id=ana.id, now=NOON)
        work.commit()
    shown = lines(house.press(f"settings_change:{CallbackId.SETTINGS_HABITS}", CallbackId.SETTINGS_HABITS).last)
    assert shown[:2] == [
        "Clock: Same as my Slack language (12 hours)",
        "Week starts on: Same as my Slack language (Sunday)",
    ]


def test_both_can_follow_slack_again(house: House) -> None:
    run(house.submit(CallbackId.SETTINGS_HABITS, **form("12", "5")))
    run(house.submit(CallbackId.SETTINGS_HABITS, **form(AS_IN_SLACK, AS_IN_SLACK)))
    assert stored(house).own_habits == FOLLOWS_SLACK


def test_what_no_field_offers_stands_on_its_field(house: House) -> None:
    prepared = house.submit(CallbackId.SETTINGS_HABITS, **form("13", "2"))
    assert sorted(prepared.mistakes) == ["first_day", "hour_cycle"]
    assert stored(house) == replace(stored(house), own_habits=FOLLOWS_SLACK)
