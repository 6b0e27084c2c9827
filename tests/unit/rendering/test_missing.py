"""An event is missing: every reason has its sentence and the button that helps, within Slack's limits."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar_choice import CalendarOffer, Choosable
from bot.domain.calendars import AccessRole, RemoteCalendar
from bot.domain.errors import NotFound
from bot.domain.event_fixes import EventRef
from bot.domain.missing_events import Compared, ComparedDay, MissingReason
from bot.rendering.missing import compared_view, missing_form
from bot.rendering.missing_ref import MissingDeed, MissingRef, missing_ref
from tests.builders import BERLIN, NEW_YORK, at, span
from tests.unit.rendering.connections import WORK
from tests.unit.rendering.screen import buttons_of, read_view

TUESDAY = date(2026, 11, 24)
MARK = "0123456789abcdef01234567"
CALENDAR = UUID(int=301)
LINK = "https://www.google.com/calendar/event?eid=1"
KICK_OFF = Compared(MissingReason.SHOWN, "Kick-off", span("9:00-10:00"))
REF = EventRef(CALENDAR, span("9:00-10:00").start, "e1")


def a_day(*events: Compared, zone: str = BERLIN) -> ComparedDay:
    return ComparedDay(
        MARK, "Ana", TUESDAY, zone, at("12:00"), calendar_id=CALENDAR, events=events, read_at=at("11:58")
    )


FIXES = {
    MissingReason.UNUSED: ("Daybook does not use this calendar, so nothing of it shows or blocks.", "Choose calendars"),
    MissingReason.OUT_OF_REACH: ("Daybook keeps events from 30 days ago up to 365 days ahead.", "Open in Google"),
    MissingReason.CANCELLED: ("It was cancelled in Google.", "Open in Google"),
    MissingReason.GONE: ("Daybook has it, and Google does not list it on this day any more.", "Sync now"),
    MissingReason.UNEXPANDED: ("It could not be worked out: It repeats every second.", "Open in Google"),
    MissingReason.MOVED: ("Its time was changed in Google since Daybook read it.", "Sync now"),
    MissingReason.NOT_READ: ("It is in Google, and Daybook has not read it yet.", "Sync now"),
    MissingReason.IGNORED: ("You told Daybook to ignore it, so it leaves its time open.", "Take back"),
    MissingReason.CHANGED: ("It was changed in Google since Daybook read it.", "Sync now"),
    MissingReason.WORKING_LOCATION: ("It is a working location, which never takes time.", "Open in Google"),
    MissingReason.BIRTHDAY: ("It is a birthday, which never takes time.", "Open in Google"),
    MissingReason.FREE: (
        "It is Free in Google, so it leaves its time open. Set it to Busy there to have it block.",
        "Open in Google",
    ),
    MissingReason.DECLINED: ("You declined it, so it leaves its time open.", "Open in Google"),
    MissingReason.LEFT_OPEN: (
        "You have not said yes to it, and your settings leave such time open.",
        "Change settings",
    ),
}


@pytest.mark.parametrize("reason", FIXES)
def test_a_difference_has_its_sentence_and_its_button(reason: MissingReason) -> None:
    ref = REF if reason is MissingReason.IGNORED else None
    one = replace(KICK_OFF, reason=reason, link=LINK, detail="It repeats every second.", ref=ref)
    view = compared_view(a_day(one))
    sentence, fix = FIXES[reason]
    lines = read_view(view)
    lead = "Google and Daybook agree. 1 of 1 event takes no time."
    assert lines[:3] == [
        f"*Ana*, Tue 24 Nov: {lead if one.takes_no_time else '1 of 1 event shows otherwise here, or not at all.'}",
        "9:00-10:00  *Kick-off*",
        lines[2],
    ]
    assert sentence in lines[2]
    assert any(line.endswith(f" [{fix}]") for line in lines)


def test_every_reason_is_either_a_difference_or_as_in_google() -> None:
    shown = {reason for reason in MissingReason if replace(KICK_OFF, reason=reason).is_shown}
    assert shown | FIXES.keys() == set(MissingReason)
    assert not shown & FIXES.keys()


def test_what_takes_no_time_is_no_difference_and_stands_below_those() -> None:
    birthday = replace(KICK_OFF, reason=MissingReason.BIRTHDAY, title="Ben's birthday", link=LINK)
    new = replace(KICK_OFF, reason=MissingReason.NOT_READ, title="Demo", span=span("14:00-15:00"))
    assert read_view(compared_view(a_day(birthday, KICK_OFF)))[0] == (
        "*Ana*, Tue 24 Nov: Google and Daybook agree. 1 of 2 events takes no time."
    )
    lines = read_view(compared_view(a_day(birthday, KICK_OFF, new)))
    assert lines[0] == "*Ana*, Tue 24 Nov: 1 of 3 events shows otherwise here, or not at all. 1 more takes no time."
    assert [line for line in lines if line.startswith(("9:00", "14:00"))] == [
        "14:00-15:00  *Demo*",
        "9:00-10:00  *Ben's birthday*",
        "9:00-10:00  Kick-off",
    ]


def test_what_is_as_in_google_stands_together_with_how_it_shows() -> None:
    events = [
        KICK_OFF,
        replace(KICK_OFF, reason=MissingReason.ONE_WAY, title="Lunch", span=span("12:00-13:00")),
        replace(KICK_OFF, reason=MissingReason.PRIVATE, title="Doctor", span=span("14:00-15:00")),
        replace(KICK_OFF, reason=MissingReason.LEFT_OUT, title="Vendor", span=span("15:00-16:00")),
        replace(KICK_OFF, reason=MissingReason.OTHER_ZONE, title="Off", span=span("0:00-23:00")),
        replace(KICK_OFF, reason=MissingReason.OWN_COPY, title="Demo", span=span("17:00-18:00")),
    ]
    assert read_view(compared_view(a_day(*events))) == [
        "*Ana*, Tue 24 Nov: Google and Daybook agree.",
        "*As in Google*",
        "9:00-10:00  Kick-off",
        "12:00-13:00  Lunch · grey under the one-way option",
        "14:00-15:00  Doctor · private: others see busy, and it makes no contact",
        "15:00-16:00  Vendor · grey: nobody on it is a contact",
        "0:00-23:00  Off · a whole day of the calendar's zone, not of yours",
        "17:00-18:00  Demo · shown as your appointment",
        "_ Google was asked just now; Daybook read it 2 minutes ago. Times are those of Berlin.",
        "[Another day or calendar] [Sync now]",
    ]


@pytest.mark.parametrize(
    ("one", "both"),
    [
        (
            replace(KICK_OFF, reason=MissingReason.MOVED, stored=span("2026-11-25 9:00-10:00")),
            "Google: 9:00-10:00 · Daybook: Wed 25 Nov, 9:00-10:00",
        ),
        (replace(KICK_OFF, reason=MissingReason.NOT_READ), "Google: 9:00-10:00 · Daybook: nothing"),
        (replace(KICK_OFF, reason=MissingReason.GONE, stored=KICK_OFF.span), "Google: nothing · Daybook: 9:00-10:00"),
    ],
)
def test_both_sides_stand_in_one_line_where_they_differ(one: Compared, both: str) -> None:
    assert f"{both} [Sync now]" in read_view(compared_view(a_day(one)))


def test_a_cancelled_event_that_still_shows_is_read_again() -> None:
    one = replace(KICK_OFF, reason=MissingReason.CANCELLED, ref=REF, link=LINK)
    lines = read_view(compared_view(a_day(one)))
    assert lines[2] == "It was cancelled in Google. Daybook shows it until the next reading. [Sync now]"


def test_times_are_those_of_the_reader() -> None:
    lines = read_view(compared_view(a_day(KICK_OFF, zone=NEW_YORK)))
    assert "3:00-4:00  Kick-off" in lines


def test_a_day_without_events_leads_elsewhere() -> None:
    view = compared_view(a_day())
    assert read_view(view)[0] == (
        "*Ana*, Tue 24 Nov: Google has nothing there. Is the event in another calendar, or in another account?"
    )
    assert list(buttons_of(view)) == ["Another day or calendar", "Sync now", "Connect another account"]


def test_a_day_out_of_reach_has_its_year_and_says_how_far_daybook_reads() -> None:
    view = compared_view(replace(a_day(), day=date(2028, 1, 3)))
    assert read_view(view)[0] == (
        "*Ana*, Mon 3 Jan 2028 (Daybook reads from 30 days ago to a year ahead, so nothing of that day is known here): "
        "Google has nothing there. Is the event in another calendar, or in another account?"
    )


def test_a_google_that_does_not_answer_is_named_with_what_is_stored() -> None:
    silent = replace(a_day(KICK_OFF), is_live=False, problem="Google did not answer in time.")
    lines = read_view(compared_view(silent))
    assert lines[0] == (
        "*Ana*, Tue 24 Nov: Google could not be asked. Google did not answer in time. This is what Daybook has stored."
    )
    assert lines[-2] == "_ Google did not answer; Daybook read it 2 minutes ago. Times are those of Berlin."


def an_offer(*names: str) -> CalendarOffer:
    listed = [RemoteCalendar(f"{at}@x", name, BERLIN, AccessRole.OWNER, False) for at, name in enumerate(names)]
    choosable = tuple(Choosable(WORK, one, "") for one in listed)
    return CalendarOffer(choosable, choosable[0].mark if choosable else None, frozenset())


def test_the_form_asks_for_calendar_and_day_with_what_is_used_first() -> None:
    form = missing_form(an_offer("Ana", "Side"), TUESDAY)
    assert read_view(form)[1:] == ["Calendar: Ana", "Day: 2026-11-24"]
    unused = an_offer("Ana", "Side").calendars[1].mark
    assert read_view(missing_form(an_offer("Ana", "Side"), TUESDAY, mark=unused))[1] == "Calendar: Side (not used)"


def test_without_any_calendar_the_form_says_so() -> None:
    assert read_view(missing_form(an_offer(), TUESDAY)) == [
        "Google lists no calendar for you. Connect an account, or look again later."
    ]


@pytest.mark.parametrize(
    "ref",
    [
        MissingRef(MissingDeed.SYNC, MARK, TUESDAY),
        MissingRef(MissingDeed.FORM, MARK, TUESDAY),
        MissingRef(MissingDeed.BACK, MARK, TUESDAY, REF),
    ],
)
def test_a_button_carries_calendar_day_and_event(ref: MissingRef) -> None:
    assert missing_ref(ref.value()) == ref


@pytest.mark.parametrize("value", ["", "sync", f"sync {MARK} 2026-13-40", f"back {MARK} 2026-11-24 {'-' * 36} 1 e"])
def test_what_no_button_carries_leads_nowhere(value: str) -> None:
    with pytest.raises(NotFound):
        missing_ref(value)


@settings(max_examples=30)
@given(st.text(max_size=10_000), st.sampled_from([0, 1, 120, 500]), st.sampled_from(list(MissingReason)))
def test_whatever_events_are_called_slack_takes_the_view(title: str, number: int, reason: MissingReason) -> None:
    one = Compared(reason, title, span("9:00-10:00"), stored=span("9:00-10:00"), ref=REF, link=LINK, detail=title)
    day = replace(a_day(*[one] * number), calendar_name=title, problem=title)
    read_view(compared_view(day, note="Done."))
    read_view(compared_view(replace(day, is_live=False, calendar_id=None)))
    read_view(missing_form(an_offer(*[title] * min(number, 120)), TUESDAY))
