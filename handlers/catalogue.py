"""Every handler there is, put together from the use-cases that they call."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.domain.people import Actor
from bot.ports import Clock
from bot.rendering.booking import opening_booking
from bot.rendering.forgetting import opening_forget
from bot.rendering.help import HelpEntry
from bot.rendering.names import CommandName
from bot.rendering.settings.frame import opening_settings
from bot.rendering.triggers import opening_triggers
from bot.usecases.answer_fuse import AnswerFuse
from bot.usecases.ask_to_connect import AskToConnect
from bot.usecases.change_schedule import ChangeSchedule
from bot.usecases.choose_calendars import ChooseCalendars, OfferCalendars
from bot.usecases.confirm_account import ConfirmAccount, RejectAccount
from bot.usecases.disconnect_account import DisconnectAccount
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.explain_when import ExplainWhen
from bot.usecases.find_slots import FindSlots
from bot.usecases.ignore_event import IgnoreEvent, UnignoreEvent
from bot.usecases.leave_workspace import LeaveWorkspace
from bot.usecases.mark_free import MarkFree
from bot.usecases.offer_connections import OfferConnections
from bot.usecases.resolve_actor import ResolveActor
from bot.usecases.show_agenda import ShowAgenda
from bot.usecases.show_home import ShowHome
from bot.usecases.show_settings import ShowSettings
from bot.usecases.show_status import RequestSync, ShowStatus
from handlers.actions import accounts
from handlers.actions import agenda as agenda_actions
from handlers.actions import booking as booking_actions
from handlers.actions import fuse as fuse_actions
from handlers.actions import settings as settings_actions
from handlers.actions import slots as slots_actions
from handlers.actions import status as status_actions
from handlers.actions import triggers as trigger_actions
from handlers.actions import why as why_actions
from handlers.actions.contacts import ContactCases
from handlers.booking_catalogue import BookingCases, booking_handlers
from handlers.commands import connect, daybook, disconnect, settings
from handlers.commands.agenda import agenda_work
from handlers.commands.book import book_work
from handlers.commands.daybook import Router, Subcommand
from handlers.commands.disconnect import LeavingCases
from handlers.commands.forget import forget_work
from handlers.commands.help import help_work, start_work
from handlers.commands.privacy import privacy_work
from handlers.commands.slots import slots_loading, slots_work
from handlers.commands.status import status_work
from handlers.commands.triggers import triggers_work
from handlers.commands.why import why_work
from handlers.contacts_catalogue import contact_handlers, contacts_subcommand
from handlers.events import app_home_opened, app_uninstalled, user_change
from handlers.home import RefreshHome, refresh_home_with
from handlers.options import zones
from handlers.registry import Handler
from handlers.trigger_cases import TriggerCases
from handlers.views import event as event_views
from handlers.views import find_a_time, forget, settings_calendars, settings_dates, settings_forms, settings_option
from handlers.views import trigger as trigger_view
from handlers.views.event import EventCases
from handlers.views.forget import ForgetCases
from handlers.views.settings_below import refresh_with
from handlers.views.settings_option import OptionCases
from handlers.waiting import WaitForSync


@dataclass(frozen=True, slots=True)
class UseCases:
    """What handlers call."""

    answer_fuse: AnswerFuse
    ask_to_connect: AskToConnect
    booking: BookingCases
    change_schedule: ChangeSchedule
    choose_calendars: ChooseCalendars
    confirm_account: ConfirmAccount
    contacts: ContactCases
    disconnect_account: DisconnectAccount
    events: EventCases
    explain_slot: ExplainSlot
    explain_when: ExplainWhen
    find_slots: FindSlots
    forget: ForgetCases
    ignore_event: IgnoreEvent
    mark_free: MarkFree
    unignore_event: UnignoreEvent
    leave_workspace: LeaveWorkspace
    leaving: LeavingCases
    offer_calendars: OfferCalendars
    offer_connections: OfferConnections
    option: OptionCases
    reject_account: RejectAccount
    request_sync: RequestSync
    resolve_actor: ResolveActor
    show_agenda: ShowAgenda
    show_home: ShowHome
    show_settings: ShowSettings
    show_status: ShowStatus
    triggers: TriggerCases


def build_handlers(cases: UseCases, clock: Clock, wait_for_sync: WaitForSync) -> Sequence[Handler]:
    """All of them; the matrix test walks this very list."""
    refresh_home = refresh_home_with(cases.show_home)
    redraw = why_actions.Redraw(cases.explain_slot, cases.show_agenda, refresh_home)
    direct = {
        CommandName.SLOTS: "slots",
        CommandName.BOOK: "book",
        CommandName.AGENDA: "agenda",
        CommandName.SETTINGS: "settings",
    }
    return (
        *daybook.handlers(Router(_subcommands(cases, clock), bare="start"), direct),
        *connect.handlers(cases.offer_connections),
        *_settings_handlers(cases, clock, refresh_home, wait_for_sync),
        *disconnect.handlers(cases.disconnect_account, cases.leaving, cases.show_settings, refresh_home),
        *accounts.handlers(
            cases.confirm_account, cases.reject_account, cases.offer_calendars, cases.show_settings, refresh_home
        ),
        *slots_actions.handlers(cases.find_slots, cases.explain_slot, cases.ask_to_connect),
        *find_a_time.handlers(cases.find_slots, clock),
        *booking_handlers(cases.booking, cases.ask_to_connect, refresh_home, clock),
        *contact_handlers(
            cases.contacts, cases.booking.find_contacts, booking_actions.opening_with(cases.booking.booking_form)
        ),
        *agenda_actions.handlers(cases.show_agenda, cases.show_home),
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
        *status_actions.handlers(cases.show_status, cases.request_sync, refresh_home, wait_for_sync),
        *fuse_actions.handlers(cases.answer_fuse),
        *trigger_actions.handlers(cases.triggers),
        *trigger_view.handlers(cases.triggers),
        *forget.handlers(cases.forget, cases.booking.find_contacts),
        app_home_opened.handler(refresh_home),
        app_uninstalled.handler(cases.leave_workspace),
        user_change.handler(cases.resolve_actor.refresh),
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
        zones.handler(),
    )


def _subcommands(cases: UseCases, clock: Clock) -> Sequence[Subcommand]:
    """The words after `/daybook`, in the order of the help."""

    def first_steps(actor: Actor) -> str | None:
        status = cases.show_status(actor)
        return None if status.is_connected else cases.offer_connections(actor).full

    def entries() -> Sequence[HelpEntry]:
        return [one.help for one in subcommands if one.help is not None]

    subcommands = (
        *_beginning(cases),
        *_asking(cases, clock),
        *_looking_after(cases),
        Subcommand("help", help_work(entries), HelpEntry("help", "Help", "help", "this list")),
        Subcommand("start", start_work(entries, first_steps)),
    )
    return subcommands


def _beginning(cases: UseCases) -> Sequence[Subcommand]:
    """What comes first: calendars and hours."""
    return (
        Subcommand(
            "connect",
            connect.connect_work(cases.offer_connections),
            HelpEntry("connect", "Connect", "connect", "connect Google Calendar or Zoom"),
            aliases=("add",),
        ),
        Subcommand(
            "settings",
            settings.settings_work(cases.show_settings, cases.offer_calendars, cases.offer_connections),
            HelpEntry("settings", "Settings", "settings", "your calendars, your hours, and who may book you"),
            loading=opening_settings(),
        ),
    )


def _asking(cases: UseCases, clock: Clock) -> Sequence[Subcommand]:
    """What Daybook is there for: who is free when, and why, and making appointments."""
    return (
        Subcommand(
            "slots",
            slots_work(cases.find_slots, clock),
            HelpEntry("slots", "Find a time", "slots @ana @ben 30m tomorrow", "when people are free"),
            aliases=("free", "find"),
            loading=slots_loading,
        ),
        Subcommand(
            "book",
            book_work(booking_actions.opening_with(cases.booking.booking_form)),
            HelpEntry(
                "book",
                "Book",
                "book maya@ortiz.test tomorrow 15:00",
                "make an appointment, with a link and an invitation",
            ),
            loading=opening_booking(),
        ),
        Subcommand(
            "agenda",
            agenda_work(cases.show_agenda),
            HelpEntry("agenda", "Agenda", "agenda tomorrow", "a day of yours, or when somebody else is busy on it"),
            aliases=("day", "today"),
        ),
        Subcommand(
            "why",
            why_work(cases.explain_when),
            HelpEntry("why", "Why not?", "why @ana tomorrow 15:00", "every reason that a time is or is not free"),
        ),
    )


def _looking_after(cases: UseCases) -> Sequence[Subcommand]:
    """What is connected, what is stored, and the way out."""
    return (
        Subcommand(
            "status",
            status_work(cases.show_status),
            HelpEntry("status", "Status", "status", "what is connected, and how its sync is doing"),
            aliases=("sync", "troubleshoot"),
        ),
        contacts_subcommand(cases.contacts),
        Subcommand(
            "triggers",
            triggers_work(cases.triggers.show_all),
            HelpEntry("triggers", "Triggers", "triggers", "what happens by itself when something is booked"),
            aliases=("trigger",),
            loading=opening_triggers(),
        ),
        Subcommand(
            "disconnect",
            disconnect.disconnect_work(cases.show_settings),
            HelpEntry("disconnect", "Disconnect", "disconnect", "leave, and erase what was read"),
        ),
        Subcommand(
            "forget",
            forget_work(cases.forget.look_at_me, partial(forget.of_address, cases.forget)),
            HelpEntry("forget", "Forget", "forget", "erase yourself, or a contact, with an export first"),
            aliases=("erase",),
            loading=opening_forget(),
        ),
        Subcommand(
            "privacy", privacy_work, HelpEntry("privacy", "Privacy", "privacy", "what is stored, and who sees it")
        ),
    )
