"""A member who leaves an account in which Daybook wrote events, with a Google that says what it was asked."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID

from bot.domain.accounts import Account, AccountStatus
from bot.domain.appointments import Appointment
from bot.domain.calendars import Calendar, Role
from bot.domain.connections import Ended, Revocation
from bot.domain.effects import EffectKind, LinkState, RemoteLink
from bot.domain.leaving import CopyState
from bot.domain.people import Actor
from bot.ports import Store
from bot.usecases.confirm_account import ConfirmAccount
from bot.usecases.end_grant import Before
from bot.usecases.finish_leaving import FinishLeaving
from bot.usecases.leave_account import LeaveAccount, LookAtCopies
from bot.usecases.move_copies import move_copies
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.contracts.storage_builders import NOW, a_calendar, a_credential, a_person, chosen, connected, new_id
from tests.fakes.clock import SettableClock
from tests.fakes.event_copies import FakeCopies
from tests.fakes.notifier import RecordingNotifier


@dataclass
class Removing(FakeCopies):
    """The removals that Google was asked for; the next of `answers`, while there are any, is raised instead."""

    asked: list[tuple[str, bool]] = field(default_factory=list)
    answers: list[Exception | None] = field(default_factory=list)

    after_first: Callable[[], object] = lambda: None

    def remove(self, account_id: UUID, remote_id: str, event_id: str, *, mails: bool) -> None:
        answer = self.answers.pop(0) if self.answers else None
        if answer is not None:
            raise answer
        self.asked.append((event_id, mails))
        if len(self.asked) == 1:
            self.after_first()


class Town:
    """Ana with two appointments to come in her linked calendar, one of which invited Maya, and one that is over."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = SettableClock(NOW)
        self.google = Removing()
        self.notifier = RecordingNotifier()
        self.revoked: list[UUID] = []
        self.ana = a_person(store)
        self.account = connected(store, self.ana)
        [self.calendar] = chosen(store, self.ana, a_calendar(self.account, role=Role.LINKED))
        maya = a_contact(store, self.ana)
        self.demo = booked(store, an_appointment(self.ana, contact=maya, invites=True))
        self.review = booked(store, replace(an_appointment(self.ana, "11:00-12:00"), title="Review"))
        past = booked(store, an_appointment(self.ana, "2026-11-17 9:00-10:00"))
        self.links = [copied(store, one, self.calendar) for one in (self.demo, self.review, past)]
        self.look = LookAtCopies(store, self.clock)
        self.leave = LeaveAccount(store, self.clock)
        self.finish = FinishLeaving(store, self.google, self._end, self.notifier, self.clock, new_id)

    def _end(self, account: Account, before: Before) -> Ended:
        with self.store.writing() as work:
            before(work, Revocation.DONE)
            work.accounts.erase(account.id)
            work.commit()
        self.revoked.append(account.id)
        return Ended(account, Revocation.DONE)

    def status(self) -> AccountStatus | None:
        with self.store.reading() as work:
            found = work.accounts.known(self.account.id)
        return found.status if found is not None else None

    def connects_again(self) -> Account:
        """Ana gives the same account's permission anew, and says yes."""
        now = self.clock.now()
        pending = replace(self.account, id=UUID(int=991), status=AccountStatus.PENDING, created_at=now)
        with self.store.writing() as work:
            work.accounts.add(pending, a_credential("fresh"))
            work.commit()
        return ConfirmAccount(self.store, self.clock)(self.ana, pending.id)

    def moves_to(self, calendar: Calendar) -> None:
        """Ana links another calendar, and has what is to come removed from the one before."""
        with self.store.writing() as work:
            before = work.calendars.of(self.ana)
            work.calendars.choose(self.ana, [calendar])
            move_copies(work, self.ana, before, self.clock.now())
            work.commit()

    def writes(self, *appointments: Appointment) -> None:
        """What was planned for them is in Google."""
        for one in appointments:
            with self.store.writing() as work:
                work.remote_links.plan(replace(work.remote_links.of(one.id)[EffectKind.EVENT], state=LinkState.WRITTEN))
                work.commit()

    def left(self) -> list[tuple[str, str, CopyState]]:
        """What is to be removed, and was."""
        with self.store.reading() as work:
            return [(one.container, one.event_id, one.state) for one in work.leavings.left(self.account.id)]

    def link_of(self, appointment: Appointment) -> RemoteLink:
        with self.store.reading() as work:
            return work.remote_links.of(appointment.id)[EffectKind.EVENT]

    def calendars(self, actor: Actor) -> list[Calendar]:
        with self.store.reading() as work:
            return list(work.calendars.of(actor))
