"""Every kind of answer of the stand-in for Zoom is what Zoom's own description says it is."""

from collections.abc import Iterator

import httpx
import jsonschema
import pytest

from bot.sandbox.zoom.api import METHODS, Method
from bot.sandbox.zoom.fields import FIELDS, SETTINGS
from tests.contracts.zoom_desk import ANA, MEETING, Desk, DeskFactory
from tests.contracts.zoom_schema import check_answer, operation, request_fields

MINE = "/users/{userId}/meetings"
ONE = "/meetings/{meetingId}"
# Zoom sends them, and its own examples have them; this copy of the description has left them out.
ALSO_SENT = frozenset({"uuid", "host_id", "status"})


@pytest.fixture
def desk(new_zoom_desk: DeskFactory) -> Iterator[Desk]:
    with new_zoom_desk() as desk:
        yield desk


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"type": 1},
        {"type": 3},
        {"default_password": False},
        {"settings": {"waiting_room": False, "join_before_host": True, "jbh_time": 5, "auto_recording": "cloud"}},
    ],
    ids=["scheduled", "instant", "no fixed time", "no passcode", "settings"],
)
def test_a_new_meeting_is_valid(desk: Desk, changed: dict[str, object]) -> None:
    made = desk.creates(**changed)
    check_answer(made, "POST", MINE, beyond=ALSO_SENT)
    check_answer(desk.asks("GET", f"/meetings/{made.json()['id']}"), "GET", ONE)


def test_a_list_is_valid_on_every_page(desk: Desk) -> None:
    for topic in ("First", "Second"):
        desk.made(topic=topic)
    desk.world.makes_meeting(ANA, topic="By hand", type=3)
    first = desk.asks("GET", "/users/me/meetings", params={"page_size": "2"})
    token = {"page_size": "2", "next_page_token": first.json()["next_page_token"]}
    second = desk.asks("GET", "/users/me/meetings", params=token)
    for page in (first, second):
        check_answer(page, "GET", MINE)
    assert [len(page.json()["meetings"]) for page in (first, second)] == [2, 1]


def test_a_change_and_a_deletion_are_valid(desk: Desk) -> None:
    meeting = desk.made()["id"]
    check_answer(desk.asks("PATCH", f"/meetings/{meeting}", json={"duration": 45}), "PATCH", ONE)
    check_answer(desk.asks("DELETE", f"/meetings/{meeting}"), "DELETE", ONE)


@pytest.mark.parametrize(
    "wrong", [{"id": "1"}, {"topic": 1}, {"start_time": "2026-11-24T14:00:00+00:00"}, {"tpic": "x"}]
)
def test_an_answer_that_zoom_would_not_give_is_found_out(wrong: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check_answer(httpx.Response(200, json=wrong), "GET", ONE)


@pytest.mark.parametrize("method", [method for method in METHODS if method.id != "user"], ids=lambda method: method.id)
def test_a_method_has_the_scopes_and_the_weight_that_zoom_describes(method: Method) -> None:
    path = method.path.replace("{user}", "{userId}").replace("{meeting}", "{meetingId}")
    described = operation(method.verb, path)
    accepted = described["x-extensions"]["x-granular-scopes"] + described["x-extensions"]["x-macro-scopes"]
    assert (described["operationId"], set(method.scopes)) == (method.id, set(accepted))
    assert f"`{method.label.upper()}`" in described["description"]
    assert str(method.status) in described["responses"]


def test_what_is_read_from_a_request_is_what_zoom_describes() -> None:
    described = request_fields("POST", MINE)
    settings = described["settings"]["properties"]
    assert (FIELDS.keys() - described.keys(), SETTINGS.keys() - settings.keys()) == (set(), set())
    for known, schemas in ((FIELDS, described), (SETTINGS, settings)):
        for name, is_good in known.items():
            for value in schemas[name].get("enum", []):
                assert is_good(value), name
            if "maxLength" in schemas[name] and name != "password":
                longest = "x" * schemas[name]["maxLength"]
                assert (is_good(longest), is_good(f"{longest}x")) == (True, False), name
    jsonschema.validate(MEETING, {"type": "object", "properties": described})
