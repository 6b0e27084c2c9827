"""What the stand-in for Google can be made to do: cut answers, short pages, crowds, and calendars that change."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tests.contracts.google_desk import Desk, pages_of

EVENTS = "/calendar/v3/calendars/.*/events"


def listed(desk: Desk) -> httpx.Response:
    token = desk.sign_in()["access_token"]
    return desk.http.get("/calendar/v3/calendars/primary/events", headers={"Authorization": f"Bearer {token}"})


# fault 40
def test_an_answer_that_is_cut_was_worked_on_and_breaks_off_in_the_middle(desk: Desk) -> None:
    desk.world.faults.on(path=EVENTS).cut()
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        listed(desk)
    [entry] = desk.world.ledger.matching(path=EVENTS)
    assert entry.notes["fault"] == "cut"
    assert entry.notes["committed"] == "200"
    assert listed(desk).status_code == httpx.codes.OK


# fault 43
def test_every_answer_tells_the_time_by_googles_clock(desk: Desk) -> None:
    desk.world.now = lambda: datetime(2026, 11, 24, 8, tzinfo=UTC)
    assert listed(desk).headers.get_list("date") == ["Tue, 24 Nov 2026 08:00:00 GMT"]


def test_pages_may_be_shorter_than_asked_for(desk: Desk) -> None:
    for day in range(1, 6):
        desk.world.put_event("ana@acme.test", start=f"2026-12-0{day}", end=f"2026-12-0{day + 1}")
    desk.world.short_pages(2)
    assert [len(page["items"]) for page in pages_of(desk.calendar(), maxResults=250)] == [2, 2, 1]


# fault 40
def test_a_crowd_is_listed_after_what_is_kept_and_is_no_news_afterwards(desk: Desk) -> None:
    desk.world.put_event("ana@acme.test", summary="Kept", start="2026-12-01", end="2026-12-02")
    desk.world.crowd("ana@acme.test", 7)
    calendar = desk.calendar()
    pages = pages_of(calendar, maxResults=3)
    titles = [event["summary"] for page in pages for event in page["items"]]
    assert titles == ["Kept", *(f"One of many, {number}" for number in range(7))]
    assert [len(page["items"]) for page in pages] == [3, 3, 2]
    first, second = pages[0]["items"][1:]
    apart = datetime.fromisoformat(second["start"]["dateTime"]) - datetime.fromisoformat(first["start"]["dateTime"])
    assert apart == timedelta(minutes=5)
    [delta] = pages_of(calendar, maxResults=3, syncToken=pages[-1]["nextSyncToken"])
    assert delta["items"] == []


# fault 38
def test_a_calendar_is_renamed_moved_to_another_zone_and_handed_over(desk: Desk) -> None:
    desk.world.add_account("ben@acme.test", "Ben", "America/New_York")
    team = desk.world.add_calendar("ana@acme.test", "Team", "Europe/Berlin")
    desk.world.rename(team, "Everyone")
    desk.world.rezone(team, "America/New_York")
    desk.world.hand_over(team, "ben@acme.test")
    entries = {
        account: desk.calendar(account=account).calendarList().get(calendarId=team).execute()
        for account in ("ana@acme.test", "ben@acme.test")
    }
    assert [(entry["summary"], entry["timeZone"], entry["accessRole"]) for entry in entries.values()] == [
        ("Everyone", "America/New_York", "writer"),
        ("Everyone", "America/New_York", "owner"),
    ]
