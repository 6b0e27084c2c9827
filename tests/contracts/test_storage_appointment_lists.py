"""Appointments that are looked for: by time, by what is due, and by who invited whom."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import HOLD, Appointment, AppointmentStatus, Question, QuestionKind
from bot.ports import Store
from tests.builders import span
from tests.contracts.appointment_builders import a_contact, a_hold, an_appointment, booked, saved
from tests.contracts.storage_builders import NOW, a_person, all_at_once

SOON = NOW + timedelta(minutes=1)


def test_a_window_shows_what_touches_it_per_host_by_start_and_nothing_cancelled(store: Store) -> None:
    ana, ben, cara = (a_person(store, user=user) for user in ("U1", "U2", "U3"))
    late = booked(store, an_appointment(ana, "14:00-15:00", others=[ben]))
    early = booked(store, an_appointment(ana, "8:00-9:30"))
    over = booked(store, an_appointment(ana, "10:00-11:00"))
    showed = saved(store, replace(over, status=AppointmentStatus.SHOWED, version=2))
    missed = booked(store, an_appointment(ben, "9:00-9:15"))
    missed = saved(store, replace(missed, status=AppointmentStatus.NO_SHOW, version=2))
    gone = booked(store, an_appointment(ana, "12:00-13:00"))
    saved(store, gone.cancelled("", SOON))
    for outside in ("7:00-8:00", "15:00-16:00"):
        booked(store, an_appointment(ana, outside))

    with store.reading() as work:
        found = work.appointments.between(ana, [ana.member_id, ben.member_id, cara.member_id], span("9:00-15:00"))

    assert found == {
        ana.member_id: [early, showed, late],
        ben.member_id: [missed, late],
        cara.member_id: [],
    }


def test_whoever_booked_a_colleague_without_a_contact_is_in_it_himself(store: Store) -> None:
    ana, ben, cara = (a_person(store, user=user) for user in ("U1", "U2", "U3"))
    late = booked(store, an_appointment(ana, "14:00-15:00", booker=cara))
    early = booked(store, an_appointment(ben, "8:00-9:30", booker=cara))
    booked(store, an_appointment(ana, "9:00-10:00", booker=cara, contact=a_contact(store, cara)))
    booked(store, an_appointment(cara, "10:00-11:00"))
    booked(store, an_appointment(ben, "11:00-12:00", booker=ana))
    gone = booked(store, an_appointment(ana, "12:00-13:00", booker=cara))
    saved(store, gone.cancelled("", SOON))
    for outside in ("7:00-8:00", "15:00-16:00"):
        booked(store, an_appointment(ben, outside, booker=cara))

    with store.reading() as work:
        assert work.appointments.with_colleagues(cara, span("9:00-15:00")) == [early, late]
        assert work.appointments.with_colleagues(ana, span("9:00-10:00")) == []


# fault 10
def test_a_members_id_in_another_workspace_finds_none_of_what_he_booked(store: Store) -> None:
    ana, cara = a_person(store), a_person(store, user="U3")
    stranger = replace(a_person(store, "T2"), member_id=cara.member_id)
    booked(store, an_appointment(ana, "14:00-15:00", booker=cara))
    with store.reading() as work:
        assert work.appointments.with_colleagues(stranger, span("9:00-15:00")) == []


def test_holds_expire_the_first_one_first(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    second = booked(store, a_hold(ana, "9:00-10:00", now=SOON))
    first = booked(store, a_hold(ben, "9:00-10:00"))
    kept = booked(store, a_hold(ana, "10:00-11:00"))
    saved(store, kept.confirmed(SOON))
    gone = booked(store, a_hold(ana, "11:00-12:00"))
    saved(store, gone.cancelled("", SOON))

    def expired(now: datetime, limit: int = 10) -> list[Appointment]:
        with store.reading() as work:
            return list(work.appointments.expired(now, limit=limit))

    assert expired(NOW + HOLD - timedelta(microseconds=1)) == []
    assert expired(NOW + HOLD) == [first]
    assert expired(SOON + HOLD) == [first, second]
    assert expired(SOON + HOLD, limit=1) == [first]
    with store.reading() as work:
        assert list(work.appointments.expired_of([ana.member_id], SOON + HOLD)) == [second]
        assert list(work.appointments.expired_of([], SOON + HOLD)) == []


def test_a_link_is_checked_once_for_each_start(store: Store) -> None:
    ana = a_person(store)
    appointment = booked(store, an_appointment(ana, "9:00-10:00"))
    booked(store, an_appointment(ana, "10:00-11:00"))
    booked(store, a_hold(a_person(store, user="U2"), "9:00-10:00"))

    def starting(when: str) -> list[Appointment]:
        with store.reading() as work:
            return list(work.appointments.starting(span(when), limit=10))

    def checked(which: Appointment) -> bool:
        with store.writing() as work:
            is_first = work.appointments.checked(which)
            work.commit()
        return is_first

    assert starting("9:00-10:00") == [appointment]
    assert [checked(appointment), checked(appointment)] == [True, False]
    assert starting("9:00-10:00") == []
    moved = saved(store, appointment.moved(span("9:15-10:00"), SOON))
    assert checked(appointment) is False  # it does not start then any more
    assert starting("9:00-10:00") == [moved]
    assert checked(moved) is True


def test_one_of_eight_checks_a_link(store: Store) -> None:
    appointment = booked(store, an_appointment(a_person(store)))

    def check(_thread: int) -> bool:
        with store.writing() as work:
            is_first = work.appointments.checked(appointment)
            work.commit()
        return is_first

    assert sorted(all_at_once(8, check)) == [False] * 7 + [True]


# fault 61
def test_invitations_are_counted_for_the_booker_since_a_moment(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    maya = a_contact(store, ana)
    booked(store, an_appointment(ben, "9:00-10:00", booker=ana, contact=maya, invites=True))
    late = an_appointment(ana, "9:00-10:00", contact=maya, invites=True, created_at=SOON)
    booked(store, late)
    saved(store, late.cancelled("", SOON))
    booked(store, an_appointment(ana, "10:00-11:00", contact=maya))

    with store.reading() as work:
        assert work.appointments.invitations_since(ana, NOW) == 2
        assert work.appointments.invitations_since(ana, SOON) == 1
        assert work.appointments.invitations_since(ben, NOW) == 0


def test_a_move_of_what_mails_somebody_counts_as_an_invitation(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    mailed = booked(store, an_appointment(ana, "8:00-9:00", contact=a_contact(store, ana), invites=True))
    silent = booked(store, an_appointment(ana, "9:00-10:00"))
    with store.writing() as work:
        for line in (LogEntry(SOON, Deed.BOOKED, ana.member_id), *[LogEntry(SOON, Deed.MOVED, ana.member_id)] * 2):
            work.appointments.write_log(mailed.id, line)
        work.appointments.write_log(mailed.id, LogEntry(SOON, Deed.MOVED, ben.member_id))
        work.appointments.write_log(silent.id, LogEntry(SOON, Deed.MOVED, ana.member_id))
        work.appointments.save(mailed.moved(span("12:00-13:00"), SOON))
        work.commit()

    with store.reading() as work:
        assert work.appointments.invitations_since(ana, SOON) == 2
        assert work.appointments.invitations_since(ana, NOW) == 3
        assert work.appointments.invitations_since(ben, NOW) == 1


def test_what_google_has_elsewhere_is_told_by_that_time(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    one = booked(store, an_appointment(ana, "9:00-10:00", others=[ben]))
    asked = saved(store, one.asking(Question(QuestionKind.COLLIDES, span("16:00-17:00")), SOON))

    def told(times: str) -> Mapping[UUID, Sequence[Appointment]]:
        with store.reading() as work:
            return work.appointments.asked_about(ana, [ana.member_id, ben.member_id], span(times))

    nothing: Mapping[UUID, Sequence[Appointment]] = {ana.member_id: [], ben.member_id: []}
    assert told("16:30-16:45") == {ana.member_id: [asked], ben.member_id: [asked]}
    assert told("9:00-16:00") == told("17:00-18:00") == nothing
    saved(store, asked.cancelled("", SOON))
    assert told("16:30-16:45") == nothing
