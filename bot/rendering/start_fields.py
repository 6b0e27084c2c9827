"""Day and time on a form: the free starts of a day, and what the chosen one is on everybody's clock."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID
from zlib import crc32

from bot.domain.answers import Gathered
from bot.domain.availability import Mode
from bot.domain.booking_form import FreeDay
from bot.domain.clock_shifts import ClockShift, PartyZone
from bot.domain.people import Member
from bot.domain.wall_time import MINUTE, epoch
from bot.rendering.blocks import button, context, section
from bot.rendering.caveats import no_calendar, paused_lines, short_name, stale_lines, was_asked
from bot.rendering.form_blocks import Choice, day_picker, field, select, time_picker
from bot.rendering.form_mark import FormMark
from bot.rendering.names import ActionId, BookingField, numbered
from bot.rendering.question import SlotRef
from bot.rendering.run_buttons import connect_google
from bot.rendering.surfaces import Block
from bot.rendering.text import user_text
from bot.rendering.wording import NAME_LENGTH, meeting_length, name_of
from bot.rendering.zones import begins, city, clock_time, day_of, from_to, picker_time, short_date, short_day

PARTIES_SHOWN = 5
DAY_HAS_PASSED = "That day has passed. Choose another one."
_NO_CALENDAR = "You have no calendar connected, so nobody can say when you are free."


def day_field(free: FreeDay, mark: FormMark, action: ActionId) -> Block:
    """The day; a change of it fills the times anew."""
    picker = day_picker(numbered(action, mark.turn), initial=free.day.isoformat())
    return field("Day", picker, block_id=BookingField.DAY, tells=True)


def time_blocks(free: FreeDay, minutes: int, mark: FormMark, action: ActionId, *, is_any: bool) -> list[Block]:
    """The free starts of the day; with `is_any` every time there is. Nothing to choose is told instead."""
    if is_any:
        wanted = free.wanted if free.wanted is not None else free.start
        initial = picker_time(wanted, mark.zone) if wanted is not None else ""
        picker = time_picker(numbered(action, f"any-{mark.turn}"), initial=initial)
        return [_time("Time", picker, BookingField.TIME, mark)]
    if not free.starts:
        return []
    choices = [Choice(clock_time(start, mark.zone), str(start)) for start in free.starts]
    # Slack keeps a choice under its ids: other starts need another one, or a time of another day would stay.
    action_id = numbered(action, f"{mark.turn}-{free.day.isoformat()}-{minutes}-{hash_of(free.gathered)}")
    chosen = str(free.start) if free.start is not None else ""
    return [
        _time("Time", select(action_id, choices, chosen=chosen, placeholder="Free times"), BookingField.START, mark)
    ]


def unknown_blocks(gathered: Gathered, viewer: UUID, asked: Collection[str]) -> list[Block]:
    """Of whom nobody can say when he is free, and why; the reader himself can connect a calendar at once.

    Everybody else can be asked to; `asked` are the Slack ids of those who were, just now.
    """
    blocks = []
    for member in gathered.silent:
        if member.id == viewer:
            blocks.append(section(f"{_NO_CALENDAR} Connect one first.", accessory=connect_google()))
        elif member.slack_user_id in asked:
            blocks.append(section(was_asked(member)))
        else:
            ask = button(
                f"Ask {short_name(member)} to connect",
                numbered(ActionId.BOOKING_ASK, member.slack_user_id),
                value=member.slack_user_id,
            )
            blocks.append(section(f"{no_calendar(member)} Leave {name_of(member)} out, or ask.", accessory=ask))
    return [*blocks, *unread_blocks(gathered, viewer)]


def silent_blocks(gathered: Gathered, viewer: UUID) -> list[Block]:
    """Who has no calendar, of an appointment that stands, so that nobody can be left out of it."""
    return [
        section(_NO_CALENDAR, accessory=connect_google()) if member.id == viewer else section(no_calendar(member))
        for member in gathered.silent
    ]


def unread_blocks(gathered: Gathered, viewer: UUID) -> list[Block]:
    """Whose time is not known yet, and whose is not the reader's to know."""
    blocks = []
    for member in gathered.unread:
        whose = "Your calendar" if member.id == viewer else f"{name_of(member)}'s calendar"
        blocks.append(section(f"{whose} is being read for the first time. Choose the day again in a minute."))
    withheld = [f"{name_of(member)} does not share free times with you." for member in gathered.withheld]
    return [*blocks, *map(section, withheld)]


