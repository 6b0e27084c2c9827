"""Lets a calendar have another sync option: what was decided by the old one goes, and everything is decided anew."""

from datetime import datetime

from bot.domain.calendars import Calendar, ContactPolicy, EventStyle, SyncOption
from bot.domain.people import Actor
from bot.ports import UnitOfWork


def set_option(work: UnitOfWork, actor: Actor, calendar: Calendar, option: SyncOption, now: datetime) -> None:
    """The actor's own calendar, which is held, has that option as if it was chosen now."""
    work.change_sets.set_option(calendar, option, now)
    if option.event_style is EventStyle.BLOCKED:
        work.taken.forget(actor, calendar.id)
    if option.contact_policy is not ContactPolicy.ASK:
        work.change_sets.withdraw_questions(actor)
    work.taken.mark_all(actor, calendar.id)
