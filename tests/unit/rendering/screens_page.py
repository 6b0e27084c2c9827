"""`docs/screens.md`: what Daybook says, rendered as a member in Berlin reads it at noon of the usual day.

Run it as a module to write the page anew.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

from bot.domain.accounts import AccountStatus
from bot.domain.agenda import window_of
from bot.domain.appointments import Venue, Where
from bot.domain.availability import Mode, Slot
from bot.domain.change_meant import ChangeMeant
from bot.domain.connections import Status
from bot.domain.diagnosis import Evidence, diagnose
from bot.domain.digest_changes import Change, ChangeKind
from bot.domain.digest_content import Edition
from bot.domain.digest_days import DigestItem, PersonDays
from bot.domain.digest_questions import Ending, Question, QuestionNow, QuestionShown
from bot.domain.digests import Digest, Level, PauseReason, Share
from bot.domain.events import Guest, Response
from bot.domain.home import Home
from bot.domain.join_links import AgendaAppointment
from bot.domain.landings import BatchShown, LandedEvent, Landing, LandingBatch, LandingShown, LandingState
from bot.domain.named_people import Called, Named
from bot.domain.nudges import DueNudge
from bot.domain.occasions import BookedIn
from bot.domain.reminder_telling import MeetingNow, Reminding, Stage
from bot.domain.reminders import Reminder, ReminderKind
from bot.domain.shades import Shade
from bot.domain.slots_request import SlotsRequest
from bot.rendering.card import card_message
from bot.rendering.diagnosis import diagnosis_message
from bot.rendering.digests.messages import channel_notice, paused_message
from bot.rendering.digests.posted import digest_message
from bot.rendering.digests.questions import digest_question, digest_question_now
from bot.rendering.direct_words import how_to_change, name_whom, not_understood, opens_message, who_is_meant
from bot.rendering.help import welcome
from bot.rendering.home import render_home
from bot.rendering.how_it_went import question_message
from bot.rendering.landings import landing_message
from bot.rendering.nudges import still_broken, why_broken
from bot.rendering.reminders import reminder_message
from bot.rendering.slots import slots_message
from bot.rendering.surfaces import HomeView, Message, Modal
from bot.rendering.week.message import Shown, week_message
from tests.builders import ANA, BERLIN, at, second, span
from tests.digest_builders import a_digest
from tests.unit.rendering.answers import ACME, NOON, all_day, an_entry, ana, ben, found
from tests.unit.rendering.bookings import APPOINTMENT, MAYA, a_card, an_appointment
from tests.unit.rendering.connections import WORK, a_calendar, a_linked_calendar
from tests.unit.rendering.screen import read_message, read_view
from tests.week_builders import appointment, event, own_week

PAGE = Path(__file__).parents[3] / "docs" / "screens.md"
TODAY = date(2026, 11, 24)
DIGEST = a_digest()
BROKEN = replace(WORK, status=AccountStatus.NEEDS_RECONNECT, broken_since=at("9:14"))
NUDGE = DueNudge(BROKEN, at("9:15"), 0, at("2026-11-25 9:15"))
CALENDARS = (
    a_linked_calendar(read_at=at("11:58"), next_sync_at=at("12:03")),
    a_calendar("Family", read_at=at("11:58"), next_sync_at=at("12:03")),
    replace(
        a_calendar("Team holidays", read_at=at("9:14"), next_sync_at=at("13:00"), problem="It is not shared any more."),
        is_lost=True,
    ),
)
CONNECTED = Status(NOON, (WORK,), (), CALENDARS)
_DATE = re.compile(r"<!date\^[0-9]+\^[^|]*\|([^>]*)>")
_HEAD = """# What Daybook says

Written by `python -m tests.unit.rendering.screens_page` from the screens themselves; a test holds the page to them.
`[...]` is a button, `[... ▾]` a list to choose from, `_ ` begins a quiet line, `---` is a line across. Slack shows
a time on the clock of whoever reads it; here it stands as it is read where Slack cannot do that, with its place.
It is noon of Tuesday 24 November. Ana is in Berlin, Ben in New York.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([_HEAD, *(_section(title, shown) for title, shown in _screens())])


