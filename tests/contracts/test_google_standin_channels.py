"""Push channels of the stand-in for Google: opened, told through and stopped as Google's own."""

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.google.channels import LONGEST_LIFE, USUAL_LIFE
from bot.sandbox.serving import serving
from tests.contracts.google_desk import ALL, ANA, Desk, put, refusal_of
from tests.contracts.google_schema import check_answer

BEN = "ben@acme.test"
HOLIDAYS = "de.german#holiday@group.v.calendar.google.com"
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
FAR_AWAY = "https://daybook.example.com/webhooks/google"


class Listener:
    """Somebody who is told of changes; he answers with `status`."""

    def __init__(self) -> None:
        self.heard: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.url = ""

    async def receive(self, request: Request) -> Response:
        self.heard.append((dict(request.headers), await request.body()))
        return Response(status_code=self.status)


@pytest.fixture(scope="module")
def served() -> Iterator[Listener]:
    listener = Listener()
    app = Starlette(routes=[Route("/webhooks/google", listener.receive, methods=["POST"])])
    with serving(app) as url:
        listener.url = f"{url}/webhooks/google"
        yield listener


@pytest.fixture
def listener(served: Listener) -> Listener:
    served.heard, served.status = [], 200
    return served


@pytest.fixture
def google(desk: Desk) -> Iterator[Desk]:
    desk.world.now = lambda: NOW
    desk.world.grants._now = desk.world.now
    yield desk
    desk.world.channels.settle()


def watch(service: Any, address: str, calendar: str = "primary", **body: Any) -> Any:
    channel = {"id": "channel-1", "type": "web_hook", "address": address, "token": "secret-1"} | body
    return service.events().watch(calendarId=calendar, body=channel)


def stop(service: Any, channel_id: str, resource_id: str) -> Any:
    return service.channels().stop(body={"id": channel_id, "resourceId": resource_id})


def milliseconds(moment: datetime) -> str:
    return str(int(moment.timestamp() * 1000))


def test_a_channel_is_what_the_discovery_document_says(google: Desk, listener: Listener) -> None:
    answer = watch(google.calendar(), listener.url).execute()
    check_answer(answer, "Channel")
    assert answer == {
        "kind": "api#channel",
        "id": "channel-1",
        "resourceId": answer["resourceId"],
        "resourceUri": "https://www.googleapis.com/calendar/v3/calendars/ana%40acme.test/events?alt=json",
        "token": "secret-1",
        "expiration": milliseconds(NOW + USUAL_LIFE),
    }


def test_a_channel_says_first_that_it_is_open_and_then_that_something_changed(google: Desk, listener: Listener) -> None:
    answer = watch(google.calendar(), listener.url).execute()
    put(google, "Stand-up")
    google.world.channels.settle()

    (first, first_body), (second, second_body) = listener.heard
    goog = {name: value for name, value in first.items() if name.startswith("x-goog-")}
    assert goog == {
        "x-goog-channel-id": "channel-1",
        "x-goog-channel-token": "secret-1",
        "x-goog-channel-expiration": "Tue, 01 Dec 2026 08:00:00 GMT",
        "x-goog-resource-state": "sync",
        "x-goog-message-number": "1",
        "x-goog-resource-id": answer["resourceId"],
        "x-goog-resource-uri": answer["resourceUri"],
    }
    assert (second["x-goog-resource-state"], first_body, second_body) == ("exists", b"", b"")
    assert parsedate_to_datetime(second["x-goog-channel-expiration"]) == NOW + USUAL_LIFE


CHANGES: list[Callable[[Desk, str], object]] = [
    lambda desk, event: desk.world.change_event(ANA, event, summary="Other"),
    lambda desk, event: desk.world.delete_event(ANA, event),
    lambda desk, event: desk.world.move_event(ANA, event, desk.world.add_calendar(ANA, "Side", "UTC")),
    lambda desk, event: desk.calendar().events().delete(calendarId="primary", eventId=event).execute(),
]


@pytest.mark.parametrize("change", CHANGES, ids=["changed", "deleted", "moved", "deleted by a client"])
def test_every_kind_of_change_is_told_of(
    google: Desk, listener: Listener, change: Callable[[Desk, str], object]
) -> None:
    event = put(google, "Stand-up")
    watch(google.calendar(), listener.url).execute()
    change(google, event)
    google.world.channels.settle()
    assert [told.state for told in google.world.channels.told] == ["sync", "exists"]


def test_numbers_of_messages_rise_and_are_not_without_gaps(google: Desk, listener: Listener) -> None:
    watch(google.calendar(), listener.url).execute()
    for number in range(30):
        put(google, f"Event {number}")
    google.world.channels.settle()
    numbers = [int(headers["x-goog-message-number"]) for headers, _ in listener.heard]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == 31
    assert numbers[-1] > 31


def test_another_calendars_changes_are_not_told_of(google: Desk, listener: Listener) -> None:
    side = google.world.add_calendar(ANA, "Side", "UTC")
    watch(google.calendar(), listener.url).execute()
    google.world.put_event(side, start="2026-12-01T10:00", end="2026-12-01T11:00")
    google.world.channels.settle()
    assert [told.state for told in google.world.channels.told] == ["sync"]


