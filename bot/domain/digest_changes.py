"""What became of appointments since the last digest, as far as their hosts agreed to show it. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.digest_days import Facts, taken_by
from bot.domain.digests import Level, lowest
from bot.domain.intervals import Interval, clip, merged, overlaps, subtract, union
from bot.domain.people import Member


class ChangeKind(StrEnum):
    """What happened to an appointment since the last digest, or to the time of somebody who shows no more."""

    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"
    TAKEN = "taken"
    FREED = "freed"


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """An appointment as it is now, with where it stood at the last digest; its event may be private."""

    appointment: Appointment
    stood: Interval
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one since then.

    Of time alone there is no title, one host, and a single span: `after` where it is taken, `before` where it is free
    again.
    """

    kind: ChangeKind
    hosts: tuple[Member, ...]
    title: str
    before: Interval | None
    after: Interval | None


def changes_among(
    changed: Sequence[ChangedSince], facts: Sequence[Facts], window: Interval, since: datetime
) -> tuple[Change, ...]:
    """What happened to appointments within the window since the last digest, by when they are.

    What became of one in the meantime is told as a whole: moved twice is moved, made and cancelled is nothing. Where
    all of its hosts who are shown agreed to more than busy it is named, unless its event is private. Of any other
    nothing is told but time: what is taken that was not, and what is free again.
    """
    shown = {each.member.id: each for each in facts}
    told: list[Change] = []
    veiled = defaultdict[UUID, list[tuple[ChangedSince, Change]]](list)
    for one in changed:
        hosts = [shown[host] for host in one.appointment.hosts if host in shown]
        level = lowest(*(each.level for each in hosts)) if hosts else Level.BUSY
        change = _change(one, hosts, level, window, since) if hosts else None
        if change is None:
            continue
        if level is not Level.BUSY and not one.is_private:
            told.append(change)
            continue
        for each in hosts:
            veiled[each.member.id].append((one, change))
    for member_id, changes in veiled.items():
        told += _as_time(shown[member_id], changes, window)
    return tuple(sorted(told, key=lambda one: one.after or one.before or window))


def _as_time(facts: Facts, changes: Sequence[tuple[ChangedSince, Change]], window: Interval) -> list[Change]:
    """What a busy block shows of them: time that something else takes as well was, and is, no other than before."""
    others = taken_by(facts, without={one.appointment.id for one, _ in changes})
    before = clip(merged(change.before for _, change in changes if change.before is not None), window)
    after = clip(merged(change.after for _, change in changes if change.after is not None), window)
    whose = (facts.member,)
    told = [Change(ChangeKind.TAKEN, whose, "", None, piece) for piece in subtract(after, union(others, before))]
    if facts.time is not None:  # of whose calendar is not known nothing is called free
        told += [Change(ChangeKind.FREED, whose, "", piece, None) for piece in subtract(before, union(others, after))]
    return told


def _change(
    one: ChangedSince, hosts: Sequence[Facts], level: Level, window: Interval, since: datetime
) -> Change | None:
    """What happened to it, by the name that it has at that level."""
    appointment, stood = one.appointment, one.stood
    title = _name_of(appointment, level)
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
    contact = appointment.contact
    return contact.name if contact is not None and level is Level.FULL else appointment.title
