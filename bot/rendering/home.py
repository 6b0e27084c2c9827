"""Home: today and what comes next, what is connected and how it does, and a button for everything there is.

Nothing on it tells how long ago something was: such words would be wrong a minute later, and each is a new Home.
"""

from collections.abc import Sequence

from bot.domain.accounts import AccountStatus
from bot.domain.appointments import Where
from bot.domain.calendars import Role
from bot.domain.day_words import spoken
from bot.domain.digests import Digest
from bot.domain.freshness import unread
from bot.domain.home import Home
from bot.domain.join_links import AgendaAppointment
from bot.domain.wall_time import epoch
from bot.rendering.agenda import day_length_line, first_read_line
from bot.rendering.agenda_lines import JOIN, ShownDay, agenda_blocks, appointment_line, chooser, entry_line, spoken_join
from bot.rendering.agenda_ref import AgendaRef
from bot.rendering.blocks import VIEW_BLOCKS, actions, context, divider, fit, lines, section
from bot.rendering.booking_words import join_button
from bot.rendering.caveats import own_stale_lines
from bot.rendering.connect import waiting
from bot.rendering.digests.words import channel_of, paused_text, times_text
from bot.rendering.health import health_line
from bot.rendering.help import WELCOME
from bot.rendering.reader import read_by
from bot.rendering.reconnect import reconnect
from bot.rendering.run_buttons import connect_google, run
from bot.rendering.support import support_line
from bot.rendering.surfaces import Block, HomeView
from bot.rendering.sync_options import option_name
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed

DIGESTS_SHOWN = 3


def render_home(home: Home) -> HomeView:
    """A member's Home, by his clock; useful before anything is connected too."""
    with read_by(home.habits):
        return _home(home)


def _home(home: Home) -> HomeView:
    status = home.status
    blocks = [block for account in status.pending for block in waiting(account)]
    blocks += [
        reconnect(account, home.zone) for account in status.accounts if account.status is AccountStatus.NEEDS_RECONNECT
    ]
    if status.is_connected:
        blocks += _today(home)
        footer = (divider(), *_profile(home), divider(), *_more(home))
    else:
        blocks += [*_booked(home), *_welcome()]
        footer = (divider(), *_connections(home), *_everything(home))
    return HomeView((*fit(blocks, limit=VIEW_BLOCKS - len(footer)), *footer))


def empty_home() -> HomeView:
    """The Home of somebody of whom nothing is known."""
    return HomeView((*_welcome(),))


def _welcome() -> list[Block]:
    return [section(WELCOME), actions(connect_google())]


def _booked(home: Home) -> list[Block]:
    """What is booked with him, without a calendar too."""
    shown = _next(home)
    if home.appointments:
        shown = [
            section(_title(home)),
            *shown,
            *agenda_blocks((), _day(home), home.appointments, joined_above=home.following),
        ]
    return [*shown, divider()] if shown else []


def _today(home: Home) -> list[Block]:
    return [
        section(_title(home)),
        actions(run("Find a time", "slots", primary=True), run("Book", "book")),
        *([] if _is_later(home) else _next(home)),
        *_agenda(home),
    ]


def _next(home: Home) -> list[Block]:
    """The appointment or the meeting that comes next, or is on, with the way into its call."""
    following = home.following
    if following is None:
        return []
    day = _day(home)
    line = appointment_line(following, day) if isinstance(following, AgendaAppointment) else entry_line(following, day)
    join = join_button(following.join_url, Where.NOWHERE, "next", label=JOIN, spoken=spoken_join(following, day))
    return [section(f"*Next*  {line}", accessory=join)]


def _is_later(home: Home) -> bool:
    """What comes next is not today, nor on already, and stands below the day."""
    return home.following_span is not None and home.following_span.start >= home.window.end


