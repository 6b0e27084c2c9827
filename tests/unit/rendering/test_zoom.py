"""Zoom on every screen that accounts stand on: offered, connected, broken, left, and the usual way to meet."""

from dataclasses import replace
from uuid import UUID

import pytest

from bot.domain.accounts import Access, Account, AccountStatus, Provider
from bot.domain.appointments import NOWHERE, Venue, Where
from bot.domain.calendars import AccessRole
from bot.domain.connections import Arrival, ConnectOffer, Ended, Revocation, Status
from bot.domain.errors import ConsentIncomplete
from bot.domain.preference_changes import usual_venue
from bot.rendering.connect import ask_to_confirm, connect_message, connect_modal, rejected
from bot.rendering.connect_pages import arrived, incomplete
from bot.rendering.disconnect import disconnected
from bot.rendering.names import SettingsTab
from bot.rendering.reconnect import needs_reconnecting
from bot.rendering.settings.frame import settings_modal
from bot.rendering.settings.video import ZOOM_CONNECTED, venue_form
from bot.rendering.status import status_message
from tests.builders import ANA, BERLIN
from tests.unit.handlers.acting import acting
from tests.unit.rendering.a_members_settings import LINKED, settings_of
from tests.unit.rendering.answers import ACME, NOON, ana
from tests.unit.rendering.connections import WORK
from tests.unit.rendering.screen import read_message, read_view

ZOOM = Account(UUID(int=210), ACME.id, ANA, Provider.ZOOM, "ana@acme.test", Access.FULL, AccountStatus.ACTIVE, NOON)
BROKEN = replace(ZOOM, status=AccountStatus.NEEDS_RECONNECT, broken_since=NOON)
OFFER = ConnectOffer("https://d.test/g", "https://d.test/c", (WORK, ZOOM), (), zoom="https://d.test/z")
TABS = "[Calendars] [Availability] [• Video Conferencing]"
USUALLY = "*Meetings usually take place by* "


def test_one_of_them_alone_is_offered_where_only_that_is_wanted() -> None:
    zoom, google = (connect_message(OFFER, only=only) for only in (Provider.ZOOM, Provider.GOOGLE))
    note = "_ This link is for you alone, works once, and ends in 10 minutes."
    assert read_message(zoom) == ["*Connect Zoom*", "[Connect Zoom]", note]
    assert read_message(google) == ["*Connect Google Calendar*", "[Connect Google Calendar]", note]


def test_add_new_offers_both() -> None:
    assert read_message(connect_message(OFFER)) == [
        "*Google Calendar*",
        "Appointments go to one calendar that you choose; the others only block your time.",
        "[Connect Google Calendar]",
        "*Only to block time*",
        "Read-only, for an account that nothing is ever written to.",
        "[Connect for conflict calendars]",
        "*Zoom*",
        "New bookings get a link to meet by, made in your account.",
        "[Connect Zoom]",
        "_ These links are for you alone, work once, and end in 10 minutes.",
        "_ Connected: ana@acme.test · ana@acme.test (Zoom)",
    ]


def test_what_is_not_set_up_is_not_offered() -> None:
    without_zoom = read_view(connect_modal(replace(OFFER, zoom="", accounts=())))
    assert "[Connect Zoom]" not in without_zoom
    without_google = read_view(connect_modal(replace(OFFER, full="", conflict_only="", accounts=())))
    assert without_google[0].startswith("Google Calendar cannot be connected here yet")
    assert without_google[1:4] == [
        "*Zoom*",
        "New bookings get a link to meet by, made in your account.",
        "[Connect Zoom]",
    ]
    nothing = read_view(connect_modal(replace(OFFER, full="", conflict_only="", zoom="", accounts=())))
    assert len(nothing) == 1


def test_the_question_and_the_answer_name_zoom() -> None:
    assert read_message(ask_to_confirm(ZOOM))[0] == (
        "The Zoom account *ana@acme.test* is ready to be connected. Is it yours? Nothing is made before you answer."
    )
    assert read_message(rejected(ZOOM)) == [
        (
            "The Zoom account *ana@acme.test* is not connected. Its permission was given back and nothing was made. "
            "If somebody sent you that link, do not open their links to connect accounts."
        )
    ]


