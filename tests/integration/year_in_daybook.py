"""What a team does in Daybook."""

from bot.domain.appointments import AppointmentStatus, QuestionKind, Venue, Where
from bot.domain.booking import Answer, BookingRequest
from bot.domain.calendars import ONE_WAY, TWO_WAY, ContactPolicy, EventStyle, SyncOption
from bot.domain.contacts import NewContact
from bot.domain.invitee_questions import InviteeAnswer
from bot.domain.slots_request import SlotsRequest
from bot.domain.wall_time import epoch
from bot.usecases.move_appointment import MoveRequest
from tests.integration.year_house import Mate
from tests.integration.year_scene import Scene

_OPTIONS = (
    ONE_WAY,
    TWO_WAY,
    TWO_WAY,
    SyncOption(EventStyle.COLOURED, ContactPolicy.ASK, fire_triggers=True),
    SyncOption(EventStyle.COLOURED, ContactPolicy.KNOWN_ONLY, fire_triggers=False),
)
_DAYS = ("tomorrow", "this week", "next week")
_VENUES = (Venue(Where.ZOOM), Venue(Where.MEET), Venue(Where.PLACE, "Cafe on the corner"))


class InDaybook(Scene):
    """Deeds by forms, cards and settings; each may be refused."""

    def books(self, mate: Mate) -> None:
        hosts = self.dice.sample(self.house.mates, self.dice.choice((1, 1, 1, 2)))
        users = tuple(host.actor.slack_user_id for host in hosts)
        found = self.house.cases.find_slots(mate.actor, SlotsRequest(users, minutes=30, when=self.dice.choice(_DAYS)))
        if not found.slots:
            return
        request = BookingRequest(
            hosts=users,
            contact=NewContact(f"{(name := self._guest())}@client{name[-1]}.test", name.title()),
            start=self.dice.choice(found.slots).start,
            minutes=30,
            venue=self.dice.choice(_VENUES),
            holds=self.dice.random() < 0.2,
        )
        booked = self.house.cases.booking.book(mate.actor, request, origin=f"form-{self._number()}")
        self.booked.append((mate, booked.appointment))

    def moves(self, mate: Mate) -> None:
        one = self._live()
        if one is None:
            return
        who, appointment = one
        users = tuple(m.actor.slack_user_id for m in self.house.mates if m.actor.member_id in appointment.hosts)
        found = self.house.cases.find_slots(who.actor, SlotsRequest(users, minutes=30, when="next week"))
        if found.slots:
            start = self.dice.choice(found.slots).start
            self.house.cases.booking.move(who.actor, MoveRequest(appointment.id, appointment.version, start))

    def cancels(self, mate: Mate) -> None:
        if one := self._live():
            self.house.cases.booking.card.cancel(one[0].actor, one[1].id, version=one[1].version)

    def settles(self, mate: Mate) -> None:
        """Those that are over by now are told how they went; holds are confirmed."""
        now = epoch(self.house.now)
        for who, appointment in self._known():
            if appointment.status is AppointmentStatus.HELD:
                self.house.cases.booking.card.confirm(who.actor, appointment.id, version=appointment.version)
                return
            if appointment.status is AppointmentStatus.CONFIRMED and appointment.span.end < now:
                self.house.cases.booking.card.settle(
                    who.actor, appointment.id, version=appointment.version, showed=self.dice.random() < 0.8
                )

    def answers_questions(self, mate: Mate) -> None:
        for _, appointment in self._known():
            question = appointment.question
            if question is None or not appointment.is_live or mate.actor.member_id not in appointment.hosts:
                continue
            told = (
                (Answer.PUT_BACK, Answer.CANCEL)
                if question.kind is QuestionKind.DELETED
                else (Answer.KEEP, Answer.KEEP)
            )
            self.house.cases.booking.card.answer(
                mate.actor, appointment.id, self.dice.choice(told), version=appointment.version
            )

    def answers_invitees(self, mate: Mate) -> None:
        with self.house.store.reading() as work:
            batch = work.invitees.waiting(mate.actor)
        for question in batch.open if batch is not None else ():
            answer = self.dice.choice((InviteeAnswer.ADDED, InviteeAnswer.IGNORED))
            self.house.cases.contacts.answer_invitee(mate.actor, question.id, answer)

    def answers_fuse(self, mate: Mate) -> None:
        calendar = self.house.calendar(mate)
        if calendar.fuse is not None and not calendar.fuse.is_approved:
            self.house.cases.answer_fuse(mate.actor, calendar.id, calendar.fuse.number, removes=True)

    def switches(self, mate: Mate) -> None:
        option = self.dice.choice(_OPTIONS)
        told = self.house.cases.option.preview(mate.actor, option)
        self.house.cases.option.switch(mate.actor, option, agreed=told.fingerprint)

    def undoes(self, mate: Mate) -> None:
        with self.house.store.reading() as work:
            standing = work.change_sets.standing(mate.actor)
        if standing:
            self.house.cases.option.undo(mate.actor, standing[0].id)
