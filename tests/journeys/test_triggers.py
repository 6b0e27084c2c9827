"""Triggers from their form to the channel and the webhook, with the whole bot running."""

import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.sandbox.serving import serving
from storage.tables import FIRINGS, METADATA
from tests.journeys.bookings import Bookings, clears_away, moved_in
from tests.journeys.house import House

pytestmark = pytest.mark.slow

WHEN = "Nov 25, 2026 16:00 - 16:30"


@pytest.fixture
def booking(house: House) -> Iterator[Bookings]:
    clears_away(house)
    yield moved_in(house)
    house.is_settled()
    with house.store.connected("writing") as connection:
        connection.execute(METADATA.tables["trigger_rule"].delete())
        connection.commit()


@dataclass
class Ear:
    """An address that is called, and what it heard."""

    url: str = ""
    status: int = 200
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def an_ear() -> Iterator[Ear]:
    ear = Ear()

    async def hear(request: Request) -> Response:
        ear.heard.append((dict(request.headers), await request.body()))
        return Response(status_code=ear.status)

    with serving(Starlette(routes=[Route("/daybook", hear, methods=["POST"])])) as url:
        ear.url = f"{url}/daybook"
        yield ear


def fires(booking: Bookings) -> None:
    """Have everything done that triggers fired for."""
    house = booking.house
    house.is_settled()
    house.runs("fire_triggers")
    held = select(FIRINGS.c.id).where(FIRINGS.c.lease_until.is_not(None))

    def is_done() -> bool:
        with house.store.connected("reading") as connection:
            return connection.execute(held).first() is None

    house.waits_until(is_done)


def in_sales(booking: Bookings) -> list[str]:
    """What stands in #sales, as Ben reads it."""
    town = booking.house.town
    [sales] = [one for one in town.workspace.channels.values() if one.name == "sales"]
    return [booking.ben.reads(message) for message in town.slack.messages_in(sales.id)]


def test_a_booking_is_posted_and_its_cancellation_too(booking: Bookings) -> None:
    house, ana = booking.house, booking.ana
    already = len(in_sales(booking))
    assert "No triggers yet." in house.types(ana, "/daybook triggers")
    assert "Then (Post to a channel ▾) Channel (Choose a channel ▾)" in house.clicks(ana, "New trigger")
    ana.fills("When", ["Booked", "Cancelled"])
    ana.fills("Channel", "#sales")
    ana.fills("Text", "{what}: {contact} with {host}, {when}")
    assert "Post to #sales is on. It fires for what happens from now on." in house.submits(ana).replace("*", "")
    ana.closes()
    assert "When booked or cancelled: posts to #sales not fired yet" in house.sees(ana)
    ana.closes()

    booking.has_booked(booking.ben, "2026-11-25 10:00", contact="maya@ortiz.test", name_of_the_new_contact="Maya Ortiz")
    fires(booking)
    house.clicks(booking.ana, "Cancel", near="Maya Ortiz and Ana")
    house.submits(booking.ana)
    booking.ana.closes(all_of_them=True)
    fires(booking)
    fires(booking)
    booked, cancelled = in_sales(booking)[already:]
    assert "booked: Maya Ortiz with Ana, Nov 25, 2026 10:00 - 10:30" in booked
    assert "cancelled: Maya Ortiz with Ana, Nov 25, 2026 10:00 - 10:30" in cancelled
    assert "Trigger Post to #sales, set up by Ana" in booked.replace("*", "")

    house.types(ana, "/daybook triggers")
    told = house.clicks(ana, "Open")
    assert "*What it did* · 2, the newest first" in told
    assert told.count("done") == 2
    ana.closes(all_of_them=True)


def test_a_webhook_is_called_signed_and_again_by_hand_under_the_same_id(booking: Bookings) -> None:
    house, ana = booking.house, booking.ana
    with an_ear() as ear:
        house.types(ana, "/daybook triggers")
        house.clicks(ana, "New trigger")
        ana.fills("When", ["Booked"])
        ana.fills("Then", "Call a webhook")
        house.is_settled()
        ana.fills("Address", ear.url)
        told = house.submits(ana)
        secret = told.partition("not shown again: ")[2].split()[0].strip("`")
        ana.closes()
        told = house.clicks(ana, "Open")
        assert secret not in told
        house.clicks(ana, "Try it")
        assert "took the call, marked as a test." in house.sees(ana)
        ana.closes(all_of_them=True)
        ear.status = 404
        booking.has_booked(booking.ben, "2026-11-25 10:00", contact="maya@ortiz.test")
        fires(booking)
        house.types(ana, "/daybook triggers")
        assert "fired 1 time, *1 came to nothing*" in house.sees(ana)
        assert "answered 404." in house.clicks(ana, "Open")
        ear.status = 200
        house.clicks(ana, "Run again")
        fires(booking)
        ana.closes(all_of_them=True)
    (tested, _), (first, body), (second, again) = ear.heard
    assert tested["daybook-test"] == "true"
    assert (first["daybook-id"], body) == (second["daybook-id"], again)
    signed = f"{second['daybook-timestamp']}.".encode() + again
    assert second["daybook-signature"] == "v1=" + hmac.new(secret.encode(), signed, sha256).hexdigest()
    appointment = json.loads(body)["appointment"]
    assert (appointment["start"], appointment["host"]) == ("2026-11-25T16:00:00+01:00", "Ana")


def test_a_member_who_is_no_admin_is_told_what_looks_at_him_and_nothing_else(booking: Bookings) -> None:
    house = booking.house
    house.types(booking.ben, "/daybook triggers")
    shown = house.clicks(booking.ben, "New trigger")
    assert "It looks at what you host. An admin can make triggers for everybody." in shown
    booking.ben.fills("When", ["Booked"])
    booking.ben.fills("Then", "Tag the contact")
    house.is_settled()
    booking.ben.fills("Tag", "Ben's lead")
    assert "Tag as ben's lead is on." in house.submits(booking.ben).replace("*", "")
    booking.ben.closes(all_of_them=True)
    booking.has_booked(booking.ben, "2026-11-25 10:00", with_="@ben", contact="lee@chen.test")
    fires(booking)
    with house.store.connected("reading") as connection:
        tags = connection.scalar(select(METADATA.tables["contact"].c.tags))
    assert tags == '["ben\'s lead"]'
