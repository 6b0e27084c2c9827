"""What members decide about their time is followed at once, by free slots and by the reasons alike."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.answers import SlotExplained, SlotsFound
from bot.domain.availability import Mode
from bot.domain.errors import NotAllowed
from bot.domain.events import EventStatus, RemoteEvent, Response
from bot.domain.explanation import ReasonKind
from bot.domain.people import Member, Standing, actor_of
from bot.domain.permissions import TimeWithheld
from bot.domain.preference_changes import (
    SLACK_ZONE,
    Change,
    added_dates,
    audience,
    blocking,
    limits,
    meetings,
    own_zone,
    weekly_hours,
)
from bot.domain.schedule import BadSchedule
from bot.domain.slots_request import SlotsRequest
from bot.usecases.change_schedule import ChangeSchedule
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.find_slots import FindSlots
from tests.builders import BERLIN, NEW_YORK, at, local, second
from tests.unit.handlers.acme import NOW, Acme
from tests.unit.rendering.answers import ACME, ana, ben, cara

TODAY = date(2026, 11, 24)


def found(
    acme: Acme, *members: Member, by: Member = ana, when: str = "today", minutes: int | None = 60, mode: Mode = Mode.ALL
) -> SlotsFound:
    """The answer to somebody's question."""
    request = SlotsRequest(tuple(one.slack_user_id for one in members), mode, minutes, when)
    return FindSlots(acme.store, acme.clock, acme.resolve_members())(actor_of(by, ACME), request)


def starts(answered: SlotsFound, zone: str = BERLIN) -> list[str]:
    """The slots as `15:00`, by the clock of a zone."""
    assert answered.slots is not None
    return [text[11:16] for text in local((slot.start for slot in answered.slots), zone)]


def explained(acme: Acme, *members: Member, time: str, by: Member = ana) -> SlotExplained:
    """Why an hour is or is not free."""
    explain = ExplainSlot(acme.store, acme.clock, acme.resolve_members())
    return explain(actor_of(by, ACME), [one.slack_user_id for one in members], second(time), 60, Mode.ALL)


def kinds(told: SlotExplained) -> list[ReasonKind]:
    return [reason.kind for reason in told.reasons]


def week(hours: str) -> Change:
    """The same hours on every day."""
    return weekly_hours([hours] * 7)


def test_hours_that_were_changed_are_offered_at_once() -> None:
    acme = Acme()
    acme.decide(ana, week("13-14, 15:30-17"))
    assert starts(found(acme, ana)) == ["13:00", "15:30", "15:45", "16:00"]
    assert kinds(explained(acme, ana, time="14:30")) == [ReasonKind.OUTSIDE_HOURS]


def test_a_day_off_offers_nothing_and_says_so() -> None:
    acme = Acme()
    acme.decide(ana, added_dates("2026-11-24", "2026-11-25", "", today=TODAY))
    assert starts(found(acme, ana)) == []
    assert kinds(explained(acme, ana, time="15:00")) == [ReasonKind.DATE_OVERRIDE]
    assert starts(found(acme, ana, when="2026-11-26", minutes=480)) == ["09:00"]


def test_the_step_and_the_usual_length_are_the_members_own() -> None:
    acme = Acme()
    acme.decide(ana, meetings("90", "30", "0", "0"))
    answered = found(acme, ana, minutes=None)
    assert (answered.minutes, starts(answered)) == (
        90,
        ["12:00", "12:30", "13:00", "13:30", "14:00", "14:30", "15:00", "15:30"],
    )


def test_the_usual_length_is_that_of_the_first_who_is_asked_about() -> None:
    acme = Acme()
    acme.decide(ben, meetings("45", "15", "0", "0"))
    assert [found(acme, *pair, minutes=None).minutes for pair in ((ana, ben), (ben, ana))] == [30, 45]


def test_time_around_meetings_is_kept_free() -> None:
    acme = Acme()
    acme.add_event(ana, "14:00-15:00", "Workshop")
    acme.decide(ana, meetings("30", "15", "30", "15"))
    # A quarter of an hour is kept behind the meeting, and half an hour ahead of it.
    assert starts(found(acme, ana)) == ["12:00", "12:15", "12:30", "12:45", "15:30", "15:45", "16:00"]
    assert kinds(explained(acme, ana, time="15:15")) == [ReasonKind.BUFFER]


def test_notice_horizon_and_their_reasons() -> None:
    acme = Acme()
    acme.decide(ana, limits("3 hours", "1", ""))
    assert starts(found(acme, ana)) == ["15:00", "15:15", "15:30", "15:45", "16:00"]
    assert kinds(explained(acme, ana, time="14:00")) == [ReasonKind.NOTICE]
    assert starts(found(acme, ana, when="2026-11-26")) == []
    assert kinds(explained(acme, ana, time="2026-11-26 14:00")) == [ReasonKind.HORIZON]


def test_hours_are_in_the_chosen_zone_and_otherwise_where_slack_says() -> None:
    acme = Acme()
    acme.decide(ana, own_zone(NEW_YORK))
    assert starts(found(acme, ana)) == ["15:00", "15:15", "15:30", "15:45", "16:00", *_until_eleven()]
    acme.decide(ana, own_zone(SLACK_ZONE))
    assert starts(found(acme, ana))[-1] == "16:00"
    acme.store.tables.members[ana.id] = replace(ana, zone="Europe/London")
    assert starts(found(acme, ana))[-1] == "17:00"


def _until_eleven() -> list[str]:
    return [f"{16 + quarter // 4}:{quarter % 4 * 15:02}" for quarter in range(1, 25)]


