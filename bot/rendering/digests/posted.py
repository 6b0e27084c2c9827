"""A digest as its channel sees it."""

from datetime import date, timedelta

from bot.domain.agenda import window_of
from bot.domain.day_words import spoken
from bot.domain.digest_content import Edition
from bot.domain.digests import Rhythm
from bot.domain.intervals import Interval, clip, overlaps
from bot.rendering.blocks import MESSAGE_CHARACTERS, SECTION_TEXT, actions, context, lines, section, size
from bot.rendering.digests.lines import LINE_LENGTH, change_lines, person_line, spans
from bot.rendering.digests.ref import POSTED
from bot.rendering.posting import long_message
from bot.rendering.reader import for_everybody
from bot.rendering.run_buttons import run
from bot.rendering.surfaces import Block, Message
from bot.rendering.text import user_text
from bot.rendering.wording import listed, name_of
from bot.rendering.zones import city, clock_time, short_day

NOTHING_TO_SHOW = (
    "Nobody's days are shown yet: those in the list were asked first. Once somebody agrees, they stand here."
)
_SHORTENED = (
    "Longer lines were cut to fit all into one message, and say by how much. `/daybook agenda @name` tells when "
    "somebody is busy, `/daybook digest` whose days are here."
)
# The more people and the fuller their days, the shorter each line; with the last one everybody is named.
_LINES = (LINE_LENGTH, 800, 500, 350, 250, 150, 100, 60, 20)


@for_everybody
def digest_message(edition: Edition) -> Message:
    """What is posted; the same in a preview."""
    plan = edition.digest.plan
    workspace = user_text(edition.workspace, limit=60, empty="your team")
    day = spoken(edition.day, edition.day)
    is_weekly = plan.rhythm is Rhythm.WEEKLY
    title = f"The week at {workspace}" if is_weekly else f"Today at {workspace}"
    days = f"{day} to {spoken(_last(edition), edition.day)}" if is_weekly else day
    head = f"*{title}* · {days}, {city(plan.zone)} time"
    lead = [section(head), *_lateness(edition)]
    buttons = actions(run("Book", "book", primary=True), run("Digest settings", f"digest {POSTED}"))
    ends = [*_unsure(edition), *_changes(edition), *_free(edition), buttons]
    body = [*lead, *_people(edition, MESSAGE_CHARACTERS - size([*lead, *ends]))]
    return long_message(f"{title}: {days}, {city(plan.zone)} time", body, ends)


def _lateness(edition: Edition) -> list[Block]:
    zone, told = edition.digest.plan.zone, []
    if edition.due_at is not None:
        told.append(f"Late: this was due at {clock_time(int(edition.due_at.timestamp()), zone)}.")
    if edition.skipped:
        told.append(f"There was no digest on {listed([short_day(day) for day in edition.skipped])}.")
    return [context(" ".join(told))] if told else []


def _people(edition: Edition, room: int) -> list[Block]:
    """Everybody's days in so many characters as `room` says: lines are shortened, and nobody is left out."""
    if not edition.people:
        return [section(NOTHING_TO_SHOW)]
    told = _week if edition.digest.plan.rhythm is Rhythm.WEEKLY else _day
    for limit in _LINES:
        paragraphs = told(edition, limit)
        blocks = [section(lines(paragraph)) for paragraph in paragraphs]
        blocks += [context(_SHORTENED)] if limit < LINE_LENGTH else []
        is_whole = all(len("\n".join(paragraph)) <= SECTION_TEXT for paragraph in paragraphs)
        if is_whole and size(blocks) <= room:
            break
    return blocks


def _day(edition: Edition, limit: int) -> list[list[str]]:
    """A paragraph for each person."""
    zone = edition.digest.plan.zone
    return [[person_line(person, edition.window, zone, edition.day, limit=limit)] for person in edition.people]


def _week(edition: Edition, limit: int) -> list[list[str]]:
    """A paragraph a day, each with everybody in it; days after another on which they have nothing on are one."""
    zone = edition.digest.plan.zone
    paragraphs: list[tuple[date, date, list[str]]] = []
    was_empty = False
    for day, window in _days(edition):
        busy = [person for person in edition.people if any(overlaps(item.span, window) for item in person.items)]
        told = [person_line(person, window, zone, day, with_free=False, limit=limit) for person in busy]
        idle = [person for person in edition.people if person.is_known and person not in busy]
        told += [f"*{name_of(person.member)}* nothing on" for person in idle]
        if was_empty and not busy:
            told_from, _, _ = paragraphs.pop()
        else:
            told_from = day
        paragraphs.append((told_from, day, told))
        was_empty = not busy
    return [[f"*{_from_to(first, last)}*", *told] for first, last, told in paragraphs]


def _unsure(edition: Edition) -> list[Block]:
    """Whose days of a week are not known well enough; a day says it beside each."""
    if edition.digest.plan.rhythm is Rhythm.DAILY:
        return []
    blocks: list[Block] = []
    late = [name_of(person.member) for person in edition.people if person.is_late]
    unread = [name_of(person.member) for person in edition.people if not person.is_known and person.has_calendar]
    without = [name_of(person.member) for person in edition.people if not person.has_calendar]
    if late:
        blocks.append(context(f"Newer events of {listed(late)} may be missing."))
    if unread:
        blocks.append(context(f"Nobody can say for {listed(unread)}: no calendar could be read."))
    if without:
        have = "has" if len(without) == 1 else "have"
        blocks.append(context(f"{listed(without)} {have} no calendar connected, so nobody can say."))
    return blocks


def _changes(edition: Edition) -> list[Block]:
    told = change_lines(edition)
    if not told:
        return []
    if edition.since is None or not edition.changes:
        return [section(lines([f"*Note* {' · '.join(told)}"]))]
    is_yesterday = edition.since == edition.day - timedelta(days=1)
    since = "yesterday" if is_yesterday else short_day(edition.since)
    return [section(lines([f"*Since {since}* {told[0]}", *told[1:]]))]


def _free(edition: Edition) -> list[Block]:
    known = [name_of(person.member) for person in edition.people if person.is_known]
    if len(known) < 2:
        return []
    who = "Everyone is" if edition.is_everyone else f"{listed(known)} are {'both' if len(known) == 2 else 'all'}"
    if not edition.free and edition.is_somebody_off:
        return []
    if not edition.free:
        together = "everyone is" if edition.is_everyone else who
        return [section(f"There is no time in working hours at which {together} free.")]
    zone = edition.digest.plan.zone
    if edition.digest.plan.rhythm is Rhythm.DAILY:
        return [section(f"{who} free {spans(edition.free, zone, edition.day)}.")]
    told = [
        f"{short_day(day)} {spans(pieces, zone, day)}"
        for day, window in _days(edition)
        if (pieces := clip(edition.free, window))
    ]
    return [section(lines([f"{who} free:", *told]))]


def _days(edition: Edition) -> list[tuple[date, Interval]]:
    """The local days with their epoch seconds; one that the zone skips is not there."""
    days = [edition.day + timedelta(days=number) for number in range(edition.digest.plan.days)]
    zone = edition.digest.plan.zone
    return [(day, window) for day in days if (window := window_of(day, zone)).start < window.end]


def _from_to(first: date, last: date) -> str:
    """`Tue 24 Nov`, or `Tue 24 to Sun 29 Nov`."""
    if first == last:
        return short_day(first)
    begins = short_day(first) if first.month != last.month else short_day(first).rsplit(" ", 1)[0]
    return f"{begins} to {short_day(last)}"


def _last(edition: Edition) -> date:
    return edition.day + timedelta(days=edition.digest.plan.days - 1)
