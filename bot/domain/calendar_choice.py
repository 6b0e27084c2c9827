"""Which calendars a member can choose in which role, what is preset, and what a choice may not be."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.domain.accounts import Access, Account
from bot.domain.calendars import ONE_WAY, AccessRole, Calendar, RemoteCalendar, Role, SyncOption, linked_among
from bot.domain.errors import DaybookError

NOTHING_CHOSEN = "Choose at least one calendar, or nobody can say when you are free."


class ChoiceField(StrEnum):
    """The parts of the form that a choice is made on."""

    LINKED = "linked"
    CONFLICTS = "conflicts"
    OPTION = "option"
    COPIES = "copies"


class ChoiceRefused(DaybookError):
    """A choice of calendars that cannot be; `field` says where on the form."""

    def __init__(self, field: ChoiceField, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Choosable:
    """A calendar on offer; `unwritable` says why appointments cannot go there, and is empty where they can."""

    account: Account
    calendar: RemoteCalendar
    unwritable: str

    @property
    def mark(self) -> str:
        """What a form calls it: short whatever Google calls it, and the same every time."""
        return hashlib.sha256(f"{self.account.id}:{self.calendar.remote_id}".encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class CalendarOffer:
    """Everything a member can choose from, with the marks of what is chosen or preset now.

    `unreachable` are accounts whose calendars could not be listed; what is in use of them is on offer as it was.
    `option` is that of the linked calendar.
    """

    calendars: tuple[Choosable, ...]
    linked: str | None
    conflicts: frozenset[str]
    unreachable: tuple[Account, ...] = ()
    option: SyncOption = ONE_WAY


@dataclass(frozen=True, slots=True)
class Choice:
    """The calendars chosen in their roles."""

    linked: Choosable | None
    conflicts: tuple[Choosable, ...]


def offer(
    listed: Mapping[UUID, Sequence[RemoteCalendar]], accounts: Sequence[Account], current: Sequence[Calendar]
) -> CalendarOffer:
    """What to offer. Where nothing is chosen yet, everything is preset: the first primary calendar is linked.

    `listed` holds the calendars of each account that answered. A calendar that two accounts can see is offered once,
    through the account that may do most with it, so that its events are not read twice.
    """
    unreachable = tuple(account for account in accounts if account.id not in listed)
    known = {**listed, **{account.id: _in_use(account, current) for account in unreachable}}
    choosable = _one_each([_choosable(account, one) for account in accounts for one in known[account.id]])
    if current:
        role = {(one.account_id, one.remote_id): one.role for one in current}
        roles = {one.mark: role.get((one.account.id, one.calendar.remote_id), Role.UNUSED) for one in choosable}
        linked = next((mark for mark, role in roles.items() if role is Role.LINKED), None)
        # The linked one too: where another takes its place, it goes on blocking unless its owner unticks it.
        conflicts = frozenset(mark for mark, role in roles.items() if role in (Role.CONFLICT, Role.LINKED))
    else:
        linked = next((one.mark for one in choosable if one.calendar.is_primary and not one.unwritable), None)
        conflicts = frozenset(one.mark for one in choosable if one.calendar.is_suggested and one.mark != linked)
    before = linked_among(current)
    return CalendarOffer(choosable, linked, conflicts, unreachable, before.option if before else ONE_WAY)


def choose(current: CalendarOffer, linked: str | None, conflicts: Collection[str]) -> Choice:
    """The calendars behind the marks; a linked one counts as a conflict calendar anyway and is in one role alone.

    Raises `ChoiceRefused` for an unknown calendar, a linked one that cannot be written to, or no calendar at all.
    """
    known = {one.mark: one for one in current.calendars}
    if linked is not None and linked not in known:
        raise ChoiceRefused(ChoiceField.LINKED, "This calendar is not there any more. Choose another one.")
    if linked is not None and known[linked].unwritable:
        raise ChoiceRefused(
            ChoiceField.LINKED, f"Appointments cannot go here: {known[linked].unwritable}. Choose another one."
        )
    if not known.keys() >= set(conflicts):
        raise ChoiceRefused(ChoiceField.CONFLICTS, "One of these calendars is not there any more. Choose again.")
    if linked is None and not conflicts:
        raise ChoiceRefused(ChoiceField.CONFLICTS, NOTHING_CHOSEN)
    others = tuple(one for mark, one in known.items() if mark in conflicts and mark != linked)
    return Choice(known[linked] if linked is not None else None, others)


def _in_use(account: Account, current: Sequence[Calendar]) -> Sequence[RemoteCalendar]:
    return [
        RemoteCalendar(one.remote_id, one.name, one.zone, one.access_role, is_primary=one.remote_id == account.address)
        for one in current
        if one.account_id == account.id
    ]


def _choosable(account: Account, calendar: RemoteCalendar) -> Choosable:
    if account.access is not Access.FULL:
        reason = f"{account.address} is connected for conflict calendars only"
    elif calendar.is_writable:
        reason = ""
    elif calendar.access_role is AccessRole.WRITER_WITHOUT_PRIVATE_ACCESS:
        reason = "you cannot edit its private events"
    else:
        reason = "you cannot edit it"
    return Choosable(account, calendar, reason)


_MOST_RIGHTS_FIRST = tuple(reversed(AccessRole))


def _one_each(choosable: Sequence[Choosable]) -> tuple[Choosable, ...]:
    """Of each remote calendar the way in with the most rights, in the order first met."""
    best: dict[str, Choosable] = {}
    for one in choosable:
        known = best.get(one.calendar.remote_id)
        if known is None or _rank(one) < _rank(known):
            best[one.calendar.remote_id] = one
    return tuple(best.values())


def _rank(one: Choosable) -> tuple[bool, int]:
    return (bool(one.unwritable), _MOST_RIGHTS_FIRST.index(one.calendar.access_role))
