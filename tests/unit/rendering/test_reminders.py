"""Reminders and the question afterwards as they read, and as Slack takes them whatever is in them."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.appointments import AppointmentStatus, Question, QuestionKind, Venue, Where
from bot.domain.occasions import BookedIn
from bot.domain.reading_habits import EVERYBODYS
from bot.domain.reminder_telling import MeetingNow, Reminding, Stage
from bot.domain.reminders import Reminder, ReminderChoice, ReminderKind
from bot.rendering.reader import read_by
from bot.rendering.reminders import reminder_message
from bot.rendering.settings.reminders import reminders_form, reminders_text
from tests.builders import at, second, span
from tests.unit.rendering.answers import ACME, ana, ben
from tests.unit.rendering.bookings import APPOINTMENT, MAYA, an_appointment
from tests.unit.rendering.screen import buttons_of, read_message, read_view

START, END = second("15:00"), second("15:30")
WHEN = f"<!date^{START}^{{date_short_pretty}} {{time}}|Tue 24 Nov 15:00 Berlin> - <!date^{END}^{{time}}|15:30 Berlin>"
NEW_START = f"<!date^{second('16:00')}^{{date_short}} {{time}}|Tue 24 Nov 16:00 Berlin>"
JOIN = "https://zoom.test/j/1"


def a_meeting(**fields: Any) -> MeetingNow:
    appointment = an_appointment()
    made = MeetingNow(
        title=appointment.title,
        span=appointment.span,
        version=1,
        hosts=(ana.id,),
        contacts=(MAYA,),
        venue=appointment.venue,
        join_url=JOIN,
        appointment=appointment,
    )
    return replace(made, **fields)


def a_reminding(
    meeting: MeetingNow | None,
    *,
    kind: ReminderKind = ReminderKind.BEFORE,
    said_at: datetime | None = None,
    channel: str = "",
    **fields: Any,
) -> Reminding:
    reminder = Reminder(
        id=UUID(int=5),
        workspace_id=ACME.id,
        member_id=ana.id,
        kind=kind,
        subject=APPOINTMENT,
        booked_in=BookedIn.DAYBOOK,
        version=1,
        span=span("15:00-15:30"),
        wanted_at=at("14:50"),
        minutes=10,
        channel_id=channel,
    )
    made = Reminding(reminder, ana, meeting, (ana,), Stage.OPEN, said_at or at("14:50"))
    return replace(made, **fields)


def lines(meeting: MeetingNow | None, **fields: Any) -> list[str]:
    return read_message(reminder_message(a_reminding(meeting, **fields)))


def test_a_reminder_says_when_with_whom_and_how_to_join() -> None:
    assert lines(a_meeting()) == [
        "*Maya Ortiz and Ana* begins in 10 minutes",
        f"{WHEN} · with Maya Ortiz · Zoom",
        "_ 9:00-9:30 for Maya Ortiz in New York",
        "[Join Zoom] [Reschedule]",
    ]


def test_its_line_for_notifications_names_the_zone() -> None:
    told = reminder_message(a_reminding(a_meeting()))
    assert told.text == "Begins in 10 minutes: Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"
    assert buttons_of(told)["Reschedule"] == f"reschedule {APPOINTMENT} 1"


def test_one_that_comes_late_says_how_late_and_how_long_is_left() -> None:
    told = lines(a_meeting(), said_at=at("14:56"))
    assert told[0] == "*Maya Ortiz and Ana* begins in 4 minutes"
    assert "_ This comes 6 minutes late: Daybook could not send it before." in told


@pytest.mark.parametrize(
    ("clock", "left"), [("14:59", "in 1 minute"), ("14:00", "in 1 hour"), ("13:05", "in 1 hour 55 minutes")]
)
def test_what_is_left_is_told_to_the_minute(clock: str, left: str) -> None:
    assert lines(a_meeting(), said_at=at(clock))[0] == f"*Maya Ortiz and Ana* begins {left}"


def test_what_waits_for_the_host_is_told_with_it() -> None:
    asked = an_appointment(question=Question(QuestionKind.DELETED))
    assert "_ It waits for your decision: see its card." in lines(a_meeting(appointment=asked))


def test_several_hosts_are_named() -> None:
    assert "hosted by you and Ben" in lines(a_meeting(hosts=(ana.id, ben.id)), hosts=(ana, ben))[1]


def test_a_meeting_from_google_is_opened_there() -> None:
    link = "https://www.google.com/calendar/event?eid=1"
    told = lines(a_meeting(appointment=None, join_url="", link=link, venue=Venue()))
    assert told[-1] == "[Open in Google]"
    assert lines(a_meeting(appointment=None, join_url="", link="", venue=Venue()))[-1].startswith("_ ")


def test_a_channel_reads_neither_title_nor_contact_nor_link() -> None:
    assert lines(a_meeting(), channel="C1") == ["An appointment of *Ana* begins in 10 minutes", WHEN]


def test_a_channel_that_may_reads_the_title_but_not_of_what_is_private() -> None:
    assert lines(a_meeting(), channel="C1", shows_titles=True) == [
        "*Maya Ortiz and Ana* (Ana) begins in 10 minutes",
        f"{WHEN} · Zoom",
    ]
    private = lines(a_meeting(is_private=True), channel="C1", shows_titles=True)
    assert private[0] == "An appointment of *Ana* begins in 10 minutes"


@pytest.mark.parametrize(
    ("stage", "meeting", "reads"),
    [
        (Stage.CANCELLED, a_meeting(), "~Maya Ortiz and Ana~ · cancelled"),
        (Stage.MOVED, a_meeting(span=span("16:00-16:30")), f"Maya Ortiz and Ana was *moved to {NEW_START}*."),
        (Stage.OVER, a_meeting(), "Maya Ortiz and Ana is over."),
        (Stage.CANCELLED, None, "*The appointment is gone.*"),
    ],
)
@pytest.mark.parametrize("channel", ["", "C1"])
def test_what_became_of_it_takes_its_place_without_buttons(
    stage: Stage, meeting: MeetingNow | None, reads: str, channel: str
) -> None:
    in_channel = reads.replace("Maya Ortiz and Ana", "An appointment of Ana")
    assert lines(meeting, stage=stage, channel=channel) == [in_channel if channel else reads]


def test_the_question_has_the_outcomes_and_the_next_booking() -> None:
    told = reminder_message(a_reminding(a_meeting(), kind=ReminderKind.AFTER))
    assert read_message(told) == [
        "*How did it go with Maya Ortiz?*",
        f"Maya Ortiz and Ana · {WHEN}",
        "[Showed] [No-show] [Book again]",
    ]
    assert told.text == "How did it go with Maya Ortiz? Maya Ortiz and Ana, Tue 24 Nov, 15:00-15:30 Berlin"


def test_of_a_meeting_whose_contacts_are_gone_only_the_meeting_is_named() -> None:
    told = a_reminding(a_meeting(contacts=()), kind=ReminderKind.AFTER)
    assert read_message(reminder_message(told))[:2] == ["*How did it go?*", f"Maya Ortiz and Ana · {WHEN}"]
    settled = a_meeting(contacts=(), appointment=an_appointment(status=AppointmentStatus.SHOWED, version=2))
    assert lines(settled, kind=ReminderKind.AFTER, stage=Stage.OVER)[:2] == ["*Maya Ortiz and Ana* · showed", WHEN]


def test_an_answered_question_says_the_answer() -> None:
    settled = a_meeting(appointment=an_appointment(status=AppointmentStatus.NO_SHOW, version=2))
    assert lines(settled, kind=ReminderKind.AFTER, stage=Stage.OVER) == [
        "*Maya Ortiz and Ana* · no-show",
        f"{WHEN} · with Maya Ortiz",
        "[Book again]",
    ]


# fault 46
@given(title=st.text(max_size=400), name=st.text(max_size=400), place=st.text(max_size=400))
@pytest.mark.parametrize("kind", list(ReminderKind))
@pytest.mark.parametrize("channel", ["", "C1"])
def test_whatever_people_wrote_slack_takes_it_and_nobody_is_called(
    kind: ReminderKind, channel: str, title: str, name: str, place: str
) -> None:
    evil = replace(MAYA, name=f"{name}<!channel>")
    meeting = a_meeting(title=f"{title}<!here> <@U1>", contacts=(evil,) * 12, venue=Venue(Where.PLACE, place))
    for stage in Stage:
        told = reminder_message(
            a_reminding(meeting, kind=kind, channel=channel, stage=stage, shows_titles=True, hosts=(ana,) * 12)
        )
        read_message(told)
        for said in (told.text, str(told.blocks)):
            assert "<!channel>" not in said
            assert "<!here>" not in said
            assert "<@" not in said


@pytest.mark.parametrize(
    ("choice", "reads"),
    [
        (ReminderChoice(), "10 minutes before the start · asked afterwards how it went"),
        (ReminderChoice((), asks_after=False), "none before the start · not asked afterwards"),
        (
            ReminderChoice((1440, 60, 10), "C1", "sales"),
            (
                "1 day before, 1 hour before, and 10 minutes before the start · also in #sales, without titles · "
                "asked afterwards how it went"
            ),
        ),
        (
            ReminderChoice((90,), "C1", "<!here>", shows_titles=True, problem="Daybook is not in that channel."),
            (
                "1 hour 30 minutes before the start · also in #&lt;!here&gt;, with titles · "
                "asked afterwards how it went\n_Daybook is not in that channel._"
            ),
        ),
    ],
)
def test_the_row_in_the_settings_says_what_was_decided(choice: ReminderChoice, reads: str) -> None:
    assert reminders_text(choice) == reads


def test_the_form_holds_what_is_set_and_why_it_was_refused() -> None:
    form = reminders_form(ReminderChoice((60, 10), "C1", "sales"), "V1", mistake="Daybook is not in that channel.")
    assert read_view(form)[0] == "Daybook is not in that channel."
    elements: Any = [block["element"] for block in form.blocks[1:]]
    assert [elements[0]["initial_value"], elements[1]["initial_conversation"]] == ["60, 10", "C1"]
    assert [elements[2]["initial_option"]["value"], elements[3]["initial_options"][0]["value"]] == [
        "busy",
        "asks_after",
    ]


def test_of_very_many_contacts_abroad_some_are_named_and_the_rest_is_counted() -> None:  # fault 47
    contacts = tuple(replace(MAYA, id=UUID(int=number + 1)) for number in range(200))
    told = lines(a_meeting(contacts=contacts))
    assert told[1].endswith("and 192 more · Zoom")
    assert told[2:] == [
        *["_ 9:00-9:30 for Maya Ortiz in New York"] * 8,
        "_ +192 more on other clocks",
        "[Join Zoom] [Reschedule]",
    ]


def test_a_host_of_twelve_hours_is_told_by_them_and_a_channel_never_whoever_has_it_said() -> None:
    american = replace(ana, locale="en-US")
    to_host = replace(a_reminding(a_meeting()), host=american)
    to_channel = replace(a_reminding(a_meeting(), channel="C0SALES"), host=american)
    for habits in (EVERYBODYS, american.habits):
        with read_by(habits):
            assert reminder_message(to_host).text.endswith("Tue 24 Nov, 3:00-3:30 PM Berlin")
            assert reminder_message(to_channel).text.endswith("Tue 24 Nov, 15:00-15:30 Berlin")
            assert reminder_message(a_reminding(a_meeting())).text.endswith("Tue 24 Nov, 15:00-15:30 Berlin")
