"""How the calendar gateway lists an account's calendars, over real HTTP against the stand-in for Google."""

import pytest

from bot.domain.calendars import AccessRole, RemoteCalendar
from bot.domain.errors import ProviderDown
from tests.contracts.google_client import ANA, GoogleSetup

BEN = "ben@acme.test"


def test_calendars_are_listed_as_the_account_sees_them(google: GoogleSetup) -> None:
    team = google.world.add_calendar(BEN, "Team", "America/New_York", calendar_id="team@group.calendar.google.com")
    google.world.share(team, ANA, "reader")
    google.world.list_as(ANA, team, summary_override="Our team")

    calendars = google.calendars.calendars(google.connect())

    assert list(calendars) == [
        RemoteCalendar(ANA, ANA, "Europe/Berlin", AccessRole.OWNER, is_primary=True, is_suggested=True),
        RemoteCalendar(team, "Our team", "America/New_York", AccessRole.READER, is_primary=False, is_suggested=True),
    ]


def test_what_rarely_takes_the_readers_own_time_is_not_suggested(google: GoogleSetup) -> None:
    holidays = google.world.add_calendar(
        BEN, "Holidays", "Europe/Berlin", calendar_id="de#holiday@group.v.calendar.google.com"
    )
    hidden = google.world.add_calendar(ANA, "Old projects", "Europe/Berlin")
    for calendar in (BEN, holidays):
        google.world.share(calendar, ANA, "reader")
    google.world.list_as(ANA, hidden, selected=False)

    calendars = google.calendars.calendars(google.connect())

    assert {one.remote_id: one.is_suggested for one in calendars} == {
        ANA: True,
        BEN: False,
        holidays: False,
        hidden: False,
    }


def test_a_long_list_of_calendars_is_read_to_its_end(google: GoogleSetup) -> None:
    for number in range(260):
        google.world.add_calendar(ANA, f"Project {number}", "Europe/Berlin")
    account = google.connect()

    assert len(google.calendars.calendars(account)) == 261
    assert google.requests("/calendar/v3/users/me/calendarList") == 2


@pytest.mark.parametrize("items", [None, "x", {}])
def test_an_answer_that_is_no_list_of_calendars_is_a_failure_of_the_provider(
    google: GoogleSetup, items: object
) -> None:
    google.world.faults.on(path="/calendar/v3/users/me/calendarList").answer(200, {"items": items})
    with pytest.raises(ProviderDown):
        google.calendars.calendars(google.connect())
