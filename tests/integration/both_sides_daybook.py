"""What people do in Daybook, step by step, and what runs there by the clock."""

from contextlib import suppress
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.domain.calendars import SyncOption
from bot.domain.contact_edits import ContactEdit
from bot.domain.contacts import NewContact
from bot.domain.errors import DaybookError
from bot.domain.invitee_questions import InviteeAnswer
from bot.usecases.answer_invitee import AnswerInvitee
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.delete_contact import DeleteContact
from bot.usecases.edit_contact import EditContact
from bot.usecases.leave_out import AllowAgain
from bot.usecases.merge_contacts import MergeContacts
from bot.usecases.move_appointment import MoveAppointment, MoveRequest
from bot.usecases.undo_change import UndoChange
from tests.builders import second
from tests.integration.both_sides_history import DAYS, HOURS, OPTIONS, OUTSIDE, PAT, PICK, WHO, Happening


class InDaybook(Happening):
    """Ana and Ben in Slack, and the jobs."""

    @rule(who=WHO, both=st.booleans(), day=DAYS, hour=HOURS, email=st.sampled_from(("", *OUTSIDE)))
    def books(self, who: int, both: bool, day: int, hour: int, email: str) -> None:
        actor, hosts = self._actor(who), (self.town.ana, self.town.ben) if both else (self._actor(who),)
        contact = NewContact(email, email) if email else None
        with suppress(DaybookError):
            self.booked.append(self.town.book(actor, hosts, contact, _start(day, hour)))
            self.quiet.met_by_hand(email)

    @precondition(lambda self: self.booked)
    @rule(pick=PICK, day=DAYS, hour=HOURS)
    def moves_an_appointment(self, pick: int, day: int, hour: int) -> None:
        one = self._appointment(pick)
        move = MoveAppointment(self.town.store, self.town.clock, self.town.read_live, lambda: None)
        with suppress(DaybookError):
            move(self._host(one), MoveRequest(one.id, one.version, _start(day, hour), anyway=frozenset()))

    @precondition(lambda self: self.booked)
    @rule(pick=PICK)
    def cancels_an_appointment(self, pick: int) -> None:
        one = self._appointment(pick)
        cancel = CancelAppointment(self.town.store, self.town.clock, lambda: None)
        with suppress(DaybookError):
            cancel(self._host(one), one.id, version=one.version)

    @precondition(lambda self: self.booked)
    @rule(pick=PICK)
    def undoes_a_change(self, pick: int) -> None:
        one = self._appointment(pick)
        undo = UndoChange(self.town.store, self.town.clock, lambda: None)
        with suppress(DaybookError):
            undo(self._host(one), one.id, version=one.version)

    @precondition(lambda self: self.booked)
    @rule(pick=PICK, agrees=st.booleans())
    def answers_a_question(self, pick: int, agrees: bool) -> None:
        self.quiet.answer(self._appointment(pick), agrees=agrees)

    @precondition(lambda self: self.quiet.truth.contacts())
    @rule(pick=PICK, name=st.sampled_from(("Maya O.", "Boss")), tag=st.sampled_from(("", "vip")))
    def edits_a_contact(self, pick: int, name: str, tag: str) -> None:
        contacts = self.quiet.truth.contacts()
        one = contacts[pick % len(contacts)]
        edit = ContactEdit(name, one.phone, one.zone, (tag,) if tag else (), one.note)
        EditContact(self.town.store)(self.town.ana, one.id, edit, version=one.version)
        self.quiet.touched(one.id)

    @precondition(lambda self: len(self.quiet.truth.contacts()) > 1)
    @rule(pick=PICK)
    def merges_contacts(self, pick: int) -> None:
        contacts = self.quiet.truth.contacts()
        kept, gone = contacts[pick % len(contacts)], contacts[(pick + 1) % len(contacts)]
        MergeContacts(self.town.store)(self.town.ana, (kept.id, kept.version), (gone.id, gone.version))
        self.quiet.merged(kept.id, gone.id)

    @precondition(lambda self: self.quiet.truth.contacts())
    @rule(pick=PICK, never_again=st.booleans())
    def deletes_a_contact(self, pick: int, never_again: bool) -> None:
        contacts = self.quiet.truth.contacts()
        one = contacts[pick % len(contacts)]
        delete = DeleteContact(self.town.store, self.town.clock)
        with suppress(DaybookError):
            delete(self.town.ana, one.id, version=one.version, never_again=never_again)
            self.quiet.deleted(one.id)

    @rule(who=WHO, pick=PICK, day=DAYS, hour=HOURS, cancels=st.booleans())
    def changes_an_event_from_slack(self, who: int, pick: int, day: int, hour: int, cancels: bool) -> None:
        before = self.people.versions()
        with suppress(DaybookError):
            self.town.change_event(
                self._actor(who), pick, None if cancels else (date(2026, 12, 14 + day), f"{hour}:00")
            )
        self.people.mirror(before)

    @rule(email=st.sampled_from(OUTSIDE), is_domain=st.booleans())
    def bars(self, email: str, is_domain: bool) -> None:
        pattern = "@" + email.partition("@")[2] if is_domain and email != PAT else email
        with self.town.store.writing() as work:
            # As a host does it who says that nobody of a domain is to become a contact.
            work.taken.mark_invited(self.town.ana.workspace_id, [one for one in OUTSIDE if one.endswith(pattern)])
            work.invitees.block(self.town.ana, pattern, self.town.now)
            work.commit()

    @rule(email=st.sampled_from(OUTSIDE))
    def allows_again(self, email: str) -> None:
        for pattern in (email, "@" + email.partition("@")[2]):
            AllowAgain(self.town.store)(self.town.ana, pattern)

    @rule(who=WHO, answer=st.sampled_from((InviteeAnswer.ADDED, InviteeAnswer.IGNORED, InviteeAnswer.NEVER)))
    def answers_about_an_invitee(self, who: int, answer: InviteeAnswer) -> None:
        actor = self._actor(who)
        say = AnswerInvitee(self.town.store, self.town.clock, self.town.new_id)
        with suppress(DaybookError):
            [question, *_] = say.waiting(actor).open
            say(actor, question.id, answer)
            if answer is InviteeAnswer.ADDED:
                self.quiet.met_by_hand(question.email)

    @rule(who=WHO, option=st.sampled_from(OPTIONS))
    def switches(self, who: int, option: SyncOption) -> None:
        actor = self._actor(who)
        with suppress(DaybookError):
            told = self.town.preview(actor, option)
            self.town.switch(actor, option, agreed=told.fingerprint)
        self.town.clock.pass_by(timedelta(seconds=1))

    @rule(who=WHO)
    def undoes_a_switch(self, who: int) -> None:
        actor = self._actor(who)
        with self.town.store.reading() as work:
            standing = work.change_sets.standing(actor)
        if standing:
            with suppress(DaybookError), self.quiet.undoing(actor, standing[0]):
                self.town.undo_switch(actor, standing[0].id)
        self.town.clock.pass_by(timedelta(seconds=1))

    # --- By the clock

    @rule(twice=st.booleans())
    def reads(self, twice: bool) -> None:
        for _ in range(1 + twice):
            self.town.read()

    @rule(who=WHO)
    def is_pushed(self, who: int) -> None:
        self.town.read(self.town.linked(self._actor(who)).id)

    @rule()
    def decides(self) -> None:
        self.town.wait()

    @rule()
    def delivers(self) -> None:
        self.town.deliver()

    @rule()
    def fires(self) -> None:
        self.town.fire()

    @rule()
    def all_jobs_run(self) -> None:
        self.town.everything()

    @rule(minutes=st.sampled_from((1, 5, 11, 60)))
    def time_passes(self, minutes: int) -> None:
        self.town.clock.pass_by(timedelta(minutes=minutes))

    @rule()
    def all_becomes_quiet(self) -> None:
        self.quiet.come()


def _start(day: int, hour: int) -> int:
    return second(f"2026-12-{14 + day} {hour}:00")
