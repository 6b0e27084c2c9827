"""Ana and Ben with appointments, a clock that is set by hand, and everything that reminders said to them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from bot.domain.appointment_log import Deed, LogEntry
from bot.domain.appointments import Appointment, AppointmentStatus
from bot.domain.calendars import SyncClaim
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.reminder_planning import reminders_of
from bot.domain.reminder_telling import Reminding
from bot.domain.reminders import Reminder, ReminderChoice, ReminderClaim
from bot.ports import Store
from bot.rendering.reminders import reminder_message
from bot.usecases.channel_readers import HasOutsiders
from bot.usecases.delivering import CrashPoint, nowhere
from bot.usecases.plan_questions import PlanQuestions
from bot.usecases.record_change import record_change
from bot.usecases.reminder_channels import ReminderChannels
from bot.usecases.send_reminder import SendReminder
from bot.usecases.send_reminders import SendReminders
from tests.builders import BERLIN, at, span
from tests.contracts.appointment_builders import a_contact, an_appointment, booked
from tests.contracts.effect_builders import copied
from tests.contracts.storage_builders import a_person, a_synced, read
from tests.event_builders import a_meeting
from tests.fakes.clock import SettableClock
from tests.fakes.digest_slack import FakeDigestChannels
from tests.fakes.directory import FakeDirectory
from tests.fakes.posts import FakeChannels
from tests.fakes.reminder_posts import FakeReminderPosts
from tests.fakes.work_queue import ThreadlessQueue

SALES = "C0SALES"
MORNING = "8:00"
"""When everything here was made, on Tuesday 24 November in Berlin."""


class ReminderTown:
    """Acme, whose reminders count from eight o'clock on."""

    def __init__(self, store: Store, morning: str = MORNING, zone: str = BERLIN) -> None:
        self.store, self.zone = store, zone
        self.clock = SettableClock(at(morning, zone))
        self.ana, self.ben = a_person(store, user="U1"), a_person(store, user="U2")
        self.posts, self.channels, self.readers = FakeReminderPosts(), FakeChannels(), FakeDigestChannels()
        self.maya = a_contact(store, self.ana)
        self.plan = PlanQuestions(store, self.clock)
        self.plan()

    def books(self, when: str, *others: Actor, **fields: object) -> Appointment:
        """An appointment of Ana's with Maya, made now."""
        made = an_appointment(self.ana, others=others, contact=self.maya, created_at=self.clock.time)
        made = replace(made, title="Maya Ortiz and Ana", span=span(when, self.zone), zone=self.zone)
        return booked(self.store, replace(made, **fields))  # type: ignore[arg-type]  # by name

    def has_in_google(self, appointment: Appointment, *, is_private: bool) -> tuple[SyncClaim, str]:
        """The appointment's event was written to Ana's calendar, and read there since: by whom, and its id."""
        ana = a_synced(self.store)
        link = copied(self.store, appointment, ana.claim.calendar)
        event = replace(a_meeting(link.remote_id), ical_uid=link.ical_uid, is_private=is_private)
        read(self.store, ana.claim, event)
        return ana.claim, link.remote_id

    def chooses(self, *minutes: int, who: Actor | None = None, **fields: object) -> None:
        """A member decides about his reminders now."""
        choice = ReminderChoice(minutes, **fields)  # type: ignore[arg-type]  # by name
        with self.store.writing() as work:
            work.reminders.choose(who or self.ana, choice, self.clock.now())
            work.commit()

    def moves(self, appointment: Appointment, when: str, deed: Deed = Deed.MOVED) -> Appointment:
        """Somebody moves it, as the card or a sync does."""
        moved = self.known(appointment).moved(span(when, self.zone), self.clock.now())
        return self.records(moved, deed, before=self.known(appointment).span, after=moved.span)

    def cancels(self, appointment: Appointment) -> Appointment:
        return self.records(self.known(appointment).cancelled("", self.clock.now()), Deed.CANCELLED)

    def settles(self, appointment: Appointment, status: AppointmentStatus) -> Appointment:
        return self.records(self.known(appointment).settled(status, self.clock.now()), Deed.SHOWED)

    def records(self, changed: Appointment, deed: Deed, **spans: Interval) -> Appointment:
        with self.store.writing() as work:
            entry = LogEntry(self.clock.now(), deed, self.ana.member_id, **spans)  # type: ignore[arg-type]  # by name
            record_change(work, changed, entry, self.clock.now())
            work.commit()
        return changed

    def known(self, appointment: Appointment) -> Appointment:
        with self.store.reading() as work:
            current = work.appointments.known(appointment.id)
        assert current is not None
        return current

    def at(self, when: str) -> list[str]:
        """Put the clock there and run the jobs; what was said by it, as `said` tells it."""
        before = len(self.posts.said)
        self.clock.time = at(when, self.zone)
        self.ticks()
        return self.said()[before:]

    def ticks(self, crash_point: CrashPoint = nowhere) -> int:
        """Both jobs once, and everything that they hand over."""
        self.plan()
        return self.sender(crash_point)()

    def claims(self) -> Sequence[ReminderClaim]:
        """What a process has claimed by now, and did not come to yet."""
        with self.store.writing() as work:
            for coming in work.reminders.coming(self.clock.now(), limit=100):
                work.reminders.enter(reminders_of(coming))
            claims = work.reminders.claim_due(self.clock.now(), limit=100)
            work.commit()
        return claims

    def sends(self, claim: ReminderClaim, crash_point: CrashPoint = nowhere) -> bool:
        """One try of one of them."""
        has_outsiders = HasOutsiders(self.store, self.readers, FakeDirectory({}), self.clock)
        channels = ReminderChannels(self.store, self.channels, has_outsiders)
        return SendReminder(self.store, self.posts, channels, self.clock, lambda: 0.0, crash_point)(claim)

    def sender(self, crash_point: CrashPoint = nowhere) -> SendReminders:
        """A scheduler's job; several stand for several processes."""
        send = partial(self.sends, crash_point=crash_point)
        return SendReminders(self.store, send, ThreadlessQueue(), self.clock, limit=8)

    def said(self) -> list[str]:
        """`U1: Begins in 10 minutes: …`, or `#C0SALES: …`, in order."""
        return [
            f"{f'#{one.reminder.channel_id}' if one.reminder.channel_id else one.host.slack_user_id}: "
            f"{reminder_message(one).text}"
            for one in self.posts.said
        ]

    def shown(self) -> list[str]:
        """How the messages read by now."""
        return [reminder_message(one).text for one in self.posts.standing.values()]

    def entered(self, appointment: Appointment) -> Sequence[Reminder]:
        with self.store.reading() as work:
            return work.reminders.of(appointment.id)

    def states(self, appointment: Appointment) -> list[tuple[str, str]]:
        """How each stands, and why."""
        return [(one.state.value, one.problem) for one in self.entered(appointment)]


def is_in_channel(reminder: Reminder) -> bool:
    return reminder.channel_id == SALES


def channel_was_told(town: ReminderTown) -> list[str]:
    """What was sent there, as it read then."""
    return [one.removeprefix(f"#{SALES}: ") for one in town.said() if one.startswith(f"#{SALES}: ")]


def in_channel(town: ReminderTown) -> list[str]:
    """How the messages there read by now."""
    return [reminder_message(one).text for one in town.posts.standing.values() if one.reminder.channel_id]


def at_the_next(posts: FakeReminderPosts, which: Callable[[Reminder], bool], happens: Callable[[], object]) -> None:
    """It happens once: when the next message of that kind has arrived, or was edited, before anybody notes that."""

    def standing() -> list[Reminding]:
        return [one for one in posts.standing.values() if which(one.reminder)]

    def after() -> None:
        if standing() != before:
            posts.after = lambda: None
            happens()

    before = standing()
    posts.after = after
