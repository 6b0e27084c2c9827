"""Asks hosts about people in their calendars who are no contacts: one message for all of them."""

from bot.domain.invitee_questions import InviteeAnswer, InviteeBatch
from bot.domain.people import Standing
from bot.ports import Clock, Notifier, Store
from bot.usecases.name_meetings import with_meetings
from bot.usecases.tell_each_once import LATER, TRIED_FOR, one_by_one, tell_each_once


class AskAboutInvitees:
    """One direct message per host and batch, whoever runs this and however often."""

    def __init__(self, store: Store, notifier: Notifier, clock: Clock) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock

    def __call__(self) -> int:
        """How many hosts were asked.

        Each batch is claimed before it is sent: a process that dies in between leaves one of them to the list of
        contacts, which shows it with the same buttons.
        """
        now = self._clock.now()
        with self._store.reading() as work:
            if not work.invitees.has_unasked(now):
                return 0
        claimed = one_by_one(self._store, lambda work: work.invitees.claim_batch(now))
        return tell_each_once(claimed, self._ask, self._give_back)

    def _ask(self, batch: InviteeBatch) -> None:
        batch = self._still_open(batch)
        with self._store.reading() as work:
            host = work.members.get(batch.workspace_id, batch.host_id)
            batch = with_meetings(work, batch, self._clock.now())
        if batch.open and host.standing is Standing.FULL:
            self._notifier.ask_about_invitees(host, batch)

    def _still_open(self, batch: InviteeBatch) -> InviteeBatch:
        """The batch without those on whom something was decided while it waited."""
        emails = [one.email for one in batch.open]
        with self._store.reading() as work:
            known = work.contacts.by_address(batch.workspace_id, emails)
            barred, ours = work.invitees.blocked(batch.workspace_id), work.invitees.domains(batch.workspace_id)
        decided = {
            InviteeAnswer.ADDED: [email for email in emails if email in known],
            InviteeAnswer.NEVER: [one.email for one in batch.open if {one.email, f"@{one.domain}"} & barred],
            InviteeAnswer.OURS: [one.email for one in batch.open if one.domain in ours],
        }
        if not any(decided.values()):
            return batch
        with self._store.writing() as work:
            for answer, of_these in decided.items():
                work.invitees.settle(batch.workspace_id, of_these, answer, host_id=batch.host_id, batch=batch.number)
            work.commit()
        gone = {email for of_these in decided.values() for email in of_these}
        left = tuple(one for one in batch.questions if one.email not in gone)
        return InviteeBatch(batch.workspace_id, batch.host_id, batch.number, left)

    def _give_back(self, batch: InviteeBatch) -> None:
        now = self._clock.now()
        with self._store.writing() as work:
            work.invitees.release_batch(batch, now + LATER, first_asked=now - TRIED_FOR)
            work.commit()
