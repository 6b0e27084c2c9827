"""The view of the dates whose hours differ from their weekday's: each can be removed, and others added."""

from typing import NamedTuple

from bot.domain.calendar_settings import CalendarSettings
from bot.domain.date_overrides import date_spans
from bot.domain.hours_text import hours_example
from bot.domain.preference_changes import PreferenceField
from bot.rendering.blocks import VIEW_BLOCKS, button, context, divider, fit, section
from bot.rendering.form_blocks import day_picker, field, text_input
from bot.rendering.names import ActionId, CallbackId, numbered
from bot.rendering.reader import hour_cycle
from bot.rendering.settings.words import dates_text
from bot.rendering.surfaces import Block, Modal
from bot.rendering.text import user_text

TITLE = "Other hours on a date"


class TypedDates(NamedTuple):
    """What stood in the fields: two dates in ISO form, and hours in words."""

    first: str = ""
    last: str = ""
    hours: str = ""


NOTHING_TYPED = TypedDates()


def dates_form(
    settings: CalendarSettings, below: str, *, mistake: str = "", typed: TypedDates = NOTHING_TYPED
) -> Modal:
    """What is set, and the fields to add to it.

    Args:
        settings: the member's.
        below: the id of the view that this one is on top of.
        mistake: what was wrong with the last try.
        typed: what the fields hold: what was typed at the last try.
    """
    spans = date_spans(settings.preferences.schedule.overrides, settings.today)
    form: list[Block] = [
        *([section(f":warning: {user_text(mistake, limit=500)}")] if mistake else []),
        field(
            "From",
            day_picker(ActionId.SETTING, initial=typed.first),
            block_id=PreferenceField.FIRST_DATE,
        ),
        field(
            "To",
            day_picker(ActionId.SETTING, initial=typed.last),
            block_id=PreferenceField.LAST_DATE,
            optional=True,
            hint="Leave it empty for one day.",
        ),
        field(
            "Hours on each of these days",
            text_input(ActionId.SETTING, initial=typed.hours, placeholder="off"),
            block_id=PreferenceField.DATE_HOURS,
            optional=True,
            hint=f"Like {hours_example(hour_cycle())}; empty is a day off.",
        ),
        divider(),
    ]
    listed = [
        section(
            dates_text(span),
            accessory=button(
                "Remove",
                numbered(ActionId.REMOVE_DATES, span.first),
                value=f"{span.first.isoformat()} {span.last.isoformat()}",
            ),
        )
        for span in spans
    ] or [context("No date has hours of its own. Holidays and days off go here.")]
    return Modal(
        TITLE,
        fit([*form, *listed], limit=VIEW_BLOCKS),
        callback_id=CallbackId.SETTINGS_DATES,
        submit="Add",
        close="Back",
        private_metadata=below,
    )
