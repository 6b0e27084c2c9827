"""A host's word on people in his calendar who are no contacts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.calendars import Calendar, EventStyle, linked_among
from bot.domain.contact_occasions import NewcomerOccasion
from bot.domain.contacts import NewContact
from bot.domain.errors import DaybookError, NotAllowed, NotFound
from bot.domain.invitee_questions import InviteeAnswer, InviteeBatch, InviteeQuestion
from bot.domain.occasions import BookedIn
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.taken_news import fires_for
from bot.ports import Clock, NewId, Store, UnitOfWork
from bot.usecases.add_contact import known_contact
from bot.usecases.name_meetings import with_meetings


class NothingToDecide(DaybookError):
    """The calendar in which they were met is one-way now; who waits is asked about again under *ask me*."""

    def __init__(self, calendar: Calendar) -> None:
        super().__init__(f"{calendar.name} is one-way now, so there is nothing to decide.")
        self.calendar = calendar


def closed_by(work: UnitOfWork, actor: Actor) -> Calendar | None:
    """The actor's linked calendar, if nobody's word is wanted about who is in it."""
    linked = linked_among(work.calendars.of(actor))
    return linked if linked is not None and linked.option.event_style is EventStyle.BLOCKED else None


class AnswerInvitee:
    """Adds, links, ignores, or leaves out a whole domain; whoever is decided is never asked about again."""

    def __init__(self, store: Store, clock: Clock, new_id: NewId) -> None:
        self._store = store
        self._clock = clock
        self._new_id = new_id

    def __call__(
        self, actor: Actor, question_id: UUID, answer: InviteeAnswer, *, contact_id: UUID | None = None
    ) -> InviteeBatch:
        """The batch as it stands then; an answer that was given before stays.

        Args:
            actor: the host who was asked.
            question_id: about whom.
            answer: what he says.
            contact_id: to whom the address belongs, where it is linked.

        Raises:
            NotFound: he was not asked that, or the contact is not there any more.
            NothingToDecide: his calendar is one-way.
            NotAllowed: anybody gets an address at that domain.
        """
        require_full_member(actor)
        with self._store.reading() as work:
            question = work.invitees.question(actor, question_id)
            _require_two_way(work, actor)
        if question.batch is None:
            raise NotFound
        if question.answer is None:
            self._say(actor, [question], answer, contact_id)
        return self.batch(actor, question.batch)

    def all(self, actor: Actor, number: int, question_ids: Sequence[UUID], answer: InviteeAnswer) -> InviteeBatch:
        """The same word, to add or to ignore, on those of a batch that are open; raises `NotFound`."""
        require_full_member(actor)
        if answer not in (InviteeAnswer.ADDED, InviteeAnswer.IGNORED):
            raise NotFound
        chosen = [one for one in self.batch(actor, number).open if one.id in question_ids]
        if chosen:
            self._say(actor, chosen, answer, None)
        return self.batch(actor, number)

    def batch(self, actor: Actor, number: int) -> InviteeBatch:
        """A batch as it stands; raises `NotFound`, and `NothingToDecide`."""
        require_full_member(actor)
        with self._store.reading() as work:
            batch = work.invitees.batch(actor, number)
            _require_two_way(work, actor)
            return with_meetings(work, batch, self._clock.now())

    def waiting(self, actor: Actor) -> InviteeBatch:
        """The first batch that waits for the actor's word; raises `NotFound` where none does."""
        require_full_member(actor)
        with self._store.reading() as work:
            batch = work.invitees.waiting(actor)
            _require_two_way(work, actor)
            if batch is None:
                raise NotFound("There is nobody left to decide about.")
            return with_meetings(work, batch, self._clock.now())

    def _say(
        self, actor: Actor, questions: Sequence[InviteeQuestion], answer: InviteeAnswer, contact_id: UUID | None
    ) -> None:
        now = self._clock.now()
        with self._store.writing() as work:
            # For all of them before any contact is locked: those who decide about events have it the same way round.
            work.taken.mark_invited(actor.workspace_id, [question.email for question in questions])
            for question in questions:
                self._decide(work, actor, question, answer, contact_id, now)
            work.commit()

    def _decide(
        self,
        work: UnitOfWork,
        actor: Actor,
        question: InviteeQuestion,
        answer: InviteeAnswer,
        contact_id: UUID | None,
        now: datetime,
    ) -> None:
        match answer:
            case InviteeAnswer.ADDED:
                self._add(work, actor, question, now)
            case InviteeAnswer.LINKED if contact_id is not None:
                _link(work, actor, question, contact_id)
            case InviteeAnswer.IGNORED:
                work.invitees.settle(actor.workspace_id, [question.email], answer, host_id=actor.member_id)
            case InviteeAnswer.NEVER:
                _bar(work, actor, question, now)
            case _:
                raise NotFound

    def _add(self, work: UnitOfWork, actor: Actor, question: InviteeQuestion, now: datetime) -> None:
        linked = linked_among(work.calendars.of(actor))
        arrival = NewcomerOccasion(
            self._new_id(),
            now,
            BookedIn.GOOGLE,
            calendar_id=linked.id if linked is not None else None,
            fires=linked is not None and fires_for(linked, question.met_at),
        )
        contact = known_contact(work, actor, NewContact(question.email, question.name), arrival)
        # Where somebody else was quicker nothing was made, and this is still open.
        work.invitees.settle(actor.workspace_id, [question.email], InviteeAnswer.ADDED, told=contact.name)


def _require_two_way(work: UnitOfWork, actor: Actor) -> None:
    calendar = closed_by(work, actor)
    if calendar is not None:
        raise NothingToDecide(calendar)


def _link(work: UnitOfWork, actor: Actor, question: InviteeQuestion, contact_id: UUID) -> None:
    contact = work.contacts.held(actor, contact_id)
    work.contacts.add_address(actor, contact.id, question.email)
    work.invitees.settle(actor.workspace_id, [question.email], InviteeAnswer.LINKED, told=contact.name)


def _bar(work: UnitOfWork, actor: Actor, question: InviteeQuestion, now: datetime) -> None:
    if not question.may_bar_domain:
        raise NotAllowed(f"Anybody gets an address at {question.domain}, so answer for each person alone.")
    emails = {question.email, *work.invitees.open_at(actor.workspace_id, [question.domain])}
    work.taken.mark_invited(actor.workspace_id, emails)
    work.invitees.block(actor, f"@{question.domain}", now)
    work.invitees.settle(actor.workspace_id, emails, InviteeAnswer.NEVER)
