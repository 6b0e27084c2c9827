"""Appointments from the form to Google, Zoom and the card, with the whole bot running; ledgers are counted."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import parse_qs, urlencode

import httpx
import pytest

from bot.sandbox.google.errors import backend_error
from bot.sandbox.slack.delivery import Delivery
from bot.sandbox.slack.people import Member
from tests.integration import deliveries
from tests.journeys.bookings import Bookings, clears_away, moved_in
from tests.journeys.house import House
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

TITLE = "Maya Ortiz and Ana"


@pytest.fixture
def booking(house: House) -> Iterator[Bookings]:
    clears_away(house)
    yield moved_in(house)
    house.is_settled()


def submission(house: House) -> Delivery:
    """The form as Slack delivered it last."""
    return next(one for one in reversed(house.town.slack.deliveries) if one.kind == "view_submission")


def delivered_again(house: House, times: int) -> None:
    """Have Slack deliver the last form again, all at once."""
    sent = submission(house).sent
    with (
        httpx.Client(base_url=house.url, trust_env=False, verify=False, timeout=PATIENCE) as slack,
        ThreadPoolExecutor() as at_once,
    ):
        secret = house.town.slack.app.signing_secret
        given = at_once.map(lambda _: deliveries.deliver(slack, secret, (sent, deliveries.FORM_TYPE)), range(times))
        assert {answer.status_code for answer in given} == {httpx.codes.OK}
    house.is_settled()


def test_a_booking_is_one_event_one_meeting_and_one_card(booking: Bookings) -> None:
    told = booking.books(
        booking.ben, "2026-11-25 10:00", contact="maya@ortiz.test", name_of_the_new_contact="Maya Ortiz"
    )
    assert "*Booked:* Maya Ortiz and Ana *Wed 25 Nov, 10:00-10:30* New York · 16:00 for Ana in Berlin · Zoom" in told
    booking.delivers()

    [meeting], event = booking.meetings(), booking.event(TITLE)
    assert (meeting["topic"], meeting["start_time"], meeting["duration"], meeting["timezone"]) == (
        TITLE,
        "2026-11-25T15:00:00Z",
        30,
        "Europe/Berlin",
    )
    assert event["start"] == {"dateTime": "2026-11-25T16:00:00+01:00", "timeZone": "Europe/Berlin"}
    assert event["end"] == {"dateTime": "2026-11-25T16:30:00+01:00", "timeZone": "Europe/Berlin"}
    assert event["location"] == meeting["join_url"]
    assert [guest["email"] for guest in event["attendees"]] == ["maya@ortiz.test"]
    assert booking.mails() == [("invitation", "maya@ortiz.test")]
    card = booking.card(TITLE)
    assert "*Maya Ortiz and Ana* · confirmed Nov 25, 2026 16:00 - 16:30 · Zoom" in card
    assert "with Maya Ortiz (maya@ortiz.test) · booked by Ben · invitation e-mailed" in card
    assert "[Join Zoom ↗] [Reschedule] [Cancel] [Undo booking]" in card
    assert booking.thread(TITLE) == ["Booked by Ben."]
    assert (len(booking.inserts()), len(booking.creates())) == (1, 1)


# fault 4
def test_one_form_delivered_five_times_books_once(booking: Bookings) -> None:
    booking.books(booking.ben, "2026-11-25 10:00", contact="maya@ortiz.test")
    delivered_again(booking.house, 4)
    booking.delivers()

    assert (len(booking.inserts()), len(booking.creates())) == (1, 1)
    assert booking.mails() == [("invitation", "maya@ortiz.test")]
    assert len(booking.cards("maya and Ana")) == 1


# fault 5
def test_a_form_that_is_submitted_once_more_shows_the_same_booking(booking: Bookings) -> None:
    booking.opens(booking.ben, "2026-11-25 10:00")
    booking.fills(booking.ben, title="Double click")
    before = len(booking.house.town.slack.deliveries)
    booking.ben.submits()
    payload = submission(booking.house)
    assert len(booking.house.town.slack.deliveries) == before + 1
    # Another delivery of its own, as of a second device: not the same body, but the same form.
    again = payload.sent + b"&"
    with httpx.Client(base_url=booking.house.url, trust_env=False, verify=False, timeout=PATIENCE) as slack:
        secret = booking.house.town.slack.app.signing_secret
        assert deliveries.deliver(slack, secret, (again, deliveries.FORM_TYPE)).status_code == httpx.codes.OK
    booking.delivers()

    assert (len(booking.inserts()), len(booking.creates()), booking.appointments()) == (1, 1, 1)
    assert "*Booked:* Double click" in booking.house.sees(booking.ben)


# fault 6
def test_of_two_in_a_race_one_books_and_the_other_keeps_what_was_typed(booking: Bookings) -> None:
    house = booking.house
    cara = house.person(house.town.cara)
    booking.opens(booking.ben, "2026-11-25 5:00")
    booking.fills(booking.ben, title="Race", note="Twenty seats.")
    booking.opens(cara, "2026-11-25 11:00")
    booking.fills(cara, title="Race", note="Twenty seats.")
    booking.ben.submits()
    cara.submits()
    seen = {person: house.sees(person) for person in (booking.ben, cara)}

    assert sum("*Booked:* Race" in told for told in seen.values()) == 1
    [(loser, told)] = [(person, told) for person, told in seen.items() if "taken a moment ago" in told]
    assert "Everything you typed is still here. Nearest:" in told
    assert "[Race]" in told
    assert "[Twenty seats.]" in told
    nearest = "11:30" if loser is cara else "5:30"
    house.clicks(loser, nearest)
    assert "*Booked:* Race" in house.submits(loser)
    booking.delivers()
    assert sorted(event["start"]["dateTime"] for event in booking.events()) == [
        "2026-11-25T11:00:00+01:00",
        "2026-11-25T11:30:00+01:00",
    ]
    assert (len(booking.inserts()), len(booking.creates())) == (2, 2)


def test_a_calendar_that_cannot_be_read_now_needs_book_anyway(booking: Bookings) -> None:
    booking.house.clock.time += timedelta(hours=3)
    booking.house.google.faults.on("GET", ".*/events", times=1000).answer(503, backend_error())
    told = booking.books(booking.ben, "2026-11-25 10:00", title="Blind")
    assert "Google did not answer about 3 calendars of Ana; they were last read" in told
    assert "Tick *Book anyway* if you want the time all the same." in told
    assert booking.appointments() == 0

    booking.fills(booking.ben, options=["Book anyway"])
    assert "*Booked:* Blind" in booking.house.submits(booking.ben)
    booking.delivers()
    assert booking.event("Blind")["start"]["dateTime"] == "2026-11-25T16:00:00+01:00"


def test_past_ones_hours_is_for_oneself_and_only_by_the_switch(booking: Bookings) -> None:
    assert "Outside my hours too" not in booking.opens(booking.ben, "2026-11-25")
    booking.ben.closes(all_of_them=True)
    assert "Outside my hours too" in booking.opens(booking.ana, "2026-11-25", with_="")
    booking.fills(booking.ana, options=["Outside my hours too"], title="Late")
    booking.fills(booking.ana, time="21:00")
    assert "*Booked:* Late" in booking.house.submits(booking.ana)
    booking.delivers()
    assert booking.event("Late")["start"]["dateTime"] == "2026-11-25T21:00:00+01:00"


# fault 11
@pytest.mark.parametrize("home_team", ["", "T0GLOBEX"], ids=["guest", "other organisation"])
def test_whoever_is_no_full_member_books_nothing(booking: Bookings, home_team: str) -> None:
    house, workspace = booking.house, booking.house.town.workspace
    gil = house.town.slack.people.add_member(workspace.id, "gil", "Gil", guest=not home_team, home_team=home_team)
    told = house.types(house.person(gil), "/daybook book @ana 30m 2026-11-25 10:00")
    assert ("Daybook belongs to another workspace" if home_team else "full members") in told
    house.person(gil).closes(all_of_them=True)

    booking.books(booking.ben, "2026-11-25 10:00", title="Ben's")
    house.clicks(booking.ben, "Undo booking")
    house.delivers(forged(house, gil))
    assert booking.appointments() == 1
    house.delivers(forged(house, house.town.cara))  # the form itself was well
    assert booking.appointments() == 2
    house.town.slack.problems.clear()  # the forms were Ben's, and not open any more


def test_of_three_offered_times_the_first_taken_is_booked_and_the_others_go(booking: Bookings) -> None:
    house, ana, ben = booking.house, booking.ana, booking.ben
    cara = house.person(house.town.cara)
    ana.types("/daybook slots 30m 2026-11-25", channel="#sales")
    house.is_settled()
    assert "*Ana offers 3 times*, 30 minutes · Zoom" in house.clicks(ana, "Offer three in channel")

    ben.clicks("Take it", near=" 9:00 Berlin")
    cara.clicks("Take it", near=" 14:30 Berlin")
    seen = house.sees(ben) + house.sees(cara)
    booking.delivers()

    assert booking.appointments() == 1
    assert (len(booking.inserts()), len(booking.creates())) == (1, 1)
    assert "has taken a time of Ana: Nov 25, 2026" in seen
    [offer] = [each for each in house.town.slack.messages_in(sales(house)) if "time of Ana" in ana.reads(each)]
    assert "Take it" not in ana.reads(offer)


def sales(house: House) -> str:
    """The id of #sales."""
    return next(one.id for one in house.town.workspace.channels.values() if one.name == "sales")


def forged(house: House, member: Member) -> tuple[bytes, str]:
    """The last form, as if another member had submitted it."""
    payload = json.loads(parse_qs(submission(house).sent.decode())["payload"][0])
    payload["user"] = {"id": member.id, "team_id": member.team_id}
    return urlencode({"payload": json.dumps(payload)}).encode(), deliveries.FORM_TYPE
