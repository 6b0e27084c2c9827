"""The use-cases that handlers call."""

from dataclasses import dataclass

from bot.usecases.answer_fuse import AnswerFuse
from bot.usecases.ask_to_connect import AskToConnect
from bot.usecases.change_schedule import ChangeSchedule
from bot.usecases.choose_calendars import ChooseCalendars, OfferCalendars
from bot.usecases.choose_habits import ChooseHabits
from bot.usecases.confirm_account import ConfirmAccount, RejectAccount
from bot.usecases.disconnect_account import DisconnectAccount
from bot.usecases.draw_home import DrawHome
from bot.usecases.explain_slot import ExplainSlot
from bot.usecases.explain_when import ExplainWhen
from bot.usecases.find_change_meant import FindChangeMeant
from bot.usecases.find_slots import FindSlots
from bot.usecases.ignore_event import IgnoreEvent, UnignoreEvent
from bot.usecases.leave_workspace import LeaveWorkspace
from bot.usecases.mark_free import MarkFree
from bot.usecases.offer_connections import OfferConnections
from bot.usecases.read_words import ReadWords
from bot.usecases.resolve_actor import ResolveActor
from bot.usecases.send_week import SendWeek
from bot.usecases.show_agenda import ShowAgenda
from bot.usecases.show_settings import ShowSettings
from bot.usecases.show_status import RequestSync, ShowStatus
from handlers.actions.alerts import AlertCases
from handlers.actions.contacts import ContactCases
from handlers.booking_catalogue import BookingCases
from handlers.commands.disconnect import LeavingCases
from handlers.digest_cases import DigestCases
from handlers.trigger_cases import TriggerCases
from handlers.trouble_cases import TroubleCases
from handlers.views.event import EventCases
from handlers.views.forget import ForgetCases
from handlers.views.settings_option import OptionCases
from handlers.views.settings_reminders import ReminderCases


@dataclass(frozen=True, slots=True)
class UseCases:
    """What handlers call."""

    alerts: AlertCases
    answer_fuse: AnswerFuse
    ask_to_connect: AskToConnect
    booking: BookingCases
    change_schedule: ChangeSchedule
    choose_calendars: ChooseCalendars
    choose_habits: ChooseHabits
    confirm_account: ConfirmAccount
    contacts: ContactCases
    digests: DigestCases
    disconnect_account: DisconnectAccount
    draw_home: DrawHome
    events: EventCases
    explain_slot: ExplainSlot
    explain_when: ExplainWhen
    find_change_meant: FindChangeMeant
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
    read_words: ReadWords
    reject_account: RejectAccount
    reminders: ReminderCases
    request_sync: RequestSync
    resolve_actor: ResolveActor
    week: SendWeek
    show_agenda: ShowAgenda
    show_settings: ShowSettings
    show_status: ShowStatus
    triggers: TriggerCases
    troubles: TroubleCases
    support: str = ""
