"""The sync option on top of Calendar Settings: its form, what will change, the switch, and the way back."""

from dataclasses import replace

import pytest

from bot.domain.calendars import ONE_WAY, TWO_WAY, ContactPolicy, SyncOption
from bot.domain.errors import NotFound
from bot.domain.events import EventStatus, Invitee, RemoteEvent
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Modal
from bot.rendering.sync_options import ONE_WAY_MEANS, ONE_WAY_SUITS, TWO_WAY_MEANS, TWO_WAY_SUITS
from bot.usecases.show_settings import ShowSettings
from tests.event_builders import timed
from tests.fakes.calendar_rows import CalendarRow
from tests.form_fields import option
from tests.unit.handlers.acting import acting, run
from tests.unit.handlers.settings_house import SETTINGS_VIEW, House, a_house, lines, shown_below
from tests.unit.rendering.answers import ana

START, END = timed("2026-11-24 15:00"), timed("2026-11-24 16:00")
UNTIL = "<!date^1798110000^{date_short}|Thu 24 Dec 2026 (UTC)>"
MAYA, LEE = Invitee("maya@ortiz.test", "Maya Ortiz"), Invitee("lee@chen.test", "*Lee* Chen")


@pytest.fixture
def house() -> House:
    """Ana's calendar was read: a meeting with two people from outside, and time of her own."""
    made = a_house()
    row = made.acme.store.tables.calendars[made.acme.calendars[ana.id].id]
    made.acme.store.tables.calendars[row.calendar.id] = replace(row, sync_token="s")
    demo = RemoteEvent("demo", EventStatus.CONFIRMED, title="Demo", start=START, end=END, invitees=(MAYA, LEE))
    alone = RemoteEvent("alone", EventStatus.CONFIRMED, title="Alone", start=START, end=END)
    made.acme.put_event(ana, demo, "15:00-16:00")
    made.acme.put_event(ana, alone, "16:00-17:00")
    told = dict.fromkeys(["maya@ortiz.test", "lee@chen.test"], False)
    with made.acme.store.writing() as work:
        work.invitees.remember_colleagues(row.calendar.workspace_id, told, made.acme.clock.now())
        work.commit()
    return made


def wanted(house: House, style: str = "coloured", policy: str = "create", triggers: str = "fire") -> Modal:
    form = house.submit(CallbackId.SYNC_OPTION, style=option(style), policy=option(policy), triggers=option(triggers))
    shown = run(form).last
    assert isinstance(shown, Modal)
    return shown


def chosen_option(house: House) -> SyncOption:
    return house.acme.store.tables.calendars[house.acme.calendars[ana.id].id].calendar.option


def test_the_row_opens_the_form_with_what_is_set(house: House) -> None:
    form = house.press(f"{ActionId.SETTINGS_CHANGE}:sync_option", CallbackId.SYNC_OPTION).last
    one_way, two_way = lines(form)[:2]
    assert one_way == f"*One-way* - recommended. {ONE_WAY_MEANS} {ONE_WAY_SUITS}"
    assert two_way == f"*Two-way* - {TWO_WAY_MEANS} {TWO_WAY_SUITS}"


def test_what_will_change_is_told_before_anything_does(house: House) -> None:
    question = wanted(house)
    assert (question.submit, question.close) == ("Switch", "Keep one-way")
    assert lines(question) == [
        "Switching *Ana* from one-way to two-way:",
        "· 2 grey blocks become events in colour, 1 of them an appointment",
        "· 2 contacts are added - _∗Lee∗ Chen and Maya Ortiz_",
        "· No trigger fires for anything that exists now",
        f"_ You can undo this until {UNTIL}. Nothing is written to Google.",
    ]
    assert chosen_option(house) == ONE_WAY


