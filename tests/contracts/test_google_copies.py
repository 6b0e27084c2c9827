"""Appointments' events: the client in front of the stand-in and the fake of the tests do the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid5

import pytest

from bot.clients.google.copies import GoogleCopies
from bot.domain.effects import event_id_of, uid_of
from bot.domain.errors import CalendarGone, EventChanged, EventGone, ProviderDown
from bot.domain.event_copies import CopyPlan, EventExists, Guest
from bot.domain.owned_fields import OwnedFields
from bot.ports import EventCopies
from tests.builders import BERLIN, NEW_YORK, span
from tests.contracts.google_client import ANA, Stage
from tests.fakes.event_copies import FakeCopies

APPOINTMENT = UUID(int=77)
EVENT = event_id_of(APPOINTMENT, 0)
MAYA = Guest("maya@ortiz.test", "Maya Ortiz")
FIELDS = OwnedFields(
    span("15:00-15:30"), BERLIN, "Maya Ortiz and Ana", "https://zoom.test/j/91", "Booked with Daybook."
)
PLAN = CopyPlan(APPOINTMENT, FIELDS)
INVITING = replace(PLAN, guests=(MAYA,), mails=True)


@dataclass
class Place:
    """One calendar of Ana's, and what a person does to its events in Google's pages."""

    copies: EventCopies
    account: UUID
    delete: Callable[[], None]
    rename: Callable[[str], None]
    move: Callable[[str], None]
    mails: Callable[[], Sequence[tuple[str, str]]]

    def insert(self, plan: CopyPlan = PLAN) -> str:
        """The etag of the event as it was made."""
        return self.copies.insert(self.account, ANA, EVENT, plan).etag

    def patch(self, plan: CopyPlan, etag: str) -> str:
        """The etag of the event as it was changed."""
        return self.copies.patch(self.account, ANA, EVENT, plan, etag=etag).etag


@pytest.fixture(params=["google", "fake"])
def place(request: pytest.FixtureRequest, stage: Stage) -> Place:
    if request.param == "fake":
        fake = FakeCopies()
        return Place(
            fake,
            uuid5(UUID(int=1), ANA),
            lambda: fake.delete(ANA, EVENT),
            lambda title: fake.change(ANA, EVENT, title=title),
            lambda to: fake.move(ANA, EVENT, to),
            lambda: fake.mails,
        )
    google = stage.set_up()
    side = google.world.add_calendar(ANA, "Side", "UTC", calendar_id="side@group.calendar.google.com")
    assert side == "side@group.calendar.google.com"
    return Place(
        GoogleCopies(google.service, google.tokens),
        google.connect(),
        lambda: google.world.delete_event(ANA, EVENT),
        lambda title: _change(google.world.change_event, title),
        lambda to: _change(lambda calendar, event, **_: google.world.move_event(calendar, event, to), ""),
        lambda: [(mail.kind, mail.to) for mail in google.world.mails],
    )


def _change(change: Callable[..., object], title: str) -> None:
    change(ANA, EVENT, summary=title)


def test_what_was_inserted_is_read_back(place: Place) -> None:
    made = place.copies.insert(place.account, ANA, EVENT, PLAN)
    seen = place.copies.get(place.account, ANA, EVENT)

    assert seen == made
    assert (seen.fields, seen.ical_uid, seen.reference) == (FIELDS, uid_of(EVENT), str(APPOINTMENT))
    assert (seen.is_cancelled, seen.is_tentative, seen.join_url) == (False, False, "")
    assert place.mails() == []


# fault 42
@pytest.mark.parametrize(
    ("zone", "times"),
    [(BERLIN, "2027-03-28 1:30-3:30"), (BERLIN, "2026-10-25 2:30-3:30"), (NEW_YORK, "2026-11-01 1:30-2:30")],
)
def test_times_on_days_of_changing_clocks_come_back_to_the_second(place: Place, zone: str, times: str) -> None:
    fields = replace(FIELDS, span=span(times, zone), zone=zone)
    place.insert(replace(PLAN, fields=fields))

    assert place.copies.get(place.account, ANA, EVENT).fields == fields


def test_an_id_is_taken_for_good(place: Place) -> None:
    place.insert()
    with pytest.raises(EventExists):
        place.insert()
    place.delete()
    with pytest.raises(EventExists):
        place.insert()
    assert place.copies.get(place.account, ANA, EVENT).is_cancelled


def test_an_event_that_never_was_is_gone(place: Place) -> None:
    with pytest.raises(EventGone):
        place.copies.get(place.account, ANA, EVENT)
    with pytest.raises(EventGone):
        place.patch(PLAN, '"1"')


# fault 41
def test_a_patch_of_what_was_edited_meanwhile_is_refused(place: Place) -> None:
    etag = place.insert()
    place.rename("Kick-off")
    with pytest.raises(EventChanged):
        place.patch(PLAN, etag)

    assert place.copies.get(place.account, ANA, EVENT).fields == replace(FIELDS, title="Kick-off")


def test_a_patch_answers_with_what_is_there_afterwards(place: Place) -> None:
    etag = place.insert()
    moved = replace(FIELDS, span=span("16:00-16:30"))
    after = place.copies.patch(place.account, ANA, EVENT, replace(PLAN, fields=moved), etag=etag)

    assert (after, after.fields) == (place.copies.get(place.account, ANA, EVENT), moved)
    assert after.etag != etag


def test_guests_are_mailed_when_that_is_asked_for_and_only_then(place: Place) -> None:
    etag = place.insert(INVITING)
    etag = place.patch(replace(PLAN, fields=replace(FIELDS, title="Kick-off")), etag)
    place.patch(replace(PLAN, mails=True), etag)
    place.copies.remove(place.account, ANA, EVENT, mails=True)
    place.copies.remove(place.account, ANA, EVENT, mails=True)

    assert place.mails() == [
        ("invitation", "maya@ortiz.test"),
        ("update", "maya@ortiz.test"),
        ("cancellation", "maya@ortiz.test"),
    ]


def test_a_removal_without_mails_tells_nobody(place: Place) -> None:
    place.insert(replace(INVITING, mails=False))
    place.copies.remove(place.account, ANA, EVENT, mails=False)

    assert (place.copies.get(place.account, ANA, EVENT).is_cancelled, place.mails()) == (True, [])


def test_what_is_gone_already_can_be_removed(place: Place) -> None:
    place.copies.remove(place.account, ANA, EVENT, mails=True)


def test_a_hold_that_is_confirmed_gets_its_guests(place: Place) -> None:
    etag = place.insert(replace(PLAN, is_tentative=True, guests=(Guest("ben@acme.test"),)))
    assert place.copies.get(place.account, ANA, EVENT).is_tentative
    place.patch(INVITING, etag)

    assert not place.copies.get(place.account, ANA, EVENT).is_tentative
    assert ("invitation", "maya@ortiz.test") in place.mails()


def test_a_video_call_is_made_and_dropped(place: Place) -> None:
    made = place.copies.insert(place.account, ANA, EVENT, replace(PLAN, wants_meet=True))
    kept = place.copies.patch(place.account, ANA, EVENT, PLAN, etag=made.etag)
    dropped = place.copies.patch(place.account, ANA, EVENT, replace(PLAN, drops_meet=True), etag=kept.etag)
    again = place.copies.patch(place.account, ANA, EVENT, replace(PLAN, wants_meet=True), etag=dropped.etag)

    assert made.join_url.startswith("https://meet.google.com/")
    assert (kept.join_url, dropped.join_url) == (made.join_url, "")
    assert again.join_url.startswith("https://meet.google.com/")


def test_an_event_is_found_by_its_uid_where_it_was_moved(place: Place) -> None:
    side = "side@group.calendar.google.com"
    place.insert()
    assert place.copies.with_uid(place.account, ANA, uid_of(EVENT)) == EVENT
    place.move(side)

    assert place.copies.with_uid(place.account, ANA, uid_of(EVENT)) is None
    assert place.copies.with_uid(place.account, side, uid_of(EVENT)) == EVENT
    assert place.copies.get(place.account, ANA, EVENT).is_cancelled
    assert place.copies.get(place.account, side, EVENT).fields == FIELDS


def test_a_calendar_that_is_gone_is_told_so(stage: Stage) -> None:
    google = stage.set_up()
    copies, account = GoogleCopies(google.service, google.tokens), google.connect()
    for ask in (
        lambda: copies.insert(account, "none@group.calendar.google.com", EVENT, PLAN),
        lambda: copies.with_uid(account, "none@group.calendar.google.com", uid_of(EVENT)),
    ):
        with pytest.raises(CalendarGone):
            ask()


def test_what_others_put_on_an_event_survives_every_write(stage: Stage) -> None:
    google = stage.set_up()
    copies, account = GoogleCopies(google.service, google.tokens), google.connect()
    copies.insert(account, ANA, EVENT, replace(PLAN, is_tentative=True))
    guests = [{"email": "lee@chen.test", "responseStatus": "accepted", "comment": "I bring cake"}]
    google.world.change_event(
        ANA, EVENT, attendees=guests, colorId="5", extendedProperties={"private": {"other": "app"}}
    )
    etag = copies.get(account, ANA, EVENT).etag
    copies.patch(account, ANA, EVENT, INVITING, etag=etag)

    fields = google.world.calendars[ANA].events[EVENT].fields
    assert (fields["colorId"], fields["attendees"][0]) == ("5", guests[0])
    assert [one["email"] for one in fields["attendees"]] == ["lee@chen.test", "maya@ortiz.test"]
    assert fields["extendedProperties"]["private"] == {"daybook": str(APPOINTMENT), "other": "app"}


def test_a_whole_day_is_made_a_time_again(stage: Stage) -> None:
    google = stage.set_up()
    copies, account = GoogleCopies(google.service, google.tokens), google.connect()
    copies.insert(account, ANA, EVENT, PLAN)
    google.world.change_event(
        ANA,
        EVENT,
        start={"date": "2026-11-24", "dateTime": None, "timeZone": None},
        end={"date": "2026-11-25", "dateTime": None, "timeZone": None},
    )
    seen = copies.get(account, ANA, EVENT)
    after = copies.patch(account, ANA, EVENT, PLAN, etag=seen.etag)

    assert (seen.fields.span, after.fields.span) == (None, FIELDS.span)


# fault 30
@pytest.mark.parametrize("is_kept", [False, True])
def test_an_insert_whose_answer_is_lost_is_sent_once(stage: Stage, is_kept: bool) -> None:
    google = stage.set_up()
    copies, account = GoogleCopies(google.service, google.tokens), google.connect()
    if is_kept:
        copies.with_uid(account, ANA, uid_of(EVENT))
    else:
        google.service.close()
    google.world.accept_duplicates(5)
    google.world.faults.on("POST").drop(after_commit=True)

    with pytest.raises(ProviderDown):
        copies.insert(account, ANA, EVENT, INVITING)

    assert [mail.kind for mail in google.world.mails] == ["invitation"]