def _section(title: str, shown: Message | Modal | HomeView) -> str:
    lines = read_message(shown) if isinstance(shown, Message) else read_view(shown)
    told = "\n".join(lines)
    return f"## {title}\n\n```text\n{_DATE.sub(_fallback, told)}\n```\n"


def _fallback(found: re.Match[str]) -> str:
    return found[1]


def _screens() -> Iterator[tuple[str, Message | Modal | HomeView]]:
    yield "/daybook, nothing connected", welcome("https://daybook.example.com/connect/x")
    yield "Home", render_home(_home())
    nothing = Status(NOON, (), (), ())
    yield (
        "Home, nothing connected",
        render_home(replace(_home(), status=nothing, entries=(), appointments=(), following=None)),
    )
    yield "/daybook slots @ana @ben 30m", slots_message(found("<@U1> <@U2> 30m"), ANA, can_share=True)
    asked = Called("bem tomorrow", "bem", ((Named("Ben", "<@U2>"), "<@U2> tomorrow"),), is_unknown=True)
    yield "agenda bem tomorrow, written to Daybook", who_is_meant(asked, "agenda")
    yield "book maya tue 15:00, written to Daybook", opens_message("Book", "book maya@ortiz.test tue 15:00")
    yield (
        "cancel my 3pm, written to Daybook",
        how_to_change(ChangeMeant((an_appointment(),), zone=BERLIN), cancels=True),
    )
    yield (
        "who is free tomorrow, written to Daybook",
        name_whom("tomorrow", SlotsRequest((ana.slack_user_id,), Mode.ANY, when="2026-11-25")),
    )
    yield "What is not understood, written to Daybook", not_understood()
    yield "The card of an appointment", card_message(a_card())
    yield "A reminder", reminder_message(_reminding())
    yield "A reminder of a meeting in Google", reminder_message(_in_google())
    yield "A reminder of a meeting that was cancelled", reminder_message(_reminding(stage=Stage.CANCELLED))
    yield "After the end", question_message(_reminding(ReminderKind.AFTER))
    yield "May your days stand in a digest?", digest_question(DIGEST, ana, Share(DIGEST.id, ben.id, Level.TITLES))
    yield "The same once he was taken out", digest_question_now(_asked(Ending.TAKEN_OUT))
    yield "The same once the digest was deleted", digest_question_now(_asked(Ending.DELETED))
    yield "A digest in a channel", digest_message(_edition())
    yield "A digest of busy times", digest_message(_busy_edition())
    yield "A digest that paused, to who can mend it", paused_message(_paused(), ana, may_take_over=False)
    yield "A digest that paused, to its channel, where nobody is left", channel_notice(_paused())
    yield "/daybook week", _week()
    yield "/daybook status", diagnosis_message(diagnose(Evidence(CONNECTED)), BERLIN)
    yield "An event landed on an appointment", landing_message(_landed())
    yield (
        "Still not connected",
        still_broken(DueNudge(BROKEN, at("9:15"), 0, at("2026-11-25 9:15")), is_last=False, zone=BERLIN),
    )
    yield "Why did this happen?", why_broken(BROKEN)


def _home() -> Home:
    entries = (
        all_day("Ben's birthday", blocks=False),
        an_entry("9:00-9:30", "Kick-off"),
        an_entry("17:00-18:00", "Dentist", calendar="Family", is_linked=False),
    )
    booked = (AgendaAppointment(an_appointment(), "https://zoom.test/j/1"),)
    demo = replace(
        an_entry("2026-11-25 10:00-11:00", "Demo"),
        shade=Shade.BLUE,
        guests=(Guest("Lee Chen", Response.ACCEPTED),),
        join_url="https://meet.google.com/abc-defg-hij",
    )
    window = window_of(TODAY, BERLIN)
    return Home(CONNECTED, "U1", BERLIN, TODAY, window, entries, appointments=booked, following=demo)