def test_the_page_says_whose_zoom_account_goes_to_whom() -> None:
    page = arrived(Arrival(acting(ana), "Acme", ZOOM, "ticket", asked=True))
    assert page.facts == (("Zoom account", "ana@acme.test"), ("Slack member", "Ana in Acme"))
    assert page.paragraphs == (
        "A direct message from Daybook asks whether this account is yours. Nothing is made before you answer there.",
        (
            "Is that not your name? Then somebody sent you their link, and could have meetings made in your account. "
            "Undo it."
        ),
    )


def test_a_permission_that_the_app_lacks_is_for_its_administrator() -> None:
    page = incomplete(ConsentIncomplete(("meeting:update:meeting",)), Provider.ZOOM)
    assert page.facts == (("meeting:update:meeting", "move the meeting when a booking is moved"),)
    assert page.paragraphs == (
        "The app that Daybook is at Zoom lacks these. Nothing was stored.",
        "Whoever runs Daybook has to add them at marketplace.zoom.us, under Scopes. Then ask for a new link.",
    )


def test_the_tab_after_zoom_was_connected() -> None:
    shown = read_view(settings_modal(settings_of(accounts=[WORK, ZOOM]), SettingsTab.VIDEO, note=ZOOM_CONNECTED))
    assert shown == [
        TABS,
        "_ *Zoom is connected.* New bookings get a link. Manage it here, under Video Conferencing.",
        f"{USUALLY} Zoom [Change]",
        "---",
        "*ana@acme.test* · Zoom · connected [Disconnect]",
        "_Zoom_ [Add New]",
    ]


def test_the_tab_of_an_account_that_died_and_of_none() -> None:
    broken = read_view(settings_modal(settings_of(accounts=[WORK, BROKEN]), SettingsTab.VIDEO))
    assert broken[1:] == [
        f"{USUALLY} Google Meet [Change]",
        "---",
        (
            "Zoom stopped accepting Daybook's access to *ana@acme.test*. "
            "New bookings get no link of it; what was booked stays. [Reconnect]"
        ),
        "*ana@acme.test* · Zoom · needs reconnecting [Disconnect]",
        "_Zoom_ [Add New]",
    ]
    none = read_view(settings_modal(settings_of(accounts=[WORK], calendars=[]), SettingsTab.VIDEO))
    assert none[1:] == [
        f"{USUALLY} Nowhere in particular [Change]",
        "---",
        "No Zoom account is connected, so bookings get no Zoom link.",
        "_Zoom_ [Add New]",
    ]


def test_each_account_stands_under_its_own_tab() -> None:
    settings = settings_of(accounts=[WORK], pending=[ZOOM])
    assert not [line for line in read_view(settings_modal(settings, SettingsTab.CALENDARS)) if "Zoom account" in line]
    waiting = read_view(settings_modal(settings, SettingsTab.VIDEO))
    assert "[Yes, connect] [No, that is not me]" in waiting


@pytest.mark.parametrize(
    ("choice", "details", "told"),
    [
        ("zoom", "", "Zoom, which cannot be had just now; Google Meet instead"),
        ("meet", "dropped", "Google Meet"),
        ("phone", "", "Phone"),
        ("place", "Room *3* <!here>", "A place: Room ∗3∗ &lt;!here&gt;"),
        ("nowhere", "", "Nowhere in particular"),
    ],
)
def test_what_was_decided_is_told_with_what_comes_of_it(choice: str, details: str, told: str) -> None:
    settings = settings_of(usual_venue(choice, details), accounts=[WORK])
    assert read_view(settings_modal(settings, SettingsTab.VIDEO))[1] == f"{USUALLY} {told} [Change]"


