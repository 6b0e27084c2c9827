"""What a person may do about an event, and the names by which it is done."""

from dataclasses import replace

import pytest

from bot.domain.accounts import Access, AccountStatus
from bot.domain.calendars import AccessRole, Role
from bot.domain.event_fixes import EventRef, Fix, OwnEvent, openable, own_event, remote_id_of
from bot.domain.events import AgendaEntry, EventKind, Occurrence
from tests.builders import BERLIN, NEW_YORK, second, span
from tests.event_builders import a_day_off, a_meeting
from tests.unit.rendering.answers import an_entry
from tests.unit.rendering.connections import WORK, a_calendar, a_linked_calendar

LINKED = a_linked_calendar()
LINK = "https://www.google.com/calendar/event?eid=a2lja29mZg"
KICK_OFF = replace(an_entry("9:00-9:30", "Kick-off"), link=LINK, calendar_id=LINKED.id)


def test_an_own_event_of_the_linked_calendar_may_be_marked_free_opened_and_ignored() -> None:
    ref = EventRef(LINKED.id, second("9:00"), "Kick-off")
    assert own_event(KICK_OFF, LINKED, WORK) == OwnEvent(KICK_OFF, ref, (Fix.MARK_FREE, Fix.IGNORE), LINK)


@pytest.mark.parametrize(
    "entry",
    [
        replace(KICK_OFF, is_own=False),
        replace(KICK_OFF, kind=EventKind.OUT_OF_OFFICE),
        replace(KICK_OFF, kind=EventKind.FOCUS_TIME),
        replace(KICK_OFF, kind=EventKind.FROM_GMAIL),
    ],
)
def test_an_event_that_is_not_ones_own_to_change_is_only_ignored(entry: AgendaEntry) -> None:
    assert own_event(entry, LINKED, WORK).fixes == (Fix.IGNORE,)


def test_nothing_is_written_to_a_calendar_that_is_not_linked_or_not_writable() -> None:
    conflict, read_only = a_calendar("Family"), replace(LINKED, access_role=AccessRole.READER)
    assert conflict.role is Role.CONFLICT
    for calendar in (conflict, read_only):
        assert own_event(KICK_OFF, calendar, WORK).fixes == (Fix.IGNORE,)


def test_nothing_is_written_by_an_account_that_may_only_read_or_is_broken() -> None:
    for account in (replace(WORK, access=Access.CONFLICT_ONLY), replace(WORK, status=AccountStatus.NEEDS_RECONNECT)):
        assert own_event(KICK_OFF, LINKED, account).fixes == (Fix.IGNORE,)


def test_what_is_ignored_can_be_taken_back_and_what_is_free_needs_nothing() -> None:
    ignored = replace(an_entry("9:00-9:30", "Kick-off", blocks=False), is_ignored=True)
    free = an_entry("9:00-9:30", "Lunch", blocks=False)
    assert [own_event(entry, LINKED, WORK).fixes for entry in (ignored, free)] == [(Fix.UNIGNORE,), ()]


# fault 18, fault 46
@pytest.mark.parametrize(
    "link",
    [
        "",
        "http://www.google.com/calendar/event?eid=x",
        "https://www.google.com.evil.test/calendar",
        "https://evilgoogle.com/calendar",
        "https://google.com@evil.test/",
        "https://me:x@www.google.com/calendar",
        "https://www.google.com:444/calendar",
        "https://www.google.com\\@evil.test/",
        "https://evil.test\\.google.com/",
        "https://www.google.com/a b",
        "https://www.goоgle.com/calendar",
        "https://[/",
        "https://www.google.com:port/",
        "javascript:alert(1)//www.google.com",
        "//www.google.com/calendar",
        "slack://www.google.com",
    ],
)
def test_a_link_that_leads_anywhere_else_is_no_link(link: str) -> None:
    assert openable(link) == ""


@pytest.mark.parametrize("link", [LINK, "https://calendar.google.com/calendar/event?eid=x", "https://google.com/x"])
def test_a_link_to_google_can_be_opened(link: str) -> None:
    assert openable(link) == link


def test_an_event_by_itself_is_known_by_its_own_id() -> None:
    event = a_meeting("kickoff")
    assert remote_id_of(event, Occurrence(*span("9:00-10:00"), "kickoff", "kickoff", True), BERLIN) == "kickoff"


# fault 42, fault 44
@pytest.mark.parametrize(
    ("start", "zone", "remote_id"),
    [
        ("2026-10-24 9:00", BERLIN, "standup_20261024T070000Z"),
        ("2026-10-26 9:00", BERLIN, "standup_20261026T080000Z"),
        ("2026-10-31 9:00", NEW_YORK, "standup_20261031T130000Z"),
        ("2026-11-02 9:00", NEW_YORK, "standup_20261102T140000Z"),
    ],
)
def test_one_time_of_a_series_is_known_by_its_instant(start: str, zone: str, remote_id: str) -> None:
    event = replace(a_meeting("standup", zone=zone), recurrence=("RRULE:FREQ=DAILY",))
    at = second(start, zone)
    assert remote_id_of(event, Occurrence(at, at + 1800, "standup", "standup", True), zone) == remote_id


def test_one_day_of_a_series_of_whole_days_is_known_by_its_date() -> None:
    event = replace(a_day_off("fair"), recurrence=("RRULE:FREQ=YEARLY",))
    at = second("2026-11-24 0:00", NEW_YORK)
    assert remote_id_of(event, Occurrence(at, at + 86400, "fair", "fair", True), NEW_YORK) == "fair_20261124"


def test_a_changed_time_of_a_series_has_an_id_of_its_own() -> None:
    moved = replace(a_meeting("standup_20261124T080000Z", "2026-11-24 11:00-12:00"), series_id="standup")
    occurrence = Occurrence(*span("11:00-12:00"), moved.id, "standup", True)
    assert remote_id_of(moved, occurrence, BERLIN) == "standup_20261124T080000Z"
