"""What an explanation tells of one's own events: which of them are in the way, and what may be done about each."""

from dataclasses import replace

from bot.domain.answers import SlotExplained
from bot.domain.availability import Mode
from bot.domain.event_fixes import Fix
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.people import Member, actor_of
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.ignore_event import IgnoreEvent
from tests.builders import second
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import ACME, actor, ana, ben

LINK = "https://www.google.com/calendar/event?eid=x"
DOCTOR = RemoteEvent("doctor", EventStatus.CONFIRMED, title="Doctor", link=LINK)


def explained(acme: Acme, asker: Member, *members: Member, mode: Mode = Mode.ALL) -> SlotExplained:
    """Half past three, for half an hour."""
    explain = ExplainSlot(acme.store, acme.clock, acme.resolve_members())
    return explain(actor_of(asker, ACME), [one.slack_user_id for one in members], second("15:30"), 30, mode)


def own(told: SlotExplained) -> list[tuple[str, tuple[Fix, ...], str]]:
    """Each own event with what may be done about it."""
    return [(event.entry.title, event.fixes, event.link) for event in told.own]


def test_what_is_in_ones_own_way_can_be_mended_and_what_is_elsewhere_is_left_out() -> None:
    acme = Acme()
    acme.put_event(ana, DOCTOR, "15:00-16:00")
    acme.add_event(ana, "16:00-17:00", "Later")
    acme.add_event(ana, "15:30-16:00", "Reading", blocks=False)
    assert own(explained(acme, ana, ana)) == [("Doctor", (Fix.MARK_FREE, Fix.IGNORE), LINK)]


def test_an_event_that_leads_elsewhere_cannot_be_opened() -> None:
    acme = Acme()
    acme.put_event(ana, replace(DOCTOR, link="https://evil.test/", is_own=False), "15:00-16:00")
    assert own(explained(acme, ana, ana)) == [("Doctor", (Fix.IGNORE,), "")]


def test_what_is_ignored_there_can_be_taken_back() -> None:
    acme = Acme()
    acme.put_event(ana, DOCTOR, "15:00-16:00")
    IgnoreEvent(acme.store)(actor(ana), acme.ref(ana, "15:00-16:00", "doctor"))
    told = explained(acme, ana, ana)
    assert told.is_free
    assert own(told) == [("Doctor", (Fix.UNIGNORE,), LINK)]


# fault 11
def test_a_colleague_is_told_of_no_event_and_may_mend_nothing() -> None:
    acme = Acme()
    acme.put_event(ana, DOCTOR, "15:00-16:00")
    told = explained(acme, ben, ana)
    assert own(told) == []
    assert "Doctor" not in repr(told)
    assert LINK not in repr(told)


def test_of_several_members_only_the_readers_own_events_are_his_to_mend() -> None:
    acme = Acme()
    acme.put_event(ana, DOCTOR, "15:00-16:00")
    acme.add_event(ben, "15:00-16:00", "Stand-up")
    told = explained(acme, ana, ana, ben)
    assert [title for title, _, _ in own(told)] == ["Doctor"]
    assert told.free == ()


def test_with_anyone_wanted_it_is_told_who_is_free_and_why_the_others_are_not() -> None:
    acme = Acme()
    acme.put_event(ana, DOCTOR, "15:00-16:00")
    told = explained(acme, ana, ana, ben, mode=Mode.ANY)
    assert (told.is_free, told.free) == (True, (ben.id,))
    assert [reason.member_id for reason in told.reasons] == [ana.id]