def test_the_form_offers_what_can_be_had_and_what_was_chosen() -> None:
    held = read_view(venue_form(settings_of(usual_venue("place", "Room 3"), accounts=[WORK, ZOOM]), "V1"))
    assert [line.split(":")[0] for line in held] == ["Meetings usually take place by", "Phone number or place"]
    assert held[1] == "Phone number or place: Room 3"
    read_only = replace(LINKED, access_role=AccessRole.READER)
    for settings, offered in (
        (settings_of(accounts=[WORK, ZOOM]), ["zoom", "meet", "phone", "place", "nowhere"]),
        (settings_of(accounts=[WORK], calendars=[]), ["phone", "place", "nowhere"]),
        (settings_of(accounts=[WORK], calendars=[read_only]), ["phone", "place", "nowhere"]),
        (settings_of(usual_venue("zoom", ""), accounts=[WORK], calendars=[]), ["zoom", "phone", "place", "nowhere"]),
    ):
        field = venue_form(settings, "V1").blocks[0]
        element = field["element"]
        assert isinstance(element, dict)
        assert [option["value"] for option in element["options"]] == offered


@pytest.mark.parametrize(
    ("usual", "possible", "venue"),
    [
        (None, (Where.ZOOM, Where.MEET), Venue(Where.ZOOM)),
        (None, (Where.MEET, Where.PHONE), Venue(Where.MEET)),
        (None, (Where.PHONE, Where.NOWHERE), NOWHERE),
        (Venue(Where.PHONE, "123"), (Where.ZOOM, Where.PHONE), Venue(Where.PHONE, "123")),
        (Venue(Where.ZOOM), (Where.MEET,), Venue(Where.MEET)),
        (NOWHERE, (Where.ZOOM, Where.NOWHERE), NOWHERE),
    ],
)
def test_a_meeting_gets_what_was_decided_or_the_first_call_that_can_be_had(
    usual: Venue | None, possible: tuple[Where, ...], venue: Venue
) -> None:
    assert replace(settings_of().preferences, usual_venue=usual).venue_of(possible) == venue


def test_status_tells_of_zoom_too() -> None:
    status = Status(NOON, (WORK, ZOOM), (), ())
    assert "*ana@acme.test* · Zoom · connected" in read_message(status_message(status, BERLIN))
    only_zoom = read_message(status_message(Status(NOON, (BROKEN,), (), ()), BERLIN))
    assert only_zoom == [
        (
            "Zoom stopped accepting Daybook's access to *ana@acme.test*. "
            "New bookings get no link of it; what was booked stays. [Reconnect]"
        ),
        "*ana@acme.test* · Zoom · needs reconnecting",
        "No calendar is connected yet. Connect Google Calendar, and Daybook can say when you are free.",
        "[Connect Google Calendar]",
    ]


def test_the_message_about_a_broken_account_names_zoom() -> None:
    message = needs_reconnecting(BROKEN, BERLIN)
    assert message.text == "Zoom stopped accepting Daybook's access to ana@acme.test. Reconnect it to go on."
    assert read_message(message)[0] == (
        "Zoom stopped accepting Daybook's access to *ana@acme.test*. "
        "New bookings get no link of it; what was booked stays."
    )


@pytest.mark.parametrize(
    ("revocation", "told"),
    [
        (Revocation.DONE, "The permission was given back to Zoom."),
        (
            Revocation.NEEDED_ELSEWHERE,
            "The permission at Zoom stays, because another connection of the same Zoom account needs it.",
        ),
        (
            Revocation.FAILED,
            (
                "Zoom did not take the permission back just now: remove Daybook at marketplace.zoom.us, under “Manage” "
                "and “Added Apps”."
            ),
        ),
    ],
)
def test_leaving_zoom_tells_what_was_done(revocation: Revocation, told: str) -> None:
    assert read_message(disconnected(Ended(ZOOM, revocation))) == [
        (
            "The Zoom account *ana@acme.test* is disconnected. New bookings get no link of it; meetings that exist "
            f"stay in Zoom, and Daybook cannot move or remove them any more. {told}"
        )
    ]
