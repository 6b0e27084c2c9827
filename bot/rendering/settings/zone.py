"""The form on which a time zone is searched by what people call it."""

from collections.abc import Sequence

from bot.domain.preference_changes import SLACK_ZONE, PreferenceField
from bot.domain.preferences import Preferences
from bot.domain.zone_search import zones_like
from bot.rendering.blocks import OPTIONS, section
from bot.rendering.form_blocks import Choice, external_select, field, option
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Block, Modal
from bot.rendering.zones import city


def zone_form(preferences: Preferences, slack_zone: str, below: str) -> Modal:
    """Where the hours are. `below` is the id of the view that the form is on top of."""
    zone = preferences.schedule.zone
    chosen = zone_choice(zone) if preferences.has_own_zone else _as_in_slack(slack_zone)
    return Modal(
        "Time zone",
        (
            field(
                "Your hours are in the time of",
                external_select(ActionId.ZONE, chosen=chosen, placeholder="Type a city"),
                block_id=PreferenceField.ZONE,
            ),
            section("As in Slack, they move along when you change your time zone there."),
        ),
        callback_id=CallbackId.SETTINGS_ZONE,
        submit="Save",
        close="Cancel",
        private_metadata=below,
    )


def zone_options(typed: str, slack_zone: str) -> Sequence[Block]:
    """What is offered for what was typed: always the zone that Slack tells, and the zones that fit."""
    found = zones_like(typed, limit=OPTIONS - 1)
    return [option(choice) for choice in (_as_in_slack(slack_zone), *map(zone_choice, found))]


def _as_in_slack(slack_zone: str) -> Choice:
    return Choice(f"{city(slack_zone)}, as in Slack", SLACK_ZONE)


def zone_choice(zone: str) -> Choice:
    """A zone as it is offered: by its city, with its name."""
    return Choice(zone if zone == city(zone) else f"{city(zone)} ({zone})", zone)
