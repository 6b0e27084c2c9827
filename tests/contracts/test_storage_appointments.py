"""Appointments: each submission makes one, each version follows the one before, and no host is booked twice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import (
    HOLD,
    Appointment,
    AppointmentStatus,
    EditedMeanwhile,
    Question,
    QuestionKind,
    Venue,
    Where,
)
from bot.domain.booking import SlotTaken
from bot.domain.errors import NotFound
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.ports import Store
from tests.builders import BERLIN, NEW_YORK, span
from tests.contracts.storage_builders import (
    NOW,
    a_contact,
    a_hold,
    a_person,
    all_at_once,
    an_appointment,
    booked,
    new_id,
    saved,
)

TUESDAY = span("0:00-23:59")
SOON = NOW + timedelta(minutes=1)


def known(store: Store, appointment: Appointment) -> Appointment | None:
    with store.reading() as work:
        return work.appointments.known(appointment.id)


def test_an_appointment_comes_back_as_it_was_booked(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    appointment = replace(
        a_hold(ana),
        hosts=(ben.member_id, ana.member_id),
        contact=a_contact(store, ana),
        venue=Venue(Where.PHONE, "+49 30 1234"),
        note="Bring the <contract> & \u202ethe cake",
        zone=NEW_YORK,
        invites=True,
        before_move=span("7:00-8:00"),
        question=Question(QuestionKind.COLLIDES, span("11:00-12:00")),
    )

    booked(store, appointment)

    assert known(store, appointment) == appointment


def test_what_no_database_takes_is_left_out_of_a_text(store: Store) -> None:
    appointment = booked(store, replace(an_appointment(a_person(store)), title="a\x00b", note="\ud83d"))

    found = known(store, appointment)

    assert found is not None
    assert (found.title.replace("\x00", ""), len(found.note)) == ("ab", 1)


# fault 5
def test_a_submission_is_stored_once_and_found_by_its_booker(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    appointment = an_appointment(ana)
    with store.writing() as work:
        work.appointments.add(appointment, origin="view V1")
        work.commit()

    with store.writing() as work:
        with pytest.raises(EditedMeanwhile):
            work.appointments.add(an_appointment(ana), origin="view V1")
        assert work.appointments.by_origin(ana, "view V1") == appointment
        assert work.appointments.by_origin(ana, "view V2") is None
        assert work.appointments.by_origin(ben, "view V1") is None


def test_two_people_may_send_submissions_of_the_same_name(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, "T2")

    with store.writing() as work:
        work.appointments.add(an_appointment(ana), origin="view V1")
        work.appointments.add(an_appointment(ben), origin="view V1")
        work.commit()


# fault 9
@pytest.mark.parametrize(
    ("when", "is_free"),
    [
        ("9:00-10:00", False),
        ("9:59-10:30", False),
        ("8:30-9:01", False),
        ("8:00-11:00", False),
        ("9:15-9:30", False),
        ("10:00-11:00", True),
        ("8:00-9:00", True),
        ("2026-11-25 9:00-10:00", True),
    ],
)
def test_a_host_is_free_up_to_the_second_and_from_the_second_on(store: Store, when: str, is_free: bool) -> None:
    ana = a_person(store)
    booked(store, an_appointment(ana, "9:00-10:00"))
    wanted = an_appointment(ana, when)

    if is_free:
        booked(store, wanted)
    else:
        with pytest.raises(SlotTaken):
            booked(store, wanted)

    assert known(store, wanted) == (wanted if is_free else None)


# fault 9
@pytest.mark.parametrize("seconds", [0, -60])
def test_an_appointment_without_a_second_of_time_is_refused(store: Store, seconds: int) -> None:
    ana = a_person(store)
    start = span("9:00-10:00").start

    with pytest.raises(Exception, match=r"ck_appointment|second"):
        booked(store, replace(an_appointment(ana), span=Interval(start, start + seconds)))


def test_a_refused_booking_leaves_nothing_and_the_transaction_goes_on(store: Store) -> None:
    ana = a_person(store)
    booked(store, an_appointment(ana))
    refused, other = an_appointment(ana), an_appointment(ana, "10:00-11:00")

    with store.writing() as work:
        with pytest.raises(SlotTaken):
            work.appointments.add(refused, origin="first try")
        work.appointments.add(other, origin="first try")
        work.commit()

    assert (known(store, refused), known(store, other)) == (None, other)


def test_several_hosts_are_booked_all_or_none(store: Store) -> None:
    ana, ben, cara = (a_person(store, user=user) for user in ("U1", "U2", "U3"))
    booked(store, an_appointment(cara))

    with pytest.raises(SlotTaken):
        booked(store, an_appointment(ana, others=[ben, cara]))

    booked(store, an_appointment(ana, others=[ben]))
    with pytest.raises(SlotTaken):
        booked(store, an_appointment(ben))


# fault 8
@pytest.mark.parametrize("status", [AppointmentStatus.CANCELLED, AppointmentStatus.SHOWED, AppointmentStatus.NO_SHOW])
def test_what_is_not_live_takes_no_time(store: Store, status: AppointmentStatus) -> None:
    ana = a_person(store)
    first = booked(store, an_appointment(ana))
    saved(store, replace(first, status=status, version=2))

    booked(store, an_appointment(ana))


# fault 7
def test_an_appointment_is_not_moved_onto_another(store: Store) -> None:
    ana = a_person(store)
    booked(store, an_appointment(ana, "9:00-10:00"))
    later = booked(store, an_appointment(ana, "10:00-11:00"))

    with pytest.raises(SlotTaken):
        saved(store, later.moved(span("9:30-10:30"), SOON))

    assert known(store, later) == later


# fault 7
def test_an_appointment_may_be_moved_over_its_own_time(store: Store) -> None:
    ana = a_person(store)
    appointment = booked(store, an_appointment(ana, "9:00-10:00"))

    moved = saved(store, appointment.moved(span("9:30-10:30"), SOON))

    assert known(store, appointment) == moved
    booked(store, an_appointment(ana, "9:00-9:30"))


# fault 7
def test_what_is_not_live_cannot_come_back_onto_another(store: Store) -> None:
    ana = a_person(store)
    first = booked(store, an_appointment(ana))
    gone = saved(store, first.cancelled("", SOON))
    booked(store, an_appointment(ana))

    with pytest.raises(SlotTaken):
        saved(store, replace(gone, status=AppointmentStatus.CONFIRMED, version=3))


# fault 7
def test_a_meeting_is_not_handed_to_a_host_who_has_another(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, user="U2")
    hers, his = booked(store, an_appointment(ana)), booked(store, an_appointment(ben))

    with pytest.raises(SlotTaken):
        saved(store, replace(hers, hosts=his.hosts, version=2))
    free = saved(store, replace(his, hosts=(ben.member_id,), span=span("11:00-12:00"), version=2))
    handed = saved(store, replace(hers, hosts=free.hosts, version=2))

    assert known(store, hers) == handed
    booked(store, an_appointment(ana))


def test_of_two_changes_to_one_version_the_second_is_refused(store: Store) -> None:
    appointment = booked(store, an_appointment(a_person(store)))
    renamed = saved(store, appointment.renamed("Review", SOON))

    with pytest.raises(EditedMeanwhile):
        saved(store, appointment.cancelled("", SOON))

    assert known(store, appointment) == renamed


def test_what_was_never_stored_cannot_be_changed(store: Store) -> None:
    with pytest.raises(EditedMeanwhile):
        saved(store, an_appointment(a_person(store)).renamed("Review", SOON))


# fault 11
def test_host_and_booker_find_an_appointment_and_nobody_else_does(store: Store) -> None:
    ana, ben, cara = (a_person(store, user=user) for user in ("U1", "U2", "U3"))
    dora = a_person(store, "T2")
    appointment = booked(store, an_appointment(ana, booker=ben))

    with store.reading() as work:
        assert work.appointments.get(ana, appointment.id) == appointment
        assert work.appointments.get(ben, appointment.id) == appointment
        for stranger in (cara, dora):
            with pytest.raises(NotFound):
                work.appointments.get(stranger, appointment.id)
        with pytest.raises(NotFound):
            work.appointments.get(ana, new_id())


# fault 10
def test_a_members_id_in_another_workspace_opens_no_appointment(store: Store) -> None:
    ana, ben = a_person(store), a_person(store, "T2")
    appointment = booked(store, an_appointment(ana))
    forged = replace(ben, member_id=ana.member_id)

    with store.reading() as work:
        assert work.appointments.between(forged, [ana.member_id], TUESDAY) == {ana.member_id: []}
        with pytest.raises(NotFound):
            work.appointments.get(forged, appointment.id)
        assert work.appointments.by_origin(forged, f"submission of {appointment.id}") is None
        assert work.appointments.invitations_since(forged, NOW) == 0


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


def test_a_history_is_told_in_the_order_in_which_it_was_written(store: Store) -> None:
    ana = a_person(store)
    appointment = booked(store, an_appointment(ana))
    lines = [
        LogEntry(SOON, Deed.BOOKED, ana.member_id, after=span("9:00-10:00")),
        LogEntry(NOW, Deed.MOVED_IN_GOOGLE, before=span("9:00-10:00"), after=span("10:00-11:00")),
        LogEntry(NOW, Deed.CANCELLED, ana.member_id, detail="<!channel> ill"),
    ]

    for line in lines:
        with store.writing() as work:
            work.appointments.write_log(appointment.id, line)
            work.commit()

    with store.reading() as work:
        assert list(work.appointments.log(appointment.id)) == lines
        assert list(work.appointments.log(new_id())) == []


def test_lines_that_are_written_at_once_are_all_kept(store: Store) -> None:
    appointment = booked(store, an_appointment(a_person(store)))

    def write(thread: int) -> None:
        with store.writing() as work:
            work.appointments.write_log(appointment.id, LogEntry(NOW, Deed.LINK_CHECKED, detail=str(thread)))
            work.commit()

    all_at_once(8, write)

    with store.reading() as work:
        assert sorted(line.detail for line in work.appointments.log(appointment.id)) == list("01234567")


def test_an_appointment_shows_its_contact_as_he_is_known_now(store: Store) -> None:
    ana = a_person(store)
    maya = a_contact(store, ana)
    stale = replace(maya, name="Somebody else")
    appointment = booked(store, an_appointment(ana, contact=stale))

    assert known(store, appointment) == replace(appointment, contact=maya)


@pytest.mark.parametrize(
    ("when", "zone", "told"),
    [
        ("2026-03-29 1:30-3:30", BERLIN, "2026-03-29T00:30:00+00:00 60 min"),
        ("2026-10-25 1:30-3:30", BERLIN, "2026-10-24T23:30:00+00:00 180 min"),
        ("2026-03-08 1:30-3:30", NEW_YORK, "2026-03-08T06:30:00+00:00 60 min"),
        ("2026-11-01 0:30-2:30", NEW_YORK, "2026-11-01T04:30:00+00:00 180 min"),
    ],
)
def test_a_day_on_which_the_clock_changes_is_kept_to_the_second(store: Store, when: str, zone: str, told: str) -> None:
    appointment = booked(store, replace(an_appointment(a_person(store)), span=span(when, zone), zone=zone))

    found = known(store, appointment)

    assert found is not None
    assert f"{found.starts_at.isoformat()} {found.minutes} min" == told


def booking(store: Store, host: Actor, origin: str) -> str:
    """What comes of one try in the way of the use-case."""
    try:
        with store.writing() as work:
            work.appointments.lock_hosts([host.member_id])
            work.appointments.add(an_appointment(host), origin=origin)
            work.commit()
    except (SlotTaken, EditedMeanwhile) as refused:
        return type(refused).__name__
    return "booked"


# fault 6
def test_of_eight_who_want_the_same_time_one_gets_it(store: Store) -> None:
    ana = a_person(store)

    outcomes = all_at_once(8, lambda thread: booking(store, ana, f"try {thread}"))

    assert sorted(outcomes) == ["SlotTaken"] * 7 + ["booked"]


# fault 5
def test_of_eight_deliveries_of_one_submission_one_books(store: Store) -> None:
    ana = a_person(store)

    outcomes = all_at_once(8, lambda _thread: booking(store, ana, "view V1"))

    assert sorted(outcomes) == ["EditedMeanwhile"] * 7 + ["booked"]


def test_bookings_of_the_same_hosts_in_any_order_do_not_wait_for_each_other_for_ever(store: Store) -> None:
    people = [a_person(store, user=f"U{number}") for number in range(4)]

    def book(thread: int) -> None:
        for hour in range(8, 14):
            hosts = people[thread % 4 :] + people[: thread % 4]
            with store.writing() as work:
                work.appointments.lock_hosts([host.member_id for host in hosts])
                span_of_its_own = f"2026-12-{thread + 1:02} {hour}:00-{hour + 1}:00"
                appointment = an_appointment(hosts[0], span_of_its_own, others=hosts[1:])
                work.appointments.add(appointment, origin=f"{thread} {hour}")
                work.commit()

    all_at_once(8, book)

    with store.reading() as work:
        december = span("2026-12-01 0:00-23:59")._replace(end=span("2026-12-31 0:00-1:00").end)
        found = work.appointments.between(people[0], [people[0].member_id], december)
    assert len(found[people[0].member_id]) == 48
