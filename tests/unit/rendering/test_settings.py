"""Calendar Settings as they read, and as Slack takes them whatever is in them."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Role
from bot.domain.choice_effects import ChoiceEffects, Dropped
from bot.domain.connections import Ended, Revocation
from bot.domain.preference_changes import added_dates, audience, blocking, limits, meetings, own_zone, weekly_hours
from bot.rendering.disconnect import disconnected
from bot.rendering.names import SettingsTab
from bot.rendering.settings.dates import dates_form
from bot.rendering.settings.forms import audience_form, blocking_form, hours_form, limits_form, meetings_form
from bot.rendering.settings.frame import settings_modal
from bot.rendering.settings.what_will_change import WantedChoice, what_will_change
from bot.rendering.settings.zone import zone_form, zone_options
from bot.sandbox.slack.blocks import findings_of
from tests.builders import BERLIN, NEW_YORK
from tests.unit.rendering.a_members_settings import LINKED, settings_of
from tests.unit.rendering.answers import NOON
from tests.unit.rendering.connections import WORK, a_calendar
from tests.unit.rendering.screen import buttons_of, read_view

TODAY = date(2026, 11, 24)


def rows(tab: SettingsTab, *changes: Any) -> list[str]:
    return read_view(settings_modal(settings_of(*changes), tab))


def test_the_calendars_tab_shows_what_is_in_use_and_where_it_comes_from() -> None:
    assert rows(SettingsTab.CALENDARS) == [
        "[• Calendars] [Availability] [Video Conferencing]",
        "*Linked calendar*  Ana (ana@acme.test) [Change]",
        "*Sync option*  One-way",
        "_Google events show grey and block time; nobody is added to contacts._ [Change]",
        "*Conflict calendars*  Family · Team holidays [Change]",
        "---",
        "*ana@acme.test* · Google Calendar · connected [Disconnect]",
        "*ana@home.test* · Google Calendar · read-only · connected [Disconnect]",
        "_Google Calendar_ [Add New]",
    ]


def test_a_calendar_that_is_called_as_its_account_is_named_once() -> None:
    linked = replace(LINKED, name=WORK.address)
    shown = read_view(settings_modal(settings_of(calendars=[linked]), SettingsTab.CALENDARS))
    assert shown[1] == "*Linked calendar*  ana@acme.test [Change]"


def test_without_a_linked_calendar_the_row_says_what_that_means() -> None:
    shown = read_view(settings_modal(settings_of(calendars=[]), SettingsTab.CALENDARS))
    assert shown[1] == "*Linked calendar*  none, so appointments have no calendar to go to [Change]"
    assert shown[4] == "*Conflict calendars*  none [Change]"


def test_an_account_that_died_has_its_way_back_beside_the_way_out() -> None:
    broken = replace(WORK, status=AccountStatus.NEEDS_RECONNECT, broken_since=None)
    shown = read_view(settings_modal(settings_of(accounts=[broken]), SettingsTab.CALENDARS))
    assert shown[6:8] == [
        (
            "Google stopped accepting Daybook's access to *ana@acme.test*. "
            "What was read still blocks; newer events are unknown. [Reconnect]"
        ),
        "*ana@acme.test* · Google Calendar · needs reconnecting [Disconnect]",
    ]


def test_the_availability_tab_tells_the_defaults() -> None:
    assert rows(SettingsTab.AVAILABILITY) == [
        "[Calendars] [• Availability] [Video Conferencing]",
        "*Weekly hours*  Mon-Fri 9:00-17:00 · Sat, Sun off [Change]",
        "*Other hours on a date*  none [Change]",
        "*Time zone of these hours*  Berlin, as in Slack [Change]",
        "*Clock and week*  24-hour clock · weeks start on Monday · from your Slack language [Change]",
        "*Meetings*  30 minutes · may start every 15 minutes [Change]",
        "*Limits*  no notice · up to 365 days ahead [Change]",
        "*Who may book me*  everyone [Change]",
        (
            "*What takes time*  tentative and unanswered invitations block time · "
            "warns while a calendar is not up to date [Change]"
        ),
        "*Reminders*  10 minutes before the start · asked afterwards how it went [Change]",
    ]


def test_the_availability_tab_tells_what_was_decided() -> None:
    week = ["9-12, 13-17", "9-12, 13-17", "", "10-11", "10-11", "10-11", "closed"]
    changes = (
        weekly_hours(week),
        added_dates("2026-12-24", "2026-12-26", "", today=TODAY),
        added_dates("2026-12-31", "", "9-12", today=TODAY),
        added_dates("2027-01-02", "", "", today=TODAY),
        added_dates("2027-01-04", "", "", today=TODAY),
        own_zone(NEW_YORK),
        meetings("90", "60", "9", "1"),
        limits("2 hours", "1", "1"),
        audience("invited", ["U2", "U3"]),
        blocking(["unanswered"], "offer_nothing"),
    )
    assert rows(SettingsTab.AVAILABILITY, *changes)[1:] == [
        "*Weekly hours*  Mon, Tue 9:00-12:00, 13:00-17:00 · Wed off · Thu-Sat 10:00-11:00 · Sun off [Change]",
        (
            "*Other hours on a date*  Thu 24 Dec to Sat 26 Dec 2026: off · Thu 31 Dec 2026: 9:00-12:00 · "
            "Sat 2 Jan 2027: off · +1 more [Change]"
        ),
        "*Time zone of these hours*  New York (America/New_York) [Change]",
        "*Clock and week*  24-hour clock · weeks start on Monday · from your Slack language [Change]",
        "*Meetings*  1 hour 30 minutes · may start every 1 hour · 9 minutes free before · 1 minute free after [Change]",
        "*Limits*  2 hours notice · up to 1 day ahead · 1 appointment a day [Change]",
        "*Who may book me*  2 people [Change]",
        (
            "*What takes time*  unanswered invitations block time, tentative ones do not · "
            "offers nothing while a calendar is not up to date [Change]"
        ),
        "*Reminders*  10 minutes before the start · asked afterwards how it went [Change]",
    ]


def test_what_was_just_done_is_told_on_top() -> None:
    shown = read_view(settings_modal(settings_of(), SettingsTab.CALENDARS, note="Done."))
    assert shown[:2] == ["[• Calendars] [Availability] [Video Conferencing]", "_ Done."]


def test_every_form_holds_what_is_set() -> None:
    preferences = settings_of(
        weekly_hours(["9-12, 13-17", *[""] * 6]),
        meetings("45", "30", "10", "5"),
        limits("2 days", "30", "4"),
        audience("invited", ["U2", "U3"]),
        blocking(["tentative"], "offer_nothing"),
    ).preferences
    assert read_view(hours_form(preferences, "V1"))[1:3] == ["Monday: 9:00-12:00, 13:00-17:00", "Tuesday: "]
    assert read_view(meetings_form(preferences, "V1")) == [
        "Usual length in minutes: 45",
        "May start every so many minutes: 30",
        "Minutes to keep free before: 10",
        "Minutes to keep free after: 5",
    ]
    assert read_view(limits_form(preferences, "V1")) == [
        "Minimum notice: 2 days",
        "How many days ahead: 30",
        "Most appointments in a day: 4",
    ]
    assert read_view(audience_form(preferences, "V1")) == [
        "Who may see when I am free, and book me: These people",
        "These people: ['U2', 'U3']",
    ]
    assert read_view(blocking_form(preferences, "V1")) == [
        "Block my time: Invitations that I answered with maybe",
        "While a calendar is not up to date: Offer nothing",
    ]


def test_a_form_knows_the_view_that_it_is_on_top_of() -> None:
    shown = settings_of()
    forms = [hours_form, meetings_form, limits_form, audience_form, blocking_form]
    modals = [form(shown.preferences, "V1") for form in forms]
    modals += [dates_form(shown, "V1"), zone_form(shown.preferences, BERLIN, "V1")]
    assert {modal.private_metadata for modal in modals} == {"V1"}


def test_dates_are_listed_with_a_button_each() -> None:
    shown = dates_form(settings_of(added_dates("2026-12-24", "2026-12-26", "", today=TODAY)), "V1", mistake="Too many.")
    assert read_view(shown) == [
        ":warning: Too many.",
        "From: ",
        "To: ",
        "Hours on each of these days: ",
        "---",
        "Thu 24 Dec to Sat 26 Dec 2026: off [Remove]",
    ]
    assert buttons_of(shown) == {"Remove": "2026-12-24 2026-12-26"}


def test_the_zone_form_holds_slacks_zone_until_another_is_chosen() -> None:
    assert read_view(zone_form(settings_of().preferences, BERLIN, "V1"))[0] == (
        "Your hours are in the time of: Berlin, as in Slack"
    )
    assert read_view(zone_form(settings_of(own_zone(NEW_YORK)).preferences, BERLIN, "V1"))[0] == (
        "Your hours are in the time of: New York (America/New_York)"
    )


def test_slacks_zone_is_always_among_those_on_offer() -> None:
    offered: list[Any] = list(zone_options("new york", BERLIN))
    assert [(one["text"]["text"], one["value"]) for one in offered] == [
        ("Berlin, as in Slack", "slack"),
        ("New York (America/New_York)", "America/New_York"),
    ]
    assert len(zone_options("", BERLIN)) == 100
    assert len(zone_options("no such place", BERLIN)) == 1


# fault 46, fault 47
@pytest.mark.slow
@settings(max_examples=60)
@given(name=st.text(max_size=4000), number=st.integers(0, 120))
def test_slack_takes_the_settings_whatever_things_are_called(name: str, number: int) -> None:
    calendars = [replace(a_calendar(name), id=UUID(int=each + 1)) for each in range(number)]
    accounts = [replace(WORK, id=UUID(int=each + 1), address=name) for each in range(number)]
    linked = replace(LINKED, name=name, account_id=UUID(int=1))
    shown = settings_of(accounts=accounts, calendars=[linked, *calendars], pending=accounts[:60])
    for tab in SettingsTab:
        read_view(settings_modal(shown, tab, note="Done."))
    effects = ChoiceEffects(
        name, name, tuple(Dropped(name, 1) for _ in range(number)), (name,) * number, moves_link=True
    )
    read_view(what_will_change(effects, WantedChoice(None, ())))
    ended = Ended(replace(WORK, address=name or "x"), Revocation.FAILED, (name,) * number, number)
    assert findings_of(list(disconnected(ended).blocks), "message") == []


# fault 47
def test_slack_takes_a_year_of_dates_and_weeks_full_of_hours() -> None:
    week = [", ".join(f"{hour}:00-{hour}:30" for hour in range(8))] * 6 + [""]
    every_other_day = [
        added_dates(date.fromordinal(TODAY.toordinal() + number).isoformat(), "", week[0], today=TODAY)
        for number in range(0, 400, 2)
    ]
    shown = settings_of(weekly_hours(week), *every_other_day, audience("invited", [f"U{n}" for n in range(100)]))
    assert read_view(dates_form(shown, "V1", mistake="x" * 900))[-1] == "_ +106 more"
    read_view(hours_form(shown.preferences, "V1"))
    read_view(audience_form(shown.preferences, "V1"))
    read_view(settings_modal(shown, SettingsTab.AVAILABILITY))


def test_the_day_of_the_answer_is_the_one_that_counts() -> None:
    shown = settings_of(added_dates("2026-11-24", "", "", today=TODAY))
    tomorrow = replace(shown, today=date(2026, 11, 25))
    assert "2026: off" in "".join(read_view(settings_modal(shown, SettingsTab.AVAILABILITY)))
    assert "2026: off" not in "".join(read_view(settings_modal(tomorrow, SettingsTab.AVAILABILITY)))
    assert NOON.date() == TODAY
    assert shown.in_role(Role.LINKED) == (LINKED,)
