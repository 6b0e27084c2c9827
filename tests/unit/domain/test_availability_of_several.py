"""Free slots of several people: where all are free, or any, and by whose rules."""

from bot.domain.availability import Mode, Slot, free_slots
from tests.builders import (
    ANA,
    BEN,
    KATHMANDU,
    NEW_YORK,
    a_member,
    a_schedule,
    at,
    days,
    local,
    second,
    span,
)

LONG_AGO = at("2026-11-20 0:00")


def test_everyone_is_free_where_all_hours_meet() -> None:
    ana = a_member(a_schedule(step=30), busy=[span("15:30-16:00")])
    ben = a_member(a_schedule(zone=NEW_YORK), busy=[span("16:30-16:45")], member_id=BEN)
    slots = free_slots([ana, ben], days(), 30, now=LONG_AGO)
    assert slots == (Slot(second("15:00"), (ANA, BEN)), Slot(second("16:00"), (ANA, BEN)))


def test_anyone_tells_at_each_start_who_is_free() -> None:
    ana = a_member(a_schedule("Tue 9:00-10:30", step=30), busy=[span("9:00-9:30")])
    ben = a_member(a_schedule("Tue 9:30-11:00", step=30), busy=[span("10:00-10:30")], member_id=BEN)
    slots = free_slots([ana, ben], days(), 30, Mode.ANY, now=LONG_AGO)
    assert slots == (
        Slot(second("9:30"), (ANA, BEN)),
        Slot(second("10:00"), (ANA,)),
        Slot(second("10:30"), (BEN,)),
    )


def test_everyone_is_offered_the_steps_of_the_first_who_was_asked_for() -> None:
    berlin = a_member(a_schedule("Tue 9:00-11:00", step=60))
    kathmandu = a_member(a_schedule(zone=KATHMANDU, step=60), member_id=BEN)
    both = [
        local(slot.start for slot in free_slots(order, days(), 60, now=LONG_AGO))
        for order in ([berlin, kathmandu], [kathmandu, berlin])
    ]
    # Kathmandu's full hours are Berlin's quarters past, and its 17:00 is 12:15 in Berlin.
    assert both == [
        ["2026-11-24T09:00+01:00", "2026-11-24T10:00+01:00"],
        ["2026-11-24T09:15+01:00"],
    ]


def test_each_members_own_rules_hold_for_a_meeting_of_everyone() -> None:
    ana = a_member(a_schedule("Tue 9:00-11:00", step=30, notice=30))
    ben = a_member(a_schedule("Tue 9:00-11:00", after=30), busy=[span("11:00-12:00")], member_id=BEN)
    slots = free_slots([ana, ben], days(), 30, now=at("9:15"))
    assert slots == (Slot(second("10:00"), (ANA, BEN)),)
