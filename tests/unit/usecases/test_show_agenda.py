"""A day of one's own with everything in it, and of somebody else's nothing but when he is busy."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from bot.domain.agenda import Agenda, AgendaRequest
from bot.domain.day_words import UnclearWhen
from bot.domain.errors import NotAllowed
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.people import Member, Standing, actor_of
from bot.domain.preferences import Audience, default_preferences
from bot.usecases.show_agenda import ShowAgenda
from tests.builders import NEW_YORK, days, span
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import ACME, ana, ben, cara


def agenda_of(acme: Acme, asker: Member, request: AgendaRequest) -> Agenda:
    return ShowAgenda(acme.store, acme.clock, acme.resolve_members())(actor_of(asker, ACME), request)


def test_ones_own_day_has_every_event_of_it_and_of_no_other_day() -> None:
    acme = Acme()
    acme.add_event(ana, "15:00-16:00", "Doctor")
    acme.add_event(ana, "9:00-10:00", "Reading", blocks=False)
    acme.add_event(ana, "2026-11-25 9:00-10:00", "Tomorrow")
    acme.add_event(ben, "15:00-16:00", "Stand-up")

    shown = agenda_of(acme, ana, AgendaRequest())

    assert (shown.day, shown.window, shown.is_own) == (date(2026, 11, 24), days(), True)
    assert [(entry.title, entry.occurrence.blocks) for entry in shown.entries] == [("Reading", False), ("Doctor", True)]
    assert [calendar.name for calendar in shown.calendars] == ["Ana"]


def test_somebody_elses_day_is_merged_busy_time_without_a_name_of_anything() -> None:
    acme = Acme()
    private = RemoteEvent("p", EventStatus.CONFIRMED, title="Doctor", is_private=True, link="https://www.google.com/x")
    acme.put_event(ana, private, "15:00-16:00")
    acme.add_event(ana, "15:30-16:30", "Call")
    acme.add_event(ana, "9:00-10:00", "Reading", blocks=False)

    shown = agenda_of(acme, ben, AgendaRequest(member="U1", when="today"))

    assert shown.busy == (span("15:00-16:30"),)
    assert (shown.is_own, shown.entries, shown.calendars) == (False, (), ())
    for word in ("Doctor", "Call", "Reading", "google"):
        assert word not in repr(shown)


# fault 42
def test_the_day_is_the_askers_own_and_busy_time_is_cut_to_it() -> None:
    acme = Acme()
    acme.add_event(ana, "2026-11-24 0:00-8:00", "Night shift")
    shown = agenda_of(acme, ben, AgendaRequest(member="U1"))
    assert (shown.zone, shown.window) == (NEW_YORK, days(zone=NEW_YORK))
    assert shown.busy == (span("2026-11-24 6:00-8:00"),)


def test_one_calendar_alone_can_be_shown_and_somebody_elses_id_shows_all_of_ones_own() -> None:
    acme = Acme()
    acme.add_event(ana, "15:00-16:00", "Doctor")
    hers, his = acme.calendars[ana.id].id, acme.calendars[ben.id].id

    own = agenda_of(acme, ana, AgendaRequest(calendar_id=hers))
    assert (own.chosen, len(own.entries)) == (hers, 1)
    for foreign in (his, UUID(int=9)):  # fault 11
        shown = agenda_of(acme, ana, AgendaRequest(calendar_id=foreign))
        assert (shown.chosen, [entry.title for entry in shown.entries]) == (None, ["Doctor"])


def test_of_a_member_without_a_calendar_nobody_can_say() -> None:
    shown = agenda_of(Acme(), ana, AgendaRequest(member="U3"))
    assert (shown.gathered.silent, shown.busy) == ((cara,), ())


def test_of_a_calendar_that_was_not_read_yet_nobody_can_say() -> None:
    acme = Acme()
    acme.add_event(ben, "15:00-16:00", "Stand-up")
    acme.set_read(ben, None)
    shown = agenda_of(acme, ana, AgendaRequest(member="U2"))
    assert (shown.gathered.unread, shown.busy) == ((ben,), ())


def test_somebody_who_shares_his_time_with_nobody_shows_no_day() -> None:  # fault 11
    acme = Acme()
    acme.add_event(ben, "15:00-16:00", "Stand-up")
    hidden = replace(default_preferences(ben.zone), audience=Audience.NOBODY)
    with acme.store.writing() as work:
        work.schedules.change(actor_of(ben, ACME), lambda _before: hidden)
        work.commit()
    with pytest.raises(NotAllowed, match="Ben does not share free times with you"):
        agenda_of(acme, ana, AgendaRequest(member="U2"))
    assert len(agenda_of(acme, ben, AgendaRequest()).entries) == 1


def test_a_day_too_far_off_is_refused() -> None:
    with pytest.raises(UnclearWhen):
        agenda_of(Acme(), ana, AgendaRequest(when="2028-01-01"))


def test_a_guest_neither_asks_nor_is_asked_about() -> None:  # fault 13
    acme = Acme()
    guest = replace(cara, standing=Standing.GUEST)
    acme.store.tables.members[cara.id] = guest
    with pytest.raises(NotAllowed):
        agenda_of(acme, guest, AgendaRequest())
    with pytest.raises(NotAllowed):
        agenda_of(acme, ana, AgendaRequest(member="U3"))
