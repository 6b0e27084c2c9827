"""The event of an appointment in Google: made, changed and taken away."""

from dataclasses import replace

import pytest

from bot.domain.appointments import AppointmentStatus, Question, QuestionKind
from bot.domain.effects import EffectKind, LinkState, event_id_of
from bot.domain.errors import AccessLost, CalendarGone, ProviderDown
from bot.usecases.change_appointment import ChangeVenue, ConfirmHold
from tests.builders import BERLIN, span
from tests.fakes.event_copies import Mailed
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.usecases.booking_house import a_request
from tests.unit.usecases.delivery_house import INVITED, MEET, PLACE, TITLE, DeliveryHouse, at_a_place


def test_an_event_says_when_where_and_who_and_invites_once() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, venue=PLACE, note="Bring the <b>plan</b> & cake"))

    [event] = house.copies.living().values()
    assert (event.span, event.zone) == (span("15:00-15:30"), BERLIN)
    assert (event.title, event.place) == (TITLE, "Torstr. 1, Berlin")
    assert event.description == "Bring the &lt;b&gt;plan&lt;/b&gt; &amp; cake\n\nBooked with Daybook."
    assert house.copies.mails == [INVITED]
    link = house.links(one)[EffectKind.EVENT]
    assert (link.state, link.remote_id) == (LinkState.WRITTEN, event_id_of(one.id, 0))


def test_without_an_invitation_nobody_is_on_the_event_and_nobody_is_mailed() -> None:
    house = at_a_place(invites=False)

    [kept] = house.copies.events.values()
    assert (kept.guests, house.copies.mails) == ((), [])


def test_the_other_hosts_are_on_the_event_of_the_first_one() -> None:
    house = DeliveryHouse()
    house.delivered(a_request("15:00", ana, ben, venue=PLACE, invites=False))

    [(place, kept)] = house.copies.events.items()
    assert (place[0], kept.guests, house.copies.mails) == (house.calendar, ("ana@acme.test",), [])


def test_a_held_appointment_is_tentative_and_its_contact_hears_of_it_when_it_is_confirmed() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, venue=PLACE, holds=True))
    [before] = house.copies.events.values()

    ConfirmHold(house.store, house.clock, house.deliver_soon)(actor(ana), one.id, version=1)
    house.pass_by(15)

    [after] = house.copies.events.values()
    assert (before.seen.is_tentative, before.guests) == (True, ())
    assert (after.seen.is_tentative, after.guests) == (False, ("maya@ortiz.test",))
    assert house.copies.mails == [INVITED]


def test_a_move_in_daybook_moves_the_event_and_mails_about_it_once() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, venue=PLACE))
    house.move(one, "16:00-16:30")
    house.pass_by(2)

    assert house.in_google() == [(span("16:00-16:30"), TITLE, "Torstr. 1, Berlin")]
    assert house.copies.mails == [INVITED, Mailed("update", "maya@ortiz.test")]


def test_a_cancelled_appointment_leaves_nothing_and_its_contact_is_told() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, venue=PLACE))
    house.cancel(one)
    house.pass_by(2)

    assert house.in_google() == []
    assert house.copies.mails == [INVITED, Mailed("cancellation", "maya@ortiz.test")]
    assert house.links(one)[EffectKind.EVENT].state is LinkState.REMOVED


def test_what_was_cancelled_before_it_was_written_is_never_written() -> None:
    house = DeliveryHouse()
    one = house.booked(a_request("15:00", ana, venue=PLACE))
    house.cancel(one)
    house.pass_by(2)

    assert (house.copies.requests, house.copies.mails) == ([], [])


def test_google_meet_makes_the_call_and_the_card_has_its_link() -> None:
    house = DeliveryHouse()
    house.delivered(a_request("15:00", ana, venue=MEET))

    [card] = house.cards.posted.values()
    assert card.join_url == "https://meet.google.com/abc-defg-hij"


def test_a_call_that_google_is_slow_to_make_is_asked_for_once_and_waited_for() -> None:
    house = DeliveryHouse()
    house.copies.meets_at_once = False
    one = house.delivered(a_request("15:00", ana, venue=MEET))
    event_id = house.event_id(one)
    assert house.effects(one)[EffectKind.EVENT].problem == "Google has not made the link of the video call yet."

    kept = house.copies.events[house.calendar, event_id]
    made = replace(kept.seen, join_url="https://meet.google.com/xyz-abcd-efg", awaits_meet=False)
    house.copies.events[house.calendar, event_id] = replace(kept, seen=made)
    house.pass_by(300)

    assert "patch" not in house.copies.requests
    [card] = house.cards.posted.values()
    assert (card.join_url, house.copies.mails) == ("https://meet.google.com/xyz-abcd-efg", [INVITED])


def test_another_venue_takes_the_call_off_the_event() -> None:
    house = DeliveryHouse()
    one = house.delivered(a_request("15:00", ana, venue=MEET))
    ChangeVenue(house.store, house.clock, house.deliver_soon)(actor(ana), one.id, PLACE, version=1)
    house.pass_by(2)

    [kept] = house.copies.events.values()
    assert (kept.seen.join_url, kept.seen.fields.place) == ("", "Torstr. 1, Berlin")


# fault 30
def test_an_insert_whose_answer_was_lost_is_found_and_not_repeated() -> None:
    house = DeliveryHouse()
    losses = iter([True])

    def lose(name: str) -> None:
        if name == "insert" and next(losses, False):
            raise ProviderDown("Google did not answer.")

    house.copies.after = lose
    house.delivered(a_request("15:00", ana, venue=PLACE))

    assert (house.copies.requests.count("insert"), house.copies.mails) == (1, [INVITED])
    assert len(house.in_google()) == 1


def test_a_calendar_that_is_gone_asks_the_host_and_cancels_nothing() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.copies.lost.add(house.calendar)
    house.notice(one)
    house.pass_by(5)

    now = house.now_of(one)
    assert (now.status, now.question) == (AppointmentStatus.CONFIRMED, Question(QuestionKind.DELETED))
    assert not house.effects(one)[EffectKind.EVENT].is_dead


def test_the_event_of_a_calendar_that_is_gone_is_made_in_the_one_chosen_since() -> None:
    house = at_a_place()
    [one] = house.stored()
    house.copies.lost.add(house.calendar)
    house.notice(one)
    house.pass_by(5)
    house.choose_only("new@group.test")
    house.pass_by(5)

    link = house.links(one)[EffectKind.EVENT]
    assert (link.container, link.generation, link.state) == ("new@group.test", 1, LinkState.WRITTEN)
    assert house.copies.living()["new@group.test", event_id_of(one.id, 1)].span == one.span
    assert house.now_of(one).question is None


@pytest.mark.parametrize("refusal", [AccessLost("Not allowed."), CalendarGone("Gone.")])
def test_what_google_refuses_for_good_is_given_up_visibly(refusal: Exception) -> None:
    house = DeliveryHouse()

    def refuse(_name: str) -> None:
        raise refusal

    house.copies.before = refuse
    one = house.delivered(a_request("15:00", ana, venue=PLACE))

    assert house.effects(one)[EffectKind.EVENT].is_dead
    [card] = house.cards.posted.values()
    assert card.event is not None
    assert card.event.problem == str(refusal)
