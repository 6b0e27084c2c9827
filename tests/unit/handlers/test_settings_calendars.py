"""Choosing calendars on top of Calendar Settings: what takes something away is asked about first."""

import pytest

from bot.domain.calendars import Role
from bot.domain.errors import NotFound
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Modal
from tests.contracts.appointment_builders import an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.form_fields import option
from tests.unit.handlers.acting import acting, run
from tests.unit.handlers.settings_house import SETTINGS_VIEW, House, a_house, lines, shown_below
from tests.unit.rendering.answers import ana


@pytest.fixture
def house() -> House:
    return a_house()


def test_a_calendar_more_is_kept_at_once(house: House) -> None:
    form = house.submit(
        CallbackId.SET_UP,
        linked=option(house.mark("Ana"), ActionId.LINKED_CALENDAR),
        conflicts={ActionId.CONFLICT_CALENDARS: {"selected_options": [{"value": house.mark("Office")}]}},
    )
    reply = run(form)
    assert (reply.ways, house.homes) == (["update", "update_below"], ["U1"])
    assert shown_below(reply)[4] == "*Conflict calendars*  Office [Change]"


def test_another_linked_calendar_is_asked_about_before_anything_changes(house: House) -> None:
    house.acme.add_event(ana, "15:00-16:00", "Kick-off")
    wanted = option(house.mark("Office"), ActionId.LINKED_CALENDAR)
    reply = run(house.submit(CallbackId.SET_UP, linked=wanted))
    assert reply.ways == ["update"]
    question = reply.last
    assert isinstance(question, Modal)
    assert lines(question) == [
        "· New appointments go to *Office* instead of *Ana*.",
        "· *Ana* stops blocking your time; 1 event read from there is erased.",
        "· *Office* is read, and what is Busy there blocks your time.",
        "_ Nothing in Google Calendar is changed.",
    ]
    assert names(house) == [("Ana", Role.LINKED)]
    agreed = run(house.submit_over(SETTINGS_VIEW, question.private_metadata, CallbackId.AGREE_TO_CHOICE))
    assert (agreed.ways, house.homes) == (["update", "update_below"], ["U1"])
    assert shown_below(agreed)[1] == "*Linked calendar*  Office (ana@acme.test) [Change]"
    assert names(house) == [("Office", Role.LINKED)]
    assert house.acme.store.tables.events.get(house.acme.calendars[ana.id].id) is None


def test_events_of_appointments_to_come_are_kept_or_go_along(house: House) -> None:
    acme, calendar = house.acme, house.acme.calendars[ana.id]
    copied(acme.store, booked(acme.store, an_appointment(acting(ana), "17:00-18:00")), calendar)
    question = run(house.submit(CallbackId.SET_UP, linked=option(house.mark("Office"), ActionId.LINKED_CALENDAR))).last
    assert isinstance(question, Modal)
    assert lines(question)[3:] == ["1 event of appointments to come in Ana: Keep them there"]
    fields = {"copies": option("remove")}
    run(house.submit_over(SETTINGS_VIEW, question.private_metadata, CallbackId.AGREE_TO_CHOICE, fields))
    [link] = acme.store.tables.remote_links.values()
    assert (link.container, link.generation) == ("office@group.test", 1)
    assert list(acme.store.tables.leavings) == [calendar.account_id]


# fault 11
def test_a_forged_question_is_answered_by_the_form(house: House) -> None:
    reply = run(house.submit_over(SETTINGS_VIEW, f"{SETTINGS_VIEW} {'0' * 24}", CallbackId.AGREE_TO_CHOICE))
    assert lines(reply.last)[0] == ":warning: This calendar is not there any more. Choose another one."
    with pytest.raises(NotFound):
        run(house.submit_over(SETTINGS_VIEW, "", CallbackId.AGREE_TO_CHOICE))
    assert names(house) == [("Ana", Role.LINKED)]


def test_nothing_chosen_is_told_before_google_is_asked(house: House) -> None:
    assert house.submit(CallbackId.SET_UP).mistakes == {
        "conflicts": "Choose at least one calendar, or nobody can say when you are free."
    }


def names(house: House) -> list[tuple[str, Role]]:
    with house.acme.store.reading() as work:
        return [(one.name, one.role) for one in work.calendars.of(acting(ana))]
