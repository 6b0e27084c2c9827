"""Appointments' own events among those of a calendar: noticed when they change, and never taken for another's time."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.appointments import Appointment
from bot.domain.calendars import SyncOutcome
from bot.domain.effects import EFFECT_LEASE, Effect, EffectKind, LinkState, RemoteLink
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.people import Profile, Standing, actor_of
from bot.usecases.answer_fuse import AnswerFuse
from tests.builders import BERLIN, span
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.event_builders import a_meeting, cancelled, timed
from tests.fakes.calendar_gateway import LivingCalendar
from tests.unit.usecases.sync_house import CALENDAR_ID, FIVE_MINUTES, NOW, House, a_calendar, power_cut

WHEN = "2026-11-25 9:00-10:00"
LATER = "2026-11-25 15:00-16:00"
WRITTEN = '"1"'
EDITED = '"2"'


@dataclass
class Booked:
    """A house whose calendar was read after an appointment at `WHEN` was written to it."""

    house: House
    google: LivingCalendar
    appointment: Appointment
    link: RemoteLink

    def event(self, when: str = WHEN, etag: str = EDITED) -> RemoteEvent:
        """The appointment's event, as it stands in the calendar."""
        return replace(a_meeting(self.link.remote_id, when), etag=etag, ical_uid=self.link.ical_uid)

    def effect(self) -> Effect:
        """Where the delivery of the event stands."""
        with self.house.store.reading() as work:
            return work.effects.of(self.appointment.id)[EffectKind.EVENT]

    @property
    def is_noticed(self) -> bool:
        """Whether somebody is to look at the event now."""
        effect = self.effect()
        assert (effect.due_at == self.house.clock.now()) is effect.is_noticed
        return effect.is_noticed

    def look(self, etag: str) -> None:
        """Somebody looked at the event, and agreed on what he saw."""
        with self.house.store.writing() as work:
            [claim] = work.effects.claim_due(self.house.clock.now(), limit=10, lease=EFFECT_LEASE)
            work.remote_links.keep(claim, replace(self.link, etag=etag))
            work.effects.done(claim, version=self.appointment.version)
            work.commit()


def a_booked() -> Booked:
    google = LivingCalendar(BERLIN)
    house = House(google)
    with house.store.reading() as work:
        [calendar] = work.calendars.of(house.actor)
    appointment = booked(house.store, an_appointment(house.actor, WHEN))
    one = Booked(house, google, appointment, copied(house.store, appointment, calendar))
    google.put(one.event(etag=WRITTEN))
    assert house.run() is SyncOutcome.SYNCED
    return one


# --- What is noticed


@pytest.mark.parametrize("is_expired", [False, True])
def test_what_we_wrote_ourselves_is_not_noticed_however_often_it_is_read(is_expired: bool) -> None:
    one = a_booked()
    for _ in range(3):
        one.google.put(one.event(etag=WRITTEN))
        one.google.oldest_token = one.google.now if is_expired else 0
        one.house.run()
        assert not one.is_noticed


def test_an_event_that_was_edited_is_noticed_once_and_not_again_after_somebody_looked() -> None:
    one = a_booked()
    one.google.put(one.event(LATER))
    one.house.run()
    assert one.is_noticed

    one.look(EDITED)
    one.google.oldest_token = one.google.now
    one.house.run()
    assert not one.is_noticed


def test_an_edit_between_two_looks_is_noticed_as_well() -> None:
    one = a_booked()
    one.google.put(one.event(LATER))
    one.house.run()
    one.look(EDITED)
    one.google.put(one.event("2026-11-25 17:00-18:00", etag='"3"'))
    one.house.run()
    assert one.is_noticed


def test_an_event_that_was_deleted_is_noticed() -> None:
    one = a_booked()
    one.google.put(cancelled(one.link.remote_id))
    one.house.run()
    assert one.is_noticed


def test_an_event_that_a_full_reading_did_not_meet_is_noticed() -> None:
    one = a_booked()
    one.google.put(replace(one.event(), status=EventStatus.CANCELLED))
    one.google.oldest_token = one.google.now
    one.house.run()
    assert one.is_noticed


def test_what_we_took_away_is_nobodys_deletion() -> None:
    one = a_booked()
    with one.house.store.writing() as work:
        work.remote_links.plan(replace(one.link, state=LinkState.REMOVED, etag=""))
        work.commit()
    one.google.put(cancelled(one.link.remote_id))
    one.house.run()
    assert not one.is_noticed


def test_an_appointment_whose_event_was_private_stays_private_when_the_event_was_deleted() -> None:
    one = a_booked()
    private = []
    for event in (replace(one.event(), is_private=True), cancelled(one.link.remote_id), one.event()):
        one.google.put(event)
        one.house.run()
        with one.house.store.reading() as work:
            private.append(work.remote_links.private_among([one.appointment.id]))
    assert private == [{one.appointment.id}] * 3


# fault 39
def test_while_a_loss_is_held_back_nobody_is_asked_about_the_appointments_in_it() -> None:
    one = a_booked()
    others = [f"e{day}" for day in range(1, 8)]
    for day, event_id in enumerate(others, start=1):
        one.google.put(a_meeting(event_id, f"2026-12-0{day} 9:00-10:00"))
    one.house.run()
    for event_id in (*others, one.link.remote_id):
        one.google.put(cancelled(event_id))

    assert one.house.run() is SyncOutcome.HELD
    assert not one.is_noticed

    fuse = one.house.calendar().fuse
    assert fuse is not None
    AnswerFuse(one.house.store, one.house.clock)(one.house.actor, CALENDAR_ID, fuse.number, removes=True)
    assert one.house.run() is SyncOutcome.SYNCED
    assert one.is_noticed


