"""A week of one's own with everything in it, and of somebody else's nothing but when he is busy."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.people import Member, Standing, actor_of
from bot.domain.preferences import Audience, default_preferences
from bot.domain.week import Week, WeekRequest
from bot.usecases.show_week import ShowWeek
from tests.builders import BERLIN, NEW_YORK, days, span
from tests.unit.handlers.acme import Acme
from tests.unit.rendering.answers import ACME, ana, ben, cara

MONDAY = date(2026, 11, 23)


def week_of(acme: Acme, asker: Member, request: WeekRequest) -> Week:
    return ShowWeek(acme.store, acme.clock, acme.resolve_members())(actor_of(asker, ACME), request)


def test_ones_own_week_has_every_event_of_it_and_of_no_other_week() -> None:
    acme = Acme()
    acme.add_event(ana, "15:00-16:00", "Doctor")
    acme.add_event(ana, "2026-11-29 23:00-23:30", "Film")
    acme.add_event(ana, "2026-11-30 9:00-10:00", "Next week")
    acme.add_event(ben, "15:00-16:00", "Stand-up")

    shown = week_of(acme, ana, WeekRequest())

    assert (shown.first, shown.zone, shown.is_own) == (MONDAY, BERLIN, True)
    assert [entry.title for entry in shown.entries] == ["Doctor", "Film"]
    assert shown.working[:2] == (span("2026-11-23 9:00-17:00"), span("2026-11-24 9:00-17:00"))


# faults 11 and 42
def test_somebody_elses_week_is_merged_busy_time_in_the_askers_days_without_a_name_of_anything() -> None:
    acme = Acme()
    private = RemoteEvent("p", EventStatus.CONFIRMED, title="Doctor", is_private=True, link="https://www.google.com/x")
    acme.put_event(ana, private, "15:00-16:00")
    acme.add_event(ana, "15:30-16:30", "Call")
    acme.add_event(ana, "2026-11-23 0:00-8:00", "Night shift")
    acme.add_event(ana, "9:00-10:00", "Reading", blocks=False)

    shown = week_of(acme, ben, WeekRequest(member="U1"))

    assert shown.busy == (span("2026-11-23 6:00-8:00"), span("15:00-16:30"))
    assert (shown.zone, shown.window) == (NEW_YORK, days("2026-11-23", "2026-11-29", NEW_YORK))
    assert (shown.is_own, shown.entries, shown.calendars, shown.appointments) == (False, (), (), ())
    for word in ("Doctor", "Call", "Night", "Reading", "google"):
        assert word not in repr(shown)


def test_one_calendar_alone_can_be_shown_and_somebody_elses_id_shows_all_of_ones_own() -> None:
    acme = Acme()
    acme.add_event(ana, "15:00-16:00", "Doctor")
    hers, his = acme.calendars[ana.id].id, acme.calendars[ben.id].id
    for asked, chosen in ((hers, hers), (his, None), (UUID(int=9), None)):  # fault 11
        shown = week_of(acme, ana, WeekRequest(calendar_id=asked))
        assert (shown.chosen, [entry.title for entry in shown.entries]) == (chosen, ["Doctor"])


def test_of_a_member_without_a_calendar_or_with_an_unread_one_nobody_can_say() -> None:
    acme = Acme()
    acme.set_read(ben, None)
    silent, waiting = (week_of(acme, ana, WeekRequest(member=member)) for member in ("U3", "U2"))
    assert (silent.gathered.silent, silent.is_drawn) == ((cara,), False)
    assert (waiting.gathered.unread, waiting.is_drawn) == ((ben,), False)


def test_somebody_who_shares_his_time_with_nobody_shows_no_week() -> None:  # fault 11
    acme = Acme()
    hidden = replace(default_preferences(ben.zone), audience=Audience.NOBODY)
    with acme.store.writing() as work:
        work.schedules.change(actor_of(ben, ACME), lambda _before: hidden)
        work.commit()
    with pytest.raises(NotAllowed, match="Ben does not share free times with you"):
        week_of(acme, ana, WeekRequest(member="U2"))


def test_a_guest_neither_asks_nor_is_asked_about() -> None:  # fault 13
    acme = Acme()
    guest = replace(cara, standing=Standing.GUEST)
    acme.store.tables.members[cara.id] = guest
    with pytest.raises(NotAllowed):
        week_of(acme, guest, WeekRequest())
    with pytest.raises(NotAllowed):
        week_of(acme, ana, WeekRequest(member="U3"))
