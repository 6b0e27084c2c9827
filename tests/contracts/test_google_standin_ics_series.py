"""The stand-in for Google takes series from iCalendar files: changed instances, divided series, doubles."""

from tests.contracts.google_desk import Desk, events_of
from tests.contracts.ics_files import AT_TEN, a_file, an_event, listed, load, times


# fault 44
def test_a_series_is_a_master_with_its_changed_and_cancelled_instances(desk: Desk) -> None:
    berlin = "RECURRENCE-ID;TZID=Europe/Berlin"
    content = a_file(
        an_event("RRULE:FREQ=WEEKLY;BYDAY=WE", "EXDATE;TZID=Europe/Berlin:20261209T100000"),
        an_event(f"{berlin}:20261202T100000", "DTSTART:20261203T130000Z", "DTEND:20261203T140000Z", title="Moved"),
        an_event(f"{berlin}:20261216T100000", "STATUS:CANCELLED"),
    )
    assert load(desk, content) == []
    master, *exceptions = events_of(desk.calendar(), singleEvents=False, showDeleted=True)
    assert (times(master), master["recurrence"]) == (
        AT_TEN,
        ["RRULE:FREQ=WEEKLY;BYDAY=WE", "EXDATE:20261209T090000Z"],
    )
    assert [(one["id"], one["recurringEventId"], one["status"]) for one in exceptions] == [
        (f"{master['id']}_20261202T090000Z", master["id"], "confirmed"),
        (f"{master['id']}_20261216T090000Z", master["id"], "cancelled"),
    ]
    assert times(exceptions[0]) == ("2026-12-03T14:00:00+01:00", "2026-12-03T15:00:00+01:00")
    assert exceptions[0]["originalStartTime"]["dateTime"] == "2026-12-02T10:00:00+01:00"


# fault 44
def test_a_change_of_this_and_all_following_divides_the_series(desk: Desk) -> None:
    content = a_file(
        an_event("RRULE:FREQ=WEEKLY;COUNT=6"),
        an_event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261209T100000",
            "DTSTART;TZID=Europe/Berlin:20261210T140000",
            "DTEND;TZID=Europe/Berlin:20261210T150000",
        ),
    )
    assert load(desk, content) == []
    assert [(times(event)[0], event["recurrence"]) for event in listed(desk)] == [
        ("2026-11-25T10:00:00+01:00", ["RRULE:FREQ=WEEKLY;UNTIL=20261209T085959Z"]),
        ("2026-12-10T14:00:00+01:00", ["RRULE:FREQ=WEEKLY;COUNT=4"]),
    ]


# fault 44
def test_a_change_of_all_following_that_has_no_rule_is_named_and_both_times_stay(desk: Desk) -> None:
    content = a_file(
        an_event("RRULE:FREQ=MONTHLY;BYDAY=4WE"),
        an_event(
            "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261223T100000",
            "DTSTART;TZID=Europe/Berlin:20261224T100000",
            "DTEND;TZID=Europe/Berlin:20261224T110000",
        ),
    )
    why = "it changes all that follow in a way that has no rule: they are as before"
    assert load(desk, content) == [f"Event 'Review' of 2026-12-24: {why}."]
    assert [times(event)[0][:10] for event in listed(desk)] == ["2026-11-25", "2026-12-24"]


# fault 44
def test_a_period_among_the_dates_is_an_instance_of_its_own_length(desk: Desk) -> None:
    dates = "RDATE;VALUE=PERIOD:20261126T090000Z/PT3H,20261127T090000Z/20261127T093000Z"
    assert load(desk, a_file(an_event(dates))) == []
    master, *longer = listed(desk)
    assert master["recurrence"] == ["RDATE:20261126T090000Z,20261127T090000Z"]
    assert [times(one) for one in longer] == [
        ("2026-11-26T10:00:00+01:00", "2026-11-26T13:00:00+01:00"),
        ("2026-11-27T10:00:00+01:00", "2026-11-27T10:30:00+01:00"),
    ]


def test_a_changed_instance_without_its_series_stands_alone(desk: Desk) -> None:
    assert load(desk, a_file(an_event("RECURRENCE-ID:20261202T090000Z"))) == []
    assert [("recurringEventId" in event, times(event)) for event in listed(desk)] == [(False, AT_TEN)]


def test_of_two_with_one_uid_the_newer_counts(desk: Desk) -> None:
    old = an_event("SEQUENCE:1", "DTSTART:20261126T090000Z", "DTEND:20261126T100000Z")
    assert load(desk, a_file(an_event("SEQUENCE:2"), old)) == []
    assert [times(event) for event in listed(desk)] == [AT_TEN]


def test_of_two_with_one_uid_and_nothing_to_tell_them_apart_both_block(desk: Desk) -> None:
    other = an_event("DTSTART:20261126T090000Z", "DTEND:20261126T100000Z", title="Other")
    assert load(desk, a_file(an_event(), an_event(), other)) == [
        "Event 'Review' of 2026-11-25: several events have its UID: all are kept.",
        "Event 'Other' of 2026-11-26: several events have its UID: all are kept.",
    ]
    assert [times(event)[0][:10] for event in listed(desk)] == ["2026-11-25", "2026-11-26"]


def test_events_without_a_uid_are_all_kept(desk: Desk) -> None:
    nameless = an_event().replace("UID:1@acme.test\n", "")
    other = nameless.replace("20261125T1", "20261126T1")
    assert load(desk, a_file(nameless, other)) == []
    assert len(listed(desk)) == 2
