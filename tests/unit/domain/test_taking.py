"""The next state of a meeting in Google, and what happened by it."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.calendars import ONE_WAY, TWO_WAY, SyncOption
from bot.domain.contacts import Contact
from bot.domain.events import Response
from bot.domain.intervals import Interval
from bot.domain.occasions import What
from bot.domain.people import Actor, Standing
from bot.domain.taken import KnownMeeting, MarkedEvent, TakenAppointment, TakenContact, TakenKey
from bot.domain.taken_news import fires_for, newly_declined
from bot.domain.taking import SeenMeeting, Taking, is_a_time_of, over_at, taking
from tests.builders import ANA, BEN, BERLIN, second, span
from tests.contracts.storage_builders import a_calendar, an_account
from tests.contracts.two_way_house import MADE, MAYA, invited, weekly

ACME = UUID(int=100)
NINE, TEN = span("9:00-10:00"), span("10:00-11:00")
NOW = second("8:00")
HOST = Actor(ACME, ANA, "T1", "U1", "Ana", BERLIN, Standing.FULL, is_admin=False)
MAYAS = Contact(UUID(int=7), ACME, MAYA, "Maya Ortiz")


def a_meeting(when: Interval = NINE, **changes: object) -> SeenMeeting:
    made = SeenMeeting(
        key=TakenKey("demo@google.com", 0),
        host_id=ANA,
        span=when,
        title="Demo",
        repeats=False,
        contacts=(TakenContact(MAYAS, Response.ACCEPTED),),
        created_at=MADE,
        over_at=when.end,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def known(when: Interval = NINE, *, seen: Interval | None = NINE, **changes: object) -> KnownMeeting:
    taken = decided(a_meeting(when)).taken
    return KnownMeeting(replace(taken, **changes), seen)  # type: ignore[arg-type]


def decided(meeting: SeenMeeting, before: KnownMeeting | None = None, now: int = NOW) -> Taking:
    return taking(meeting, before, workspace_id=ACME, now=now)


def test_a_new_meeting_is_booked() -> None:
    assert decided(a_meeting()) == Taking(
        TakenAppointment(
            id=UUID("9636cbdb-816e-5188-8a27-abac512eea0f"),
            workspace_id=ACME,
            ical_uid="demo@google.com",
            original=0,
            span=NINE,
            title="Demo",
            repeats=False,
            hosts=(ANA,),
            contacts=(TakenContact(MAYAS, Response.ACCEPTED),),
            created_at=MADE,
            over_at=NINE.end,
        ),
        What.BOOKED,
    )


@pytest.mark.parametrize(
    ("meeting", "before", "what", "version"),
    [
        (a_meeting(), known(), None, 1),
        (a_meeting(TEN), known(), What.RESCHEDULED, 2),
        (a_meeting(TEN), known(TEN, seen=NINE), None, 1),
        (a_meeting(NINE), known(TEN, seen=NINE), None, 1),
        (a_meeting(TEN), known(NINE, seen=None), None, 1),
        (a_meeting(), known(is_cancelled=True, version=3), What.BOOKED, 4),
        (a_meeting(), known(hosts=(), seen=None, version=2), None, 2),
        (a_meeting(TEN), known(hosts=(), seen=None, version=2), What.RESCHEDULED, 3),
        (a_meeting(), known(hosts=(), seen=None, is_cancelled=True, version=2), What.BOOKED, 3),
        (a_meeting(TEN, begun=NINE), None, What.RESCHEDULED, 1),
        (a_meeting(NINE, begun=NINE), None, None, 1),
        (a_meeting(continues=True), None, None, 1),
    ],
    ids=[
        "nothing new",
        "moved",
        "moved, as another calendar told before",
        "not read since another calendar told of a move",
        "a calendar that has it only now",
        "back again",
        "an appointment again",
        "an appointment again, and moved",
        "an appointment again after it was called off",
        "one time of a series, moved",
        "one time of a series, where it was",
        "what goes on with a series",
    ],
)
def test_what_happened_is_told_once(
    meeting: SeenMeeting, before: KnownMeeting | None, what: What | None, version: int
) -> None:
    told = decided(meeting, before)
    assert (told.what, told.taken.version) == (what, version)


def test_a_move_says_where_it_was() -> None:
    assert decided(a_meeting(TEN), known()).before == NINE


def test_who_has_it_too_becomes_a_host() -> None:
    assert decided(a_meeting(host_id=BEN), known()).taken.hosts == (ANA, BEN)


def test_of_what_is_over_nobody_hears() -> None:
    told = decided(a_meeting(TEN), known(), now=second("12:00"))
    assert (told.what, told.taken.version) == (None, 2)


@pytest.mark.parametrize(
    ("option", "since", "heard"),
    [
        (TWO_WAY, MADE, True),
        (TWO_WAY, MADE + timedelta(milliseconds=300), False),
        (TWO_WAY, MADE + timedelta(seconds=1), False),
        (TWO_WAY, None, False),
        (replace(TWO_WAY, fire_triggers=False), MADE, False),
        (ONE_WAY, MADE, False),
    ],
)
def test_triggers_hear_of_what_was_made_since_they_were_let(
    option: SyncOption, since: datetime | None, heard: bool
) -> None:
    linked = replace(a_calendar(an_account(HOST)), option=option, option_since=since)
    assert fires_for(linked, known().taken.created_at) is heard


@pytest.mark.parametrize(
    ("before", "is_fresh", "heard"),
    [(Response.ACCEPTED, False, True), (Response.DECLINED, True, False), (None, True, True), (None, False, False)],
)
def test_a_no_is_news_once(before: Response | None, is_fresh: bool, heard: bool) -> None:
    def saying(response: Response) -> TakenAppointment:
        return replace(known().taken, contacts=(TakenContact(MAYAS, response),))

    was = saying(before) if before is not None else None
    found = list(newly_declined(saying(Response.DECLINED), was, None, is_fresh=is_fresh))
    assert bool(found) is heard


def test_who_became_a_contact_since_is_no_news_unless_the_meeting_is_new() -> None:
    nobody_yet, said_no = known().taken, replace(known().taken, contacts=(TakenContact(MAYAS, Response.DECLINED),))
    assert list(newly_declined(said_no, replace(nobody_yet, contacts=()), None, is_fresh=False)) == []
    assert len(list(newly_declined(said_no, replace(nobody_yet, contacts=()), None, is_fresh=True))) == 1


def test_who_declined_a_whole_series_is_not_told_of_for_each_time_of_it() -> None:
    said_no = replace(known().taken, contacts=(TakenContact(MAYAS, Response.DECLINED),))
    assert list(newly_declined(said_no, None, said_no, is_fresh=True)) == []


def test_a_series_is_over_with_its_last_time_unless_no_end_is_in_sight() -> None:
    series = weekly(invited("weekly", "2026-11-24 9:00-10:00", MAYA))
    in_sight, far = second("2027-01-05 10:00"), second("2027-12-07 10:00")
    assert over_at(MarkedEvent(series, None, in_sight), NINE, NOW) == in_sight
    assert over_at(MarkedEvent(series, None, far), NINE, NOW) is None
    assert over_at(MarkedEvent(replace(series, recurrence=())), NINE, NOW) == NINE.end


def test_only_a_time_that_the_series_has_can_be_called_off() -> None:
    series = weekly(invited("weekly", "2026-11-24 9:00-10:00", MAYA))
    marked = MarkedEvent(invited("one", "2026-12-01 9:00-10:00"), series)
    assert is_a_time_of(marked, second("2026-12-01 9:00"), BERLIN)
    assert not is_a_time_of(marked, second("2026-12-01 14:00"), BERLIN)
    assert not is_a_time_of(MarkedEvent(marked.event), second("2026-12-01 9:00"), BERLIN)
