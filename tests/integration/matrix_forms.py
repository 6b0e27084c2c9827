"""The forms that strangers could send, with the ids of what is Ana's."""

from typing import Any

from bot.rendering.names import ActionId, BookingField, CallbackId
from tests.integration import (
    deliveries,
    matrix_booking,
    matrix_contacts,
    matrix_settings,
    matrix_triggers,
)
from tests.integration.deliveries import Who
from tests.integration.matrix_sent import Hers, Sent, actions


def chosen(action_id: str, *values: str, kind: str = "selected_options") -> dict[str, Any]:
    """An input's state: the options, or the people, that it holds."""
    held: Any = [{"value": value} for value in values] if kind == "selected_options" else list(values)
    return {action_id: {"type": "input", kind: held}}


def one(action_id: str, value: str) -> dict[str, Any]:
    return {action_id: {"type": "input", "selected_option": {"value": value}}}


def set_up_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    marks = [str(hers.calendar), str(hers.account)]
    values = {
        "linked": one(ActionId.LINKED_CALENDAR, marks[0]),
        "conflicts": chosen(ActionId.CONFLICT_CALENDARS, *marks),
    }
    return deliveries.submission(who, CallbackId.SET_UP, values, private_metadata=str(hers.account))


def find_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    day = {ActionId.DAY: {"type": "datepicker", "selected_date": hers.day}}
    values: dict[str, Any] = {
        ActionId.PEOPLE: chosen(ActionId.PEOPLE, hers.slack_id, kind="selected_users"),
        ActionId.MODE: one(ActionId.MODE, "all"),
        ActionId.LENGTH: one(ActionId.LENGTH, "30"),
        ActionId.DAY: day,
    }
    return deliveries.submission(who, CallbackId.FIND_A_TIME, values)


def why_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    values: dict[str, Any] = {
        ActionId.PEOPLE: chosen(ActionId.PEOPLE, hers.slack_id, kind="selected_users"),
        ActionId.DAY: {ActionId.DAY: {"type": "datepicker", "selected_date": hers.day}},
        ActionId.TIME: {ActionId.TIME: {"type": "timepicker", "selected_time": "13:00"}},
    }
    return deliveries.submission(who, CallbackId.WHY, values, private_metadata="all 30m")


def agreed_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    return deliveries.submission(who, CallbackId.AGREE_TO_CHOICE, {}, private_metadata=f"- {hers.calendar}")


def option_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    values = {"style": one(ActionId.SETTING, "coloured"), "policy": one(ActionId.SETTING, "create")}
    fields = values | {"triggers": one(ActionId.SETTING, "fire")}
    return deliveries.submission(who, CallbackId.SYNC_OPTION, fields, private_metadata=str(hers.calendar))


def switch_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    metadata = f"{hers.calendar} coloured.create.1 {'0' * 16}"
    return deliveries.submission(who, CallbackId.SWITCH_OPTION, {}, private_metadata=metadata)


def event_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    """Another time for an event of hers."""
    values: dict[str, Any] = {
        BookingField.DAY: {ActionId.SETTING: {"type": "datepicker", "selected_date": hers.day}},
        BookingField.TIME: {ActionId.SETTING: {"type": "timepicker", "selected_time": "16:00"}},
    }
    mark = EVENTS[1].format(hers=hers)
    return deliveries.submission(who, CallbackId.EVENT_MOVE, values, private_metadata=mark)


def settings_form(form: CallbackId) -> Sent:
    """A form of Calendar Settings, said to be on top of a view that is hers."""
    fields = matrix_settings.FORMS[form]
    return lambda who, hers: matrix_settings.submitted(who, form, fields(hers.slack_id, hers.day), "V-of-ana")


def booking_form(form: CallbackId) -> Sent:
    """A form of booking, said to be about what is hers."""
    made = matrix_booking.FORMS[form]

    def sent(who: Who, hers: Hers) -> tuple[bytes, str]:
        values, metadata = made(hers.slack_id, hers.day, hers.start, str(hers.appointment))
        return deliveries.submission(who, form, values, private_metadata=metadata)

    return sent


def search_for(name: ActionId, typed: str) -> Sent:
    """A select that asks for its options."""
    return lambda who, _hers: deliveries.search(who, name, typed)


def contact_form(form: CallbackId) -> Sent:
    """A form of contacts, said to be about hers."""
    made = matrix_contacts.FORMS[form]

    def sent(who: Who, hers: Hers) -> tuple[bytes, str]:
        values, metadata = made(str(hers.contact))
        return deliveries.submission(who, form, values, private_metadata=metadata)

    return sent


def booking_field(action: ActionId) -> list[Sent]:
    """A change within such a form, and the same without one."""
    made = matrix_booking.FIELDS[action]
    value = "{hers.slack_id}" if action is ActionId.BOOKING_ASK else "{hers.start}"

    def sent(who: Who, hers: Hers) -> tuple[bytes, str]:
        form = made(hers.slack_id, hers.day, hers.start, str(hers.appointment))
        return matrix_booking.changed(who, action, form, value.format(hers=hers))

    return [sent, *actions(action, value)]


def forget_form(form: CallbackId, carried: str) -> Sent:
    """A confirmation, said to be about what is hers."""
    return lambda who, hers: deliveries.submission(who, form, {}, private_metadata=carried.format(hers=hers))


def trigger_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    """The form of a trigger, said to be about hers."""
    values, metadata = matrix_triggers.form(hers.slack_id, str(hers.trigger), str(hers.calendar))
    return deliveries.submission(who, CallbackId.TRIGGER, values, private_metadata=metadata)


def trigger_kind(who: Who, hers: Hers) -> tuple[bytes, str]:
    """A change within it."""
    values, metadata = matrix_triggers.form(hers.slack_id, str(hers.trigger), str(hers.calendar))
    return deliveries.change(who, ActionId.TRIGGER_KIND, "tag", values, metadata)


SLOT = "{hers.start} 30 all {hers.slack_id}"
AGENDA = "{hers.day} {hers.slack_id} {hers.calendar}"
EVENTS = (
    "{hers.calendar} {hers.start} e1 why " + SLOT,
    "{hers.calendar} {hers.start} e1 day " + AGENDA,
    "{hers.calendar} {hers.start} e1",
)
