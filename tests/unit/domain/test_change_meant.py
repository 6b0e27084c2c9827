"""Which appointments words to move or cancel may mean."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from bot.domain.appointments import Appointment
from bot.domain.change_meant import MOST_MEANT, meant_among
from bot.domain.contacts import Contact
from tests.builders import BERLIN, NEW_YORK
from tests.unit.rendering.answers import ACME
from tests.unit.rendering.bookings import an_appointment

MAYA = Contact(UUID(int=1), ACME.id, "maya@ortiz.test", "Maya Ortiz, PhD")
LEE = Contact(UUID(int=2), ACME.id, "lee@chen.test", "Lee Chen")


def appointment(number: int, times: str, contact: Contact) -> Appointment:
    return replace(an_appointment(times), id=UUID(int=number), contact=contact)


COMING = (
    appointment(1, "2026-10-24 10:00-10:30", LEE),
    appointment(2, "2026-10-25 10:00-10:30", MAYA),
    appointment(3, "2026-10-26 10:00-10:30", LEE),
    appointment(4, "2026-10-26 15:00-15:30", MAYA),
)


@pytest.mark.parametrize(
    ("about", "day", "zone", "meant"),
    [
        ("my call with maya", None, BERLIN, [2, 4]),
        ("Ortiz", None, BERLIN, [2, 4]),
        ("maya@ortiz.test", None, BERLIN, [2, 4]),
        ("my 10am", None, BERLIN, [1, 2, 3]),
        ("my 10am with maya", None, BERLIN, [2]),
        # Berlin changed its clocks on the 25th, New York has not: five hours lie between.
        ("my 5am", date(2026, 10, 26), NEW_YORK, [3]),
        ("my 4am", date(2026, 10, 24), NEW_YORK, [1]),
        ("my 9am", None, BERLIN, []),
        ("it", date(2026, 10, 26), BERLIN, [3, 4]),
        ("olga", None, BERLIN, [1, 2, 3]),
    ],
)
def test_who_when_and_at_what_time_tell_them_apart(about: str, day: date | None, zone: str, meant: list[int]) -> None:
    found = meant_among(COMING, about, day, zone, {})
    assert [one.id.int for one in found] == meant
    assert len(found) <= MOST_MEANT
