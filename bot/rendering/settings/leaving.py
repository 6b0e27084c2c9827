"""What disconnecting an account does: told before, on the question, and after."""

from collections.abc import Sequence

from bot.domain.accounts import Account, Provider
from bot.domain.calendar_settings import CalendarSettings
from bot.domain.calendars import Role
from bot.domain.connections import Ended, Revocation
from bot.domain.leaving import CopiesThere, LeftReport
from bot.rendering.blocks import button, confirmation
from bot.rendering.names import ActionId, numbered
from bot.rendering.providers import COMPANY
from bot.rendering.surfaces import Block
from bot.rendering.text import user_text
from bot.rendering.wording import counted, listed, were

KEEP, REMOVE = "keep", "remove"
"""What becomes of events that Daybook wrote, as buttons and forms carry it."""
NAMES_ASKED_ABOUT = 2
NAMES_TOLD = 8


def disconnect_button(account: Account, settings: CalendarSettings) -> Block:
    """[Disconnect] with the question that says first what happens."""
    address = user_text(account.address, limit=60)
    question = confirmation(
        "Disconnect this account?", f"{address}: {_meaning(account, settings)}", yes="Disconnect", no="Keep"
    )
    return button(
        "Disconnect",
        numbered(ActionId.DISCONNECT_ACCOUNT, account.id),
        value=str(account.id),
        danger=True,
        confirm=question,
    )


def ended_text(ended: Ended) -> str:
    """What was done, with what became of the permission."""
    address = user_text(ended.account.address)
    permission = _permission(ended.account.provider, ended.revocation)
    if ended.account.provider is Provider.ZOOM:
        return (
            f"The Zoom account *{address}* is disconnected. New bookings get no link of it; meetings that exist stay "
            f"in Zoom, and Daybook cannot move or remove them any more. {permission}"
        )
    return (
        f"*{address}* is disconnected. {_erased(ended)} Nothing in Google Calendar was changed. "
        f"{_left_behind(ended)}{permission}"
    )


def left_text(report: LeftReport, kept: Sequence[str]) -> str:
    """What was done by one who had the events removed first."""
    address, done = user_text(report.address), removed_text(report.removed, kept)
    if report.revocation is None:
        return f"*{address}*: {done}"
    return f"*{address}* is disconnected. {done} {_permission(report.provider, report.revocation)}"


def removed_text(removed: int, kept: Sequence[str]) -> str:
    """`7 events were removed from Google, 1 could not be: Demo.`"""
    told = [f"{were(removed, 'event')} removed from Google"]
    if kept:
        told.append(f"{len(kept)} could not be: {_names(tuple(kept), NAMES_TOLD)}")
    return f"{', '.join(told)}."


def being_left_text(address: str, there: CopiesThere) -> str:
    """What happens from now on."""
    verb = "is" if there.number == 1 else "are"
    return (
        f"*{user_text(address)}* does not block your time any more. {counted(there.number, 'event')} {verb} being "
        "removed from Google; then the permission is given back, and you get a message about it."
    )


def copies_text(address: str, there: CopiesThere) -> str:
    """The question before: what each answer means."""
    told = "Google tells no guest, as none was invited."
    if there.mailed:
        guests = "the guests of 1 of them" if there.mailed == 1 else f"the guests of {there.mailed} of them"
        told = f"Google tells {guests} that they are cancelled."
    return (
        f"*{user_text(address)}* holds {counted(there.number, 'event')} that Daybook wrote for appointments to come. "
        "The appointments stay in Daybook either way.\n"
        "· *Keep the events*: they stay in Google, and Daybook cannot move or remove them until you connect it again.\n"
        f"· *Remove them*: they go from Google. {told}"
    )


def _meaning(account: Account, settings: CalendarSettings) -> str:
    if account.provider is Provider.ZOOM:
        return (
            "new bookings get no link of it. Meetings that exist stay in Zoom, and Daybook cannot move or remove them "
            "any more. Its permission is given back."
        )
    calendars = settings.status.of_account(account)
    if not calendars:
        return "nothing of it is in use. Its permission is given back to Google; nothing there is changed."
    stops = "stops" if len(calendars) == 1 else "stop"
    lost = " Appointments have no calendar to go to then." if any(one.role is Role.LINKED for one in calendars) else ""
    return (
        f"{_names([one.name for one in calendars], NAMES_ASKED_ABOUT)} {stops} blocking your time; "
        f"{erased_events(settings.events_of(account), done=False)}.{lost} You are asked next about events that "
        "Daybook wrote for appointments to come."
    )


def erased_events(number: int, *, done: bool) -> str:
    """`41 events read from there are erased`, or `were` once it is done."""
    verb = ("was" if done else "is") if number == 1 else ("were" if done else "are")
    return f"{counted(number, 'event')} read from there {verb} erased"


def _erased(ended: Ended) -> str:
    if not ended.calendars:
        return "Nothing of it was in use."
    verb = "does" if len(ended.calendars) == 1 else "do"
    names = _names(ended.calendars, NAMES_TOLD)
    return f"{names} {verb} not block your time any more, and {erased_events(ended.events, done=True)}."


def _left_behind(ended: Ended) -> str:
    if not ended.appointments:
        return ""
    verb = "keeps its event" if ended.appointments == 1 else "keep their events"
    return (
        f"{counted(ended.appointments, 'appointment')} to come {verb} there, which Daybook cannot move or remove until "
        "you connect it again. "
    )


def _names(names: list[str] | tuple[str, ...], most: int) -> str:
    shown = [user_text(name, limit=40) for name in names[:most]]
    more = len(names) - len(shown)
    return listed([*shown, f"{more} more"] if more else shown)


def _permission(provider: Provider, revocation: Revocation) -> str:
    company = COMPANY[provider]
    if revocation is Revocation.DONE:
        return f"The permission was given back to {company}."
    if revocation is Revocation.NEEDED_ELSEWHERE:
        return f"The permission at {company} stays, because another connection of the same {company} account needs it."
    if provider is Provider.ZOOM:
        return (
            "Zoom did not take the permission back just now: remove Daybook at marketplace.zoom.us, under "
            "“Manage” and “Added Apps”."
        )
    return (
        "Google did not take the permission back just now: remove Daybook under "
        "“Third-party apps & services” in your Google account."
    )
