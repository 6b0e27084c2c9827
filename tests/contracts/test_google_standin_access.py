"""The stand-in for Google shows each caller the calendars and details that his role and scopes allow, and no more."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from bot.sandbox.google.api import METHODS
from bot.sandbox.google.scopes import MEANINGS
from tests.contracts.google_desk import AUTH, EVENTS, FREE_BUSY, LIST, Desk, DeskFactory, refusal_of
from tests.contracts.google_schema import methods

ANA = "ana@acme.test"
BEN = "ben@acme.test"
TIMES = {"start": "2026-12-01T10:00", "end": "2026-12-01T11:00"}


@pytest.fixture
def desk(new_desk: DeskFactory) -> Iterator[Desk]:
    with new_desk() as desk:
        desk.world.add_account(BEN, "Ben", "America/New_York")
        yield desk


def listed(service: Any, **parameters: Any) -> list[tuple[str, str]]:
    """Id and role of each calendar in the list."""
    items = service.calendarList().list(**parameters).execute()["items"]
    return [(entry["id"], entry.get("accessRole", "deleted")) for entry in items]


def test_the_calendar_list_has_the_primary_calendar_and_what_others_share(desk: Desk) -> None:
    side = desk.world.add_calendar(ANA, "Side project", "Asia/Kathmandu")
    desk.world.share(BEN, ANA, "reader")
    desk.world.list_as(ANA, BEN, summary_override="Ben (boss)", color_id="1")
    primary, own, shared = desk.calendar(LIST).calendarList().list().execute()["items"]
    assert (primary["id"], primary["primary"], primary["accessRole"]) == (ANA, True, "owner")
    assert (own["id"], own["summary"], own["timeZone"], own["dataOwner"]) == (
        side,
        "Side project",
        "Asia/Kathmandu",
        ANA,
    )
    assert "primary" not in own
    assert (shared["summary"], shared["summaryOverride"], shared["backgroundColor"]) == (BEN, "Ben (boss)", "#ac725e")


def test_the_calendar_list_has_pages(desk: Desk) -> None:
    for number in range(4):
        desk.world.add_calendar(ANA, str(number), "UTC")
    desk.world.empty_pages(every=3)
    service = desk.calendar(LIST)
    request, sizes = service.calendarList().list(maxResults=2), []
    while request is not None:
        page = request.execute()
        sizes.append(len(page["items"]))
        request = service.calendarList().list_next(request, page)
    assert sizes == [0, 2, 2, 0, 1]


def test_the_calendar_list_can_be_narrowed_to_a_role(desk: Desk) -> None:
    desk.world.share(BEN, ANA, "reader")
    assert listed(desk.calendar(LIST), minAccessRole="writer") == [(ANA, "owner")]


def test_a_hidden_calendar_is_listed_on_demand(desk: Desk) -> None:
    desk.world.list_as(ANA, ANA, hidden=True)
    service = desk.calendar(LIST)
    assert [listed(service), listed(service, showHidden=True)] == [[], [(ANA, "owner")]]


def test_a_calendar_that_is_taken_away_is_in_the_next_delta_of_the_list(desk: Desk) -> None:
    desk.world.share(BEN, ANA, "reader")
    service = desk.calendar(LIST)
    token = service.calendarList().list().execute()["nextSyncToken"]
    desk.world.unshare(BEN, ANA)
    assert listed(service, syncToken=token) == [(BEN, "deleted")]
    assert listed(service) == [(ANA, "owner")]
    with_role = service.calendarList().list(syncToken=token, minAccessRole="reader")
    assert refusal_of(with_role) == (400, "invalid")


# fault 38
@pytest.mark.parametrize("how", ["unshared", "deleted", "never there"])
def test_a_calendar_that_is_gone_is_not_found(desk: Desk, how: str) -> None:
    shared = desk.world.add_calendar(BEN, "Team", "UTC")
    if how != "never there":
        desk.world.share(shared, ANA, "owner")
    if how == "unshared":
        desk.world.unshare(shared, ANA)
    if how == "deleted":
        desk.world.remove_calendar(shared)
    service = desk.calendar()
    assert refusal_of(service.events().list(calendarId=shared)) == (404, "notFound")
    assert refusal_of(service.calendarList().get(calendarId=shared)) == (404, "notFound")


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("freeBusyReader", [None, None]),
        ("reader", ["Lunch", None]),
        ("writerWithoutPrivateAccess", ["Lunch", None]),
        ("writer", ["Lunch", "Doctor"]),
        ("owner", ["Lunch", "Doctor"]),
    ],
)
def test_a_role_decides_which_titles_are_seen(desk: Desk, role: str, seen: list[str | None]) -> None:
    desk.world.put_event(BEN, summary="Lunch", **TIMES)
    desk.world.put_event(BEN, summary="Doctor", visibility="private", location="Clinic", **TIMES)
    desk.world.share(BEN, ANA, role)
    answer = desk.calendar().events().list(calendarId=BEN).execute()
    assert (answer["accessRole"], [event.get("summary") for event in answer["items"]]) == (role, seen)


def test_free_busy_access_shows_times_and_no_details(desk: Desk) -> None:
    desk.world.put_event(ANA, summary="Doctor", attendees=[{"email": BEN}], transparency="transparent", **TIMES)
    event = desk.calendar(FREE_BUSY).events().list(calendarId="primary").execute()["items"][0]
    assert (event["start"]["dateTime"], event["transparency"]) == ("2026-12-01T10:00:00+01:00", "transparent")
    assert {"summary", "attendees", "organizer", "creator"}.isdisjoint(event)


def test_words_do_not_find_what_is_hidden(desk: Desk) -> None:
    desk.world.put_event(ANA, summary="Doctor", **TIMES)
    assert desk.calendar(FREE_BUSY).events().list(calendarId="primary", q="doctor").execute()["items"] == []


READ_CALENDAR = f"{AUTH}calendar.calendars.readonly"
OWNED = f"{AUTH}calendar.events.owned"
EVERYTHING = f"{AUTH}calendar"


@pytest.mark.parametrize(
    ("scope", "opened"),
    [
        (EVENTS, {"events.list", "events.get", "events.insert", "events.patch", "events.update", "events.delete"}),
        (LIST, {"calendarList.list", "calendarList.get", "colors.get"}),
        (FREE_BUSY, {"events.list", "events.get", "freebusy.query", "colors.get"}),
        (f"{AUTH}calendar.events.readonly", {"events.list", "events.get"}),
        (READ_CALENDAR, {"calendars.get"}),
    ],
)
# fault 21
def test_a_scope_opens_its_methods_and_no_others(desk: Desk, scope: str, opened: set[str]) -> None:
    event = desk.world.put_event(ANA, **TIMES)["id"]
    service = desk.calendar(scope)
    which = {"calendarId": "primary", "eventId": event}
    body = {"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}}
    cleared = {name: {**day, "dateTime": None} for name, day in body.items()}
    window = {"timeMin": "2026-12-01T00:00:00Z", "timeMax": "2026-12-02T00:00:00Z", "items": []}
    requests = {
        "calendarList.list": service.calendarList().list(),
        "calendarList.get": service.calendarList().get(calendarId="primary"),
        "calendars.get": service.calendars().get(calendarId="primary"),
        "colors.get": service.colors().get(),
        "freebusy.query": service.freebusy().query(body=window),
        "events.list": service.events().list(calendarId="primary"),
        "events.get": service.events().get(**which),
        "events.insert": service.events().insert(calendarId="primary", body=body),
        "events.patch": service.events().patch(**which, body=cleared),
        "events.update": service.events().update(**which, body=body),
        "events.delete": service.events().delete(**which),
    }
    for name, request in requests.items():
        if name in opened:
            request.execute()
        else:
            assert refusal_of(request) == (403, "insufficientPermissions")


def test_the_scopes_of_each_method_are_those_of_the_discovery_document() -> None:
    described = methods()
    for method in METHODS:
        assert method.scopes == frozenset(described[method.id]["scopes"]) & MEANINGS.keys(), method.id
        assert method.verb == described[method.id]["httpMethod"]


def test_the_scope_for_own_calendars_stops_at_those_of_others(desk: Desk) -> None:
    desk.world.share(BEN, ANA, "writer")
    service = desk.calendar(OWNED)
    assert service.events().list(calendarId="primary").execute()["items"] == []
    assert refusal_of(service.events().list(calendarId=BEN)) == (403, "insufficientPermissions")


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({}, "required"),
        ({"Authorization": "Bearer made-up"}, "authError"),
        ({"Authorization": "Basic eDp5"}, "required"),
    ],
)
def test_a_request_without_a_good_token_is_unauthorized(desk: Desk, headers: dict[str, str], reason: str) -> None:
    answer = desk.http.get("/calendar/v3/users/me/calendarList", headers=headers)
    error = answer.json()["error"]["errors"][0]
    assert (answer.status_code, error["reason"], error["location"]) == (401, reason, "Authorization")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer ")


def test_the_refusals_have_googles_bodies(desk: Desk) -> None:
    bearer = {"Authorization": f"Bearer {desk.sign_in(LIST, EVENTS)['access_token']}"}
    answer = desk.http.get("/calendar/v3/calendars/nobody@acme.test/events", headers=bearer)
    assert answer.headers["Content-Type"] == "application/json; charset=UTF-8"
    assert answer.json() == {
        "error": {
            "errors": [{"domain": "global", "reason": "notFound", "message": "Not Found"}],
            "code": 404,
            "message": "Not Found",
        }
    }


def free_busy(service: Any, *calendars: str, **more: Any) -> Any:
    body = {
        "timeMin": "2026-12-01T00:00:00Z",
        "timeMax": "2026-12-02T00:00:00Z",
        "items": [{"id": calendar} for calendar in calendars],
        **more,
    }
    return service.freebusy().query(body=body)


# fault 45
def test_free_busy_merges_what_blocks_and_leaves_out_what_does_not(desk: Desk) -> None:
    desk.world.put_event(ANA, start="2026-12-01T10:00", end="2026-12-01T11:00")
    desk.world.put_event(ANA, start="2026-12-01T10:30", end="2026-12-01T11:30", status="tentative")
    desk.world.put_event(ANA, start="2026-12-01", end="2026-12-02", transparency="transparent")
    desk.world.put_event(ANA, start="2026-12-01", end="2026-12-02", eventType="workingLocation")
    declined = [{"email": ANA, "responseStatus": "declined"}]
    desk.world.put_event(ANA, start="2026-12-01T15:00", end="2026-12-01T16:00", attendees=declined)
    rule = ["RRULE:FREQ=DAILY"]
    desk.world.put_event(ANA, start="2026-11-01T18:00", end="2026-11-01T19:00", recurrence=rule)
    answer = free_busy(desk.calendar(FREE_BUSY), "primary").execute()
    assert answer["calendars"]["primary"] == {
        "busy": [
            {"start": "2026-12-01T09:00:00Z", "end": "2026-12-01T10:30:00Z"},
            {"start": "2026-12-01T17:00:00Z", "end": "2026-12-01T18:00:00Z"},
        ]
    }


def test_free_busy_says_of_each_calendar_what_is_wrong_with_it(desk: Desk) -> None:
    answer = free_busy(desk.calendar(FREE_BUSY), ANA, BEN, "nobody@acme.test").execute()
    not_found = {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
    assert answer["calendars"] == {ANA: {"busy": []}, BEN: not_found, "nobody@acme.test": not_found}


@pytest.mark.parametrize(
    ("window", "refusal"),
    [
        ({"timeMax": "2027-03-02T00:00:00Z"}, (400, "timeRangeTooLong")),
        ({"timeMax": "2026-12-01T00:00:00Z"}, (400, "timeRangeEmpty")),
        ({"timeMax": "2026-12-02"}, (400, "badRequest")),
        ({"timeMax": None}, (400, "required")),
    ],
)
def test_free_busy_refuses_a_window_that_is_none(desk: Desk, window: dict[str, Any], refusal: tuple[int, str]) -> None:
    assert refusal_of(free_busy(desk.calendar(FREE_BUSY), ANA, **window)) == refusal


def test_an_address_that_google_does_not_have_is_not_found(desk: Desk) -> None:
    assert desk.http.get("/calendar/v3/nothing").status_code == httpx.codes.NOT_FOUND
