"""A digest as its channel reads it: posted, late, weekly, with hostile names and more than fits."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.agenda import window_of
from bot.domain.appointments import Where
from bot.domain.digest_changes import Change, ChangeKind
from bot.domain.digest_content import Edition
from bot.domain.digest_days import DigestItem, PersonDays
from bot.domain.digests import Digest, Level, Rhythm
from bot.domain.events import Guest, Response
from bot.domain.intervals import Interval
from bot.domain.people import Member
from bot.rendering.blocks import MESSAGE_CHARACTERS, size
from bot.rendering.digests.posted import digest_message
from bot.rendering.digests.preview import preview_modal
from bot.rendering.posting import posted
from tests.builders import NEW_YORK, at, span
from tests.digest_builders import a_digest, a_plan
from tests.unit.rendering.answers import a_person, ana, ben, cara
from tests.unit.rendering.screen import read_message, read_view

TUESDAY = date(2026, 11, 24)
KICK_OFF = DigestItem(span("9:00-9:30"), is_shown=True, title="Kick-off")
SEVEN = "<!date^1795500000^{date_short}, {time}|Tue 24 Nov, 7:00 Berlin>"
MAYA = DigestItem(span("15:00-15:30"), is_shown=True, contact="Maya Ortiz", where=Where.ZOOM)
HOSTILE = "<!channel> *bold* <https://evil.test|bank> \u202egnol\u202c <@U1> :rocket:"


def an_edition(*people: PersonDays, digest: Digest | None = None, **fields: object) -> Edition:
    """Tuesday's, with titles, unless told otherwise."""
    of = digest or a_digest()
    edition = Edition(of, "Acme", TUESDAY, window_of(TUESDAY, of.plan.zone, days=of.plan.days), people, at("8:30"))
    return replace(edition, **fields)  # type: ignore[arg-type]  # by name


def days_of(member: Member, *items: DigestItem, level: Level = Level.TITLES, **fields: object) -> PersonDays:
    return replace(PersonDays(member, level, items), **fields)  # type: ignore[arg-type]  # by name


def test_a_digest_reads_as_the_screens_say() -> None:
    edition = an_edition(
        days_of(ana, KICK_OFF, MAYA),
        days_of(ben, free=(span("15:00-17:00"),)),
        changes=(Change(ChangeKind.MOVED, (ana,), "Lee Chen", span("9:30-10:00"), span("13:00-13:30")),),
        without_link=1,
        free=(span("16:30-17:00"),),
        is_everyone=True,
        since=date(2026, 11, 23),
    )
    assert read_message(digest_message(edition)) == [
        "*Today at Acme* · Tuesday 24 November, Berlin time",
        "*Ana* 9:00-9:30 Kick-off · 15:00-15:30 Maya Ortiz (Zoom)",
        "*Ben* no appointments · free 15:00-17:00",
        "*Since yesterday* moved: Lee Chen 9:30 to 13:00",
        "one appointment has no link yet",
        "Everyone is free 16:30-17:00.",
        "[Book] [Digest settings]",
    ]
    assert digest_message(edition).text == "Today at Acme: Tuesday 24 November, Berlin time"


def test_at_busy_there_are_times_and_nothing_else() -> None:
    person = days_of(ana, DigestItem(span("9:00-10:00")), DigestItem(span("15:00-15:30")), level=Level.BUSY)
    taken = Change(ChangeKind.TAKEN, (ana,), "", None, span("15:00-15:30"))
    freed = Change(ChangeKind.FREED, (ana,), "", span("16:00-16:30"), None)
    lines = read_message(digest_message(an_edition(person, changes=(taken, freed), since=date(2026, 11, 20))))
    assert lines[1:4] == [
        "*Ana* busy 9:00-10:00, 15:00-15:30",
        "*Since Fri 20 Nov* Ana: 15:00-15:30 is taken now",
        "Ana: 16:00-16:30 is free again",
    ]


def test_at_the_highest_level_people_and_places_stand_in_brackets() -> None:
    hall = replace(MAYA, title="Contract", where=Where.PLACE, details="Hall 2", is_held=True)
    event = replace(KICK_OFF, guests=(Guest("Lee Chen", Response.DECLINED),))
    assert read_message(digest_message(an_edition(days_of(ana, event, hall, level=Level.FULL))))[1] == (
        "*Ana* 9:00-9:30 Kick-off (Lee Chen, declined) · 15:00-15:30 Maya Ortiz · Contract (Hall 2; on hold)"
    )


