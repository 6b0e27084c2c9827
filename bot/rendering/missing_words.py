"""Why an event shows as it does, in a sentence."""

from collections.abc import Sequence
from datetime import date

from bot.domain.horizon import DAYS_AHEAD, DAYS_BACK
from bot.domain.missing_events import Compared, MissingReason
from bot.rendering.text import user_text
from bot.rendering.zones import from_to

AS_IN_GOOGLE = "As in Google"
_WORDS = {
    MissingReason.UNUSED: "Daybook does not use this calendar, so nothing of it shows or blocks.",
    MissingReason.OUT_OF_REACH: f"Daybook keeps events from {DAYS_BACK} days ago up to {DAYS_AHEAD} days ahead.",
    MissingReason.GONE: "Daybook has it, and Google does not list it on this day any more.",
    MissingReason.MOVED: "Its time was changed in Google since Daybook read it.",
    MissingReason.NOT_READ: "It is in Google, and Daybook has not read it yet.",
    MissingReason.OWN_COPY: "shown as your appointment",
    MissingReason.IGNORED: "You told Daybook to ignore it, so it leaves its time open.",
    MissingReason.CHANGED: "It was changed in Google since Daybook read it.",
    MissingReason.WORKING_LOCATION: "It is a working location, which never takes time.",
    MissingReason.BIRTHDAY: "It is a birthday, which never takes time.",
    MissingReason.FREE: "It is Free in Google, so it leaves its time open. Set it to Busy there to have it block.",
    MissingReason.DECLINED: "You declined it, so it leaves its time open.",
    MissingReason.LEFT_OPEN: "You have not said yes to it, and your settings leave such time open.",
    MissingReason.OTHER_ZONE: "a whole day of the calendar's zone, not of yours",
    MissingReason.PRIVATE: "private: others see busy, and it makes no contact",
    MissingReason.ONE_WAY: "grey under the one-way option",
    MissingReason.LEFT_OUT: "grey: nobody on it is a contact",
    MissingReason.SHOWN: "",
}
_BOTH_SIDES = (MissingReason.MOVED, MissingReason.CHANGED, MissingReason.GONE, MissingReason.NOT_READ)


def about(one: Compared) -> str:
    """Why; empty where there is nothing to say."""
    if one.reason is MissingReason.CANCELLED:
        return "It was cancelled in Google." + (" Daybook shows it until the next reading." if one.ref else "")
    if one.reason is MissingReason.UNEXPANDED:
        return f"It could not be worked out: {user_text(one.detail, limit=300)}"
    return _WORDS[one.reason]


def sides(one: Compared, zone: str, near: date) -> Sequence[str]:
    """`Google: 10:00-11:00 · Daybook: 9:00-10:00`, where the two differ in time, or one has nothing."""
    if one.reason not in _BOTH_SIDES:
        return ()
    in_google = None if one.reason is MissingReason.GONE else one.span
    if in_google == one.stored:
        return ()
    there = "nothing" if in_google is None else from_to(*in_google, zone, near=near)
    here = "nothing" if one.stored is None else from_to(*one.stored, zone, near=near)
    return (f"Google: {there} · Daybook: {here}",)
