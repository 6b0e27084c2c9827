"""An event that its owner has Daybook pass over, and takes back; nobody else can do either."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotAllowed, NotFound
from bot.domain.event_fixes import EventRef
from bot.domain.events import EventStatus, RemoteEvent, ShowsAs
from bot.domain.people import Member, Standing
from bot.usecases.ignore_event import IgnoreEvent, UnignoreEvent
from tests.builders import days
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import actor, ana, ben


def agenda(acme: Acme, member: Member = ana) -> list[tuple[str, bool, bool]]:
    """Each event of the day: its title, whether it blocks, whether it is ignored."""
    with acme.store.reading() as work:
        entries = work.events.agenda(actor(member), days())
    return [(entry.title, entry.occurrence.blocks, entry.is_ignored) for entry in entries]


def doctor(acme: Acme) -> EventRef:
    """Ana is at the doctor's from three to four."""
    acme.add_event(ana, "15:00-16:00", "Doctor")
    return acme.ref(ana, "15:00-16:00", "Doctor")


def test_an_ignored_event_blocks_nothing_any_more() -> None:
    acme = Acme()
    ref = doctor(acme)
    assert IgnoreEvent(acme.store)(actor(ana), ref).occurrence.blocks
    assert agenda(acme) == [("Doctor", False, True)]


def test_what_is_taken_back_blocks_as_before() -> None:
    acme = Acme()
    ref = doctor(acme)
    IgnoreEvent(acme.store)(actor(ana), ref)
    assert UnignoreEvent(acme.store)(actor(ana), ref).occurrence.blocks
    assert agenda(acme) == [("Doctor", True, False)]


def test_what_became_free_meanwhile_stays_open_when_it_is_taken_back() -> None:
    acme = Acme()
    ref = doctor(acme)
    IgnoreEvent(acme.store)(actor(ana), ref)
    free = RemoteEvent("Doctor", EventStatus.CONFIRMED, title="Doctor", shows_as=ShowsAs.FREE)
    acme.put_event(ana, free, "15:00-16:00", blocks=False)
    UnignoreEvent(acme.store)(actor(ana), ref)
    assert agenda(acme) == [("Doctor", False, False)]


# fault 11
def test_nobody_ignores_or_notices_somebody_elses_event() -> None:
    acme = Acme()
    ref = doctor(acme)
    with pytest.raises(NotFound):
        IgnoreEvent(acme.store)(actor(ben), ref)
    IgnoreEvent(acme.store)(actor(ana), ref)
    with pytest.raises(NotFound):
        UnignoreEvent(acme.store)(actor(ben), ref)
    assert agenda(acme) == [("Doctor", False, True)]


def test_an_event_that_is_not_at_that_time_any_more_is_not_touched() -> None:
    acme = Acme()
    ref = doctor(acme)
    for gone in (replace(ref, start=ref.start + 60), replace(ref, event_id="Dentist")):
        with pytest.raises(NotFound, match="not there any more, or not at that time"):
            IgnoreEvent(acme.store)(actor(ana), gone)
    assert agenda(acme) == [("Doctor", True, False)]


def test_somebody_who_left_changes_nothing() -> None:  # fault 13
    acme = Acme()
    ref = doctor(acme)
    gone = replace(actor(ana), standing=Standing.DEACTIVATED)
    with pytest.raises(NotAllowed):
        IgnoreEvent(acme.store)(gone, ref)
    with pytest.raises(NotAllowed):
        UnignoreEvent(acme.store)(gone, ref)
