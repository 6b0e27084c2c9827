"""Cards after their host has left Google or Zoom, and what a button can and cannot do then."""

from collections.abc import Sequence
from contextlib import suppress

import pytest

from bot.domain.accounts import Provider
from bot.domain.appointment_log import Deed
from bot.domain.appointments import Appointment, Question, QuestionKind, Venue, Where
from bot.domain.booking import Answer
from bot.domain.cards import Card, CardButton
from bot.domain.effects import EffectKind
from bot.domain.errors import CredentialRefused
from bot.domain.leaving import CopyState
from bot.domain.overlaps import Overlap
from bot.domain.ties import ConnectFirst, Tie, Ties
from bot.usecases.answer_question import AnswerQuestion
from bot.usecases.disconnect_account import DisconnectAccount
from bot.usecases.end_grant import EndGrant
from bot.usecases.leave_account import LeaveAccount
from bot.usecases.retry_delivery import RetryDelivery
from bot.usecases.show_appointment import ShowAppointment
from tests.builders import span
from tests.fakes.store import FakeCredentials
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.delivery_house import ZOOM, DeliveryHouse

PLACE = Venue(Where.PLACE, "Torstr. 1")


def card(house: DeliveryHouse) -> Card:
    [shown] = house.cards.posted.values()
    return shown


def disconnect(house: DeliveryHouse, provider: Provider) -> None:
    """Ana does, in her settings."""
    end_grant = EndGrant(house.store, FakeCredentials(house.store), {})
    with house.store.reading() as work:
        [account] = [one for one in work.accounts.of(actor(ana)) if one.provider is provider]
    DisconnectAccount(house.store, end_grant, house.clock)(actor(ana), account.id)


def retry(house: DeliveryHouse, one: Appointment) -> Appointment:
    return RetryDelivery(house.store, house.clock, house.deliver_soon)(actor(ana), one.id)


def asked_about(house: DeliveryHouse, one: Appointment, times: str) -> Appointment:
    """Its copy was moved there in Google, where something else is."""
    asking = one.asking(Question(QuestionKind.COLLIDES, span(times)), house.clock.now())
    with house.store.writing() as work:
        work.appointments.save(asking)
        work.commit()
    return asking


def overlaps(house: DeliveryHouse, one: Appointment) -> Sequence[Overlap]:
    return ShowAppointment(house.store, house.clock)(actor(ana), one.id).overlaps


def test_the_card_says_at_once_that_google_was_disconnected_and_again_when_it_is_back() -> None:
    house = DeliveryHouse()
    house.delivered(a_request("15:00", ana, venue=PLACE))
    disconnect(house, Provider.GOOGLE)
    house.pass_by(2)
    assert (card(house).ties, CardButton.CONNECT in card(house).buttons) == (Ties(google=Tie.GONE), True)
    [message] = house.messages.posted.values()
    assert (message.ties, CardButton.CONNECT in message.buttons) == (Ties(google=Tie.GONE), False)

    house.come_back(Provider.GOOGLE)
    house.choose_only(house.calendar)
    house.pass_by(5)
    assert card(house).ties == Ties()


class PowerCut(Exception):
    """The process dies."""


@pytest.mark.parametrize("provider", list(Provider))
@pytest.mark.parametrize("commits", range(3))
def test_an_account_that_is_gone_is_told_wherever_the_process_dies(commits: int, provider: Provider) -> None:
    house = DeliveryHouse()
    house.delivered()
    left = iter(range(commits))

    def dies() -> None:
        if next(left, None) is None:
            raise PowerCut

    house.store.before_commit = dies
    with suppress(PowerCut):
        disconnect(house, provider)
    house.store.before_commit = lambda: None
    house.pass_by(2)

    gone = Ties(google=Tie.GONE) if provider is Provider.GOOGLE else Ties(zoom=Tie.GONE)
    assert card(house).ties == (gone if commits else Ties())


def test_a_zoom_that_was_left_before_it_made_the_call_leaves_google_meet() -> None:
    house = DeliveryHouse()
    house.booked(a_request("15:00", ana, venue=ZOOM))
    disconnect(house, Provider.ZOOM)
    house.pass_by(15)
    assert card(house).lacks_link
    assert card(house).ties == Ties(zoom=Tie.GONE)
    assert CardButton.USE_MEET in card(house).buttons


