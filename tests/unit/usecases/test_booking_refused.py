"""Every way in which a booking is refused, and what its host may override."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.domain.appointments import AppointmentStatus, Venue, Where
from bot.domain.booking import INVITATIONS_A_DAY, BadBooking, NeedsAnyway, NotOffered, SlotTaken
from bot.domain.calendars import AccessRole, Role
from bot.domain.errors import NotAllowed, NotConnected
from bot.domain.explanation import ReasonKind
from bot.domain.member_time import BusyReason
from bot.domain.people import Member, Standing
from bot.domain.permissions import TimeWithheld
from bot.domain.preferences import Audience, WhenStale, default_preferences
from bot.usecases.gather_times import gather, preferences_of
from tests.builders import a_schedule, local, span
from tests.fakes.calendar_rows import CalendarRow
from tests.unit.handlers.acme import NOW
from tests.unit.rendering.answers import actor, ana, ben, cara
from tests.unit.usecases.booking_house import BookingHouse, a_request

ZOOM = Venue(Where.ZOOM)


def starts(refused: SlotTaken | NotOffered) -> list[str]:
    return [text[:16] for text in local(slot.start for slot in refused.nearest)]


def prefer(house: BookingHouse, member: Member = ana, **fields: object) -> None:
    """What a member decided about his time."""
    preferences = replace(default_preferences(member.zone), **fields)  # type: ignore[arg-type]  # by name
    house.store.tables.schedules[member.id] = preferences


# fault 6
def test_a_time_that_was_taken_meanwhile_is_refused_with_the_nearest_ones() -> None:
    house = BookingHouse()
    house.book(a_request())
    with pytest.raises(SlotTaken) as refused:
        house.book(a_request())
    assert starts(refused.value) == ["2026-11-24T14:15", "2026-11-24T14:30", "2026-11-24T15:30"]
    assert len(house.stored()) == 1


def test_not_even_the_host_books_over_a_live_appointment() -> None:
    house = BookingHouse()
    house.book(a_request())
    with pytest.raises(SlotTaken):
        house.book(a_request("15:15", overrides=True, anyway=True))


def test_several_hosts_are_all_or_nothing() -> None:
    house = BookingHouse()
    house.add_event(ben, "15:00-15:30", "Stand-up")
    with pytest.raises(NotOffered) as refused:
        house.book(a_request("15:00", ana, ben))
    assert [(reason.member_id, reason.kind) for reason in refused.value.reasons] == [(ben.id, ReasonKind.BUSY)]
    assert starts(refused.value) == ["2026-11-24T15:30", "2026-11-24T15:45", "2026-11-24T16:00"]
    assert house.stored() == []

    booked = house.book(a_request("15:30", ana, ben)).appointment
    assert (booked.hosts, booked.title) == ((ana.id, ben.id), "Maya Ortiz, Ana and Ben")
    with pytest.raises(SlotTaken):
        house.book(a_request("15:30", ben))


def test_a_busy_time_is_refused_with_its_title_for_its_owner_alone() -> None:
    house = BookingHouse()
    house.add_event(ana, "15:00-16:00", "Doctor")
    with pytest.raises(NotOffered) as own:
        house.book(a_request())
    with pytest.raises(NotOffered) as of_a_colleague:
        house.book(a_request("15:00", ana), by=ben)
    assert own.value.reasons[0].source is not None
    assert (own.value.reasons[0].source.title, own.value.may_override) == ("Doctor", True)
    assert "Doctor" not in repr(of_a_colleague.value.reasons)
    assert of_a_colleague.value.may_override is False


def test_a_host_books_over_his_own_events_hours_and_limits_if_he_says_so() -> None:
    house = BookingHouse()
    house.add_event(ana, "19:00-20:00", "Reading")
    prefer(house, schedule=a_schedule(notice=24 * 60))
    with pytest.raises(NotOffered) as refused:
        house.book(a_request("19:00"))
    assert [reason.kind for reason in refused.value.reasons] == [
        ReasonKind.OUTSIDE_HOURS,
        ReasonKind.NOTICE,
        ReasonKind.BUSY,
    ]
    assert refused.value.may_override
    assert house.book(a_request("19:00", overrides=True)).appointment.span == span("19:00-19:30")


def test_nobody_overrides_what_stands_in_somebody_elses_way() -> None:
    house = BookingHouse()
    with pytest.raises(NotOffered) as refused:
        house.book(a_request("19:00", ana, ben, overrides=True), by=ben)
    assert [(reason.member_id, reason.kind) for reason in refused.value.reasons] == [(ana.id, ReasonKind.OUTSIDE_HOURS)]
    assert refused.value.may_override is False


def test_the_buffer_beside_an_appointment_is_a_rule_that_its_host_may_override() -> None:
    house = BookingHouse()
    prefer(house, schedule=a_schedule(after=15))
    house.book(a_request())
    with pytest.raises(NotOffered) as refused:
        house.book(a_request("15:30"))
    assert [reason.kind for reason in refused.value.reasons] == [ReasonKind.BUFFER]
    assert house.book(a_request("15:30", overrides=True)).is_new


def test_a_full_day_takes_no_more_appointments() -> None:
    house = BookingHouse()
    prefer(house, schedule=a_schedule(daily_cap=1))
    house.book(a_request("2026-11-25 9:00"))
    with pytest.raises(NotOffered) as refused:
        house.book(a_request("2026-11-25 15:00"))
    assert [reason.kind for reason in refused.value.reasons] == [ReasonKind.DAILY_CAP]
    assert starts(refused.value) == ["2026-11-26T09:00", "2026-11-26T09:15", "2026-11-26T09:30"]


def test_a_calendar_that_cannot_be_read_needs_a_word_more() -> None:
    house = BookingHouse()
    house.set_read(ana, NOW - timedelta(hours=2))
    with pytest.raises(NeedsAnyway) as refused:
        house.book(a_request())
    assert [(one.name, one.read_at) for one in refused.value.stale] == [("Ana", NOW - timedelta(hours=2))]
    assert house.book(a_request(anyway=True)).is_new


def test_the_calendars_of_all_hosts_are_read_anew_and_decide() -> None:
    house = BookingHouse()
    house.set_read(ana, NOW - timedelta(hours=2))

    def lands(_claim: object) -> None:
        house.set_read(ana, NOW)
        house.add_event(ana, "15:00-16:00", "Just now")

    house.on_sync = lands
    with pytest.raises(NotOffered):
        house.book(a_request("15:00", ana, ben))
    assert sorted(house.read_live_for) == [ana.id, ben.id]


def test_a_member_who_offers_nothing_while_stale_is_booked_by_nobody_else() -> None:
    house = BookingHouse()
    prefer(house, when_stale=WhenStale.OFFER_NOTHING)
    house.set_read(ana, NOW - timedelta(hours=2))
    with pytest.raises(NotOffered) as refused:
        house.book(a_request("15:00", ana, anyway=True), by=ben)
    assert [reason.kind for reason in refused.value.reasons] == [ReasonKind.STALE]
    with pytest.raises(NeedsAnyway):
        house.book(a_request(overrides=True))
    assert house.book(a_request(overrides=True, anyway=True)).is_new


def test_nobody_is_booked_who_does_not_share_his_time() -> None:  # fault 11
    house = BookingHouse()
    prefer(house, ben, audience=Audience.NOBODY)
    with pytest.raises(TimeWithheld):
        house.book(a_request("15:00", ben))
    assert (house.stored(), house.read_live_for) == ([], [])


def test_a_guest_books_nothing_and_is_not_booked() -> None:  # fault 13
    house = BookingHouse()
    with pytest.raises(NotAllowed):
        house.book(a_request(), by=replace(ana, standing=Standing.GUEST))
    house.store.tables.members[ben.id] = replace(ben, standing=Standing.DEACTIVATED)
    with pytest.raises(NotAllowed):
        house.book(a_request("15:00", ben))


def test_a_host_without_a_calendar_to_write_to_is_named() -> None:
    house = BookingHouse()
    with pytest.raises(BadBooking, match="Cara has no calendar that appointments can be written to") as refused:
        house.book(a_request("15:00", cara))
    assert refused.value.field == "hosts"
    with pytest.raises(BadBooking, match="You have no calendar"):
        house.book(a_request(), by=cara)


@pytest.mark.parametrize("change", [{"role": Role.CONFLICT}, {"access_role": AccessRole.READER}, {"is_lost": True}])
def test_a_calendar_that_cannot_be_written_to_is_none_for_appointments(change: dict[str, object]) -> None:
    house = BookingHouse()
    calendar = replace(house.calendars[ana.id], **change)  # type: ignore[arg-type]  # by name
    house.store.tables.calendars[calendar.id] = CalendarRow(calendar)
    with pytest.raises(BadBooking):
        house.book(a_request())


def test_nobody_can_say_of_a_calendar_that_was_never_read() -> None:
    house = BookingHouse()
    house.set_read(ben, None)
    with pytest.raises(NotConnected, match="Ben's calendar is being read"):
        house.book(a_request("15:00", ben))


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": "x" * 201}),
        ("note", {"note": "x" * 1501}),
        ("venue", {"venue": Venue(Where.PHONE, "x" * 201)}),
        ("venue", {"venue": Venue(Where.PLACE, " ")}),
        ("venue", {"venue": ZOOM}),
        ("minutes", {"minutes": 4}),
        ("minutes", {"minutes": 481}),
        ("start", {"start": a_request("12:00").start}),
        ("start", {"start": a_request("11:00").start}),
        ("start", {"start": a_request("15:00").start + 1}),
        ("start", {"start": 2**62 // 60 * 60}),
        ("hosts", {"hosts": tuple(f"U{number}" for number in range(11))}),
        ("contact", {"contact": UUID(int=77)}),
    ],
)
def test_what_cannot_be_is_refused_on_its_field(field: str, changes: dict[str, object]) -> None:
    house = BookingHouse()
    with pytest.raises(BadBooking) as refused:
        house.book(a_request("15:00", **changes))  # type: ignore[arg-type]  # by name
    assert refused.value.field == field
    assert house.stored() == []


# fault 61
def test_nobody_mails_more_than_so_many_people_within_a_day() -> None:
    house = BookingHouse()
    sent = house.book(a_request()).appointment
    row = house.store.tables.appointments[sent.id]
    for number in range(1, INVITATIONS_A_DAY):
        past = replace(sent, id=UUID(int=5000 + number), status=AppointmentStatus.CANCELLED)
        house.store.tables.appointments[past.id] = replace(row, appointment=past, origin=str(number))
    with pytest.raises(BadBooking, match="50 invitations") as refused:
        house.book(a_request("16:00"))
    assert refused.value.field == "contact"
    assert house.book(a_request("16:00", invites=False)).is_new
    house.set_read(ana, house.at("2026-11-25 12:01"))
    assert house.book(a_request("2026-11-25 16:00")).is_new


def test_a_hold_of_somebody_else_tells_its_title_to_nobody_but_its_people() -> None:
    house = BookingHouse()
    house.book(a_request(holds=True))
    for who, title in ((ana, "Maya Ortiz and Ana"), (ben, "")):
        with house.store.reading() as work:
            preferences = preferences_of(work, actor(who), [ana])
            [time] = gather(work, actor(who), [ana], preferences, span("9:00-17:00"), 30, NOW).times
        assert time.appointments == [(*span("15:00-15:30"), BusyReason.HOLD, "", "", title)]
