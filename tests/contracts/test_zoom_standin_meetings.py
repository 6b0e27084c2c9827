"""Meetings at the stand-in for Zoom: made, read, changed and deleted, and refused where Zoom refuses."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.sandbox.zoom.joining import page_behind
from bot.sandbox.zoom.world import ZoomWorld
from tests.contracts.zoom_desk import ANA, CALLBACK, MEETING, NOW, Desk, DeskFactory, listed, refusal_of, wrong_fields


@pytest.fixture
def desk(new_zoom_desk: DeskFactory) -> Iterator[Desk]:
    with new_zoom_desk() as desk:
        yield desk


def test_the_caller_learns_who_he_is(desk: Desk) -> None:
    answers = [desk.asks("GET", f"/users/{named}").json() for named in ("me", desk.ana.id, ANA)]
    assert answers[0] == answers[1] == answers[2]
    told = {name: answers[0][name] for name in ("id", "account_id", "email", "first_name", "timezone", "type")}
    assert told == {
        "id": desk.ana.id,
        "account_id": desk.ana.account_id,
        "email": ANA,
        "first_name": "Ana",
        "timezone": "Europe/Berlin",
        "type": 2,
    }


def test_a_meeting_is_kept_as_it_was_asked_for(desk: Desk) -> None:
    made = desk.made()
    meeting = desk.asks("GET", f"/meetings/{made['id']}").json()
    assert {name: meeting[name] for name in MEETING} == MEETING
    assert (meeting["host_id"], meeting["host_email"], meeting["created_at"]) == (
        desk.ana.id,
        ANA,
        "2026-11-24T08:00:00Z",
    )
    assert 2**32 < meeting["id"] < 10**11
    assert meeting.pop("start_url") != made.pop("start_url")
    assert meeting == made


def test_a_link_leads_to_its_meeting_and_needs_the_passcode(desk: Desk) -> None:
    made = desk.made()
    link, bare = made["join_url"], f"https://zoom.example.test/j/{made['id']}"
    waiting = "You are in the waiting room of this stand-in for Zoom. It begins 2026-11-24T14:00:00Z."
    invalid = ("This meeting link is invalid", "Ask its host for a new one (3,001).")
    assert link.startswith(f"{bare}?pwd=")
    assert page_behind(link, desk.world) == ("Ana and Maya", waiting)
    assert [page_behind(wrong, desk.world) for wrong in (bare, f"{bare}?pwd=x")] == [
        ("Ana and Maya", "Enter the meeting passcode.")
    ] * 2
    elsewhere = (
        "https://zoom.example.test/j/12345678901",
        link.replace("zoom.example", "other"),
        "javascript:alert(1)",
    )
    assert [page_behind(wrong, desk.world) for wrong in elsewhere] == [invalid] * 3


def test_a_link_without_a_passcode_is_enough_where_a_meeting_has_none(desk: Desk) -> None:
    link = desk.made(default_password=False)["join_url"]
    assert page_behind(link, desk.world)[1].startswith("You are in the waiting room")


def test_links_lead_to_the_host_that_the_world_was_given() -> None:
    world = ZoomWorld(now=lambda: NOW, link_host="acme.zoom.example.test")
    world.add_person(ANA, "Ana Berg", "Europe/Berlin")
    made = world.makes_meeting(ANA, topic="Talk")
    assert made["join_url"].startswith(f"https://acme.zoom.example.test/j/{made['id']}")


@pytest.mark.parametrize(
    ("start", "zone", "kept"),
    [
        ("2026-11-24T14:00:00Z", "America/New_York", "2026-11-24T14:00:00Z"),
        ("2026-11-24T15:00:00", "Europe/Berlin", "2026-11-24T14:00:00Z"),
        ("2026-11-24T15:00:00", None, "2026-11-24T14:00:00Z"),
        # On these nights the clocks change.
        ("2027-03-28T01:30:00", "Europe/Berlin", "2027-03-28T00:30:00Z"),
        ("2027-03-28T02:30:00", "Europe/Berlin", "2027-03-28T01:30:00Z"),
        ("2027-03-28T03:30:00", "Europe/Berlin", "2027-03-28T01:30:00Z"),
        ("2027-11-07T01:30:00", "America/New_York", "2027-11-07T05:30:00Z"),
        ("2027-11-07T03:00:00", "America/New_York", "2027-11-07T08:00:00Z"),
    ],
)
def test_a_start_is_in_utc_or_by_the_clock_of_a_zone(desk: Desk, start: str, zone: str | None, kept: str) -> None:
    assert desk.made(start_time=start, timezone=zone)["start_time"] == kept


def test_a_meeting_for_no_time_is_for_now_and_in_no_list(desk: Desk) -> None:
    made = desk.made(start_time=None)
    assert (made["type"], "start_time" in made) == (1, False)
    recurring = desk.made(type=3, topic="Any time")
    assert (recurring["type"], "start_time" in recurring) == (3, False)
    assert (listed(desk), listed(desk, "upcoming")) == (["Any time"], [])


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"topic": "x" * 201}, ["topic"]),
        ({"agenda": "x" * 2001}, ["agenda"]),
        ({"topic": 7, "duration": "30"}, ["topic", "duration"]),
        ({"duration": 0}, ["duration"]),
        ({"duration": True}, ["duration"]),
        ({"type": 4}, ["type"]),
        ({"type": 2.0}, ["type"]),
        ({"type": [2]}, ["type"]),
        ({"start_time": "2026-11-24T14:00:00+01:00"}, ["start_time"]),
        ({"start_time": "2026-11-24T14:00:00.000Z"}, ["start_time"]),
        ({"start_time": "2026-11-31T14:00:00Z"}, ["start_time"]),
        ({"start_time": "tomorrow"}, ["start_time"]),
        ({"start_time": "9999-12-31T23:59:59"}, ["start_time"]),
        ({"timezone": "../UTC"}, ["timezone"]),
        ({"timezone": "Europe/Nowhere"}, ["timezone"]),
        ({"password": "eleven-long"}, ["password"]),
        ({"password": "a b"}, ["password"]),
        ({"settings": []}, ["settings"]),
        ({"settings": {"waiting_room": "yes", "jbh_time": 7}}, ["settings.jbh_time", "settings.waiting_room"]),
    ],
)
def test_what_a_field_cannot_be_is_named(desk: Desk, changed: dict[str, Any], fields: list[str]) -> None:
    made = desk.made()
    assert wrong_fields(desk.creates(**changed)) == fields
    assert wrong_fields(desk.asks("PATCH", f"/meetings/{made['id']}", json=changed)) == fields
    assert [meeting["topic"] for meeting in desk.world.meetings()] == ["Ana and Maya"]


def test_half_a_character_is_refused(desk: Desk) -> None:
    kind = {"Content-Type": "application/json"}
    answer = desk.asks("POST", "/users/me/meetings", content=b'{"topic": "\\ud800"}', headers=kind)
    assert wrong_fields(answer) == ["topic"]


def test_an_address_that_is_none_says_so(desk: Desk) -> None:
    answers = [desk.asks("GET", "/nothing"), desk.asks("PUT", "/users/me")]
    assert [refusal_of(answer) for answer in answers] == [(404, 2300, "This API endpoint is not recognized.")] * 2


def test_the_longest_texts_fit(desk: Desk) -> None:
    made = desk.made(topic="x" * 200, agenda="y" * 2000)
    assert (len(made["topic"]), len(made["agenda"])) == (200, 2000)


def test_unknown_fields_are_ignored(desk: Desk) -> None:
    made = desk.made(colour="green", settings={"sparkle": True})
    assert ("colour" in made, "sparkle" in made["settings"]) == (False, False)


def test_a_passcode_is_made_unless_one_is_given_or_none_is_wanted(desk: Desk) -> None:
    made = [desk.made(), desk.made(password="a-B_9*@"), desk.made(default_password=False)]
    assert [len(made[0]["password"]), made[1]["password"], made[2].get("password")] == [6, "a-B_9*@", None]
    assert ["?pwd=" in meeting["join_url"] for meeting in made] == [True, True, False]


def test_settings_are_read_back_as_the_account_has_them(desk: Desk) -> None:
    free = desk.made(settings={"join_before_host": True, "waiting_room": False})["settings"]
    waiting = desk.made(settings={"join_before_host": True, "waiting_room": True})["settings"]
    desk.world.lock_settings(ANA, waiting_room=True)
    locked = desk.made(settings={"join_before_host": True, "waiting_room": False})["settings"]
    assert [(settings["join_before_host"], settings["waiting_room"]) for settings in (free, waiting, locked)] == [
        (True, False),
        (False, True),
        (False, True),
    ]


def test_a_moved_meeting_keeps_its_id_and_its_link(desk: Desk) -> None:
    made = desk.made()
    change = {"start_time": "2026-11-24T16:00:00", "timezone": "Europe/Berlin", "duration": 45, "type": 2}
    answer = desk.asks("PATCH", f"/meetings/{made['id']}", json=change)
    [kept] = desk.world.meetings()
    assert (answer.status_code, answer.content) == (204, b"")
    fresh = {"start_url": kept["start_url"], "start_time": "2026-11-24T15:00:00Z", "duration": 45}
    assert kept == made | fresh


def test_a_meeting_that_is_deleted_is_gone(desk: Desk) -> None:
    path = f"/meetings/{desk.made()['id']}"
    told = {"schedule_for_reminder": "false", "cancel_meeting_reminder": "true"}
    gone = f"Meeting does not exist: {path.rpartition('/')[2]}."
    assert desk.asks("DELETE", path, params=told).status_code == 204
    answers = [desk.asks("GET", path), desk.asks("PATCH", path, json={"duration": 5}), desk.asks("DELETE", path)]
    assert [refusal_of(answer) for answer in answers] == [(404, 3001, gone)] * 3
    assert listed(desk) == []


def test_an_occurrence_of_a_single_meeting_cannot_be_deleted(desk: Desk) -> None:
    path = f"/meetings/{desk.made()['id']}"
    answer = desk.asks("DELETE", path, params={"occurrence_id": "1648194360000"})
    assert refusal_of(answer) == (400, 300, "Invalid parameter: occurrence_id.")
    assert len(desk.world.meetings()) == 1


@pytest.mark.parametrize("meeting", ["x", "-1", "1" * 16])
def test_what_is_no_meeting_id_is_refused(desk: Desk, meeting: str) -> None:
    assert refusal_of(desk.asks("GET", f"/meetings/{meeting}")) == (400, 300, "Invalid meeting id.")


def test_a_token_speaks_for_one_person_only(desk: Desk) -> None:
    ben = desk.world.add_person("ben@acme.test", "Ben", "America/New_York")
    his = desk.world.makes_meeting("ben@acme.test", **MEETING)["id"]
    answers = [
        desk.asks("GET", f"/users/{ben.id}/meetings"),
        desk.asks("POST", "/users/ben@acme.test/meetings", json=MEETING),
        desk.asks("GET", f"/meetings/{his}"),
        desk.asks("DELETE", f"/meetings/{his}"),
    ]
    assert [refusal_of(answer)[:2] for answer in answers] == [(404, 1001), (404, 1001), (404, 3001), (404, 3001)]
    assert len(desk.world.meetings("ben@acme.test")) == 1


def test_a_meeting_is_forgotten_thirty_days_after_its_end(desk: Desk) -> None:
    meeting = desk.made()["id"]
    desk.world.now = lambda: NOW + timedelta(days=31)
    desk.world.expire_access_tokens()
    token = desk.world.sign_in(desk.client, ANA)["access_token"]
    answers = [desk.asks("GET", path, token) for path in (f"/meetings/{meeting}", "/users/me/meetings")]
    assert [refusal_of(answers[0])[:2], answers[1].json()["meetings"]] == [(404, 3001), []]


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        ({"data": {"topic": "x"}}, (415, 300, "Unsupported Content Type")),
        ({"content": b"{}"}, (415, 300, "Unsupported Content Type")),
        (
            {"content": b"{", "headers": {"Content-Type": "application/json"}},
            (400, 300, "Request Body should be a valid JSON object."),
        ),
        ({"json": []}, (400, 300, "Request Body should be a valid JSON object.")),
        ({"json": {"note": "x" * 300_000}}, (413, 300, "Request Entity Too Large")),
    ],
)
def test_a_body_that_is_none_is_refused(desk: Desk, sent: dict[str, Any], refusal: tuple[int, int, str]) -> None:
    assert refusal_of(desk.asks("POST", "/users/me/meetings", **sent)) == refusal


@pytest.mark.parametrize("bearer", [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic eA=="}])
def test_a_request_without_a_good_token_is_refused(desk: Desk, bearer: dict[str, str]) -> None:
    answer = desk.http.get("/v2/users/me", headers=bearer)
    assert refusal_of(answer) == (401, 124, "Invalid access token.")


def test_a_token_opens_what_its_scopes_name(desk: Desk) -> None:
    app = desk.world.register_client([CALLBACK], scopes=["user:read:user", "meeting:read:meeting"])
    token = desk.world.sign_in(app, ANA)["access_token"]
    meeting = desk.world.makes_meeting(ANA, **MEETING)["id"]
    asked = [
        ("GET", "/users/me"),
        ("GET", f"/meetings/{meeting}"),
        ("GET", "/users/me/meetings"),
        ("POST", "/users/me/meetings"),
        ("PATCH", f"/meetings/{meeting}"),
        ("DELETE", f"/meetings/{meeting}"),
    ]
    answers = [desk.asks(verb, path, token) for verb, path in asked]
    assert [answer.status_code for answer in answers] == [200, 200, 400, 400, 400, 400]
    missing = [
        "meeting:read:list_meetings",
        "meeting:write:meeting",
        "meeting:update:meeting",
        "meeting:delete:meeting",
    ]
    assert [refusal_of(answer)[1:] for answer in answers[2:]] == [
        (4711, f"Invalid access token, does not contain scopes:[{scope}, {scope}:admin].") for scope in missing
    ]


def test_an_old_app_gets_by_with_the_broad_scopes(desk: Desk) -> None:
    app = desk.world.register_client([CALLBACK], scopes=["user:read", "meeting:read", "meeting:write"])
    token = desk.world.sign_in(app, ANA)["access_token"]
    made = desk.asks("POST", "/users/me/meetings", token, json=MEETING)
    assert (made.status_code, desk.asks("GET", "/users/me", token).status_code) == (201, 200)
    assert desk.asks("DELETE", f"/meetings/{made.json()['id']}", token).status_code == 204


def test_somebody_who_lost_his_licence_may_not_host(desk: Desk) -> None:
    desk.world.forbid_hosting(ANA)
    message = "Meeting hosting and scheduling capabilities are not allowed for your user account."
    assert refusal_of(desk.creates()) == (400, 3161, message)


def test_series_are_said_not_to_be_kept(desk: Desk) -> None:
    assert refusal_of(desk.creates(type=8)) == (
        400,
        300,
        "This stand-in for Zoom keeps no series and no screen shares.",
    )