def test_a_move_is_noticed_while_a_loss_is_held_back() -> None:
    one = a_booked()
    for day in range(1, 8):
        one.google.put(a_meeting(f"e{day}", f"2026-12-0{day} 9:00-10:00"))
    one.house.run()
    for day in range(1, 8):
        one.google.put(cancelled(f"e{day}"))
    one.google.put(one.event(LATER))
    assert one.house.run() is SyncOutcome.HELD
    assert one.is_noticed


# fault 37
@pytest.mark.parametrize("is_deleted", [False, True])
@pytest.mark.parametrize("survived", range(7))
def test_a_crash_at_any_commit_loses_no_notice(survived: int, is_deleted: bool) -> None:
    one = a_booked()
    one.google.put(cancelled(one.link.remote_id) if is_deleted else one.event(LATER))
    one.house.request()
    claim = one.house.claim()
    with power_cut(one.house, after_commits=survived):
        one.house.sync(claim)
    one.house.clock.time += FIVE_MINUTES
    one.house.run()
    assert one.effect().is_noticed


# fault 37
def test_somebody_who_looked_before_a_crash_need_not_look_again_after_it() -> None:
    one = a_booked()
    one.google.put(one.event(LATER))
    one.house.request()
    claim = one.house.claim()
    with power_cut(one.house, after_commits=1):
        one.house.sync(claim)
    one.look(EDITED)
    one.house.clock.time += FIVE_MINUTES
    one.house.run()
    assert (one.house.token(), one.is_noticed) == (str(one.google.now), False)


# --- Whose time it is


def test_an_appointments_event_takes_no_time_of_its_own_wherever_it_is_moved() -> None:
    one = a_booked()
    assert (one.house.busy(), one.house.agenda()) == ([], [])
    one.google.put(one.event(LATER))
    one.house.run()
    assert (one.house.busy(), one.house.agenda()) == ([], [])


def test_a_copy_that_a_person_made_of_it_is_an_event_like_any_other() -> None:
    one = a_booked()
    one.google.put(replace(one.event(LATER), id="theirs", ical_uid="theirs@google.com"))
    one.house.run()
    assert one.house.busy() == [span(LATER)]
    assert one.house.agenda() == ["2026-11-25T15:00+01:00 1h"]


def test_the_same_event_in_another_calendar_of_the_host_takes_no_time_either() -> None:
    one = a_booked()
    side = replace(a_calendar(one.house.actor), id=UUID(int=21), remote_id="side@group.test", name="Side")
    with one.house.store.writing() as work:
        work.calendars.choose(one.house.actor, [a_calendar(one.house.actor), side])
        [claim] = work.calendars.claim_these([side.id], one.house.clock.now(), lease=FIVE_MINUTES)
        work.commit()
    assert one.house.sync(claim) is SyncOutcome.SYNCED
    with one.house.store.reading() as work:
        assert work.events.busy(one.house.actor, [side.id], span("2026-11-25 0:00-23:00")) == {side.id: []}


def test_a_member_who_is_only_a_guest_has_his_time_taken_by_it() -> None:
    one = a_booked()
    profile = Profile("U2", "Ben", BERLIN, Standing.FULL, is_admin=False)
    with one.house.store.writing() as work:
        workspace = work.workspaces.get(one.house.actor.workspace_id)
        ben = actor_of(work.members.save(workspace.id, profile, new_id=UUID(int=3), now=NOW), workspace)
        work.commit()
    bens = booked(one.house.store, an_appointment(ben, LATER))
    with one.house.store.writing() as work:
        work.remote_links.plan(replace(one.link, appointment_id=bens.id, container="ben", ical_uid="b@google.com"))
        work.commit()
    one.google.put(replace(a_meeting("b", LATER), ical_uid="b@google.com"))
    one.house.run()
    assert one.house.busy() == [span(LATER)]


def test_one_that_was_made_to_repeat_takes_the_time_of_each_day_besides_the_appointments() -> None:
    one = a_booked()
    one.google.put(replace(one.event(), recurrence=("RRULE:FREQ=DAILY;COUNT=2",)))
    key = timed("2026-11-26 9:00")
    moved = replace(a_meeting("moved", "2026-11-26 15:00-16:00"), series_id=one.link.remote_id, original_start=key)
    one.google.put(replace(moved, ical_uid=one.link.ical_uid))
    one.house.run()
    assert one.house.busy() == [span("2026-11-26 15:00-16:00")]
    assert one.house.agenda() == ["2026-11-26T15:00+01:00 1h"]


def test_what_a_person_brings_back_after_we_took_it_away_takes_his_time() -> None:
    one = a_booked()
    one.google.put(cancelled(one.link.remote_id))
    one.house.run()
    with one.house.store.writing() as work:
        work.remote_links.plan(replace(one.link, state=LinkState.REMOVED, etag=""))
        work.commit()
    one.google.put(one.event())
    one.house.run()
    assert one.house.busy() == [span(WHEN)]


def test_nothing_blocks_after_its_event_was_deleted() -> None:
    one = a_booked()
    one.google.put(cancelled(one.link.remote_id))
    one.house.run()
    one.house.clock.time += timedelta(days=1)
    one.house.run()
    assert (one.house.busy(), one.house.agenda()) == ([], [])
