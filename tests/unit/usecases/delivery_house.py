"""Acme in memory, with Google, Zoom and Slack behind it: what is booked there is delivered tick by tick."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.accounts import AccountStatus, Credential, Provider
from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, Venue, Where
from bot.domain.booking import BookingRequest
from bot.domain.calendars import AccessRole, RemoteCalendar
from bot.domain.choice_effects import ChoiceNeedsAWord
from bot.domain.effects import EffectKind
from bot.domain.intervals import Interval
from bot.domain.people import Member
from bot.usecases.announce_broken_accounts import AnnounceBrokenAccounts
from bot.usecases.change_appointment import CancelAppointment
from bot.usecases.choose_calendars import ChooseCalendars, OfferCalendars
from bot.usecases.confirm_account import ConfirmAccount
from bot.usecases.deliver_card import DeliverCard
from bot.usecases.deliver_effects import DeliverEffects
from bot.usecases.deliver_event import DeliverEvent
from bot.usecases.deliver_meeting import DeliverMeeting
from bot.usecases.deliver_messages import DeliverMessages
from bot.usecases.record_change import record_change
from tests.builders import BERLIN, span
from tests.fakes.calendar_gateway import ScriptedGateway
from tests.fakes.cards import FakeCards
from tests.fakes.event_copies import FakeCopies, Mailed
from tests.fakes.meetings import FakeMeetings
from tests.fakes.notifier import RecordingNotifier
from tests.fakes.work_queue import HandQueue
from tests.unit.rendering.answers import actor, ana, ben
from tests.unit.rendering.connections import WORK
from tests.unit.usecases.booking_house import BookingHouse, a_request

ZOOM = Venue(Where.ZOOM)
MEET = Venue(Where.MEET)
PLACE = Venue(Where.PLACE, "Torstr. 1, Berlin")
TITLE = "Maya Ortiz and Ana"
INVITED = Mailed("invitation", "maya@ortiz.test")
SECOND = timedelta(seconds=1)


class DeliveryHouse(BookingHouse):
    """Acme, whose host Ana has Zoom as well; no transaction may be open while somebody is asked over the network."""

    def __init__(self) -> None:
        super().__init__()
        self.zoom = self.connect_zoom(ana)
        self.copies, self.meetings = FakeCopies(), FakeMeetings()
        # In Slack they are posted alike; apart, a test need not sort them.
        self.cards, self.messages = FakeCards(), FakeCards()
        for provider in (self.copies, self.meetings, self.cards, self.messages):
            provider.before = self.nobody_waits
        self.queue, self.notifier = HandQueue(), RecordingNotifier()
        self.announce = AnnounceBrokenAccounts(self.store, self.notifier, self.clock)
        self.deliver = DeliverEffects(
            self.store,
            {
                EffectKind.MEETING: DeliverMeeting(self.store, self.meetings, self.clock),
                EffectKind.EVENT: DeliverEvent(self.store, self.copies, self.clock),
                EffectKind.CARD: DeliverCard(self.store, self.cards, self.clock),
                EffectKind.MESSAGES: DeliverMessages(self.store, self.messages, self.clock),
            },
            self.announce,
            self.queue,
            self.clock,
            jitter=lambda: 0.0,
            limit=50,
        )

    @property
    def calendar(self) -> str:
        """Ana's linked calendar, as Google knows it."""
        return self.calendars[ana.id].remote_id

    def nobody_waits(self, _name: str) -> None:
        """What every provider is told before each request."""
        assert not self.store.is_open, "a transaction is open across a network call"

    def booked(self, request: BookingRequest | None = None) -> Appointment:
        """Booked on Ana by Ben, half an hour with Maya over Zoom unless told otherwise; nothing is delivered yet."""
        return self.book(request or a_request("15:00", ana, venue=ZOOM), by=ben).appointment

    def delivered(self, request: BookingRequest | None = None) -> Appointment:
        """The same, with everything delivered."""
        appointment = self.booked(request)
        self.pass_by(15)
        return appointment

    def tick(self) -> None:
        """Deliver whatever is due at this moment, and what becomes due by that."""
        while self.deliver():
            self.queue.run_all()

    def pass_by(self, seconds: int) -> None:
        """Let time pass second by second, everything being delivered as it falls due."""
        self.tick()
        for _ in range(seconds):
            self.clock.time += SECOND
            self.tick()

    def now_of(self, appointment: Appointment) -> Appointment:
        """As it is stored now."""
        with self.store.reading() as work:
            current = work.appointments.known(appointment.id)
        assert current is not None
        return current

    def deeds(self, appointment: Appointment) -> list[Deed]:
        """What its history says."""
        return [entry.deed for entry in self.log(appointment)]

    def move(self, appointment: Appointment, times: str) -> Appointment:
        """Somebody moves it in Daybook."""
        moved = self.now_of(appointment).moved(span(times), self.clock.now())
        self._record(moved, Deed.MOVED)
        return moved

    def cancel(self, appointment: Appointment, *, by: Member = ana) -> None:
        """Somebody cancels it in Daybook."""
        use_case = CancelAppointment(self.store, self.clock, self.deliver_soon)
        use_case(actor(by), appointment.id, version=self.now_of(appointment).version)

    def notice(self, appointment: Appointment) -> None:
        """A sync saw that the copy in Google is not as it was."""
        link = self.links(appointment)[EffectKind.EVENT]
        with self.store.writing() as work:
            calendar = next(one for one in self.calendars.values() if one.id == link.calendar_id)
            work.calendars.request_sync(actor(ana), self.clock.now())
            [claim] = work.calendars.claim_these([calendar.id], self.clock.now(), lease=timedelta(minutes=5))
            assert work.effects.notice(claim, [link.remote_id], self.clock.now()) == 1
            work.calendars.keep(claim, self.clock.now())
            work.commit()

    def leave(self, provider: Provider) -> None:
        """Ana disconnects it."""
        with self.store.writing() as work:
            for account in work.accounts.of(actor(ana)):
                if account.provider is provider:
                    work.accounts.erase(account.id)
            work.commit()

    def come_back(self, provider: Provider, address: str = WORK.address) -> None:
        """Ana connects it anew, and confirms."""
        account = replace(
            WORK,
            id=self.new_id(),
            provider=provider,
            address=address,
            status=AccountStatus.PENDING,
            created_at=self.clock.now(),
        )
        with self.store.writing() as work:
            work.accounts.add(account, Credential("access", "refresh", self.clock.now(), frozenset()))
            work.commit()
        ConfirmAccount(self.store, self.clock)(actor(ana), account.id)

    def choose_only(self, remote_id: str) -> None:
        """Ana chooses this calendar of the account for her appointments, and no other."""
        listed = RemoteCalendar(remote_id, "Work", BERLIN, AccessRole.OWNER, is_primary=True, is_suggested=True)
        offer = OfferCalendars(self.store, ScriptedGateway(remote_calendars=[listed]), self.clock)
        choose = ChooseCalendars(self.store, offer, self.clock, self.new_id)
        mark = next(one.mark for one in offer(actor(ana)).calendars if one.calendar.remote_id == remote_id)
        try:
            choose(actor(ana), mark, ())
        except ChoiceNeedsAWord as asked:
            choose(actor(ana), mark, (), agreed=asked.effects.fingerprint)

    def event_id(self, appointment: Appointment) -> str:
        """The id of its copy in Google."""
        return self.links(appointment)[EffectKind.EVENT].remote_id

    def in_google(self) -> list[tuple[Interval | None, str, str]]:
        """When the events that are there are, what they are called, and where people meet."""
        return [(one.span, one.title, one.place) for one in self.copies.living().values()]

    def in_zoom(self) -> list[tuple[int | None, str]]:
        """When the meetings that are there start, and what they are called."""
        return [(one.start, one.topic) for one in self.meetings.told()]

    def _record(self, changed: Appointment, deed: Deed) -> None:
        with self.store.writing() as work:
            work.appointments.lock_hosts(changed.hosts)
            record_change(work, changed, LogEntry(self.clock.now(), deed, ana.id), self.clock.now())
            work.commit()


def at_a_place(*, invites: bool = True) -> DeliveryHouse:
    """One appointment at a place, delivered."""
    house = DeliveryHouse()
    house.delivered(a_request("15:00", ana, venue=PLACE, invites=invites))
    return house