def test_a_private_event_among_titles_is_busy() -> None:
    lines = read_message(digest_message(an_edition(days_of(ana, DigestItem(span("9:00-9:30")), MAYA))))
    assert lines[1] == "*Ana* 9:00-9:30 busy · 15:00-15:30 Maya Ortiz (Zoom)"


def test_late_and_after_days_away_it_says_so() -> None:
    edition = an_edition(days_of(ana), due_at=at("8:30"), skipped=(date(2026, 11, 20), date(2026, 11, 23)))
    assert read_message(digest_message(edition))[1] == (
        "_ Late: this was due at 8:30. There was no digest on Fri 20 Nov and Mon 23 Nov."
    )


def test_whose_calendar_was_not_read_is_not_called_free() -> None:
    late = days_of(ana, KICK_OFF, is_late=True, late_since=at("7:00"))
    unknown = days_of(cara, is_known=False)
    assert read_message(digest_message(an_edition(late, unknown)))[1:3] == [
        f"*Ana* 9:00-9:30 Kick-off · newer events may be missing, last read {SEVEN}",
        "*Cara* has no calendar that could be read, so nobody can say",
    ]


def test_before_anybody_agreed_it_says_why_it_is_empty() -> None:
    [_, told, _] = read_message(digest_message(an_edition()))
    assert told.startswith("Nobody's days are shown yet")


def test_not_everyone_is_named_where_somebody_is_missing() -> None:
    people = (days_of(ana), days_of(ben), days_of(cara, is_known=False))
    some = read_message(digest_message(an_edition(*people, free=(span("16:00-17:00"),))))
    assert some[-2] == "Ana and Ben are both free 16:00-17:00."


def test_that_there_is_no_time_together_is_told_unless_somebody_has_no_time_at_all() -> None:
    early, late = (days_of(ana, free=(span("9:00-10:00"),)), days_of(ben, free=(span("16:00-17:00"),)))
    apart = read_message(digest_message(an_edition(early, late, is_everyone=True)))
    day_off = read_message(digest_message(an_edition(early, days_of(ben), is_everyone=True)))
    assert apart[-2] == "There is no time in working hours at which everyone is free."
    assert day_off[-2] == "*Ben* no appointments"


# fault 42
@pytest.mark.parametrize(
    ("zone", "day", "head", "lines"),
    [
        ("Europe/Berlin", "2026-03-23", "Monday 23 March to Sunday 29 March, Berlin time", "*Sun 29 Mar*"),
        (NEW_YORK, "2026-10-26", "Monday 26 October to Sunday 1 November, New York time", "*Sun 1 Nov*"),
    ],
)
def test_a_weekly_digest_goes_by_days_over_a_change_of_clocks(zone: str, day: str, head: str, lines: str) -> None:
    digest = a_digest(a_plan(zone=zone, weekdays={0}, rhythm=Rhythm.WEEKLY))
    first = date.fromisoformat(day)
    window = window_of(first, digest.plan.zone, days=digest.plan.days)
    sunday = Interval(window.end - 12 * 3600, window.end - 11 * 3600)
    person = days_of(ana, DigestItem(sunday, is_shown=True, title="Noon"))
    edition = replace(an_edition(person, digest=digest), day=first, window=window)
    read = read_message(digest_message(edition))
    assert (read[0], read[-4:-1]) == (
        f"*The week at Acme* · {head}",
        [read[-4], lines, "*Ana* 12:00-13:00 Noon"],
    )


def test_a_weekly_digest_says_who_has_nothing_on_and_folds_empty_days() -> None:
    digest = a_digest(a_plan(weekdays={1}, rhythm=Rhythm.WEEKLY))
    window = window_of(TUESDAY, digest.plan.zone, days=7)
    people = (days_of(ana, KICK_OFF), days_of(ben), days_of(cara, is_known=False))
    read = read_message(digest_message(replace(an_edition(*people, digest=digest), window=window)))
    assert read[1:7] == [
        "*Tue 24 Nov*",
        "*Ana* 9:00-9:30 Kick-off",
        "*Ben* nothing on",
        "*Wed 25 to Mon 30 Nov*",
        "*Ana* nothing on",
        "*Ben* nothing on",
    ]