@pytest.mark.parametrize(
    ("zone", "day", "first", "offset"),
    [
        # The clocks go forward over 2:30 in Berlin: the shift begins at 3:00.
        (BERLIN, "2027-03-28", "2027-03-28T03:00+02:00", None),
        # They go back over it: it is meant the first time it is shown.
        (BERLIN, "2027-10-31", "2027-10-31T02:30+02:00", None),
        (NEW_YORK, "2027-03-14", "2027-03-14T03:00-04:00", None),
        (NEW_YORK, "2027-11-07", "2027-11-07T01:30-04:00", "1:30-6"),
    ],
)
def test_hours_on_the_days_of_a_change_of_clocks_are_by_the_wall(
    zone: str, day: str, first: str, offset: str | None
) -> None:  # fault 42
    acme = Acme()
    acme.clock.time = datetime.fromisoformat(f"{day}T00:00+00:00").astimezone(UTC) - timedelta(days=1)
    acme.set_read(ana, acme.clock.time)
    acme.store.tables.members[ana.id] = replace(ana, zone=zone)
    acme.decide(ana, own_zone(zone), week(offset or "2:30-6"), meetings("30", "30", "0", "0"))
    answered = FindSlots(acme.store, acme.clock, acme.resolve_members())(
        actor_of(acme.store.tables.members[ana.id], ACME), SlotsRequest(("U1",), Mode.ALL, 30, day)
    )
    assert answered.slots is not None
    assert local([answered.slots[0].start], zone) == [first]


# --- Who may see it


# fault 11
@pytest.mark.parametrize(("change", "is_shared"), [
    (audience("everyone", []), True),
    (audience("invited", ["U1"]), True),
    (audience("invited", ["U3"]), False),
    (audience("nobody", []), False),
])  # fmt: skip
def test_only_those_who_may_book_a_member_see_when_he_is_free(change: Change, is_shared: bool) -> None:
    acme = Acme()
    acme.decide(ben, change)
    answered = found(acme, ben)
    assert (answered.slots is not None, answered.gathered.withheld) == (is_shared, () if is_shared else (ben,))
    if not is_shared:
        with pytest.raises(TimeWithheld, match="Ben does not share free times with you"):
            explained(acme, ben, time="15:00")


# fault 11
def test_whether_a_calendar_is_connected_is_not_told_by_those_who_share_nothing() -> None:
    acme = Acme()
    acme.decide(cara, audience("nobody", []))
    gathered = found(acme, cara).gathered
    assert (gathered.withheld, gathered.silent) == ((cara,), ())


def test_a_member_always_sees_his_own_time() -> None:
    acme = Acme()
    acme.decide(ana, audience("nobody", []))
    assert starts(found(acme, ana))[-1] == "16:00"
    assert explained(acme, ana, time="15:00").is_free


def test_of_several_people_the_others_can_still_be_asked_about() -> None:
    acme = Acme()
    acme.decide(ben, audience("nobody", []))
    assert found(acme, ana, ben).slots is None
    either = found(acme, ana, ben, mode=Mode.ANY).slots
    assert either is not None
    assert {slot.members for slot in either} == {(ana.id,)}


# fault 13
def test_a_guest_decides_nothing() -> None:
    acme = Acme()
    guest = replace(ben, standing=Standing.GUEST)
    with pytest.raises(NotAllowed):
        ChangeSchedule(acme.store)(actor_of(guest, ACME), audience("nobody", []))
    assert acme.store.tables.schedules == {}


# --- What takes time


# fault 45
def test_an_invitation_that_is_left_open_is_offered_and_told_beside() -> None:
    acme = Acme()
    maybe = RemoteEvent("Offsite", EventStatus.CONFIRMED, title="Offsite", response=Response.TENTATIVE)
    acme.put_event(ana, maybe, "12:00-16:00")
    assert starts(found(acme, ana)) == ["16:00"]
    acme.decide(ana, blocking(["unanswered"], "warn"))
    assert starts(found(acme, ana))[0] == "12:00"
    told = explained(acme, ana, time="13:00")
    assert (told.is_free, [entry.title for entry in told.left_open]) == (True, ["Offsite"])
    acme.decide(ana, blocking(["unanswered", "tentative"], "warn"))
    assert kinds(explained(acme, ana, time="13:00")) == [ReasonKind.BUSY]


def test_nothing_is_offered_while_a_calendar_is_stale_if_its_owner_wants_that() -> None:
    acme = Acme()
    acme.set_read(ben, NOW - timedelta(hours=2))
    assert starts(found(acme, ben))[0] == "15:00"
    acme.decide(ben, blocking(["tentative", "unanswered"], "offer_nothing"))
    answered = found(acme, ben)
    assert (starts(answered), [time.is_paused for time in answered.gathered.times]) == ([], [True])
    assert kinds(explained(acme, ben, time="15:00")) == [ReasonKind.STALE]
    acme.set_read(ben, NOW)
    assert starts(found(acme, ben))[0] == "15:00"


# --- What cannot be kept


def test_a_change_that_is_refused_leaves_everything_as_it_was() -> None:
    acme = Acme()
    acme.decide(ana, added_dates("2026-12-01", "2027-12-01", "", today=TODAY))
    before = acme.store.tables.schedules[ana.id]
    with pytest.raises(BadSchedule):
        acme.decide(ana, added_dates("2028-01-01", "", "", today=TODAY))
    assert acme.store.tables.schedules[ana.id] == before
    assert at("15:00") > NOW
