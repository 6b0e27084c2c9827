"""What stands in the fields of a submitted form, as Slack tells it."""

from typing import Any

from bot.rendering.names import ActionId


def typed(value: str, action: ActionId = ActionId.SETTING) -> dict[str, Any]:
    """A field that a text was typed into."""
    return {action: {"type": "plain_text_input", "value": value}}


def option(value: str, action: ActionId = ActionId.SETTING) -> dict[str, Any]:
    """A field in which one option is chosen."""
    return {action: {"type": "radio_buttons", "selected_option": {"value": value}}}


def day(value: str) -> dict[str, Any]:
    """A field that a day was picked in."""
    return {ActionId.SETTING: {"type": "datepicker", "selected_date": value}}


def people(*slack_ids: str) -> dict[str, Any]:
    """A field in which people are chosen."""
    return {ActionId.SETTING: {"type": "multi_users_select", "selected_users": list(slack_ids)}}