def _agenda(home: Home) -> list[Block]:
    calendars = home.status.calendars
    more = (run("Agenda", "agenda"), run("Week picture", "week"))
    later = _next(home) if _is_later(home) else []
    if not calendars:
        told = section("No calendar is chosen yet. Choose yours under *Calendar Settings*.")
        booked = agenda_blocks((), _day(home), home.appointments, joined_above=home.following)
        return [*booked, *later, told, actions(*more)]
    day = _day(home)
    blocks = agenda_blocks(home.entries, day, home.appointments, joined_above=home.following)
    being_read = unread(calendars, home.status.now)
    if being_read:
        blocks.insert(0, section(first_read_line(len(being_read))))
    elif not blocks:
        blocks = [section("Nothing today. *Find a time* shows when you and others are free.")]
    length = day_length_line(day.window.end - day.window.start, home.zone)
    caveats = [*own_stale_lines(calendars, home.status.now, home.zone), *([length] if length else [])]
    return [*blocks, *later, *map(context, caveats), chooser(calendars, home.chosen, day, *more)]


def _title(home: Home) -> str:
    return f"*Today* · {spoken(home.today, home.today)}"


def _day(home: Home) -> ShownDay:
    return ShownDay(AgendaRef(home.today, home.slack_user_id), home.window, home.zone, epoch(home.status.now))


def _profile(home: Home) -> list[Block]:
    """What is set, and how everything connected does."""
    return [section(_profile_line(home), accessory=run("Calendar Settings", "settings")), *_connections(home)]


def _profile_line(home: Home) -> str:
    calendars = home.status.calendars
    addresses = listed([user_text(one.address) for one in home.status.accounts if one.provider.has_calendars])
    options = [option_name(one.option) for one in calendars if one.role is Role.LINKED]
    conflicts = sum(one.role is Role.CONFLICT for one in calendars)
    zoom = ["Zoom"] if home.status.has_zoom else []
    return "*My Profile*  " + _dotted([addresses, *options[:1], _conflicts(conflicts), *zoom])


def _conflicts(number: int) -> str:
    return counted(number, "conflict calendar") if number else "no conflict calendars"


def _connections(home: Home) -> list[Block]:
    accounts = home.status.accounts
    if not accounts:
        return []
    told = lines([health_line(account, home.status) for account in accounts])
    return [section(told, accessory=run("Events not syncing?", "status"))]


def _more(home: Home) -> list[Block]:
    """All that does not stand beside what it is about."""
    return [
        _digests(home),
        actions(
            run("Contacts", "contacts"),
            run("Triggers", "triggers"),
            run("Reminders", "reminders"),
            run("Why not?", "why"),
        ),
        actions(run("Connect", "connect"), *_help()),
        context(support_line(home.support)),
    ]


def _everything(home: Home) -> list[Block]:
    """The same before anything is connected: grouped, without a second primary button."""
    status = [] if home.status.accounts else [run("Events not syncing?", "status")]
    return [
        actions(
            run("Find a time", "slots"),
            run("Book", "book"),
            run("Agenda", "agenda"),
            run("Week picture", "week"),
            run("Why not?", "why"),
        ),
        actions(
            run("Calendar Settings", "settings"),
            run("Contacts", "contacts"),
            run("Triggers", "triggers"),
            run("Digests", "digest"),
            run("Reminders", "reminders"),
        ),
        actions(*status, *_help()),
        context(support_line(home.support)),
    ]


def _help() -> list[Block]:
    return [
        run("Help", "help"),
        run("Privacy", "privacy"),
        run("Disconnect", "disconnect"),
        run("Forget", "forget"),
    ]


def _digests(home: Home) -> Block:
    shown = [
        f"in {channel_of(one)}, {_paused(home, one) if one.next_due_at is None else times_text(one.plan)}"
        for one in home.digests[:DIGESTS_SHOWN]
    ]
    left = len(home.digests) - len(shown)
    told = " · ".join([*shown, *([f"+{left} more"] if left else [])])
    nothing = "none yet. One tells a channel each morning what is on."
    return section(f"*Digests*  {told or nothing}", accessory=run("Digests", "digest"))


def _paused(home: Home, digest: Digest) -> str:
    return f"paused {paused_text(digest, home.paused_by.get(digest.id), home.zone)}".rstrip()


def _dotted(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)
