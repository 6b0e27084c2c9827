"""Marking an event free in Google: only one's own in the linked calendar, and only as it was read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.accounts import Access
from bot.domain.calendars import Role
from bot.domain.errors import EventChanged, NotAllowed, NotFound, ProviderError
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.people import Member, Standing
from bot.usecases.mark_free import MarkFree
from tests.event_builders import timed
from tests.fakes.calendar_rows import AccountRow, CalendarRow
from tests.fakes.event_writer import MarkedFree, RecordingWriter
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.rendering.answers import actor, ana, ben

LATER = NOW + timedelta(minutes=5)
KICK_OFF = RemoteEvent("kickoff", EventStatus.CONFIRMED, etag='"7"', title="Kick-off", start=timed("2026-11-24 15:00"))


class House:
    """Acme with Ana's kick-off from three to four, read a moment ago, and a recording Google."""

    def __init__(self, event: RemoteEvent = KICK_OFF) -> None:
        self.acme = Acme()
        self.acme.set_read(ana, NOW, next_sync_at=LATER)
        self.acme.put_event(ana, event, "15:00-16:00")
        self.writer = RecordingWriter()
        self.ref = self.acme.ref(ana, "15:00-16:00", event.id)

    @property
    def calendar(self) -> CalendarRow:
        """Ana's calendar as it is stored."""
        return self.acme.store.tables.calendars[self.acme.calendars[ana.id].id]

    @property
    def is_due(self) -> bool:
        """Whether it is read again at once."""
        return self.calendar.calendar.next_sync_at == NOW

    def mark_free(self, member: Member = ana) -> str:
        """The title of what a member marked."""
        return MarkFree(self.acme.store, self.writer, self.acme.clock)(actor(member), self.ref).title

    def wrote(self, event_id: str, etag: str) -> MarkedFree:
        """What Google gets for Ana's calendar."""
        calendar = self.calendar.calendar
        return MarkedFree(calendar.account_id, calendar.remote_id, event_id, etag)


def test_an_own_event_is_marked_as_it_was_read_and_read_again_at_once() -> None:
    house = House()
    assert house.mark_free() == "Kick-off"
    assert house.writer.marked == [house.wrote("kickoff", '"7"')]
    assert house.is_due


def test_nothing_of_the_store_is_held_while_google_is_asked() -> None:
    house = House()
    held: list[bool] = []
    house.writer.before = lambda: held.append(house.acme.store.is_open)
    house.mark_free()
    assert held == [False]


def test_of_a_series_the_one_time_is_marked_that_was_meant() -> None:
    house = House(replace(KICK_OFF, recurrence=("RRULE:FREQ=DAILY",)))
    house.mark_free()
    assert house.writer.marked == [house.wrote("kickoff_20261124T140000Z", "")]


def test_a_changed_time_of_a_series_is_marked_by_its_own_id_and_etag() -> None:
    house = House(replace(KICK_OFF, id="kickoff_20261124T080000Z", series_id="kickoff"))
    house.mark_free()
    assert house.writer.marked == [house.wrote("kickoff_20261124T080000Z", '"7"')]


# fault 41
@pytest.mark.parametrize("refusal", [EventChanged(), ProviderError("Google did not answer.")])
def test_what_google_refuses_is_told_and_the_calendar_read_again(refusal: ProviderError) -> None:
    house = House()
    house.writer.refusal = refusal
    with pytest.raises(type(refusal), match=str(refusal)):
        house.mark_free()
    assert house.is_due


# fault 11
def test_nobody_marks_somebody_elses_event() -> None:
    house = House()
    with pytest.raises(NotFound):
        house.mark_free(ben)
    assert (house.writer.marked, house.is_due) == ([], False)


def test_an_invitation_of_somebody_elses_is_not_written_to() -> None:
    house = House(replace(KICK_OFF, is_own=False))
    with pytest.raises(NotAllowed, match="only your own events in your linked calendar"):
        house.mark_free()
    assert house.writer.marked == []


def test_a_conflict_calendar_is_never_written_to() -> None:
    house = House()
    row = house.calendar
    conflict = replace(row, calendar=replace(row.calendar, role=Role.CONFLICT))
    house.acme.store.tables.calendars[row.calendar.id] = conflict
    with pytest.raises(NotAllowed):
        house.mark_free()
    assert house.writer.marked == []


def test_an_account_that_may_only_read_is_never_used_to_write() -> None:
    house = House()
    accounts = house.acme.store.tables.accounts
    row: AccountRow = accounts[house.calendar.calendar.account_id]
    accounts[row.account.id] = replace(row, account=replace(row.account, access=Access.CONFLICT_ONLY))
    with pytest.raises(NotAllowed):
        house.mark_free()
    assert house.writer.marked == []


def test_somebody_who_left_marks_nothing() -> None:  # fault 13
    house = House()
    mark = MarkFree(house.acme.store, house.writer, house.acme.clock)
    with pytest.raises(NotAllowed):
        mark(replace(actor(ana), standing=Standing.DEACTIVATED), house.ref)
    assert house.writer.marked == []