def why_no_time(
    free: FreeDay, minutes: int, hosts: Sequence[Member], viewer: UUID, zone: str, now: datetime
) -> list[Block]:
    """That no time is free, or that the one that was wanted is not."""
    if free.day < day_of(epoch(now), zone):
        return [section(DAY_HAS_PASSED)]
    paused = paused_lines(free.gathered, viewer)
    if not free.starts:
        told = paused or [f"No {meeting_length(minutes)} are free on {short_day(free.day)}. Choose another day."]
        return [section("\n".join(told))]
    if free.wanted is None or free.start is not None or day_of(free.wanted, zone) != free.day:
        return []
    ref = SlotRef(free.wanted, minutes, Mode.ALL, tuple(host.slack_user_id for host in hosts))
    why = button("Why?", numbered(ActionId.SLOT, free.wanted), value=ref.value())
    return [section(f"{clock_time(free.wanted, zone)} is not free.", accessory=why)]


def caveat_lines(free: FreeDay, viewer: UUID, now: datetime) -> list[str]:
    """Calendars read late, and starts that the menu has no room for."""
    told = stale_lines(free.gathered, viewer, now) if free.starts is not None else []
    again = ["Calendars are read again before it is booked."] if told else []
    more = ["More times are free than the list holds; it shows some of them, evenly."] if free.has_more else []
    return [*told, *again, *more]


def when_line(start: int, minutes: int, zone: str, parties: Sequence[PartyZone]) -> str:
    """`*Tue 24 Nov, 15:00-15:30* Berlin · 9:00 for Maya in New York`."""
    day = day_of(start, zone)
    told = [f"*{short_day(day)}, {from_to(start, start + minutes * MINUTE, zone, near=day)}* {city(zone)}"]
    told += [
        f"{begins(start, party.zone, near=day)} for {_name(party)} in {city(party.zone)}"
        for party in parties[:PARTIES_SHOWN]
    ]
    return " · ".join(told)


def shift_lines(shift: ClockShift | None, zone: str, now: datetime) -> list[str]:
    """The change of clocks against each other near the day: people who meet each week are an hour off then."""
    if shift is None:
        return []
    today, day = day_of(epoch(now), zone), day_of(epoch(shift.at), zone)
    verb, since = ("change", "From then on") if day >= today else ("changed", "Since then")
    who, after, before = _name(shift.party), _apart(shift.after), _apart(shift.before)
    return [f"Clocks {verb} on {short_date(day, today)}. {since} {who} is {after}, before that {before}."]


def hash_of(gathered: Gathered) -> str:
    """Tells one set of people from another in an id; it need not be secret, only short."""
    everyone = (*gathered.known, *gathered.silent, *gathered.unread, *gathered.withheld)
    return f"{crc32(b''.join(member.id.bytes for member in everyone)):x}"


def notes(lines: Sequence[str]) -> list[Block]:
    """Each line quietly by itself."""
    return [context(line) for line in lines]


def _time(label: str, element: Block, field_name: BookingField, mark: FormMark) -> Block:
    return field(f"{label} in {city(mark.zone)}", element, block_id=field_name, tells=True)


def _name(party: PartyZone) -> str:
    return user_text(party.name, limit=NAME_LENGTH, empty="Somebody")


def _apart(minutes: int) -> str:
    if not minutes:
        return "on your time"
    hours, rest = divmod(abs(minutes), 60)
    told = f"{hours}:{rest:02} hours" if rest else f"{hours} hour{'' if hours == 1 else 's'}"
    return f"{told} {'ahead of' if minutes > 0 else 'behind'} you"