# fault 46
def test_hostile_titles_and_names_are_shown_letter_by_letter() -> None:
    mallory = a_person(ana.id, HOSTILE, "Europe/Berlin")
    item = replace(MAYA, contact=HOSTILE, title=HOSTILE, details=HOSTILE, guests=(Guest(HOSTILE, Response.ACCEPTED),))
    edition = an_edition(
        days_of(mallory, item),
        changes=(Change(ChangeKind.CANCELLED, (mallory,), HOSTILE, span("9:00-9:30"), None),),
        since=date(2026, 11, 23),
        workspace=HOSTILE,
        waiting=(mallory,),
    )
    read = "\n".join([*read_message(digest_message(edition)), *read_view(preview_modal(edition, ben.id))])
    for raw in ("<!channel>", "<https", "<@U1>", "*bold*", "\u202e", ":rocket:"):
        assert raw not in read


# faults 46, 47
@pytest.mark.slow
@settings(max_examples=25)
@given(text=st.text(max_size=400), number=st.sampled_from([0, 1, 500]), weekly=st.booleans())
def test_whatever_stands_in_it_slack_takes_it(text: str, number: int, weekly: bool) -> None:
    plan = a_plan(weekdays={1}, rhythm=Rhythm.WEEKLY) if weekly else a_plan()
    items = [replace(MAYA, contact=text, title=text * 9, details=text) for _ in range(number)]
    people = [days_of(a_person(ana.id, text, "Asia/Kathmandu"), *items, is_late=True) for _ in range(20)]
    change = Change(ChangeKind.NEW, (people[0].member,), text, None, span("9:00-9:30"))
    edition = an_edition(
        *people,
        digest=a_digest(plan),
        changes=(change,) * number,
        since=date(2026, 11, 23),
        free=(span("9:00-9:30"),) * number,
    )
    read_message(digest_message(edition))
    read_view(preview_modal(edition, ben.id))


# fault 47
def test_what_does_not_fit_is_counted() -> None:
    many = [replace(MAYA, contact=f"Somebody with quite a long name {number}") for number in range(200)]
    read = read_message(digest_message(an_edition(days_of(ana, *many))))
    assert read[1].endswith(" more")
    assert len(read[1]) <= 1300


CUT = (
    "_ Longer lines were cut to fit all into one message, and say by how much. `/daybook agenda @name` tells when "
    "somebody is busy, `/daybook digest` whose days are here."
)
TWENTY = tuple(a_person(UUID(int=900 + number), f"Person Number {number}", "Europe/Berlin") for number in range(20))


# fault 47
def test_of_twenty_full_days_each_is_shortened_and_nobody_is_left_out() -> None:
    full = [replace(MAYA, span=span(f"{8 + hour}:00-{8 + hour}:45"), title="Quarterly review") for hour in range(10)]
    message = digest_message(an_edition(*(days_of(one, *full, level=Level.FULL) for one in TWENTY)))
    lines = read_message(message)
    assert size(message.blocks) <= MESSAGE_CHARACTERS
    assert posted(message) == message.blocks
    assert [line.split("* ")[0] for line in lines[1:-2]] == [f"*Person Number {number}" for number in range(20)]
    assert {line.rpartition(" · ")[2] for line in lines[1:-2]} == {"+1 more"}
    assert lines[-2:] == [CUT, "[Book] [Digest settings]"]


# fault 47
def test_of_a_full_week_every_day_names_everybody() -> None:
    full = [
        replace(MAYA, span=span(f"2026-11-{day} {8 + hour}:00-{8 + hour}:45"))
        for day in range(24, 31)
        for hour in (0, 2)
    ]
    digest = a_digest(a_plan(weekdays={1}, rhythm=Rhythm.WEEKLY))
    message = digest_message(an_edition(*(days_of(one, *full) for one in TWENTY), digest=digest))
    lines = read_message(message)
    assert size(message.blocks) <= MESSAGE_CHARACTERS
    assert [sum(line.startswith(f"*Person Number {number}*") for line in lines) for number in range(20)] == [7] * 20
    assert lines[-2:] == [CUT, "[Book] [Digest settings]"]


def test_an_ordinary_week_of_few_is_not_shortened() -> None:
    digest = a_digest(a_plan(weekdays={1}, rhythm=Rhythm.WEEKLY))
    lines = read_message(digest_message(an_edition(days_of(ana, MAYA), days_of(ben), digest=digest)))
    assert CUT not in lines
