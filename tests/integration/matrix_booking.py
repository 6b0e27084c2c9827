"""What strangers could send to the forms and cards of booking, with the ids of Ana's appointment and contact."""

from collections.abc import Callable
from typing import Any

from bot.domain.cards import CardButton
from bot.rendering.names import ActionId, BookingField, BookingSwitch, CallbackId
from tests.integration import deliveries
from tests.integration.deliveries import Who

Form = Callable[[str, str, int, str], tuple[dict[str, Any], str]]
"""The fields and the metadata, by the Slack id of whom it is about, a day to come, a start on it, an appointment."""


def booking_form(slack_id: str, day: str, start: int, _appointment: str) -> tuple[dict[str, Any], str]:
    """Her time, to meet on her Zoom, which she has not: refused before anything is read."""
    values = {
        BookingField.HOSTS: _held(type="multi_users_select", selected_users=[slack_id]),
        BookingField.CONTACT: {ActionId.CONTACT: _option("new eve@evil.test")},
        BookingField.VENUE: _held(**_option("zoom")),
        BookingField.MINUTES: _held(**_option("30")),
        **_when(day, start),
    }
    return {str(name): held for name, held in values.items()}, "1.2.3 Europe/Berlin 0 - -"


def move_form(_slack_id: str, day: str, start: int, appointment: str) -> tuple[dict[str, Any], str]:
    """Her appointment, to be moved past her hours and whatever could not be read."""
    return {str(name): held for name, held in _when(day, start).items()}, f"1.2.3 Europe/Berlin 0 - - {appointment} 1"


def cancel_form(_slack_id: str, _day: str, _start: int, appointment: str) -> tuple[dict[str, Any], str]:
    """Her appointment, to be cancelled."""
    reason = {ActionId.SETTING: {"type": "plain_text_input", "value": "no reason"}}
    return {str(BookingField.REASON): reason}, f"{CardButton.CANCEL} {appointment} 1"


FORMS: dict[CallbackId, Form] = {
    CallbackId.BOOK: booking_form,
    CallbackId.MOVE: move_form,
    CallbackId.CANCEL: cancel_form,
}
FIELDS: dict[ActionId, Form] = {
    ActionId.BOOKING: booking_form,
    ActionId.CONTACT: booking_form,
    ActionId.BOOKING_START: booking_form,
    ActionId.BOOKING_ASK: booking_form,
    ActionId.MOVING: move_form,
    ActionId.MOVING_START: move_form,
}
"""Changes within a form, which make it anew."""


def changed(who: Who, action_id: str, form: tuple[dict[str, Any], str], value: str) -> tuple[bytes, str]:
    """A field changed, a start taken, or somebody asked for a calendar, in a form."""
    values, metadata = form
    return deliveries.change(who, action_id, value, values, metadata)


def _when(day: str, start: int) -> dict[BookingField, dict[str, Any]]:
    ticks = [{"value": switch} for switch in BookingSwitch]
    return {
        BookingField.DAY: _held(type="datepicker", selected_date=day),
        BookingField.START: _held(**_option(str(start))),
        BookingField.SWITCHES: _held(type="checkboxes", selected_options=ticks),
    }


def _option(value: str) -> dict[str, Any]:
    return {"type": "static_select", "selected_option": {"value": value}}


def _held(**state: Any) -> dict[str, Any]:
    return {f"{ActionId.BOOKING}:x": state}
