"""No host is booked twice, by booking, by moving or by bringing back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.appointments import AppointmentStatus, EditedMeanwhile
from bot.domain.booking import SlotTaken
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.ports import Store
from tests.builders import span
from tests.contracts.appointment_builders import an_appointment, booked, known, saved
from tests.contracts.storage_builders import NOW, a_person, all_at_once

SOON = NOW + timedelta(minutes=1)


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
