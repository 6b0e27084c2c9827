"""A host is told once of an event that landed on his appointment, and the message follows what becomes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cards import CardGone, PostedCard
from bot.domain.errors import ProviderDown, ProviderError
from bot.domain.landings import BatchShown
from bot.domain.people import Standing
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.move_appointment import MoveRequest
from tests.builders import local, second, span
from tests.fakes.alert_messages import Killed
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.landing_house import LINK, LandingHouse


def mistaken(shown: BatchShown) -> PostedCard:
    raise ValueError("a mistake of ours")


def test_the_host_is_told_once_with_both_sides_and_three_other_times() -> None:
    house = LandingHouse()
    appointment = house.booked("15:00")
    assert house.lands("15:00-16:00") == 1
    assert [house.tell(), house.tell()] == [1, 0]
    [shown] = house.messages.posted
    [landing] = shown.landings
    assert (shown.host, landing.appointment) == (ana, appointment)
    assert landing.event is not None
    assert (landing.event.title, landing.event.link) == ("Board call", LINK)
    assert local(slot.start for slot in landing.moves) == [
        "2026-11-24T14:30+01:00",
        "2026-11-24T16:00+01:00",
        "2026-11-25T09:00+01:00",
    ]


def test_what_overlapped_when_it_was_booked_is_not_told() -> None:
    house = LandingHouse()
    house.add_event(ana, "15:00-16:00", "Board call")
    house.book(a_request("15:00", overrides=True))
    assert house.reads() == 0
    assert house.tell() == 0


def test_what_overlapped_when_it_was_moved_there_is_not_told_either() -> None:
    house = LandingHouse()
    appointment = house.booked("13:00")
    house.lands("15:00-16:00")
    house.move(actor(ana), MoveRequest(appointment.id, 1, second("15:00"), overrides=True))
    assert house.reads() == 0
    assert house.tell() == 0


def test_what_a_calendar_holds_when_it_is_first_read_did_not_just_land() -> None:
    house = LandingHouse()
    house.booked("15:00")
    house.add_event(ana, "15:00-16:00", "Board call")
    house.reads(first_time=True)
    assert house.tell() == 0


def test_each_host_hears_of_his_own_calendar_alone() -> None:
    house = LandingHouse()
    house.booked("16:00", ana, ben)
    house.lands("16:00-17:00", "Ben's call", ben)
    house.tell()
    assert [shown.host for shown in house.messages.posted] == [ben]


def test_a_series_on_several_appointments_is_one_message() -> None:
    house = LandingHouse()
    for hour in (13, 14, 15):
        house.booked(f"{hour}:00")
    house.lands("13:00-17:00", "Workshop")
    assert house.tell() == 1
    [shown] = house.messages.posted
    assert [one.landing.number for one in shown.landings] == [1, 2, 3]


def test_an_event_that_goes_before_anybody_was_told_is_not_told() -> None:
    house = LandingHouse()
    house.booked("15:00")
    house.lands()
    house.leaves()
    assert house.tell() == 0
    assert house.messages.posted == []


@pytest.mark.parametrize("how", ["gone", "called_off", "over"])
def test_the_message_says_how_it_ended(how: str) -> None:
    house = LandingHouse()
    appointment = house.booked("15:00")
    house.lands()
    house.tell()
    if how == "gone":
        house.leaves()
    elif how == "called_off":
        cancel = CancelAppointment(house.store, house.clock, house.deliver_soon)
        cancel(actor(ana), appointment.id, version=1, reason="")
    else:
        house.at("15:31")
    house.tell()
    [(posted, shown)] = house.messages.updated
    assert posted == PostedCard("D-U1", "1")
    assert [str(one.landing.state) for one in shown.landings] == [how]
    house.tell()
    assert len(house.messages.updated) == 1


def test_what_slack_refuses_is_told_later() -> None:
    house = LandingHouse()
    house.booked("15:00")
    house.lands()
    house.messages.refusals.append(ProviderDown("Slack did not take the message."))
    assert [house.tell(), house.tell()] == [0, 0]
    house.clock.time += timedelta(minutes=5)
    assert house.tell() == 1


# fault 34
def test_what_slack_may_have_taken_is_not_sent_again() -> None:
    house = LandingHouse()
    house.booked("15:00")
    house.lands()
    house.messages.refusals.append(ProviderDown("Slack did not answer.", is_silent=True))
    house.tell()
    house.clock.time += timedelta(minutes=30)
    house.tell()
    assert house.messages.posted == []


# fault 34
@pytest.mark.parametrize("point", ["landing: before it is sent", "landing: after it is sent"])
def test_a_process_that_dies_leaves_nobody_told_twice(point: str) -> None:
    house = LandingHouse()
    house.booked("15:00")
    house.lands()

    def dies(reached: str) -> None:
        if reached == point:
            raise Killed

    dying = type(house.tell)(house.store, house.messages, house.show.of, house.clock, house.new_id, dies)
    with pytest.raises(Killed):
        dying()
    house.clock.time += timedelta(minutes=30)
    house.tell()
    assert len(house.messages.posted) == (1 if "after" in point else 0)


# fault 34
def test_a_process_that_dies_leaves_one_host_untold_and_no_other() -> None:
    house = LandingHouse()
    for when, times, host in (("15:00", "15:00-16:00", ana), ("16:00", "16:00-17:00", ben)):
        house.booked(when, host)
        house.lands(times, f"{host.name}'s call", host)
    house.messages.refusals.append(Killed())
    with pytest.raises(Killed):
        house.tell()
    assert [house.tell(), house.tell()] == [1, 0]
    assert len(house.messages.posted) == 1


def test_one_mistake_in_bringing_up_to_date_stops_nobody_elses() -> None:
    house = LandingHouse()
    for when, times, host in (("15:00", "15:00-16:00", ana), ("16:00", "16:00-17:00", ben)):
        house.booked(when, host)
        house.lands(times, f"{host.name}'s call", host)
    house.tell()
    for host in (ana, ben):
        house.leaves(f"{host.name}'s call", host)
    house.messages.refusals.append(ValueError("a mistake of ours"))
    house.tell()
    assert len(house.messages.updated) == 1
    house.clock.time += timedelta(minutes=3)
    house.tell()
    assert sorted(shown.host.name for _, shown in house.messages.updated) == [ana.name, ben.name]


def test_one_mistake_in_telling_stops_no_message_from_being_brought_up_to_date() -> None:
    house = LandingHouse()
    house.booked("15:00", ana)
    house.lands("15:00-16:00")
    house.tell()
    house.leaves()
    house.booked("16:00", ben)
    house.lands("16:00-17:00", "Ben's call", ben)
    refuse = house.messages.post
    house.messages.post = mistaken  # type: ignore[method-assign]
    with pytest.raises(ValueError, match="ours"):
        house.tell()
    assert [shown.host for _, shown in house.messages.updated] == [ana]
    house.messages.post = refuse  # type: ignore[method-assign]
    house.clock.time += timedelta(minutes=5)
    assert house.tell() == 1


def test_an_event_that_grows_onto_an_appointment_that_made_way_is_told_anew() -> None:
    house = LandingHouse()
    appointment = house.booked("15:00")
    house.lands("15:00-16:00")
    house.tell()
    first = house.batch()
    house.move(actor(ana), MoveRequest(appointment.id, 1, second("16:00")))
    house.tell()
    assert house.lands("15:00-17:00") == 1
    assert [house.tell(), house.tell()] == [1, 0]
    assert house.batch().id != first.id
    assert house.states() == ["told"]
    assert [one.landing.span for one in house.shown().landings] == [span("15:00-17:00")]


def test_one_that_was_kept_and_then_made_way_for_is_told_anew_too() -> None:
    house = LandingHouse()
    appointment = house.booked("15:00")
    house.lands("15:00-16:00")
    house.tell()
    house.answer.keep(actor(ana), house.batch().id, 1)
    assert house.lands("15:00-16:30") == 0
    house.move(actor(ana), MoveRequest(appointment.id, 1, second("16:30")))
    assert house.lands("15:00-17:00") == 1
    assert [house.tell(), house.tell()] == [1, 0]


def test_what_grew_before_the_host_chose_that_time_again_is_not_told() -> None:
    house = LandingHouse()
    appointment = house.booked("15:00")
    house.lands("15:00-16:00")
    house.tell()
    assert house.lands("15:00-17:00") == 0
    house.move(actor(ana), MoveRequest(appointment.id, 1, second("16:00"), overrides=True))
    assert house.reads() == 0
    assert house.tell() == 0
    assert house.states() == ["kept"]


def test_a_message_of_which_another_took_over_is_left_as_it_is() -> None:
    house = LandingHouse()
    appointment = house.booked("15:00")
    house.lands("15:00-16:00")
    house.tell()
    house.move(actor(ana), MoveRequest(appointment.id, 1, second("16:00")))
    with house.store.writing() as work:
        work.landings.settle(house.clock.now())
        work.commit()
    house.lands("15:00-17:00")
    assert house.tell() == 1
    assert house.messages.updated == []
    with house.store.reading() as work:
        assert not work.landings.has_due(house.clock.now())


@pytest.mark.parametrize("refusal", [CardGone(), ProviderError("Slack refused the message (msg_too_long).")])
def test_a_message_whose_edit_slack_refuses_for_ever_is_not_updated_again(refusal: ProviderError) -> None:
    house = LandingHouse()
    house.booked("15:00")
    house.lands()
    house.tell()
    house.leaves()
    house.messages.refusals.append(refusal)
    house.tell()
    house.clock.time += timedelta(hours=1)
    house.tell()
    assert house.messages.updated == []


def test_an_update_that_slack_refuses_comes_later() -> None:
    house = LandingHouse()
    house.booked("15:00")
    house.lands()
    house.tell()
    house.leaves()
    house.messages.refusals.append(ProviderDown("Slack did not take the message."))
    house.tell()
    assert house.messages.updated == []
    house.clock.time += timedelta(minutes=3)
    house.tell()
    assert len(house.messages.updated) == 1


def test_who_is_no_full_member_any_more_is_told_nothing() -> None:
    house = LandingHouse()
    house.booked("15:00")
    house.lands()
    house.store.tables.members[ana.id] = replace(ana, standing=Standing.DEACTIVATED)
    house.tell()
    assert house.messages.posted == []
