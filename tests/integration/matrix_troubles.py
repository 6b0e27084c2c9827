"""What strangers could send to *Events not syncing?*: the mark of a calendar of Ana's, and her events."""

import hashlib
from typing import Any

from bot.rendering.names import ActionId, CallbackId
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.integration.matrix_sent import Hers, Sent

REMOTE_ID = "canary-address@acme.test"


def mark(account: str, remote_id: str) -> str:
    """What the form calls a calendar of hers."""
    return hashlib.sha256(f"{account}:{remote_id}".encode()).hexdigest()[:24]


def form(account: str, remote_id: str, day: str) -> dict[str, Any]:
    """Her calendar, on a day on which she is busy."""
    option = {"value": mark(account, remote_id)}
    return {
        "calendar": {ActionId.SETTING: {"type": "static_select", "selected_option": option}},
        "day": {ActionId.SETTING: {"type": "datepicker", "selected_date": day}},
    }


def values(account: str, remote_id: str, calendar: str, day: str, start: int) -> list[str]:
    """Buttons that read, take back, and choose anew."""
    at = f"{mark(account, remote_id)} {day}"
    return [f"sync {at}", f"back {at} {calendar} {start} e1", f"form {at}", "x", ""]


def missing_form(who: Who, hers: Hers) -> tuple[bytes, str]:
    """The form for a missing event, said to be about a calendar of hers."""
    held = form(str(hers.account), REMOTE_ID, hers.day)
    return deliveries.submission(who, CallbackId.MISSING, held)


def missing_button(action: ActionId, number: int) -> Sent:
    """A button of the comparison, said to be about it."""

    def sent(who: Who, hers: Hers) -> tuple[bytes, str]:
        calendars = str(hers.account), REMOTE_ID, str(hers.calendar)
        value = values(*calendars, hers.day, hers.start)[number]
        return deliveries.action(who, action, value)

    return sent
