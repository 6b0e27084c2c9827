"""What strangers could send to triggers: a form that names Ana's, and buttons that do something with it."""

from typing import Any

from bot.domain.trigger_form import TriggerFormField
from bot.rendering.names import ActionId
from bot.rendering.trigger_ref import TriggerDeed

DEEDS = [f"{deed} {{hers.trigger}} 0" for deed in TriggerDeed]


def form(slack_id: str, trigger: str, calendar: str) -> tuple[dict[str, Any], str]:
    """Hers, to tag everybody whom she meets from now on."""
    values = {
        TriggerFormField.WHEN: _held(selected_options=[{"value": "booked"}]),
        TriggerFormField.HOSTS: _held(selected_users=[slack_id]),
        TriggerFormField.CALENDAR: _held(selected_option={"value": calendar}),
        TriggerFormField.ACTION: {ActionId.TRIGGER_KIND: {"type": "input", "selected_option": {"value": "tag"}}},
        TriggerFormField.TAG: _held(value="evil"),
    }
    return {str(name): held for name, held in values.items()}, f"1.2.3 {trigger} -"


def _held(**state: Any) -> dict[str, Any]:
    return {ActionId.TRIGGER: {"type": "input", **state}}
