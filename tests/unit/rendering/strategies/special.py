"""Values whose fields have to fit each other, or that are built in a way of their own."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.domain.accounts import Account
from bot.domain.agenda import Agenda, window_of
from bot.domain.answers import Gathered, SlotExplained, SlotsFound, TimeUnknown
from bot.domain.appointments import Appointment
from bot.domain.availability import Slot
from bot.domain.booking import MOST_HOSTS, Booked
from bot.domain.booking_form import MOST_STARTS, AppointmentShown, BookingForm, FreeDay, MoveForm
from bot.domain.calendars import Calendar
from bot.domain.cards import Card, CardButton
from bot.domain.connections import Status
from bot.domain.contact_views import CONTACTS_A_PAGE, MEETINGS_SHOWN, ContactShown, ContactsPage, DeleteShown
from bot.domain.day_words import MONDAY, UnclearWhen, week_start
from bot.domain.diagnosis import Diagnosis, Evidence, diagnose
from bot.domain.digest_changes import Change
from bot.domain.digest_form import DigestWish
from bot.domain.digests import Plan
from bot.domain.event_fixes import Fix, OwnEvent
from bot.domain.events import Occurrence
from bot.domain.explanation import Reason
from bot.domain.habit_form import FIRST_DAYS
from bot.domain.home import Home
from bot.domain.intervals import Interval
from bot.domain.landings import MOST_MOVES, LandingShown
from bot.domain.member_time import Busy, MemberTime
from bot.domain.missing_events import ComparedDay
from bot.domain.occasions import What
from bot.domain.offers import MOST_OFFERED, Offer, TakerNotFree
from bot.domain.people import Member
from bot.domain.preferences import MOST_INVITED, Preferences, possible_venues
from bot.domain.reading_habits import Habits, OwnHabits
from bot.domain.reminder_telling import MeetingNow
from bot.domain.reminders import ReminderChoice
from bot.domain.schedule import Schedule, WallRange
from bot.domain.slots_request import SlotsRequest
from bot.domain.trigger_form import TriggerWish
from bot.domain.trigger_views import LEDGER_PAGE, TriggerShown
from bot.domain.triggers import Trigger
from bot.domain.week import DAYS, Week
from bot.domain.when import When
from bot.rendering.blocks import OPTIONS, section
from bot.rendering.form_trouble import Trouble
from bot.rendering.help import HelpEntry
from bot.rendering.names import ActionId
from bot.rendering.question import MOST_PEOPLE
from bot.rendering.questions import QUESTIONS, HelpQuestion
from bot.rendering.settings.what_will_change import WantedChoice
from bot.rendering.surfaces import Message
from tests.unit.rendering.strategies.making import Maker, Special, moment, second
from tests.unit.rendering.strategies.texts import ZONES

NEAREST = 3
_LENGTHS = (60, 30 * 60, 86_400, 25 * 3600, 15 * 86_400)
_HOURS = ((WallRange(540, 1020),), (WallRange(0, 480), WallRange(500, 1440)), ())
_MINUTES = ((), (10,), (1440, 60, 30, 10, 1))
_OURS = Message("Free today: 15:00", (section("Free today: *15:00*"),))


def interval(maker: Maker) -> Interval:
    """From a minute to four weeks."""
    start = second(maker)
    return Interval(start, start + maker.random.choice(_LENGTHS))


def _occurrence(maker: Maker) -> Occurrence:
    start, end = interval(maker)
    made: Occurrence = maker.built(Occurrence, start=start, end=end)
    return made


def _busy(maker: Maker) -> Busy:
    start, end = interval(maker)
    made: Busy = maker.built(Busy, start=start, end=end)
    return made


def _when(maker: Maker) -> When:
    start = moment(maker)
    at = start if maker.of(bool) else None
    return When(start, start + timedelta(days=maker.random.choice((1, 7, 62))), at, "Tue 24 Nov")


def _schedule(maker: Maker) -> Schedule:
    made: Schedule = maker.built(
        Schedule,
        hours={day: maker.random.choice(_HOURS) for day in maker.random.sample(range(7), 5)},
        slot_minutes=maker.random.choice((5, 30, 480)),
        step_minutes=maker.random.choice((5, 15, 60)),
        horizon_days=maker.random.choice((0, 1, 365)),
        daily_cap=maker.random.choice((None, 1, 50)),
        overrides={moment(maker).date(): maker.random.choice(_HOURS) for _ in maker.several(bool)},
    )
    return made


def _preferences(maker: Maker) -> Preferences:
    made: Preferences = maker.built(Preferences, invited=tuple(maker.several(str, "invited"))[:MOST_INVITED])
    return made


def _reminder_choice(maker: Maker) -> ReminderChoice:
    made: ReminderChoice = maker.built(ReminderChoice, minutes=maker.random.choice(_MINUTES))
    return made


def _gathered(maker: Maker) -> Gathered:
    known: list[Member] = maker.several(Member)[:MOST_PEOPLE]
    with maker.further_inside():
        times = tuple(maker.built(MemberTime, member_id=one.id) for one in known)
    made: Gathered = maker.built(Gathered, known=tuple(known), times=times)
    return made


def reasons_about(maker: Maker, members: Sequence[Member]) -> tuple[Reason, ...]:
    """What stands in the way of some of them."""
    if not members:
        return ()
    about = [maker.random.choice(members).id for _ in maker.several(bool)]
    with maker.further_inside():
        return tuple(maker.built(Reason, member_id=one) for one in about)


def _explained(maker: Maker) -> SlotExplained:
    gathered = _gathered(maker)
    free = tuple(one.id for one in gathered.known if maker.of(bool))
    made: SlotExplained = maker.built(
        SlotExplained, gathered=gathered, free=free, reasons=reasons_about(maker, gathered.known)
    )
    return made


def _agenda(maker: Maker) -> Agenda:
    day, zone = moment(maker).date(), maker.random.choice(ZONES)
    made: Agenda = maker.built(Agenda, day=day, zone=zone, window=window_of(day, zone))
    return made


def _home(maker: Maker) -> Home:
    day, zone = moment(maker).date(), maker.random.choice(ZONES)
    made: Home = maker.built(Home, today=day, zone=zone, window=window_of(day, zone))
    return made


def _week(maker: Maker) -> Week:
    first, zone = week_start(moment(maker).date(), MONDAY), maker.random.choice(ZONES)
    window = window_of(first, zone, days=DAYS)
    pieces = [
        Interval(start, min(end, window.end))
        for start in range(window.start + maker.random.choice((0, 3_600)), window.end, 5_400)
        for end in [start + maker.random.choice((900, 5_400, 90_000))]
    ]
    made: Week = maker.built(Week, first=first, zone=zone, busy=tuple(pieces), working=tuple(pieces[::9]))
    return made


def _weekdays(maker: Maker) -> frozenset[int]:
    return frozenset(maker.random.sample(range(7), maker.random.choice((1, 5, 7))))


def _any_weekdays(maker: Maker) -> frozenset[int]:
    return frozenset(maker.random.sample(range(7), maker.random.choice((0, 5, 7))))


def _slots(maker: Maker) -> tuple[Slot, ...] | None:
    """Of one week, so that a day has many; None where nobody can say."""
    monday = second(maker) // 86_400 * 86_400
    starts = {monday + 900 * maker.random.randrange(7 * 96) for _ in maker.several(bool)}
    return tuple(maker.built(Slot, start=start) for start in sorted(starts)) if maker.random.random() < 0.9 else None


def _status(maker: Maker) -> Status:
    accounts = tuple(maker.several(Account))
    calendars = [
        maker.built(Calendar, account_id=maker.random.choice(accounts).id) for _ in maker.several(bool) if accounts
    ]
    made: Status = maker.built(Status, accounts=accounts, calendars=tuple(calendars))
    return made


def _diagnosis(maker: Maker) -> Diagnosis:
    return diagnose(maker.built(Evidence))


def _time_unknown(maker: Maker) -> TimeUnknown:
    return TimeUnknown(maker.text("title"), _gathered(maker), maker.of(SlotsRequest))


def _taker_not_free(maker: Maker) -> TakerNotFree:
    claimer = maker.of(Member)
    return TakerNotFree(claimer, reasons_about(maker, [claimer]))


def _unclear(maker: Maker) -> UnclearWhen:
    return UnclearWhen(maker.text("title"), maker.random.choice(((), ("24 Nov", "1 Dec"))))


def at_least_one(kind: Any, name: str = "") -> Callable[[Maker], tuple[Any, ...]]:
    """As many as there may be, and never none."""
    return lambda maker: tuple(maker.several(kind, name)) or (maker.of(kind, name),)


def _hosts(kind: Any) -> Special:
    return lambda maker: at_least_one(kind, "members")(maker)[:MOST_HOSTS]


def _asked_about(maker: Maker) -> tuple[str, ...]:
    return tuple(dict.fromkeys(maker.several(str, "members")))[:MOST_PEOPLE]


def _several_of(kind: Any) -> Special:
    return lambda maker: tuple(maker.several(kind))


def _chosen(*those: object) -> Special:
    return lambda maker: maker.random.choice(those)


SPECIAL: dict[object, Special] = {
    ActionId: _chosen(ActionId.RUN, ActionId.ASK_AGAIN, ActionId.AGENDA_DAY, ActionId.BOOKING, ActionId.BOOKING_START),
    Interval: interval,
    Occurrence: _occurrence,
    Busy: _busy,
    When: _when,
    Schedule: _schedule,
    Preferences: _preferences,
    ReminderChoice: _reminder_choice,
    Gathered: _gathered,
    Status: _status,
    SlotExplained: _explained,
    Agenda: _agenda,
    Home: _home,
    Week: _week,
    Diagnosis: _diagnosis,
    TimeUnknown: _time_unknown,
    TakerNotFree: _taker_not_free,
    UnclearWhen: _unclear,
    (Plan, "weekdays"): _weekdays,
    (DigestWish, "weekdays"): _any_weekdays,
    (MemberTime, "busy"): _several_of(Busy),
    (MemberTime, "appointments"): _several_of(Busy),
    (OwnEvent, "fixes"): lambda maker: tuple(maker.random.sample(list(Fix), maker.random.randrange(len(Fix) + 1))),
    (SlotsFound, "slots"): _slots,
    (Habits, "first_day"): _chosen(*range(7)),
    (OwnHabits, "first_day"): _chosen(None, *FIRST_DAYS),
    (SlotsRequest, "when"): _chosen("", "2026-11-24", "2026-11-24..2027-01-24", "z" * 200),
    (SlotsRequest, "members"): _asked_about,
    (Card, "buttons"): lambda maker: tuple(maker.random.sample(list(CardButton), maker.random.randrange(6))),
    **{(kind, "hosts"): _hosts(Member) for kind in (Card, AppointmentShown, BookingForm, MoveForm, Booked, Change)},
    **{(kind, "hosts"): _hosts(UUID) for kind in (Appointment, MeetingNow)},
    (BookingForm, "venues"): lambda maker: possible_venues(zoom=maker.of(bool), calendar=maker.of(bool)),
    (Trigger, "when"): lambda maker: frozenset(maker.random.sample(list(What), maker.random.choice((1, 6)))),
    (TriggerWish, "hosts"): lambda maker: tuple(maker.several(str, "people")),
    (ComparedDay, "mark"): _chosen("", "0" * 36),
    # What is shown as it stands, as it is text of ours.
    HelpEntry: _chosen(HelpEntry("slots", "Find a time", "slots @ana tomorrow", "shows when you are free")),
    HelpQuestion: _chosen(*QUESTIONS),
    Message: _chosen(_OURS),
    (Trouble, "text"): _chosen("", "15:00 was taken a moment ago."),
}

MOST: dict[object, int] = {
    **{(Gathered, field): MOST_PEOPLE for field in ("known", "silent", "unread", "withheld")},
    (FreeDay, "starts"): MOST_STARTS,
    (ContactsPage, "contacts"): CONTACTS_A_PAGE,
    (ContactShown, "to_come"): MEETINGS_SHOWN,
    (ContactShown, "past"): MEETINGS_SHOWN,
    (DeleteShown, "standing"): MEETINGS_SHOWN,
    (SlotExplained, "nearest"): NEAREST,
    (Trouble, "nearest"): NEAREST,
    (LandingShown, "moves"): MOST_MOVES,
    (Offer, "starts"): MOST_OFFERED,
    (SlotsFound, "members"): MOST_PEOPLE,
    (TriggerShown, "firings"): LEDGER_PAGE,
    (WantedChoice, "conflicts"): OPTIONS,
}
"""How many rows there can be of what is never shown as it comes: pages, and what people choose."""
