"""That only the place of a booking has changed is kept, as by that it can still be undone."""

from bot.domain.appointments import Venue, Where
from bot.ports import Store
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.storage_builders import NOW, a_person


def test_a_booking_that_only_was_met_elsewhere_is_read_as_such(store: Store) -> None:
    one = booked(store, an_appointment(a_person(store)))
    elsewhere = one.at_venue(Venue(Where.MEET), NOW)
    with store.writing() as work:
        work.appointments.save(elsewhere)
        work.commit()
    with store.reading() as work:
        assert work.appointments.known(one.id) == elsewhere
    assert (one.only_met_elsewhere, elsewhere.only_met_elsewhere) == (False, True)
