"""The tab *Video Conferencing*: how one usually meets, and the Zoom accounts that make the links."""

from bot.domain.accounts import Provider
from bot.domain.appointments import Venue, Where
from bot.domain.calendar_settings import CalendarSettings
from bot.domain.connections import takes_appointments
from bot.domain.preference_changes import PreferenceField
from bot.domain.preferences import possible_venues
from bot.rendering.blocks import button, divider, section
from bot.rendering.booking_words import WHERE
from bot.rendering.connect import waiting
from bot.rendering.form_blocks import Choice, field, radio_buttons, text_input
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.settings.calendars import account_rows
from bot.rendering.settings.row import row
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text

ZOOM_CONNECTED = "*Zoom is connected.* New bookings get a link. Manage it here, under Video Conferencing."
_CHOICES = (
    Choice(WHERE[Where.ZOOM], Where.ZOOM, "a new meeting for each booking"),
    Choice(WHERE[Where.MEET], Where.MEET, "made with the event in your linked calendar"),
    Choice(WHERE[Where.PHONE], Where.PHONE, "with the number below, or none"),
    Choice(WHERE[Where.PLACE], Where.PLACE, "written below"),
    Choice(WHERE[Where.NOWHERE], Where.NOWHERE, "a booking can still say otherwise"),
)


def video_rows(settings: CalendarSettings) -> list[Block]:
    """The rows of the tab."""
    status = settings.status
    accounts = [one for one in status.accounts if one.provider is Provider.ZOOM]
    return [
        row("Meetings usually take place by", _usual(settings), CallbackId.SETTINGS_VENUE),
        divider(),
        *(block for one in status.pending if one.provider is Provider.ZOOM for block in waiting(one)),
        *(block for one in accounts for block in account_rows(one, settings)),
        *([] if accounts else [section("No Zoom account is connected, so bookings get no Zoom link.")]),
        section("_Zoom_", accessory=button("Add New", ActionId.ADD_NEW)),
    ]


def venue_form(settings: CalendarSettings, below: str) -> Modal:
    """How one usually meets. `below` is the id of the view that the form is on top of."""
    usual = _venue(settings)
    # What he chose stays on offer though it cannot be had just now: to save must not change it unseen.
    offered = [one for one in _CHOICES if one.value in (*_possible(settings), usual.where)]
    return Modal(
        "Usual meetings",
        (
            field(
                "Meetings usually take place by",
                radio_buttons(ActionId.SETTING, offered, chosen=usual.where),
                block_id=PreferenceField.VENUE,
                hint="Each booking can say otherwise.",
            ),
            field(
                "Phone number or place",
                text_input(ActionId.SETTING, initial=usual.details),
                block_id=PreferenceField.VENUE_DETAILS,
                optional=True,
            ),
        ),
        callback_id=CallbackId.SETTINGS_VENUE,
        submit="Save",
        close="Cancel",
        private_metadata=below,
    )


def _usual(settings: CalendarSettings) -> str:
    usual = _venue(settings)
    told = WHERE[usual.where] + (f": {user_text(usual.details, limit=80)}" if usual.details else "")
    if usual.where not in _possible(settings):
        instead = WHERE[settings.preferences.venue_of(_possible(settings)).where]
        return f"{told}, which cannot be had just now; {instead} instead"
    return told


def _venue(settings: CalendarSettings) -> Venue:
    """What he decided, or what is taken for it."""
    preferences = settings.preferences
    return preferences.usual_venue or preferences.venue_of(_possible(settings))


def _possible(settings: CalendarSettings) -> tuple[Where, ...]:
    status = settings.status
    has_calendar = any(takes_appointments(one, status.accounts) for one in status.calendars)
    return possible_venues(zoom=status.has_zoom, calendar=has_calendar)