def test_a_hold_that_is_confirmed_without_zoom_says_so() -> None:
    house = DeliveryHouse()
    held = house.delivered(a_request("15:00", ana, venue=ZOOM, holds=True))
    disconnect(house, Provider.ZOOM)
    confirmed = house.now_of(held).confirmed(house.clock.now())
    shown = ShowAppointment(house.store, house.clock)
    with house.store.writing() as work:
        work.appointments.save(confirmed)
        work.commit()
    assert shown(actor(ana), held.id).ties == Ties(zoom=Tie.GONE)


def test_trying_again_names_what_has_to_be_connected_first() -> None:
    house = DeliveryHouse()

    def refuse(_name: str) -> None:
        raise CredentialRefused("ana@acme.test has to be connected again first.")

    house.copies.before = refuse
    one = house.delivered(a_request("15:00", ana, venue=PLACE))
    assert card(house).ties == Ties(google=Tie.BROKEN)
    assert CardButton.CONNECT in card(house).buttons
    assert CardButton.TRY_AGAIN not in card(house).buttons
    with pytest.raises(ConnectFirst) as first:
        retry(house, one)
    assert (first.value.provider, first.value.owner) == (Provider.GOOGLE, ana)
    assert house.effects(one)[EffectKind.EVENT].is_dead


def test_what_stands_there_is_named_to_its_owner() -> None:
    house = DeliveryHouse()
    one = house.booked(a_request("15:00", ana, venue=PLACE))
    house.book(a_request("16:00", ana, title="Lee Chen", contact=None), by=ana)
    house.book(a_request("17:00", ben, title="Ben's own", contact=None), by=ben)
    asked_about(house, one, "16:15-16:45")
    assert overlaps(house, one) == (Overlap(ana, span("16:00-16:30"), "Lee Chen"),)


def test_what_another_host_has_there_is_not_named() -> None:
    house = DeliveryHouse()
    one = house.booked(a_request("15:00", ana, ben, venue=PLACE))
    house.book(a_request("17:00", ben, title="Ben's own", contact=None), by=ben)
    asked_about(house, one, "17:00-17:30")
    assert overlaps(house, one) == (Overlap(ben, span("17:00-17:30")),)


def test_the_card_names_it_too() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, venue=PLACE))
    house.book(a_request("16:00", ana, title="Lee Chen", contact=None), by=ana)
    asking = asked_about(house, one, "16:00-16:30")
    with house.store.writing() as work:
        lane = work.effects.of(one.id)[EffectKind.CARD].lane
        work.effects.want(asking, EffectKind.CARD, lane=lane, due_at=house.clock.now())
        work.commit()
    house.pass_by(2)
    [mine] = [each for each in house.cards.posted.values() if each.appointment.id == one.id]
    assert mine.overlaps == (Overlap(ana, span("16:00-16:30"), "Lee Chen"),)


def test_an_event_that_was_removed_with_its_account_is_put_back_by_a_press() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, venue=PLACE))
    first, house_calendar = house.event_id(one), house.calendar
    with house.store.reading() as work:
        [account] = [one for one in work.accounts.of(actor(ana)) if one.provider is Provider.GOOGLE]
    LeaveAccount(house.store, house.clock)(actor(ana), account.id)
    house.pass_by(2)
    assert card(house).ties == Ties(google=Tie.REMOVED)
    with house.store.writing() as work:
        for copy in work.leavings.left(account.id):
            work.leavings.settle(account.id, copy, CopyState.REMOVED)
        work.commit()
    house.leave(Provider.GOOGLE)

    house.come_back(Provider.GOOGLE)
    house.choose_only(house_calendar)
    house.pass_by(2)
    assert (card(house).ties, CardButton.PUT_BACK in card(house).buttons) == (
        Ties(google=Tie.REMOVED, takes_events=True),
        True,
    )

    version = house.now_of(one).version
    AnswerQuestion(house.store, house.clock, house.deliver_soon)(actor(ana), one.id, Answer.PUT_BACK, version=version)
    house.pass_by(2)
    assert (card(house).ties, CardButton.PUT_BACK in card(house).buttons) == (Ties(), False)
    assert house.event_id(one) != first
    assert house.deeds(one)[-1] is Deed.PUT_BACK
