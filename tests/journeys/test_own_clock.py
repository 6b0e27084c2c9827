"""Somebody who has Slack speak American English: a clock of twelve hours, and weeks from Sunday.

Everybody else in the town reads by 24 hours, and so does whatever several people read.
"""

import httpx
import pytest

from bot.sandbox.slack.person import Person
from tests.journeys.house import House
from tests.journeys.test_week import link_of

pytestmark = pytest.mark.slow


@pytest.fixture
def ana(house: House) -> Person:
    """Ana in American English, with her three calendars read: Kick-off 9:00 and Dentist 13:00 today."""
    house.town.slack.changes_member(house.town.ana.id, locale="en-US")
    return house.sets_up(house.town.ana)


def test_slots_are_offered_by_ones_own_clock_and_shared_by_everybodys(house: House, ana: Person) -> None:
    ana.types("/daybook slots @ana 30m today", channel="sales")
    told = house.sees(ana)
    assert "[9:30 AM] [10:00 AM]" in told
    assert "[12:30 PM] [2:00 PM]" in told
    assert "13:00" not in told
    house.clicks(ana, "Share in channel")
    ben = house.person(house.town.ben)
    shared = next(one for one in reversed(ben.messages) if "Shared by" in ben.reads(one))
    assert "14:00 Berlin" in str(shared.blocks)
    assert "2:00 PM" not in str(shared.blocks)


def test_a_time_asked_about_and_the_reasons_are_told_by_ones_own_clock(house: House, ana: Person) -> None:
    told = house.types(ana, "/daybook why @ana 1pm")
    assert "*Tuesday 24 November, 1:00-1:30 PM: not free.* Berlin" in told
    assert "1:00-2:00 PM ▨ hatched *Dentist*" in told
    assert "Nearest: [12:00 PM] [12:15 PM] [12:30 PM]" in told


def test_a_week_begins_on_sunday_with_its_hours_by_am_and_pm(house: House, ana: Person) -> None:
    told = house.types(ana, "/daybook week")
    assert "*Your week, 22 to 28 November* (Berlin)" in told
    assert "9:00-9:30 AM ▪ grey Kick-off" in told
    page = httpx.get(link_of(ana), trust_env=False).text
    assert (">Sun<" in page, ">9 AM<" in page, ">9:00<" in page) == (True, True, False)
    assert page.index(">Sun<") < page.index(">Mon<")
    assert "9:00-9:30 AM" in page
    assert "*Your week, 29 November to 5 December*" in house.clicks(ana, "Next week")


def test_home_and_the_settings_follow_and_a_choice_of_ones_own_counts_more(house: House, ana: Person) -> None:
    ana.opens_home()
    assert "9:00-9:30 AM ▪ grey Kick-off" in house.sees(ana)
    house.types(ana, "/daybook settings")
    told = house.clicks(ana, "Availability")
    assert "Mon-Fri 9:00 AM-5:00 PM" in told
    assert "12-hour clock · weeks start on Sunday · from your Slack language" in told
    house.clicks(ana, "Change", near="Clock and week")
    ana.fills("Clock", "24-hour clock")
    told = house.submits(ana)
    assert "24-hour clock · weeks start on Sunday, from your Slack language" in told
    assert "Mon-Fri 9:00-17:00" in told
    ana.closes(all_of_them=True)
    ana.opens_home()
    assert "9:00-9:30 ▪ grey Kick-off" in house.sees(ana)
    house.types(ana, "/daybook settings")
    house.clicks(ana, "Availability")
    house.clicks(ana, "Change", near="Clock and week")
    ana.fills("Clock", "Same as my Slack language (12 hours)")
    assert "Mon-Fri 9:00 AM-5:00 PM" in house.submits(ana)


def test_a_colleague_who_reads_otherwise_is_answered_otherwise_right_after(house: House, ana: Person) -> None:
    ben = house.sets_up(house.town.ben)
    for _ in range(3):
        assert "[9:30 AM] [10:00 AM]" in house.types(ana, "/daybook slots @ana 30m today")
        told = house.types(ben, "/daybook slots @ana 30m today")
        assert ("[3:30] [4:00]" in told, "AM]" in told) == (True, False)


def test_a_new_language_in_slack_is_known_at_once(house: House, ana: Person) -> None:
    house.town.slack.changes_member(house.town.ana.id, locale="de-DE")
    house.is_settled()
    assert "*Your week, 23 to 29 November* (Berlin)" in house.types(ana, "/daybook week")
