"""Appointments: each submission makes one, each version follows the one before, and who may see it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import EditedMeanwhile, Question, QuestionKind, Venue, Where
from bot.domain.errors import NotFound
from bot.ports import Store
from tests.builders import BERLIN, NEW_YORK, span
from tests.contracts.appointment_builders import a_contact, a_hold, an_appointment, booked, known, saved
from tests.contracts.storage_builders import NOW, a_person, all_at_once, new_id

TUESDAY = span("0:00-23:59")
SOON = NOW + timedelta(minutes=1)


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
