"""Why a time is not free: every reason, with titles for their owner alone."""

from dataclasses import replace

import pytest

from bot.domain.answers import SlotExplained
from bot.domain.availability import Mode
from bot.domain.errors import NotAllowed, NotConnected
from bot.domain.explanation import Reason, ReasonKind
from bot.domain.member_time import Busy, BusyReason
from bot.domain.people import Member, Standing, actor_of
from bot.usecases.explain_slot import ExplainSlot
from tests.builders import local, second, span
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import ACME, ana, ben, cara


def explained(acme: Acme, asker: Member, *members: Member, at: str, mode: Mode = Mode.ALL) -> SlotExplained:
    """Half an hour from `at` by the clock of Berlin, on the usual day."""
    explain = ExplainSlot(acme.store, acme.clock, acme.resolve_members())
    return explain(actor_of(asker, ACME), [one.slack_user_id for one in members], second(at), 30, mode)


def test_the_owner_reads_what_is_in_the_way() -> None:
    acme = Acme()
    acme.add_event(ana, "15:00-16:00", "Doctor")
    source = Busy(
        *span("15:00-16:00"),
        reason=BusyReason.EVENT,
        calendar_name="Ana",
        event_id="Doctor",
        title="Doctor",
    )
    assert explained(acme, ana, ana, at="15:30").reasons == (
        Reason(ana.id, ReasonKind.BUSY, span("15:00-16:00"), source=source),
    )


def test_a_colleague_reads_that_it_is_busy_and_nothing_more() -> None:
    acme = Acme()
    acme.add_event(ana, "15:00-16:00", "Doctor")
    told = explained(acme, ben, ana, at="15:30")
    assert told.reasons == (Reason(ana.id, ReasonKind.BUSY, span("15:00-16:00"), source=Busy(*span("15:00-16:00"))),)
    assert "Doctor" not in repr(told)


def test_an_event_that_is_free_is_shown_to_its_owner_as_leaving_the_time_open() -> None:
    acme = Acme()
    acme.add_event(ana, "15:00-16:00", "Reading", blocks=False)
    told = explained(acme, ana, ana, at="15:30")
    assert told.reasons == ()
    assert [entry.title for entry in told.left_open] == ["Reading"]
    assert explained(acme, ben, ana, at="15:30").left_open == ()


def test_every_reason_of_everybody_is_told() -> None:
    acme = Acme()
    acme.add_event(ana, "14:00-14:30", "Workshop")
    told = explained(acme, ana, ana, ben, at="14:00")
    assert [(reason.member_id, reason.kind) for reason in told.reasons] == [
        (ana.id, ReasonKind.BUSY),
        (ben.id, ReasonKind.OUTSIDE_HOURS),
    ]


def test_the_nearest_free_times_are_offered() -> None:
    acme = Acme()
    acme.add_event(ana, "15:00-16:00", "Doctor")
    nearest = explained(acme, ana, ana, at="15:30").nearest
    assert local(slot.start for slot in nearest) == [
        "2026-11-24T14:30+01:00",
        "2026-11-24T16:00+01:00",
        "2026-11-24T16:15+01:00",
    ]


def test_where_no_time_is_free_for_days_the_nearest_are_looked_for_further_away() -> None:
    acme = Acme()
    for day in range(23, 31):
        acme.add_event(ana, f"2026-11-{day} 0:00-23:59", f"Fair, day {day}")
    assert local(slot.start for slot in explained(acme, ana, ana, at="15:30").nearest)[:1] == ["2026-12-01T09:00+01:00"]


def test_nobody_can_say_of_a_member_without_a_calendar() -> None:
    with pytest.raises(NotConnected, match="Cara has no calendar connected, so nobody can say"):
        explained(Acme(), ana, ana, cara, at="15:00")
    with pytest.raises(NotConnected, match="You have no calendar connected, so nobody can say"):
        explained(Acme(), cara, cara, at="15:00")


def test_nobody_can_say_of_a_calendar_that_was_not_read_yet() -> None:
    acme = Acme()
    acme.set_read(ben, None)
    with pytest.raises(NotConnected, match="Ben's calendar is being read for the first time"):
        explained(acme, ana, ana, ben, at="15:00")


def test_somebody_who_left_gets_no_explanation() -> None:  # fault 13
    acme = Acme()
    with pytest.raises(NotAllowed):
        explained(acme, replace(ben, standing=Standing.DEACTIVATED), ana, at="15:00")
