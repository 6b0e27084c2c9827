"""What is pressed under the messages about trouble."""

import pytest

from bot.domain.appointments import EditedMeanwhile
from bot.domain.errors import NotFound
from bot.rendering.landing_ref import LandingDeed, LandingRef
from bot.rendering.landings import landing_message
from bot.rendering.names import ActionId, numbered
from bot.rendering.surfaces import Message, Modal
from bot.usecases.move_appointment import MoveRequest
from handlers.actions.alerts import handlers
from handlers.home import RefreshHome
from tests.builders import second, span
from tests.unit.handlers.acting import DrawnHomes, RecordingReply, pressed, run
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.rendering.screen import buttons_of, read_message, read_view
from tests.unit.usecases.landing_house import LandingHouse


def a_told_house() -> LandingHouse:
    house = LandingHouse()
    house.booked("15:00")
    house.lands("15:00-16:00")
    house.tell()
    return house


def presses(house: LandingHouse, label: str, homes: RefreshHome) -> RecordingReply:
    """A button of the message as it was first shown."""
    value = buttons_of(landing_message(house.messages.posted[-1]))[label]
    return run(pressed(handlers(house.alerts(), homes), numbered(ActionId.LANDING, label), value))


def test_a_move_is_made_and_the_message_says_so() -> None:
    house = a_told_house()
    homes = DrawnHomes()
    reply = presses(house, "Move to 16:00", homes)
    assert (reply.ways, homes) == (["replace"], ["U1"])
    message = reply.shown[0][1]
    assert isinstance(message, Message)
    assert read_message(message)[0].startswith("*Maya Ortiz and Ana* is at ")
    assert house.stored()[0].span == span("16:00-16:30")


def test_keeping_both_changes_nothing_but_the_message() -> None:
    house = a_told_house()
    [before] = house.stored()
    reply = presses(house, "Keep both", DrawnHomes())
    assert isinstance(reply.shown[0][1], Message)
    assert read_message(reply.shown[0][1])[0].startswith("You keep both: ")
    assert house.stored() == [before]


def test_a_refused_move_says_why_over_the_times_that_are_free_now() -> None:
    house = a_told_house()
    [appointment] = house.stored()
    house.move(actor(ana), MoveRequest(appointment.id, 1, second("15:15"), overrides=True))
    ref = LandingRef(LandingDeed.MOVE, house.batch().id, 1, 1, second("16:00"))
    prepared = pressed(handlers(house.alerts(), DrawnHomes()), ActionId.LANDING, ref.value())
    reply = RecordingReply()
    with pytest.raises(EditedMeanwhile, match="changed this appointment at the same moment"):
        prepared.work(lambda _asker: actor(ana), reply)
    assert reply.ways == ["replace"]
    assert isinstance(reply.last, Message)
    assert " 2 " in buttons_of(reply.last)["Move to 16:00"]  # the version that it is by now


# faults 10 and 11
def test_a_colleague_with_her_button_finds_nothing() -> None:
    house = a_told_house()
    ref = LandingRef(LandingDeed.KEEP, house.batch().id, 1)
    for value in (ref.value(), "keep", ""):
        with pytest.raises(NotFound):
            run(pressed(handlers(house.alerts(), DrawnHomes()), ActionId.LANDING, value), ben)
    assert house.states() == ["told"]


def test_why_an_account_broke_opens_in_a_view_of_its_own() -> None:
    house = LandingHouse()
    account = house.calendars[ana.id].account_id
    with house.store.writing() as work:
        work.accounts.mark_broken(account, house.clock.now())
        work.commit()
    prepared = pressed(handlers(house.alerts(), DrawnHomes()), numbered(ActionId.WHY_BROKEN, account), str(account))
    assert prepared.loading is not None
    reply = run(prepared)
    assert reply.ways == ["open"]
    assert isinstance(reply.last, Modal)
    assert "[Reconnect]" in read_view(reply.last)
    with pytest.raises(NotFound):
        run(prepared, ben)
