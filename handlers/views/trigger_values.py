"""What stands in the form of a trigger."""

from uuid import UUID

from bot.domain.errors import NotFound
from bot.domain.occasions import BookedIn, What
from bot.domain.trigger_form import TriggerFormField, TriggerWish
from bot.domain.triggers import ActionKind
from bot.rendering.trigger_form import ANY
from handlers.interaction import FormOutdated, Values


def wish_in(values: Values) -> TriggerWish:
    """What the form asks for.

    Raises `FormOutdated` where the form lacks what every form of ours has, and `NotFound` for what none of ours holds.
    """
    if not values.has_block(TriggerFormField.WHEN) or not values.has_block(TriggerFormField.ACTION):
        raise FormOutdated
    calendar, booked_in = (values.in_block(name) for name in (TriggerFormField.CALENDAR, TriggerFormField.BOOKED_IN))
    try:
        return TriggerWish(
            name=values.in_block(TriggerFormField.NAME),
            when=frozenset(What(one) for one in values.all_in_block(TriggerFormField.WHEN)),
            hosts=values.all_in_block(TriggerFormField.HOSTS),
            calendar_id=UUID(calendar) if calendar not in ("", ANY) else None,
            booked_in=BookedIn(booked_in) if booked_in not in ("", ANY) else None,
            only_tag=values.in_block(TriggerFormField.ONLY_TAG).strip(),
            kind=ActionKind(values.in_block(TriggerFormField.ACTION)),
            channel_id=values.in_block(TriggerFormField.CHANNEL),
            text=values.in_block(TriggerFormField.TEXT),
            url=values.in_block(TriggerFormField.URL).strip(),
            tag=values.in_block(TriggerFormField.TAG).strip(),
        )
    except ValueError as error:
        raise NotFound from error
