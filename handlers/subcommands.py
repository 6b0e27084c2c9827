"""The words after `/daybook`, each with what it does and its line in the help."""

from collections.abc import Sequence
from functools import partial

from bot.domain.people import Actor
from bot.domain.week import is_of_a_week
from bot.ports import Clock
from bot.rendering.booking import opening_booking
from bot.rendering.digests.modals import opening_digest
from bot.rendering.forgetting import opening_forget
from bot.rendering.help import HelpEntry
from bot.rendering.settings.frame import opening_settings
from bot.rendering.settings.reminders import opening_reminders
from bot.rendering.triggers import opening_triggers
from handlers.actions import booking as booking_actions
from handlers.commands import connect, disconnect, settings
from handlers.commands.agenda import agenda_work
from handlers.commands.book import book_work
from handlers.commands.daybook import Subcommand
from handlers.commands.digest import digest_work
from handlers.commands.forget import forget_work
from handlers.commands.help import help_work, start_work
from handlers.commands.privacy import privacy_work
from handlers.commands.slots import slots_loading, slots_work
from handlers.commands.status import status_work
from handlers.commands.triggers import triggers_work
from handlers.commands.week import week_work
from handlers.commands.why import why_loading, why_work
from handlers.contacts_catalogue import contacts_subcommand
from handlers.use_cases import UseCases
from handlers.views import forget


def subcommands_of(cases: UseCases, clock: Clock) -> Sequence[Subcommand]:
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
        *_leaving(cases),
        Subcommand("help", help_work(entries, support=cases.support), HelpEntry("help", "Help", "help", "this list")),
        Subcommand("start", start_work(entries, first_steps, support=cases.support)),
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
            is_dear=True,
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
            takes_people=True,
            is_dear=True,
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
            takes_people=True,
            is_dear=True,
            takes_contacts=True,
        ),
        Subcommand(
            "agenda",
            agenda_work(cases.show_agenda, week_work(cases.week)),
            HelpEntry("agenda", "Agenda", "agenda tomorrow", "a day of yours, or when somebody else is busy on it"),
            aliases=("day", "today"),
            takes_people=True,
            is_dear=lambda command: is_of_a_week(command.text),
        ),
        Subcommand(
            "week",
            week_work(cases.week),
            HelpEntry("week", "Week picture", "week @ana next week", "a week as a picture, and the same as text"),
            aliases=("picture",),
            takes_people=True,
            is_dear=True,
        ),
        Subcommand(
            "why",
            why_work(cases.explain_when),
            HelpEntry("why", "Why not?", "why @ana tomorrow 15:00", "every reason that a time is or is not free"),
            loading=why_loading,
            takes_people=True,
            is_dear=True,
        ),
    )


def _looking_after(cases: UseCases) -> Sequence[Subcommand]:
    """What is connected, who is known, and what happens by itself."""
    return (
        Subcommand(
            "status",
            status_work(cases.troubles.diagnose),
            HelpEntry("status", "Status", "status", "what is connected, and how its sync is doing"),
            aliases=("sync", "troubleshoot"),
            is_dear=True,
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
            "digest",
            digest_work(cases.digests),
            HelpEntry("digest", "Digests", "digest", "what is on, posted in a channel every day or week"),
            aliases=("digests",),
            loading=opening_digest(),
            is_dear=True,
        ),
        Subcommand(
            "reminders",
            settings.reminders_work(cases.show_settings, cases.offer_calendars, cases.offer_connections),
            HelpEntry("reminders", "Reminders", "reminders", "what you are told before your appointments"),
            aliases=("remind", "reminder"),
            loading=opening_reminders(),
        ),
    )


def _leaving(cases: UseCases) -> Sequence[Subcommand]:
    """What is stored, and the way out."""
    return (
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
