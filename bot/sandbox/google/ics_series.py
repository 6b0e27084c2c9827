"""Puts the events of a file together: masters with their exceptions, as Google keeps them after an import."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.sandbox.google.errors import ApiError, Resource
from bot.sandbox.google.ics_events import Entry, Trouble
from bot.sandbox.google.ics_split import CannotSplit, original_of, shifted, split
from bot.sandbox.google.ics_times import LAST_YEAR, Day, When, dates_line, day_of, point, suffix
from bot.sandbox.google.recurrence import check_recurrence, may_pass_over

# Google takes no more guests than this.
_MOST_GUESTS = 200
# More divisions than this are no series that somebody once had.
_MOST_CHANGES = 50


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose calendar it is: the addresses by which he stands in the events, and the one that Google knows him by."""

    addresses: Sequence[str]
    calendar_id: str

    def attendees(self, entry: Entry) -> list[Resource]:
        """The guests of an event as Google lists them, himself first."""
        me = next((address for address in self.addresses if address in entry.guests), None)
        others = [guest for guest in entry.guests if guest not in self.addresses]
        known = [(self.calendar_id, entry.guests[me])] if me else []
        known += [(guest, entry.guests[guest]) for guest in others[:_MOST_GUESTS]]
        return [{"email": address, "responseStatus": answer} for address, answer in known]


def resources_of(entries: Iterable[Entry], owner: Owner, troubles: list[Trouble]) -> Iterator[Resource]:
    """What Google makes of the events of one file: events, masters and exceptions, each with its id.

    Args:
        entries: read, in the order of the file.
        owner: whose calendar it is.
        troubles: takes what cannot be kept as it is.
    """
    by_uid: dict[str, list[Entry]] = {}
    for entry in entries:
        by_uid.setdefault(entry.uid, []).append(entry)
    for uid, group in by_uid.items():
        masters = _newest([entry for entry in group if entry.replaces is None], troubles)
        changes: dict[str, list[Entry]] = {}
        for entry in group:
            if entry.replaces is not None:
                changes.setdefault(suffix(entry.replaces), []).append(entry)
        exceptions = [one for same in changes.values() for one in _newest(same, troubles)]
        yield from _series(uid, masters, exceptions, owner, troubles)


def _newest(same: list[Entry], troubles: list[Trouble]) -> list[Entry]:
    """The newest of several entries that claim to be the same; all of them if nothing tells them apart."""
    if len(same) < 2:
        return same
    rank = max(entry.rank for entry in same)
    newest = list({_when(entry): entry for entry in same if entry.rank == rank}.values())
    if len(newest) > 1:
        troubles += [
            Trouble(one.title, day_of(one.start), "several events have its UID: all are kept") for one in newest
        ]
    return newest


def _when(entry: Entry) -> tuple[object, ...]:
    return (entry.start, entry.end, entry.rules, entry.is_cancelled)


def _series(
    uid: str, masters: list[Entry], exceptions: list[Entry], owner: Owner, troubles: list[Trouble]
) -> Iterator[Resource]:
    for number, master in enumerate(masters):
        mine = exceptions if number == len(masters) - 1 else []
        if master.is_cancelled or not master.repeats:
            # It has no instances: what replaces it stands alone, and so does what is left without it.
            alone = [one for one in mine if master.is_cancelled or original_of(master, one.replaces) == master.start]
            if not alone:
                yield from _single(f"{uid} {number}", master, owner)
            for one in mine:
                yield from _single(f"{uid} {number} {suffix(one.replaces or one.start)}", one, owner)
        else:
            yield from _repeated(f"{uid} {number}", master, mine, owner, troubles)
    if not masters:
        for one in exceptions:
            if one.and_following:
                troubles.append(_trouble(one, "it changes a series that is not in the file, from this day on"))
            yield from _single(f"{uid} {suffix(one.replaces or one.start)}", one, owner)


def _single(name: str, entry: Entry, owner: Owner) -> Iterator[Resource]:
    if not entry.is_cancelled and day_of(entry.start).year < LAST_YEAR:
        yield _resource(name, entry, owner)


