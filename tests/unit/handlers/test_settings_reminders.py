"""The form of reminders: what is wrong stands on its field, a channel is asked about, and what is right is kept."""

from typing import Any
from uuid import UUID

import pytest

from bot.domain.reminder_form import ASKS_AFTER, ReminderField
from bot.domain.reminders import USUAL_CHOICE, ReminderChoice
from bot.rendering.names import ActionId, CallbackId, CommandName
from bot.rendering.surfaces import Modal
from bot.usecases.choose_reminders import ChooseReminders
from bot.usecases.make_connect_link import MakeConnectLink
from bot.usecases.offer_connections import OfferConnections
from bot.usecases.resolve_actor import Asker
from bot.usecases.show_settings import ShowSettings
from handlers.commands.settings import reminders_work
from handlers.interaction import Command
from handlers.views import settings_reminders
from handlers.views.settings_below import refresh_with
from handlers.views.settings_reminders import ReminderCases
from tests.fakes.posts import FakeChannels
from tests.form_fields import option, typed
from tests.unit.handlers.acme import Acme
from tests.unit.handlers.acting import RecordingReply, acting, run
from tests.unit.handlers.settings_house import SETTINGS_VIEW, House, a_house, lines, shown_below
from tests.unit.rendering.answers import ana


@pytest.fixture
def house() -> House:
    house = a_house()
    acme = house.acme
    refresh = refresh_with(ShowSettings(acme.store, acme.clock), house.homes)
    cases = ReminderCases(ChooseReminders(acme.store, FakeChannels(), acme.clock))
    return House(acme, (*house.handlers, *settings_reminders.handlers(cases, refresh)), house.offer, house.homes)


def form(minutes: str, channel: str | None = None, level: str = "busy", *, asks: bool = True) -> dict[str, Any]:
    ticked = [{"value": ASKS_AFTER}] if asks else []
    return {
        ReminderField.MINUTES: typed(minutes),
        ReminderField.CHANNEL: {ActionId.SETTING: {"type": "conversations_select", "selected_conversation": channel}},
        ReminderField.SHOWS: option(level),
        ReminderField.AFTER: {ActionId.SETTING: {"type": "checkboxes", "selected_options": ticked}},
    }


def chosen(acme: Acme) -> ReminderChoice:
    with acme.store.reading() as work:
        return work.reminders.choice(ana.id)


def test_what_is_right_is_kept_and_shown_underneath(house: House) -> None:
    reply = run(house.submit(CallbackId.SETTINGS_REMINDERS, **form("10, 60", "C0SALES", "titles", asks=False)))
    assert chosen(house.acme) == ReminderChoice((60, 10), "C0SALES", "sales", shows_titles=True, asks_after=False)
    told = "1 hour before, and 10 minutes before the start · also in #sales, with titles · not asked afterwards"
    assert lines(reply.shown[0][1]) == [f"Saved: {told}"]
    assert f"*Reminders*  {told} [Change]" in shown_below(reply)


def test_a_mistake_stands_on_its_field(house: House) -> None:
    prepared = house.submit(CallbackId.SETTINGS_REMINDERS, **form("soon"))
    assert list(prepared.mistakes) == [ReminderField.MINUTES]


def test_a_channel_that_daybook_is_not_in_is_refused_and_everything_typed_stays(house: House) -> None:
    reply = run(house.submit(CallbackId.SETTINGS_REMINDERS, **form("30", "C0OTHER")))
    assert chosen(house.acme) == USUAL_CHOICE
    assert isinstance(reply.last, Modal)
    assert lines(reply.last)[0] == "Daybook is not in that channel."
    assert (reply.last.callback_id, reply.last.private_metadata) == (CallbackId.SETTINGS_REMINDERS, SETTINGS_VIEW)
    assert reply.last.blocks[1]["element"]["initial_value"] == "30"  # type: ignore[index]


def asks(house: House, words: str) -> list[str]:
    """What `/daybook reminders` with these words opens."""
    acme = house.acme
    link = MakeConnectLink(acme.store, acme.clock, lambda: UUID(int=999), lambda: "secret", "https://daybook.test")
    work = reminders_work(
        ShowSettings(acme.store, acme.clock), house.offer, OfferConnections(acme.store, link, providers=())
    )
    reply = RecordingReply()
    work(acting(ana), Command(asker=Asker("U1", "T1", "T1"), name=CommandName.DAYBOOK, text=words), reply)
    assert isinstance(reply.last, Modal)
    assert (reply.last.callback_id, reply.last.private_metadata) == (CallbackId.SETTINGS_REMINDERS, "")
    return lines(reply.last)


def test_the_command_opens_the_form_itself(house: House) -> None:
    assert asks(house, "")[0] == "Minutes before the start: 10"


def test_what_was_asked_for_in_words_stands_in_the_form_until_it_is_saved(house: House) -> None:
    assert asks(house, "me 20 minutes before")[:2] == [
        "Not saved yet: 20 minutes before the start. *Save* keeps it.",
        "Minutes before the start: 20",
    ]
    assert chosen(house.acme) == USUAL_CHOICE


def test_what_cannot_be_is_told_above_what_is_set(house: House) -> None:
    assert asks(house, "me 3 days before")[:2] == [
        "Reminders come from 1 minute to 24 hours before the start.",
        "Minutes before the start: 10",
    ]


def test_without_the_settings_below_it_is_kept_all_the_same(house: House) -> None:
    reply = run(house.submit_over("", "", CallbackId.SETTINGS_REMINDERS, form("20")))
    assert chosen(house.acme).minutes == (20,)
    assert reply.ways == ["update"]
