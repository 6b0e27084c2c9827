"""What each check found, in a sentence; where it is about several calendars, one for each."""

from collections.abc import Sequence

from bot.domain.calendars import Calendar
from bot.domain.diagnosis import READS_ADDRESSES, Check, Diagnosis, Finding, Fortnight
from bot.rendering.fuse import waiting_line
from bot.rendering.reconnect import UNKNOWN_SINCE
from bot.rendering.text import user_text
from bot.rendering.wording import counted, lasting, listed
from bot.rendering.zones import told_moment

ALL_RIGHT = "Everything is in order."
CHECKED = {
    Check.OPTION: "sync option",
    Check.LINKED: "linked calendar",
    Check.ACCOUNT: "accounts",
    Check.SHARED: "sharing",
    Check.LOSS: "lost events",
    Check.BUSY: "Busy or Free",
    Check.READ: "last reading",
    Check.UNDERSTOOD: "odd events",
    Check.PEOPLE: "permissions",
    Check.PUSH: "messages from Google",
    Check.TRIGGERS: "triggers",
}
_NOT_SET_UP = "Set-up is not finished: neither a calendar nor a sync option is chosen."
_NO_COLLEAGUES = (
    "Slack does not tell Daybook who is a colleague, so people in your events stay undecided. "
    f"The permission `{READS_ADDRESSES}` is missing: have an admin install the app again."
)


def sentences(finding: Finding, diagnosis: Diagnosis, zone: str) -> Sequence[str]:
    """At least one; `zone` is the reader's."""
    match finding.check:
        case Check.ACCOUNT:
            addresses = [user_text(one.address) for one in finding.accounts]
            return [f"Daybook has no access to *{one}* any more. Connect it again." for one in addresses]
        case Check.SHARED:
            gone = "cannot be read any more: it is gone, or no longer shared with you"
            return [f"{_name(one)} {gone}. {UNKNOWN_SINCE}" for one in finding.calendars]
        case Check.LOSS:
            held = [(one, one.fuse) for one in finding.calendars]
            return [f"{_name(one)} {waiting_line(fuse)}. Answer below." for one, fuse in held if fuse is not None]
        case Check.READ:
            return _read(finding.calendars, diagnosis, zone)
        case _:
            return [_sentence(finding, diagnosis)]


def _sentence(finding: Finding, diagnosis: Diagnosis) -> str:
    """Of what is not told by the calendar."""
    match finding.check:
        case Check.OPTION:
            return _NOT_SET_UP
        case Check.LINKED:
            return _not_linked(finding.calendars)
        case Check.BUSY:
            return _open(finding, diagnosis)
        case Check.UNDERSTOOD:
            odd = f"{counted(finding.number, 'event')} could not be understood; see below what is wrong."
            return f"{odd} Correct them in Google, or delete them there."
        case Check.PEOPLE:
            return _NO_COLLEAGUES
        case Check.PUSH:
            why = user_text(finding.detail, limit=200).rstrip(".")
            which = listed([_name(one) for one in finding.calendars])
            return f"Changes in {which} are found by regular readings alone, which takes minutes. Why: {why}."
        case Check.TRIGGERS:
            return f"Triggers of yours came to nothing {counted(finding.number, 'time')}. Their ledger says why."
        case _:
            return "No calendar is connected."


def _not_linked(calendars: Sequence[Calendar]) -> str:
    if not calendars:
        return "No calendar takes your appointments: none is linked."
    return f"{_name(calendars[0])} is linked, but Daybook may not write to it, so it takes no appointments."


def _open(finding: Finding, diagnosis: Diagnosis) -> str:
    coming, number = diagnosis.evidence.coming, finding.number
    if number < coming.total:
        which = f"{number} of your {counted(coming.total, 'event')}"
    else:
        which = "Your only event" if number == 1 else f"All {number} of your events"
    does = "does" if number == 1 else "do"
    return f"{which} in the coming two weeks {does} not block time: {_why_open(coming)}."


def _why_open(coming: Fortnight) -> str:
    if coming.free and coming.ignored:
        are = "is" if coming.free == 1 else "are"
        return f"{coming.free} {are} marked Free in Google, and you told Daybook to ignore {coming.ignored}"
    if coming.free:
        return f"{'it is' if coming.free == 1 else 'they are'} marked Free in Google"
    return f"you told Daybook to ignore {'it' if coming.ignored == 1 else 'them'}"


def _read(calendars: Sequence[Calendar], diagnosis: Diagnosis, zone: str) -> Sequence[str]:
    """A sentence for each calendar, and one for all that fail for the same reason: that is one outage."""
    by_problem: dict[str, list[Calendar]] = {}
    for one in calendars:
        by_problem.setdefault(one.problem or "", []).append(one)
    told: list[str] = []
    for problem, same in by_problem.items():
        told += [_not_read(same, problem, zone)] if problem else [_late(one, diagnosis) for one in same]
    return told


def _not_read(calendars: Sequence[Calendar], problem: str, zone: str) -> str:
    """Since the moment that one of them was read last: after it none was."""
    read = [one.read_at for one in calendars if one.read_at is not None]
    since, known = (f" since {told_moment(max(read), zone)}", f" {UNKNOWN_SINCE}") if read else ("", "")
    have = "has" if len(calendars) == 1 else "have"
    which = listed([_name(one) for one in calendars])
    return f"{which} {have} not been read{since}: {user_text(problem, limit=300).rstrip('.')}.{known}"


def _late(calendar: Calendar, diagnosis: Diagnosis) -> str:
    now = diagnosis.evidence.status.now
    if calendar.read_at is None:
        return f"{_name(calendar)} is being read for the first time. Look again in a minute."
    ago = lasting(now - calendar.read_at)
    return f"{_name(calendar)} was last read {ago} ago, later than planned. Newer changes are unknown."


def _name(calendar: Calendar) -> str:
    return f"*{user_text(calendar.name, limit=80)}*"
