"""Ana's appointment with Maya, and what landed on it; shared by the tests of telling and deciding."""

from dataclasses import replace

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment
from bot.domain.calendars import SyncClaim
from bot.domain.events import EventStatus, RemoteEvent
from bot.domain.landings import BatchShown, LandingBatch
from bot.domain.people import Member
from bot.usecases.answer_landing import AnswerLanding
from bot.usecases.move_appointment import MoveAppointment
from bot.usecases.notice_landings import NoticeLandings
from bot.usecases.record_change import record_change
from bot.usecases.show_landings import ShowLandings
from bot.usecases.show_own_account import ShowOwnAccount
from bot.usecases.tell_landings import TellLandings
from handlers.actions.alerts import AlertCases
from tests.builders import span
from tests.fakes.alert_messages import RecordingAlerts
from tests.unit.rendering.answers import actor, ana
from tests.unit.usecases.booking_house import BookingHouse, a_request

LINK = "https://calendar.google.com/event?eid=1"


class LandingHouse(BookingHouse):
    """Ana and Ben with their calendars; what is said to them is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.messages = RecordingAlerts()
        self.show = ShowLandings(self.store, self.clock)
        self.move = MoveAppointment(self.store, self.clock, self.read_live(), self.deliver_soon)
        self.answer = AnswerLanding(self.store, self.move, self.clock)
        self.tell = TellLandings(self.store, self.messages, self.show.of, self.clock, self.new_id)

    def alerts(self) -> AlertCases:
        """What the buttons call."""
        return AlertCases(self.answer, self.show, ShowOwnAccount(self.store))

    def booked(self, when: str = "15:00", *hosts: Member) -> Appointment:
        """Half an hour with Maya."""
        return self.book(a_request(when, *hosts)).appointment

    def lands(self, times: str = "15:00-16:00", title: str = "Board call", member: Member = ana) -> int:
        """Somebody puts an event into a member's calendar, which is then read."""
        event = RemoteEvent(title, EventStatus.CONFIRMED, title=title, link=LINK, is_private=True)
        self.put_event(member, event, times)
        return self.reads(member)

    def drags(self, appointment: Appointment, times: str) -> None:
        """The first host moves the copy in Google, which is then followed."""
        now = self.clock.now()
        with self.store.writing() as work:
            moved = appointment.moved(span(times), now)
            entry = LogEntry(now, Deed.MOVED_IN_GOOGLE, before=appointment.span, after=moved.span)
            record_change(work, moved, entry, now)
            work.commit()

    def leaves(self, title: str = "Board call", member: Member = ana) -> None:
        """It is deleted again."""
        calendar_id = self.calendars[member.id].id
        del self.store.tables.occurrences[calendar_id][title]
        del self.store.tables.events[calendar_id][title]

    def reads(self, member: Member = ana, *, first_time: bool = False) -> int:
        """What the end of a sync looks for; how many are new."""
        calendar = self.calendars[member.id]
        calendar = replace(calendar, read_at=None) if first_time else calendar
        return NoticeLandings(self.store, self.clock)(SyncClaim(calendar, 1, None, 0, 0, None))

    def batch(self) -> LandingBatch:
        """The one that was told last."""
        return self.messages.posted[-1].batch

    def shown(self) -> BatchShown:
        """What its message shows by now."""
        return self.show(actor(ana), self.batch().id)

    def states(self) -> list[str]:
        return [str(one.landing.state) for one in self.shown().landings]
