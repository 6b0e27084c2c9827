"""Every handler there is, put together from the use-cases that they call."""

from collections.abc import Sequence

from bot.ports import Clock
from bot.rendering.names import CommandName
from handlers.actions import accounts
from handlers.actions import agenda as agenda_actions
from handlers.actions import alerts as alert_actions
from handlers.actions import booking as booking_actions
from handlers.actions import digests as digest_actions
from handlers.actions import fuse as fuse_actions
from handlers.actions import round_trip as round_trip_actions
from handlers.actions import settings as settings_actions
from handlers.actions import slots as slots_actions
from handlers.actions import status as status_actions
from handlers.actions import triggers as trigger_actions
from handlers.actions import week as week_actions
from handlers.actions import why as why_actions
from handlers.booking_catalogue import booking_handlers
from handlers.commands import connect, daybook, disconnect
from handlers.commands.daybook import Router
from handlers.contacts_catalogue import contact_handlers
from handlers.events import app_home_opened, app_uninstalled, message, user_change
from handlers.home import RefreshHome
from handlers.options import zones
from handlers.registry import Handler
from handlers.subcommands import subcommands_of
from handlers.use_cases import UseCases
from handlers.views import digest as digest_view
from handlers.views import event as event_views
from handlers.views import (
    find_a_time,
    forget,
    missing,
    settings_calendars,
    settings_dates,
    settings_forms,
    settings_habits,
    settings_option,
    settings_reminders,
)
from handlers.views import trigger as trigger_view
from handlers.views import why as why_views
from handlers.views.settings_below import refresh_with
from handlers.waiting import WaitForSync


def build_handlers(cases: UseCases, clock: Clock, wait_for_sync: WaitForSync) -> Sequence[Handler]:
    """All of them; the matrix test walks this very list."""
    refresh_home = cases.draw_home
    direct = {
        CommandName.SLOTS: "slots",
        CommandName.BOOK: "book",
        CommandName.AGENDA: "agenda",
        CommandName.SETTINGS: "settings",
    }
    router = Router(subcommands_of(cases, clock), bare="start", read_words=cases.read_words)
    return (
        *daybook.handlers(router, direct),
        message.handler(router, clock, cases.find_change_meant),
        *connect.handlers(cases.offer_connections),
        *_settings_handlers(cases, clock, refresh_home, wait_for_sync),
        *_own_handlers(cases, refresh_home),
        *_looking_handlers(cases, clock, refresh_home, wait_for_sync),
        *booking_handlers(cases.booking, cases.ask_to_connect, refresh_home, clock),
        *contact_handlers(
            cases.contacts, cases.booking.find_contacts, booking_actions.opening_with(cases.booking.booking_form)
        ),
        *status_actions.handlers(cases.troubles, refresh_home, wait_for_sync),
        *round_trip_actions.handlers(cases.troubles),
        *missing.handlers(cases.troubles, wait_for_sync, clock),
        *fuse_actions.handlers(cases.answer_fuse),
        *alert_actions.handlers(cases.alerts, refresh_home),
        *trigger_actions.handlers(cases.triggers, refresh_home),
        *trigger_view.handlers(cases.triggers, refresh_home),
        *digest_actions.handlers(cases.digests, cases.ask_to_connect, refresh_home),
        *digest_view.handlers(cases.digests, refresh_home),
        app_home_opened.handler(cases.draw_home),
        app_uninstalled.handler(cases.leave_workspace),
        user_change.handler(cases.resolve_actor.refresh),
    )


def _own_handlers(cases: UseCases, refresh_home: RefreshHome) -> Sequence[Handler]:
    """A member's accounts, from the first question to the last, and what is kept of him."""
    return (
        *accounts.handlers(
            cases.confirm_account, cases.reject_account, cases.offer_calendars, cases.show_settings, refresh_home
        ),
        *disconnect.handlers(cases.disconnect_account, cases.leaving, cases.show_settings, refresh_home),
        *forget.handlers(cases.forget, cases.booking.find_contacts),
    )


def _looking_handlers(
    cases: UseCases, clock: Clock, refresh_home: RefreshHome, wait_for_sync: WaitForSync
) -> Sequence[Handler]:
    """Free times, days and weeks, the reasons for them, and the events that are found there."""
    redraw = why_actions.Redraw(cases.explain_slot, cases.show_agenda, refresh_home)
    return (
        *slots_actions.handlers(cases.find_slots, cases.explain_slot, cases.ask_to_connect),
        *find_a_time.handlers(cases.find_slots, clock),
        *why_views.handlers(cases.explain_when),
        *week_actions.handlers(cases.week),
        *agenda_actions.handlers(cases.show_agenda, cases.draw_home),
        *why_actions.handlers(
            cases.explain_when,
            cases.mark_free,
            cases.ignore_event,
            cases.unignore_event,
            cases.show_status,
            redraw,
            wait_for_sync,
        ),
        *event_views.handlers(cases.events, refresh_home),
    )


def _settings_handlers(
    cases: UseCases, clock: Clock, refresh_home: RefreshHome, wait_for_sync: WaitForSync
) -> Sequence[Handler]:
    """Calendar Settings, and the forms on top of them."""
    show, change = cases.show_settings, cases.change_schedule
    refresh = refresh_with(show, refresh_home)
    show_preview = settings_option.show_preview_with(cases.option, cases.show_status, wait_for_sync)
    return (
        *settings_actions.handlers(show, cases.offer_calendars),
        *settings_calendars.handlers(cases.offer_calendars, cases.choose_calendars, show_preview, refresh),
        *settings_option.handlers(cases.option, show, cases.show_status, show_preview, refresh, wait_for_sync),
        *settings_forms.handlers(change, refresh),
        *settings_dates.handlers(show, change, refresh, clock),
        *settings_reminders.handlers(cases.reminders, refresh),
        *settings_habits.handlers(cases.choose_habits, refresh),
        zones.handler(),
    )
