"""Home: today, what is connected, and a button for everything Daybook can do."""

from collections.abc import Sequence

from bot.domain.accounts import AccountStatus
from bot.domain.calendars import Role
from bot.domain.day_words import spoken
from bot.domain.freshness import unread
from bot.domain.home import Home
from bot.rendering.agenda import day_length_line, first_read_line
from bot.rendering.agenda_lines import ShownDay, agenda_blocks, chooser
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.blocks import VIEW_BLOCKS, actions, context, divider, fit, section
from bot.rendering.caveats import own_stale_lines
from bot.rendering.connect import waiting
from bot.rendering.help import WELCOME
from bot.rendering.reconnect import reconnect
from bot.rendering.run_buttons import connect_google, run
from bot.rendering.surfaces import Block, HomeView
from bot.rendering.sync_options import option_name
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed

COMMANDS = (
    ("Find a time", "slots"),
    ("Book", "book"),
    ("Agenda", "agenda"),
    ("Why not?", "why"),
    ("Connect", "connect"),
    ("Calendar Settings", "settings"),
    ("Contacts", "contacts"),
    ("Triggers", "triggers"),
    ("Status", "status"),
    ("Disconnect", "disconnect"),
    ("Forget", "forget"),
    ("Privacy", "privacy"),
    ("Help", "help"),
)
# Once something is connected, these stand beside what they are about.
BESIDE_THEIR_MATTER = ("slots", "book", "settings")


def render_home(home: Home) -> HomeView:
    """A member's Home; useful before anything is connected too."""
    status = home.status
    blocks = [block for account in status.pending for block in waiting(account)]
    blocks += [
        reconnect(account, home.zone) for account in status.accounts if account.status is AccountStatus.NEEDS_RECONNECT
    ]
    blocks += _today(home) if status.is_connected else [*_booked(home), *_welcome()]
    shown = BESIDE_THEIR_MATTER if status.is_connected else ()
    footer = (divider(), actions(*(run(label, word) for label, word in COMMANDS if word not in shown)))
    return HomeView((*fit(blocks, limit=VIEW_BLOCKS - len(footer)), *footer))


def _welcome() -> list[Block]:
    return [section(WELCOME), actions(connect_google())]


def _booked(home: Home) -> list[Block]:
    """What is booked with him today, without a calendar too."""
    if not home.appointments:
        return []
    return [section(_title(home)), *agenda_blocks((), _day(home), home.appointments), divider()]


def _today(home: Home) -> list[Block]:
    return [
        section(_title(home)),
        actions(run("Find a time", "slots", primary=True), run("Book", "book")),
        *_agenda(home),
        divider(),
        section(_profile(home), accessory=run("Calendar Settings", "settings")),
    ]


def _agenda(home: Home) -> list[Block]:
    calendars = home.status.calendars
    if not calendars:
        told = section("No calendar is chosen yet. Choose yours under *Calendar Settings*.")
        return [*agenda_blocks((), _day(home), home.appointments), told]
    day = _day(home)
    blocks = agenda_blocks(home.entries, day, home.appointments)
    being_read = unread(calendars, home.status.now)
    if being_read:
        blocks.insert(0, section(first_read_line(len(being_read))))
    elif not blocks:
        blocks = [section("Nothing today. *Find a time* shows when you and others are free.")]
    length = day_length_line(day.window.end - day.window.start, home.zone)
    caveats = [*own_stale_lines(calendars, home.status.now), *([length] if length else [])]
    return [*blocks, *map(context, caveats), chooser(calendars, home.chosen, day)]


def _title(home: Home) -> str:
    return f"*Today* · {spoken(home.today, home.today)}"


def _day(home: Home) -> ShownDay:
    return ShownDay(AgendaRef(home.today, home.slack_user_id), home.window, home.zone)


def _profile(home: Home) -> str:
    calendars = home.status.calendars
    addresses = listed([user_text(one.address) for one in home.status.accounts if one.provider.has_calendars])
    options = [option_name(one.option) for one in calendars if one.role is Role.LINKED]
    conflicts = sum(one.role is Role.CONFLICT for one in calendars)
    zoom = ["Zoom"] if home.status.has_zoom else []
    return "*My Profile*  " + _dotted([addresses, *options[:1], counted(conflicts, "conflict calendar"), *zoom])


def _dotted(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)