def test_a_switch_says_how_far_it_has_come_and_how_it_is_undone(house: House) -> None:
    question = wanted(house)
    reply = run(house.submit_over(SETTINGS_VIEW, question.private_metadata, CallbackId.SWITCH_OPTION))
    assert (reply.ways, house.homes) == (["update", "update_below"], ["U1"])
    assert chosen_option(house) == TWO_WAY
    assert shown_below(reply)[2:4] == [
        "*Sync option*  Two-way (adds unknown invitees, triggers on)",
        "_Google events show in colour; outside invitees become contacts._ [Change]",
    ]


def test_undo_in_the_settings_leaves_them_on_the_screen(house: House) -> None:
    question = wanted(house)
    run(house.submit_over(SETTINGS_VIEW, question.private_metadata, CallbackId.SWITCH_OPTION))
    switch = next(iter(house.acme.store.tables.change_sets))
    reply = house.press(ActionId.UNDO_SWITCH, str(switch))
    assert lines(reply.last)[1] == "_ *Ana* is one-way again. No contact was removed. Nothing was written to Google."
    assert chosen_option(house) == ONE_WAY


def test_a_preview_that_is_outdated_is_shown_anew(house: House) -> None:
    question = wanted(house)
    house.acme.put_event(ana, RemoteEvent("new", EventStatus.CONFIRMED, start=START, end=END), "17:00-18:00")
    shown = run(house.submit_over(SETTINGS_VIEW, question.private_metadata, CallbackId.SWITCH_OPTION)).last
    assert lines(shown)[0] == ("*Something changed meanwhile, and nothing was switched yet.* This is how it is now:")
    assert chosen_option(house) == ONE_WAY


def test_two_way_without_contacts_for_anybody_unknown_says_so(house: House) -> None:
    assert lines(wanted(house, policy=ContactPolicy.KNOWN_ONLY, triggers="off"))[1:5] == [
        "· 1 grey block becomes an event in colour",
        "· 1 event with unknown guests stays grey",
        "· Contacts stay as they are, and nobody is added to them",
        "· No trigger fires for anything that exists now",
    ]


def test_what_is_set_already_changes_nothing(house: House) -> None:
    assert lines(wanted(house, style="blocked")) == ["It is one-way already. Nothing was changed."]


def test_two_way_in_set_up_leads_to_what_will_change(house: House) -> None:
    form = house.submit(
        CallbackId.SET_UP,
        linked=option(house.mark("Ana"), ActionId.LINKED_CALENDAR),
        option=option("coloured.create.1"),
    )
    question = next(shown for way, shown in run(form).shown if way == "update")
    assert isinstance(question, Modal)
    assert question.title == "What will change"
    assert chosen_option(house) == ONE_WAY


def test_a_calendar_that_was_not_read_is_waited_for(house: House) -> None:
    calendar = house.acme.calendars[ana.id]
    house.acme.store.tables.calendars[calendar.id] = CalendarRow(replace(calendar, read_at=None))
    question = wanted(house)
    assert question.submit == "Look again"
    assert lines(question)[1] == (
        "*Ana* is still being read, with the people on its events, so nobody can say yet what will change. It takes a "
        "minute at most."
    )


# fault 11
def test_forged_forms_change_nothing(house: House) -> None:
    for metadata in ("", "x", "- coloured.create.1", "- green.create.1 -", "- coloured.create.2 -"):
        with pytest.raises(NotFound):
            run(house.submit_over(SETTINGS_VIEW, metadata, CallbackId.SWITCH_OPTION))
    with pytest.raises(NotFound):
        wanted(house, policy="everybody")
    assert chosen_option(house) == ONE_WAY


def test_a_switch_of_a_calendar_that_began_anew_is_told_of_no_more(house: House) -> None:
    question = wanted(house)
    run(house.submit_over(SETTINGS_VIEW, question.private_metadata, CallbackId.SWITCH_OPTION))
    show = ShowSettings(house.acme.store, house.acme.clock)
    assert show(acting(ana)).switched is not None
    row = house.acme.store.tables.calendars[house.acme.calendars[ana.id].id]
    began_anew = replace(row, calendar=replace(row.calendar, option=ONE_WAY, option_since=None))
    house.acme.store.tables.calendars[row.calendar.id] = began_anew
    assert show(acting(ana)).switched is None