def _reminding(kind: ReminderKind = ReminderKind.BEFORE, stage: Stage = Stage.OPEN) -> Reminding:
    booked = an_appointment()
    said_at = at("14:50") if kind is ReminderKind.BEFORE else at("15:35")
    reminder = Reminder(
        id=UUID(int=5),
        workspace_id=ACME.id,
        member_id=ana.id,
        kind=kind,
        subject=APPOINTMENT,
        booked_in=BookedIn.DAYBOOK,
        version=1,
        span=booked.span,
        wanted_at=said_at,
        minutes=10,
        channel_id="",
    )
    meeting = MeetingNow(
        title=booked.title,
        span=booked.span,
        version=1,
        hosts=(ana.id,),
        contacts=(MAYA,),
        venue=booked.venue,
        join_url="https://zoom.test/j/1",
        appointment=booked,
    )
    return Reminding(reminder, ana, meeting, (ana,), stage, said_at)


def _asked(ending: Ending) -> QuestionShown:
    question = Question(
        DIGEST.id, DIGEST.id, DIGEST.workspace_id, ben.id, DIGEST.channel_name, Level.TITLES, version=2, ended=ending
    )
    return QuestionShown(QuestionNow(question, None, None), ben, None, has_calendar=True)


def _paused() -> Digest:
    return replace(DIGEST, next_due_at=None, paused=PauseReason.NOBODY)


def _busy_edition() -> Edition:
    times = (DigestItem(span("9:00-9:30")), DigestItem(span("16:00-16:30")))
    taken = Change(ChangeKind.TAKEN, (ana,), "", None, span("16:00-16:30"))
    freed = Change(ChangeKind.FREED, (ana,), "", span("9:30-10:00"), None)
    digest = replace(DIGEST, level=Level.BUSY)
    people = (PersonDays(ana, Level.BUSY, times),)
    edition = Edition(digest, "Acme", TODAY, window_of(TODAY, BERLIN), people, at("8:30"), changes=(freed, taken))
    return replace(edition, since=date(2026, 11, 23))


def _in_google() -> Reminding:
    booked = _reminding()
    meeting = MeetingNow(
        title="Demo",
        span=span("15:00-15:30"),
        version=1,
        hosts=(ana.id,),
        contacts=(MAYA,),
        venue=Venue(Where.MEET),
        join_url="https://meet.google.com/abc-defg-hij",
        link="https://www.google.com/calendar/event?eid=1",
    )
    return replace(booked, reminder=replace(booked.reminder, booked_in=BookedIn.GOOGLE), meeting=meeting)


def _edition() -> Edition:
    contract = DigestItem(span("15:00-15:30"), is_shown=True, title="Contract", where=Where.ZOOM)
    kick_off = DigestItem(span("9:00-9:30"), is_shown=True, title="Kick-off")
    moved = Change(ChangeKind.MOVED, (ana,), "Tea tasting", span("9:30-10:00"), span("13:00-13:30"))
    return Edition(
        DIGEST,
        "Acme",
        TODAY,
        window_of(TODAY, BERLIN),
        (
            PersonDays(ana, Level.TITLES, (kick_off, contract)),
            PersonDays(ben, Level.TITLES, (), free=(span("15:00-17:00"),)),
        ),
        at("8:30"),
        changes=(moved,),
        without_link=1,
        free=(span("16:30-17:00"),),
        is_everyone=True,
        since=date(2026, 11, 23),
    )


def _week() -> Message:
    week = own_week(
        event("Tue 9:00-9:30"),
        event("Tue 13:00-14:00", "Dentist", is_linked=False),
        all_day("Ben's birthday", blocks=False),
        appointments=[appointment("Wed 16:00-16:30")],
    )
    return week_message(week, "https://daybook.example.com/week/x", Shown.ELSEWHERE)


def _landed() -> BatchShown:
    landing = Landing(
        appointment_id=APPOINTMENT,
        workspace_id=ACME.id,
        member_id=ANA,
        calendar_id=UUID(int=3),
        series_id="call",
        event_id="call",
        span=span("14:30-15:30"),
        version=1,
        state=LandingState.TOLD,
        number=1,
    )
    moves = tuple(Slot(second(time), (ANA,)) for time in ("15:30", "16:30", "2026-11-25 9:00"))
    call = LandedEvent("Board call", landing.span, "https://calendar.google.com/event?eid=1")
    shown = LandingShown(landing, an_appointment(), call, moves)
    return BatchShown(LandingBatch(UUID(int=900), ACME.id, ANA, (landing,)), ana, BERLIN, (shown,))


if __name__ == "__main__":
    PAGE.write_text(page())
