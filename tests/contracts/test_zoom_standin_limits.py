"""The stand-in for Zoom counts requests a second and meetings a day, and says so in Zoom's words."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.sandbox.zoom.limits import FREE, Limits, Plan
from tests.contracts.zoom_desk import ANA, NOW, Desk, DeskFactory, refusal_of

DAILY_MESSAGE = (
    "You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular "
    "user. You may resume these requests at GMT 00:00:00."
)
DAILY = (429, 429, DAILY_MESSAGE)


@pytest.fixture
def desk(new_zoom_desk: DeskFactory) -> Iterator[Desk]:
    with new_zoom_desk() as desk:
        yield desk


class Watch:
    """A watch that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 50.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch(desk: Desk) -> Watch:
    watch = Watch()
    desk.world.limits = Limits(lambda: desk.world.now(), watch)
    return watch


def quota(answer: httpx.Response) -> dict[str, str]:
    return {
        name.removeprefix("x-ratelimit-"): value
        for name, value in answer.headers.items()
        if name.startswith("x-ratelimit-") or name == "retry-after"
    }


def test_every_answer_tells_what_is_left_of_the_second(desk: Desk, watch: Watch) -> None:
    answers = [desk.asks("GET", "/users/me"), desk.asks("GET", "/users/me"), desk.asks("GET", "/users/me/meetings")]
    assert [quota(answer) for answer in answers] == [
        {"category": "Light", "limit": "30", "remaining": "29"},
        {"category": "Light", "limit": "30", "remaining": "28"},
        {"category": "Medium", "limit": "20", "remaining": "19"},
    ]


def test_a_second_that_is_full_says_when_to_come_back(desk: Desk, watch: Watch) -> None:
    desk.world.limits.plan = FREE
    answers = [desk.creates() for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert refusal_of(answers[2])[1:] == (
        429,
        "You have reached the maximum per-second rate limit for this API. Try again later.",
    )
    assert quota(answers[2]) == {
        "category": "Medium",
        "type": "QPS",
        "limit": "2",
        "remaining": "0",
        "retry-after": "1",
    }
    assert desk.asks("GET", "/users/me").status_code == 200
    watch.seconds += 1
    assert desk.creates().status_code == 201
    assert len(desk.world.meetings()) == 3


def test_the_second_is_the_accounts_not_the_persons(desk: Desk, watch: Watch) -> None:
    desk.world.limits.plan = Plan(light=1, medium=1, heavy=1)
    desk.world.add_person("ben@acme.test", "Ben", "America/New_York")
    his = desk.world.sign_in(desk.client, "ben@acme.test")["access_token"]
    assert [desk.asks("GET", "/users/me").status_code, desk.asks("GET", "/users/me", his).status_code] == [200, 429]


def test_the_hundredth_meeting_of_a_day_is_the_last(desk: Desk) -> None:
    desk.world.limits.spend(desk.ana.id, 98)
    meeting = desk.made()["id"]
    change = desk.asks("PATCH", f"/meetings/{meeting}", json={"duration": 45})
    refused = [desk.creates(), desk.asks("PATCH", f"/meetings/{meeting}", json={"duration": 60})]
    assert (change.status_code, [refusal_of(answer) for answer in refused]) == (204, [DAILY] * 2)
    assert quota(refused[0]) == {"category": "Light", "limit": "6000", "remaining": "5893"}
    assert [meeting["duration"] for meeting in desk.world.meetings()] == [45]


def test_reading_and_deleting_go_on_when_the_day_is_used_up(desk: Desk) -> None:
    meeting = desk.made()["id"]
    desk.world.use_up_the_day(ANA)
    asked = [("GET", f"/meetings/{meeting}"), ("GET", "/users/me/meetings"), ("DELETE", f"/meetings/{meeting}")]
    assert [desk.asks(verb, path).status_code for verb, path in asked] == [200, 200, 204]


def test_the_day_is_each_persons_own(desk: Desk) -> None:
    desk.world.add_person("ben@acme.test", "Ben", "America/New_York")
    desk.world.use_up_the_day("ben@acme.test")
    assert desk.creates().status_code == 201


def test_a_request_that_is_refused_does_not_count(desk: Desk) -> None:
    desk.world.limits.spend(desk.ana.id, 99)
    assert [desk.creates(duration=0).status_code, desk.creates().status_code] == [400, 201]


@pytest.mark.parametrize(
    ("now", "status"),
    [
        (datetime(2026, 11, 24, 23, 59, 59, tzinfo=UTC), 429),
        (datetime(2026, 11, 25, tzinfo=UTC), 201),
        # Berlin is a day ahead already, New York a day behind: neither counts.
        (datetime.fromisoformat("2026-11-25T00:30:00+01:00"), 429),
        (datetime.fromisoformat("2026-11-24T19:00:00-05:00"), 201),
    ],
)
def test_the_day_ends_at_midnight_in_utc(desk: Desk, now: datetime, status: int) -> None:
    desk.world.use_up_the_day(ANA)
    desk.world.now = lambda: now
    fresh = desk.world.sign_in(desk.client, ANA)["access_token"]
    meeting = {"topic": "x", "start_time": "2026-11-26T10:00:00Z"}
    assert desk.asks("POST", "/users/me/meetings", fresh, json=meeting).status_code == status


def test_what_is_left_of_the_day_can_be_asked(desk: Desk) -> None:
    desk.made()
    assert desk.world.limits.left_today(desk.ana.id) == 99
    desk.world.now = lambda: NOW + timedelta(days=1)
    assert desk.world.limits.left_today(desk.ana.id) == 100
