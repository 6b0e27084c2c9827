"""Events not syncing: what stands in the way first, with the one button that mends it, and how each calendar is."""

from collections.abc import Sequence

from bot.domain.calendars import Role
from bot.domain.diagnosis import Check, Diagnosis, Finding
from bot.rendering.blocks import SECTION_TEXT, actions, button, context, divider, lines, section
from bot.rendering.diagnosis_words import ALL_RIGHT, CHECKED, sentences
from bot.rendering.names import ActionId, numbered
from bot.rendering.posting import long_message
from bot.rendering.questions import ALL
from bot.rendering.reconnect import reconnect
from bot.rendering.round_trip import last_round_trip
from bot.rendering.run_buttons import run
from bot.rendering.status import status_blocks, status_message
from bot.rendering.surfaces import Block, Message

GOOGLE_CALENDAR = "https://calendar.google.com/"
SLACK_APPS = "https://api.slack.com/apps"


def diagnosis_message(diagnosis: Diagnosis, zone: str, *, note: str = "") -> Message:
    """The answer to *Events not syncing?*; `zone` is the reader's, `note` what was just done."""
    status = diagnosis.evidence.status
    if not status.is_connected:
        plain = status_message(status, zone)
        told = [section(note)] if note else []
        return Message(plain.text, (*told, *plain.blocks, actions(_questions())), ends=1)
    headline = _headline(diagnosis, zone)
    blocks: list[Block] = [section(note)] if note else []
    blocks += [block for finding in diagnosis.faults for block in _fault(finding, diagnosis, zone)]
    blocks += [] if diagnosis.faults else [section(f"*{ALL_RIGHT}*")]
    blocks += [_told(finding, diagnosis, zone) for finding in diagnosis.notes]
    blocks += [divider(), *status_blocks(status, zone, is_brief=True)]
    ends = [context(f"Checked and found right: {', '.join(CHECKED[one] for one in diagnosis.passed)}.")]
    trip = diagnosis.evidence.round_trip
    last = last_round_trip(trip, status.now) if trip is not None else ""
    if last and not note:
        ends.append(context(last))
    ends.append(actions(*_footer(diagnosis)))
    text = f"{note.replace('*', '')} {headline}" if note else headline
    return long_message(text[:SECTION_TEXT], blocks, ends)


def _headline(diagnosis: Diagnosis, zone: str) -> str:
    if not diagnosis.faults:
        return ALL_RIGHT
    return sentences(diagnosis.faults[0], diagnosis, zone)[0].replace("*", "")


def _fault(finding: Finding, diagnosis: Diagnosis, zone: str) -> Sequence[Block]:
    if finding.check is Check.ACCOUNT:
        return [reconnect(account, zone) for account in finding.accounts]
    return [_told(finding, diagnosis, zone)]


def _told(finding: Finding, diagnosis: Diagnosis, zone: str) -> Block:
    return section(lines(sentences(finding, diagnosis, zone)), accessory=_mend(finding))


def _mend(finding: Finding) -> Block | None:
    """The one button that helps."""
    match finding.check:
        case Check.OPTION:
            return run("Finish set-up", "settings", mark="finish", primary=True)
        case Check.LINKED:
            return run("Choose a calendar", "settings", mark="link", primary=True)
        case Check.SHARED:
            is_linked = any(one.role is Role.LINKED for one in finding.calendars)
            return run("Choose another" if is_linked else "Stop using it", "settings", mark="shared", primary=True)
        case Check.BUSY:
            return button("Look at a day", numbered(ActionId.MISSING, "look"))
        case Check.READ | Check.PUSH:
            return button("Read it now", numbered(ActionId.SYNC_NOW, finding.check))
        case Check.UNDERSTOOD:
            return button("Open Google", numbered(ActionId.OPEN_LINK, "odd"), url=GOOGLE_CALENDAR)
        case Check.PEOPLE:
            return button("Install again", numbered(ActionId.OPEN_LINK, "install"), url=SLACK_APPS)
        case Check.TRIGGERS:
            return run("See triggers", "triggers")
        case _:  # a loss is answered below, beside its calendar; the rest brings its own button
            return None


def _footer(diagnosis: Diagnosis) -> Sequence[Block]:
    if not diagnosis.evidence.status.calendars:
        return [_questions(), run("Calendar Settings", "settings")]
    return [
        button("Sync now", ActionId.SYNC_NOW),
        button("An event is missing", ActionId.MISSING),
        button("Check the round trip", ActionId.ROUND_TRIP),
        _questions(),
        run("Calendar Settings", "settings"),
    ]


def _questions() -> Block:
    return run("Questions", f"help {ALL}", mark=ALL)
