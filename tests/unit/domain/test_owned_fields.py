"""Who changed which of the fields that an appointment and its copy in Google share."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.booking import LONGEST_TITLE
from bot.domain.owned_fields import Agreement, OwnedFields, Reconciliation, reconcile
from tests.builders import BERLIN, NEW_YORK, span

OURS = OwnedFields(span("15:00-15:30"), BERLIN, "Maya Ortiz and Ana", "Room 4", "Booked with Daybook.")
AGREED = Agreement(OURS, OURS)
NINE, FOUR = span("9:00-9:30"), span("16:00-16:30")


def test_what_nobody_changed_is_left_alone() -> None:
    assert reconcile(AGREED, OURS, OURS) == Reconciliation(OURS)


def test_a_move_of_ours_is_written_there() -> None:
    moved = replace(OURS, span=FOUR)
    assert reconcile(AGREED, moved, OURS) == Reconciliation(moved)


def test_a_move_in_google_is_taken_over_with_its_zone() -> None:
    seen = replace(OURS, span=NINE, zone=NEW_YORK)
    assert reconcile(AGREED, OURS, seen) == Reconciliation(seen, span=NINE)


def test_a_time_that_both_changed_is_googles() -> None:
    seen = replace(OURS, span=NINE)
    assert reconcile(AGREED, replace(OURS, span=FOUR), seen) == Reconciliation(seen, span=NINE)


def test_the_same_move_on_both_sides_is_none() -> None:
    moved = replace(OURS, span=FOUR)
    assert reconcile(AGREED, moved, moved) == Reconciliation(moved)


def test_another_zone_alone_is_no_move() -> None:
    seen = replace(OURS, zone=NEW_YORK)
    assert reconcile(AGREED, OURS, seen) == Reconciliation(seen)
    moved = replace(OURS, span=FOUR)
    assert reconcile(AGREED, moved, seen) == Reconciliation(moved)


def test_a_whole_day_is_no_time_for_an_appointment() -> None:
    seen = replace(OURS, span=None)
    assert reconcile(AGREED, OURS, seen) == Reconciliation(seen, is_impossible=True)


# fault 41
def test_what_was_sent_and_perhaps_arrived_is_no_move_in_google() -> None:
    sent = replace(OURS, span=FOUR)
    wanted = replace(OURS, span=NINE)
    assert reconcile(replace(AGREED, sent=sent), wanted, sent) == Reconciliation(wanted)
    assert reconcile(replace(AGREED, sent=sent), wanted, OURS) == Reconciliation(wanted)


def test_what_was_passed_over_is_overwritten() -> None:
    theirs = replace(OURS, span=NINE)
    assert reconcile(Agreement(OURS, theirs), OURS, theirs) == Reconciliation(OURS)


@pytest.mark.parametrize(
    ("theirs", "title"),
    [("Kick-off", "Kick-off"), (" Kick-off\nwith  Maya ", "Kick-off with Maya"), ("x" * 500, "x" * LONGEST_TITLE)],
)
def test_a_new_title_in_google_is_taken_over_as_far_as_it_goes(theirs: str, title: str) -> None:
    seen = replace(OURS, title=theirs)
    assert reconcile(AGREED, OURS, seen) == Reconciliation(seen, title=title)
    # Once it was taken over, nothing is left to write.
    ours = replace(OURS, title=title)
    assert reconcile(Agreement(ours, seen), ours, seen) == Reconciliation(seen)


def test_a_title_that_was_taken_away_is_written_again() -> None:
    assert reconcile(AGREED, OURS, replace(OURS, title=" ")) == Reconciliation(OURS)


def test_a_place_that_was_changed_in_google_stays_until_ours_is_another() -> None:
    seen = replace(OURS, place="Room 9", description="Bring cake")
    assert reconcile(AGREED, OURS, seen) == Reconciliation(seen)
    link = replace(OURS, place="https://zoom.test/j/91")
    assert reconcile(AGREED, link, seen) == Reconciliation(replace(link, description="Bring cake"))


def test_a_link_is_put_into_a_text_that_somebody_edited_meanwhile() -> None:
    told = replace(OURS, place="", description="The link follows.\n\nBooked with Daybook.")
    link = replace(OURS, place="https://z/1", description="Join: https://z/1\n\nBooked with Daybook.")
    edited = replace(told, place="Room 5", description="The link follows.\n\nBring the contract.")
    without = replace(edited, description="Bring the contract.")

    agreed = Agreement(told, edited)
    assert reconcile(agreed, link, edited).pushed == replace(
        edited, description="Join: https://z/1\n\nBring the contract."
    )
    assert reconcile(agreed, link, without).pushed == replace(
        edited, description="Join: https://z/1\n\nBring the contract."
    )
    assert reconcile(agreed, link, told).pushed == link


_TIMES = st.sampled_from([span("9:00-9:30"), span("15:00-15:30"), span("16:00-16:30"), None])
_FIELDS = st.builds(
    OwnedFields,
    _TIMES,
    st.sampled_from([BERLIN, NEW_YORK, ""]),
    st.sampled_from(["a", "b", " ", "a\nb"]),
    st.sampled_from(["", "p"]),
    st.sampled_from(["", "d"]),
)


@given(_FIELDS.filter(lambda one: one.span is not None and one.title in "ab"), _FIELDS, _FIELDS, st.none() | _FIELDS)
def test_once_both_sides_have_followed_nothing_is_left_to_do(
    wanted: OwnedFields, agreed: OwnedFields, seen: OwnedFields, sent: OwnedFields | None
) -> None:
    found = reconcile(Agreement(agreed, agreed, sent), wanted, seen)
    if found.is_impossible:
        return
    ours = replace(wanted, span=found.span or wanted.span, title=found.title or wanted.title)

    assert reconcile(Agreement(ours, found.pushed), ours, found.pushed) == Reconciliation(found.pushed)
