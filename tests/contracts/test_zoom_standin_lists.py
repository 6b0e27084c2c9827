"""Lists of meetings at the stand-in for Zoom: what is upcoming, page after page, and for how long a page is good."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.contracts.zoom_desk import NOW, Desk, DeskFactory, listed, refusal_of, wrong_fields


@pytest.fixture
def desk(new_zoom_desk: DeskFactory) -> Iterator[Desk]:
    with new_zoom_desk() as desk:
        yield desk


def test_upcoming_is_what_is_not_over_and_not_further_than_half_a_year(desk: Desk) -> None:
    for topic, start in [
        ("Over", "2026-11-24T07:30:00Z"),
        ("Running", "2026-11-24T07:31:00Z"),
        ("Later", "2027-05-20T10:00:00Z"),
        ("Tomorrow", "2026-11-25T10:00:00Z"),
        ("Too far", "2027-06-01T10:00:00Z"),
    ]:
        desk.made(topic=topic, start_time=start)
    assert listed(desk, "upcoming") == listed(desk, "upcoming_meetings") == ["Running", "Tomorrow", "Later"]
    assert listed(desk, "scheduled") == ["Over", "Running", "Tomorrow", "Later", "Too far"]
    assert (listed(desk, "previous_meetings"), listed(desk, "live")) == (["Over"], [])
    days = {"from": "2026-11-25", "to": "2027-05-20"}
    assert listed(desk, "upcoming", **days) == ["Tomorrow", "Later"]


# fault 32
def test_a_list_cuts_the_agenda_and_tells_no_secret(desk: Desk) -> None:
    desk.made(agenda="ref:a1 " + "x" * 300)
    [meeting] = desk.asks("GET", "/users/me/meetings", params={"type": "upcoming"}).json()["meetings"]
    assert meeting["agenda"] == "ref:a1 " + "x" * 243
    assert {"password", "start_url", "settings"} & meeting.keys() == set()


def test_pages_follow_each_other_and_a_token_repeats_its_page(desk: Desk) -> None:
    for number in range(5):
        desk.made(topic=str(number))
    seen, query = [], {"page_size": "2"}
    while True:
        page = desk.asks("GET", "/users/me/meetings", params=query).json()
        assert page == desk.asks("GET", "/users/me/meetings", params=query).json() | {
            "next_page_token": page["next_page_token"]
        }
        seen.append([meeting["topic"] for meeting in page["meetings"]])
        if not page["next_page_token"]:
            break
        query = {"page_size": "2", "next_page_token": page["next_page_token"]}
    assert seen == [["0", "1"], ["2", "3"], ["4"]]
    assert (page["total_records"], page["page_size"]) == (5, 2)


def test_pages_may_be_shorter_than_asked_for(desk: Desk) -> None:
    for _ in range(2):
        desk.made()
    desk.world.pages.longest = 1
    page = desk.asks("GET", "/users/me/meetings", params={"page_size": "300"}).json()
    assert (len(page["meetings"]), page["total_records"], bool(page["next_page_token"])) == (1, 2, True)


def test_a_page_token_is_for_its_list_and_for_a_quarter_of_an_hour(desk: Desk) -> None:
    for _ in range(2):
        desk.made()
    token = desk.asks("GET", "/users/me/meetings", params={"page_size": "1"}).json()["next_page_token"]
    other = desk.asks("GET", "/users/me/meetings", params={"type": "upcoming", "next_page_token": token})
    desk.world.now = lambda: NOW + timedelta(minutes=15)
    late = desk.asks("GET", "/users/me/meetings", params={"next_page_token": token})
    assert [refusal_of(answer)[:2] for answer in (other, late)] == [(400, 300), (400, 300)]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"page_size": "301"}, ["page_size"]),
        ({"page_size": "9" * 5000}, ["page_size"]),
        ({"page_size": "x", "type": "all"}, ["type", "page_size"]),
        ({"from": "2026-13-01", "timezone": "Nowhere"}, ["from", "timezone"]),
    ],
)
def test_a_list_is_not_given_for_a_wrong_wish(desk: Desk, query: dict[str, str], fields: list[str]) -> None:
    assert wrong_fields(desk.asks("GET", "/users/me/meetings", params=query)) == fields