def _repeated(
    name: str, master: Entry, exceptions: list[Entry], owner: Owner, troubles: list[Trouble]
) -> Iterator[Resource]:
    """A series, in several parts where it was changed for this and all following."""
    for _ in range(_MOST_CHANGES):
        place = partial(_place, master)
        change = min((one for one in exceptions if one.and_following), key=place, default=None)
        if change is None:
            break
        others = [one for one in exceptions if one is not change]
        later = [one for one in others if place(one) > place(change)]
        try:
            first, second = split(master, change)
            moved = [shifted(master, change, one) for one in later]
        except CannotSplit:
            exceptions = [*others, _alone(change, troubles)]
            continue
        yield from _series_of(name, first, [one for one in others if place(one) <= place(change)], owner)
        if change.is_cancelled:
            return
        name, master, exceptions = f"{name} {place(change)}", second, moved
    left = [_alone(one, troubles) if one.and_following else one for one in exceptions]
    yield from _series_of(name, master, left, owner)


def _alone(change: Entry, troubles: list[Trouble]) -> Entry:
    """A change of this and all following as one of this alone."""
    troubles.append(_trouble(change, "it changes all that follow in a way that has no rule: they are as before"))
    return replace(change, and_following=False)


def _place(master: Entry, exception: Entry) -> str:
    return suffix(original_of(master, exception.replaces))


def _series_of(name: str, master: Entry, exceptions: list[Entry], owner: Owner) -> Iterator[Resource]:
    if day_of(master.start).year >= LAST_YEAR:
        return
    whole = _resource(name, master, owner)
    lines = [*(f"RRULE:{rule}" for rule in master.rules), *master.lines]
    lines += dates_line("RDATE", [original_of(master, start) for start, _ in master.added])
    longer = [_period(master, start, end) for start, end in master.added if end is not None]
    replaced = {suffix(original_of(master, one.replaces)) for one in exceptions}
    exceptions = [*exceptions, *(one for one in longer if suffix(one.replaces or one.start) not in replaced)]
    removed = list(master.removed)
    if not _are_known(lines):
        removed += [one.replaces for one in exceptions if one.is_cancelled and one.replaces is not None]
        exceptions = [one for one in exceptions if not one.is_cancelled]
    lines += dates_line("EXDATE", [_excluded(master, when) for when in removed])
    yield whole | {"recurrence": lines}
    for one in exceptions:
        yield _exception(whole, master, one, owner)


def _are_known(lines: list[str]) -> bool:
    """Whether Google can say which instances there are, and so tell that one of them is cancelled."""
    try:
        check_recurrence(lines)
    except ApiError:
        return False
    return not any(may_pass_over(line) for line in lines if line.startswith("RRULE"))


def _excluded(master: Entry, when: When) -> When:
    return Day(day_of(when)) if isinstance(master.start, Day) else when


def _period(master: Entry, start: When, end: When) -> Entry:
    """One of its times that lasts another while than the others."""
    return replace(master, start=start, end=end, replaces=start, rules=(), lines=(), added=(), removed=())


def _exception(whole: Resource, master: Entry, change: Entry, owner: Owner) -> Resource:
    original = original_of(master, change.replaces)
    made = _resource("", change, owner) | {
        "id": f"{whole['id']}_{suffix(original)}",
        "iCalUID": whole["iCalUID"],
        "recurringEventId": whole["id"],
        "originalStartTime": point(original),
    }
    return made | ({"status": "cancelled"} if change.is_cancelled else {})


def _resource(name: str, entry: Entry, owner: Owner) -> Resource:
    return entry.body | {
        "id": hashlib.sha256(name.encode()).hexdigest()[:32],
        "iCalUID": entry.uid,
        "start": point(entry.start),
        "end": point(entry.end),
        "organizer": None if entry.organizer in owner.addresses else entry.organizer,
        "attendees": owner.attendees(entry),
    }


def _trouble(entry: Entry, why: str) -> Trouble:
    return Trouble(entry.title, day_of(entry.start), why)
