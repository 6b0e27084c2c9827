"""Appointments of Ana's with Maya, and the forms that book and move them, as they are shown to Ana in Berlin."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from bot.domain.answers import Gathered
from bot.domain.appointments import Appointment, AppointmentStatus, Venue, Where
from bot.domain.availability import Mode, free_slots
from bot.domain.booking_form import AppointmentShown, BookingForm, FreeDay, MoveForm
from bot.domain.cards import Card, CardButton, Delivery, Progress
from bot.domain.clock_shifts import PartyZone
from bot.domain.contacts import Contact
from bot.domain.member_time import MemberTime
from bot.domain.people import Member
from bot.rendering.form_mark import FormMark
from tests.builders import BERLIN, NEW_YORK, at, days, second, span
from tests.unit.rendering.answers import ACME, NOON, ana, ben, time_of

MAYA = Contact(UUID(int=600), ACME.id, "maya@ortiz.test", "Maya Ortiz", NEW_YORK)
MAYAS_ZONE = PartyZone("Maya", NEW_YORK)
APPOINTMENT = UUID(int=700)
MARK = FormMark("1.2.3", BERLIN)
DONE = Delivery(Progress.DONE)


def an_appointment(times: str = "15:00-15:30", **fields: object) -> Appointment:
    """Ana's with Maya on Zoom, booked by Ben at eleven, confirmed, with an invitation."""
    made = Appointment(
        id=APPOINTMENT,
        workspace_id=ACME.id,
        hosts=(ana.id,),
        booker_id=ben.id,
        contact=MAYA,
        title="Maya Ortiz and Ana",
        span=span(times),
        zone=BERLIN,
        venue=Venue(Where.ZOOM),
        note="",
        status=AppointmentStatus.CONFIRMED,
        invites=True,
        created_at=at("11:00"),
        changed_at=at("11:00"),
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # by name


def a_card(*buttons: CardButton, appointment: Appointment | None = None, **fields: object) -> Card:
    """Its card when all is well, with its link."""
    card = Card(
        appointment=appointment or an_appointment(),
        hosts=(ana,),
        booker=ben,
        join_url="https://zoom.test/j/1",
        meeting=DONE,
        event=DONE,
        buttons=buttons or (CardButton.JOIN, CardButton.RESCHEDULE, CardButton.CANCEL),
    )
    return replace(card, **fields)  # type: ignore[arg-type]  # by name


def shown(appointment: Appointment | None = None, **fields: object) -> AppointmentShown:
    """The same for Ana's forms, at five past eleven."""
    made = AppointmentShown(
        appointment or an_appointment(), (ana,), BERLIN, at("11:05"), zones=(PartyZone("Maya Ortiz", NEW_YORK),)
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # by name


def a_free_day(
    start: str = "", *, members: Sequence[Member] = (ana,), times: Sequence[MemberTime] | None = None, minutes: int = 30
) -> FreeDay:
    """The usual day with nothing on, looked at from noon; `start` is what was asked for."""
    known = tuple(times if times is not None else map(time_of, members))
    slots = [slot.start for slot in free_slots(known, days(), minutes, Mode.ALL, now=NOON)]
    wanted = second(start) if start else None
    gathered = Gathered(tuple(members), known, (), ())
    return FreeDay(date(2026, 11, 24), gathered, tuple(slots), wanted if wanted in slots else None, wanted)


def a_form(start: str = "15:00", **fields: object) -> BookingForm:
    """The booking form of Ana's own time with Maya, at noon."""
    form = BookingForm(
        zone=BERLIN,
        now=NOON,
        hosts=(ana,),
        is_own=True,
        contact=MAYA,
        title="",
        usual_title="Maya Ortiz and Ana",
        minutes=30,
        free=a_free_day(start),
        venues=(Where.ZOOM, Where.MEET, Where.PHONE, Where.PLACE, Where.NOWHERE),
        venue=Venue(Where.ZOOM),
        invitations_left=50,
        zones=(MAYAS_ZONE,),
    )
    return replace(form, **fields)  # type: ignore[arg-type]  # by name


def a_move(start: str = "16:00", **fields: object) -> MoveForm:
    """The form of another time for Ana's appointment with Maya."""
    form = MoveForm(BERLIN, NOON, an_appointment(), (ana,), True, a_free_day(start), (MAYAS_ZONE,))
    return replace(form, **fields)  # type: ignore[arg-type]  # by name
