"""The tab *Calendars*: where appointments go, what blocks time, and the accounts behind it."""

from bot.domain.accounts import Account, AccountStatus
from bot.domain.calendar_settings import CalendarSettings
from bot.domain.calendars import Calendar, Role
from bot.rendering.blocks import button, divider, section
from bot.rendering.connect import waiting
from bot.rendering.names import ActionId, CallbackId
from bot.rendering.reconnect import account_title, reconnect
from bot.rendering.settings.leaving import disconnect_button
from bot.rendering.settings.row import row
from bot.rendering.settings.sync_option import switch_rows
from bot.rendering.surfaces import Block
from bot.rendering.sync_options import option_meaning, option_told
from bot.rendering.text import user_text

NAME_LENGTH = 60
NAMES_SHOWN = 20


def calendar_rows(settings: CalendarSettings) -> list[Block]:
    """The rows of the tab."""
    return [
        row("Linked calendar", _linked(settings), CallbackId.SET_UP, mark=Role.LINKED),
        *_option(settings),
        row("Conflict calendars", _conflicts(settings), CallbackId.SET_UP, mark=Role.CONFLICT),
        divider(),
        *(block for one in settings.status.pending if one.provider.has_calendars for block in waiting(one)),
        *(
            block
            for one in settings.status.accounts
            if one.provider.has_calendars
            for block in account_rows(one, settings)
        ),
        section("_Google Calendar_", accessory=button("Add New", ActionId.ADD_NEW)),
    ]


def _option(settings: CalendarSettings) -> list[Block]:
    linked = settings.in_role(Role.LINKED)
    if not linked:
        return [
            section("*Sync option*  none yet\n_It belongs to the linked calendar._"),
            *switch_rows(settings.switched),
        ]
    option = linked[0].option
    told = f"{option_told(option).capitalize()}\n_{option_meaning(option)}_"
    return [row("Sync option", told, CallbackId.SYNC_OPTION), *switch_rows(settings.switched)]


def _linked(settings: CalendarSettings) -> str:
    linked = settings.in_role(Role.LINKED)
    return _named(linked[0], settings) if linked else "none, so appointments have no calendar to go to"


def _conflicts(settings: CalendarSettings) -> str:
    names = [user_text(one.name, limit=NAME_LENGTH) for one in settings.in_role(Role.CONFLICT)]
    more = len(names) - NAMES_SHOWN
    return " · ".join([*names[:NAMES_SHOWN], *([f"+{more} more"] if more > 0 else [])]) or "none"


def _named(calendar: Calendar, settings: CalendarSettings) -> str:
    """The calendar, and its account where that says more than its name."""
    name = user_text(calendar.name, limit=NAME_LENGTH)
    address = next((one.address for one in settings.status.accounts if one.id == calendar.account_id), "")
    return f"{name} ({user_text(address)})" if address not in ("", calendar.name) else name


_STATES = {
    AccountStatus.PENDING: "waits for your word",
    AccountStatus.ACTIVE: "connected",
    AccountStatus.NEEDS_RECONNECT: "needs reconnecting",
    AccountStatus.LEAVING: "being disconnected, once its events are removed from Google",
}


def account_rows(account: Account, settings: CalendarSettings) -> list[Block]:
    """An account with the way out, and the way back in where its permission died."""
    is_broken = account.status is AccountStatus.NEEDS_RECONNECT
    state = _STATES[account.status]
    shown = section(f"{account_title(account)} · {state}", accessory=disconnect_button(account, settings))
    return [reconnect(account, settings.slack_zone), shown] if is_broken else [shown]