# fault 22
def test_two_who_watch_one_calendar_have_the_same_resource_and_channels_of_their_own(
    google: Desk, listener: Listener
) -> None:
    google.world.add_account(BEN, "Ben", "America/New_York")
    google.world.share(ANA, BEN, "reader")
    hers = watch(google.calendar(), listener.url, ANA).execute()
    his = watch(google.calendar(account=BEN), listener.url, ANA, id="channel-2").execute()
    assert hers["resourceId"] == his["resourceId"]
    assert refusal_of(stop(google.calendar(account=BEN), "channel-1", hers["resourceId"])) == (404, "notFound")

    google.world.unshare(ANA, BEN)
    put(google, "Stand-up")
    google.world.channels.settle()

    told = [(one.channel_id, one.state) for one in google.world.channels.told]
    assert told == [("channel-1", "sync"), ("channel-2", "sync"), ("channel-1", "exists")]


def test_a_stopped_channel_is_silent_and_stops_once(google: Desk, listener: Listener) -> None:
    service = google.calendar()
    resource = watch(service, listener.url).execute()["resourceId"]
    assert refusal_of(stop(service, "channel-1", "another resource")) == (404, "notFound")
    assert stop(service, "channel-1", resource).execute() == ""
    put(google, "Stand-up")
    google.world.channels.settle()
    assert [told.state for told in google.world.channels.told] == ["sync"]
    assert refusal_of(stop(service, "channel-1", resource)) == (404, "notFound")
    assert refusal_of(watch(service, listener.url)) == (400, "channelIdNotUnique")


@pytest.mark.parametrize(
    ("asked", "life"),
    [
        ({}, USUAL_LIFE),
        ({"params": {"ttl": "3600"}}, timedelta(hours=1)),
        ({"expiration": milliseconds(NOW + timedelta(days=2))}, timedelta(days=2)),
        ({"expiration": milliseconds(NOW + timedelta(days=365))}, LONGEST_LIFE),
    ],
)
def test_a_channel_lives_as_long_as_asked_within_bounds(
    google: Desk, listener: Listener, asked: dict[str, Any], life: timedelta
) -> None:
    answer = watch(google.calendar(), listener.url, **asked).execute()
    assert answer["expiration"] == milliseconds(NOW + life)


def test_a_channel_ends_by_itself(google: Desk, listener: Listener) -> None:
    service = google.calendar()
    resource = watch(service, listener.url).execute()["resourceId"]
    assert [channel.id for channel in google.world.channels.open] == ["channel-1"]
    google.world.now = lambda: NOW + USUAL_LIFE
    put(google, "Stand-up")
    google.world.channels.settle()
    assert (len(listener.heard), google.world.channels.open) == (1, ())
    google.world.grants._now = lambda: NOW
    assert refusal_of(stop(service, "channel-1", resource)) == (404, "notFound")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"id": ""}, "required"),
        ({"id": 7}, "invalid"),
        ({"id": "x" * 65}, "invalid"),
        ({"id": "no blanks"}, "invalid"),
        ({"type": "carrier_pigeon"}, "invalid"),
        ({"token": "x" * 257}, "invalid"),
        ({"address": ""}, "required"),
        ({"address": "daybook"}, "required"),
        ({"address": "http://daybook.example.com/webhooks/google"}, "push.webhookUrlNotHttps"),
        ({"expiration": milliseconds(NOW)}, "invalid"),
        ({"expiration": "soon"}, "invalid"),
    ],
)
def test_a_channel_that_cannot_be_is_refused(
    google: Desk, listener: Listener, wrong: dict[str, Any], reason: str
) -> None:
    body = {"id": "channel-1", "type": "web_hook", "address": listener.url} | wrong
    asked = google.calendar().events().watch(calendarId="primary", body=body)
    assert refusal_of(asked) == (400, reason)
    assert google.world.channels.open == ()


def test_a_calendar_that_google_keeps_by_itself_is_not_told_of(google: Desk) -> None:
    google.world.add_calendar(ANA, "Holidays", "Europe/Berlin", calendar_id=HOLIDAYS)
    asked = watch(google.calendar(), FAR_AWAY, HOLIDAYS)
    assert refusal_of(asked) == (400, "pushNotSupportedForRequestedResource")


def test_a_calendar_that_is_not_there_is_not_watched(google: Desk) -> None:
    assert refusal_of(watch(google.calendar(), FAR_AWAY, BEN)) == (404, "notFound")
    assert refusal_of(watch(google.calendar(ALL[1]), FAR_AWAY)) == (403, "insufficientPermissions")


def test_nothing_leaves_this_machine(google: Desk) -> None:
    watch(google.calendar(), FAR_AWAY).execute()
    put(google, "Stand-up")
    google.world.channels.settle()
    assert google.world.channels.told == ()


def test_messages_can_be_lost_on_their_way(google: Desk, listener: Listener) -> None:
    watch(google.calendar(), listener.url).execute()
    google.world.channels.mute()
    put(google, "Lost")
    google.world.channels.mute(is_mute=False)
    put(google, "Told")
    google.world.channels.settle()
    assert [told.state for told in google.world.channels.told] == ["sync", "exists"]


def test_whoever_does_not_answer_or_answers_badly_is_told_on(google: Desk, listener: Listener) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        closed = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
    watch(google.calendar(), closed).execute()
    listener.status = 500
    watch(google.calendar(), listener.url, id="channel-2").execute()
    put(google, "Stand-up")
    google.world.channels.settle()
    told = [(one.channel_id, one.status) for one in google.world.channels.told]
    assert told == [("channel-1", None), ("channel-2", 500), ("channel-1", None), ("channel-2", 500)]
