"""*Set up your calendar*: one form, everything preset; later on it opens on top of *Calendar Settings*."""

from collections.abc import Collection, Sequence

from bot.domain.accounts import Account
from bot.domain.calendar_choice import CalendarOffer, ChoiceField, Choosable
from bot.domain.calendars import ONE_WAY, TWO_WAY, Calendar, Role
from bot.domain.option_words import option_word, with_style
from bot.rendering.blocks import actions, button, context, section
from bot.rendering.form_blocks import Choice, field, multi_select, radio_buttons, select
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.surfaces import Block, Modal
from bot.rendering.sync_options import BOTH_OPTIONS, option_name
from bot.rendering.text import clean, user_text

TITLE = "Calendar Settings"
LISTED = 10


def set_up_modal(offer: CalendarOffer, *, mistake: str = "", below: str = "") -> Modal:
    """The form.

    Args:
        offer: what there is to choose from, with what is chosen or preset.
        mistake: what was wrong with the last try, whose choices `offer` then holds.
        below: the id of the view of Calendar Settings that the form is on top of, if it is.
    """
    writable = [one for one in offer.calendars if not one.unwritable]
    blocks: list[Block] = [section(f":warning: {user_text(mistake, limit=500)}")] if mistake else []
    blocks += [_unreachable(account) for account in offer.unreachable[:LISTED]]
    blocks += _linked(offer, writable)
    if writable:
        blocks += _option(offer)
    blocks += _conflicts(offer)
    blocks.append(actions(button("Add New", ActionId.ADD_NEW)))
    return Modal(
        title=TITLE,
        blocks=tuple(blocks),
        callback_id=CallbackId.SET_UP,
        submit="Done",
        close="Cancel",
        private_metadata=below,
    )


def loading_calendars() -> Modal:
    """What is on the screen while Google lists the calendars."""
    return Modal(title=TITLE, blocks=(section("Asking Google for your calendars…"),))


def saving() -> Modal:
    """What is on the screen while the choice is kept."""
    return Modal(title=TITLE, blocks=(section("Saving…"),))


def chosen(calendars: Sequence[Calendar]) -> Modal:
    """The end of setting up: what is in use now, and what comes next."""
    linked = [one for one in calendars if one.role is Role.LINKED]
    conflicts = [one for one in calendars if one.role is Role.CONFLICT]
    told = [f"*Linked calendar*  {user_text(one.name)}, {option_name(one.option)}" for one in linked]
    if conflicts:
        names = [user_text(one.name, limit=60) for one in conflicts]
        told.append("*Conflict calendars*  " + _several(names, between=" · "))
    unread = sum(one.read_at is None for one in calendars)
    blocks = [section("\n".join(told))]
    if unread:
        blocks.append(context(f"{_calendars(unread)} being read for the first time. It takes a minute at most."))
    blocks.append(section("Try it: `/daybook slots tomorrow` shows when you are free."))
    return Modal(title=TITLE, blocks=tuple(blocks))


def _linked(offer: CalendarOffer, writable: Sequence[Choosable]) -> list[Block]:
    unwritable = [one for one in offer.calendars if one.unwritable]
    if not writable:
        blocks = [section("*Appointments go to*\nNone of these calendars can be written to, so they only block time.")]
    else:
        choices = [Choice(_label(one, offer), one.mark) for one in writable]
        chosen_mark = offer.linked or ""
        element = select(ActionId.LINKED_CALENDAR, choices, chosen=chosen_mark, placeholder="Choose a calendar")
        blocks = [field("Appointments go to", element, block_id=ChoiceField.LINKED, optional=True)]
    if unwritable:
        told = [f"{user_text(one.calendar.name, limit=60)}: {user_text(one.unwritable)}" for one in unwritable]
        blocks.append(context("Only calendars you can edit are listed. Left out: " + _several(told)))
    return blocks


def _option(offer: CalendarOffer) -> list[Block]:
    choices = [
        Choice("One-way", option_word(with_style(offer.option, ONE_WAY))),
        Choice("Two-way", option_word(with_style(offer.option, TWO_WAY)), "first you see what will change"),
    ]
    element = radio_buttons(ActionId.SETTING, choices, chosen=option_word(offer.option))
    return [section(BOTH_OPTIONS), field("Sync option", element, block_id=ChoiceField.OPTION)]


def _conflicts(offer: CalendarOffer) -> list[Block]:
    if not offer.calendars:
        return [section("Google lists no calendars for this account.")]
    choices = [Choice(_label(one, offer), one.mark) for one in offer.calendars]
    element = multi_select(ActionId.CONFLICT_CALENDARS, choices, chosen=sorted(offer.conflicts), placeholder="None")
    return [
        field(
            "Conflict calendars",
            element,
            block_id=ChoiceField.CONFLICTS,
            hint="Their Busy events block your time, Free ones do not. The calendar above counts as one anyway.",
            optional=True,
        )
    ]


def _label(one: Choosable, offer: CalendarOffer) -> str:
    """The name, and the account where there are several or the name alone says little."""
    name = clean(one.calendar.name, limit=45)
    several = len({each.account.id for each in offer.calendars}) > 1
    address = one.account.address
    return clean(f"{name} ({address})", limit=75) if several and name != address else name


def _unreachable(account: Account) -> Block:
    return context(f"{user_text(account.address)} cannot be listed just now; what is in use of it stays as it is.")


def _several(told: Collection[str], *, between: str = "; ") -> str:
    shown = list(told)[:LISTED]
    more = len(told) - len(shown)
    return between.join([*shown, *([f"+{more} more"] if more else [])])


def _calendars(count: int) -> str:
    return "One calendar is" if count == 1 else f"{count} calendars are"
