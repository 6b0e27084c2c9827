"""What happens to an appointment, as those who wait for something see it."""

from dataclasses import replace

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointment_occasions import occasion_of
from bot.domain.appointments import Appointment, AppointmentStatus, Question, QuestionKind
from bot.domain.intervals import Interval
from bot.domain.occasions import BookedIn, Occasion, What
from tests.builders import span
from tests.contracts.appointment_builders import a_hold, an_appointment
from tests.contracts.storage_builders import NOW
from tests.unit.rendering.answers import CALENDAR, actor

booked = an_appointment(actor())
held = a_hold(actor())
THERE, HERE = span("9:00-10:00"), span("15:00-16:00")
over = replace(booked, span=Interval(HERE.start - 700_000, HERE.end - 700_000))


def entry(deed: Deed, before: Interval | None = None, after: Interval | None = None) -> LogEntry:
    return LogEntry(NOW, deed, before=before, after=after)


@pytest.mark.parametrize(
    ("changed", "line", "what"),
    [
        (booked, entry(Deed.BOOKED, after=THERE), What.BOOKED),
        (held, entry(Deed.HELD, after=THERE), None),
        (held.confirmed(NOW), entry(Deed.CONFIRMED, after=THERE), What.BOOKED),
        (booked.moved(HERE, NOW), entry(Deed.MOVED, THERE, HERE), What.RESCHEDULED),
        (booked.moved(HERE, NOW), entry(Deed.MOVED_IN_GOOGLE, THERE, HERE), What.RESCHEDULED),
        (booked.moved(HERE, NOW).moved_back(NOW), entry(Deed.UNDONE, HERE, THERE), What.RESCHEDULED),
        (held.moved(HERE, NOW), entry(Deed.MOVED, THERE, HERE), None),
        (booked.cancelled("", NOW), entry(Deed.CANCELLED, THERE), What.CANCELLED),
        (booked.cancelled("", NOW), entry(Deed.CANCELLED_IN_GOOGLE, THERE), What.CANCELLED),
        (booked.cancelled("", NOW), entry(Deed.UNDONE, THERE), What.CANCELLED),
        (held.cancelled("", NOW), entry(Deed.EXPIRED), None),
        (held.cancelled("", NOW), entry(Deed.CANCELLED, THERE), None),
        (over.settled(AppointmentStatus.SHOWED, NOW), entry(Deed.SHOWED), What.SHOWED),
        (over.settled(AppointmentStatus.NO_SHOW, NOW), entry(Deed.NO_SHOW), What.NO_SHOW),
        (booked.renamed("Other", NOW), entry(Deed.RENAMED_IN_GOOGLE), None),
        (booked, entry(Deed.VENUE_CHANGED), None),
        (booked, entry(Deed.PUT_BACK, after=THERE), None),
        (
            booked.asking(Question(QuestionKind.COLLIDES, HERE), NOW),
            entry(Deed.COLLIDES_IN_GOOGLE, THERE, HERE),
            None,
        ),
        (booked.asking(Question(QuestionKind.DELETED), NOW), entry(Deed.DELETED_IN_GOOGLE, THERE), None),
    ],
)
def test_a_deed_is_the_occasion_that_people_would_call_it(
    changed: Appointment, line: LogEntry, what: What | None
) -> None:
    occasion = occasion_of(changed, line, CALENDAR)
    assert (occasion.what if occasion else None) is what


def test_an_occasion_tells_what_the_appointment_was_then() -> None:
    moved = booked.moved(HERE, NOW)
    assert occasion_of(moved, entry(Deed.MOVED, THERE, HERE), CALENDAR) == Occasion(
        workspace_id=moved.workspace_id,
        what=What.RESCHEDULED,
        subject=moved.id,
        version=2,
        at=NOW,
        booked_in=BookedIn.DAYBOOK,
        calendar_id=CALENDAR,
        hosts=moved.hosts,
        contacts=(),
        title="Demo",
        span=HERE,
        before=THERE,
        zone="Europe/Berlin",
    )
