"""What became of appointments since the last digest, as far as their hosts agreed to show it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.digest_days import Facts
from bot.domain.digests import Level, lowest
from bot.domain.intervals import Interval, overlaps
from bot.domain.people import Member


class ChangeKind(StrEnum):
    """What happened to an appointment since the last digest."""

    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """An appointment as it is now, with where it stood at the last digest; its event may be private."""

    appointment: Appointment
    stood: Interval
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one since then; `title` is empty where it may not be named."""

    kind: ChangeKind
    hosts: tuple[Member, ...]
    title: str
    before: Interval | None
    after: Interval | None


def changes_among(
    changed: Sequence[ChangedSince], facts: Sequence[Facts], window: Interval, since: datetime
) -> tuple[Change, ...]:
    """What happened to appointments within the window since the last digest, by when they are.

    What became of one in the meantime is told as a whole: moved twice is moved, made and cancelled is nothing. Its
    name is told as far as all of its hosts who are shown agreed, and never where its event is private.
    """
    shown = {each.member.id: each for each in facts}
    told = [_change(one, shown, window, since) for one in changed]
    return tuple(sorted((one for one in told if one is not None), key=lambda one: one.after or one.before or window))


def _change(one: ChangedSince, shown: dict[UUID, Facts], window: Interval, since: datetime) -> Change | None:
    appointment, stood = one.appointment, one.stood
    hosts = [shown[host] for host in appointment.hosts if host in shown]
    if not hosts:
        return None
    level = lowest(*(each.level for each in hosts))
    title = "" if level is Level.BUSY or one.is_private else _name_of(appointment, level)
    members = tuple(each.member for each in hosts)
    was_there = appointment.created_at <= since
    if not was_there and appointment.is_live and overlaps(appointment.span, window):
        return Change(ChangeKind.NEW, members, title, None, appointment.span)
    is_cancelled = appointment.status is AppointmentStatus.CANCELLED
    if was_there and is_cancelled and overlaps(stood, window):
        return Change(ChangeKind.CANCELLED, members, title, stood, None)
    is_moved = was_there and appointment.is_live and stood != appointment.span
    if is_moved and (overlaps(stood, window) or overlaps(appointment.span, window)):
        return Change(ChangeKind.MOVED, members, title, stood, appointment.span)
    return None


def _name_of(appointment: Appointment, level: Level) -> str:
    """Whom it is with is told at the highest level alone."""
    is_named = level is Level.FULL and appointment.contact is not None
    return appointment.contact.name if is_named and appointment.contact is not None else appointment.title
