"""Home as somebody sees it over a day, and words written to Daybook: over real HTTP, with every publication counted."""

from datetime import timedelta
from uuid import uuid5

import pytest

from bot.domain.contacts import NewContact
from bot.domain.home_turns import LOOK_EVERY
from bot.domain.people import actor_of
from bot.sandbox.slack.person import Person
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.journeys.house import House


def published(house: House) -> int:
    return len(house.town.slack.ledger.matching("POST", "/api/views.publish"))


def shows(person: Person, words: str) -> bool:
    return person.home is not None and words in person.reads(person.home)


@pytest.mark.slow
def test_home_is_published_when_it_changes_and_only_then(house: House) -> None:
    ana = house.person(house.town.ana)
    ana.opens_home()
    house.is_settled()
    assert shows(ana, "Connect Google Calendar")
    at_first = published(house)
    ana.opens_home()
    house.is_settled()
    house.clock.time += LOOK_EVERY
    house.runs("refresh_homes")
    assert published(house) == at_first

    house.sets_up(house.town.ana)
    # What waited for the reading draws in a thread of its own.
    ana.opens_home()
    house.waits_until(lambda: shows(ana, "3 calendars up to date"))
    house.is_settled()
    house.runs("refresh_homes")
    so_far = published(house)
    ana.opens_home()
    house.is_settled()
    for _ in range(3):
        house.clock.time += timedelta(minutes=5)
        house.reads()
        house.runs("refresh_homes")
    assert published(house) == so_far

    house.google.put_event(
        house.town.ana.email, summary="Board call", start="2026-11-24T18:00:00+01:00", end="2026-11-24T18:30:00+01:00"
    )
    house.clock.time += timedelta(minutes=25)
    house.reads()
    house.runs("refresh_homes")
    assert published(house) == so_far + 1
    ana.opens_home()
    assert "Board call" in house.sees(ana)
    assert published(house) == so_far + 1


@pytest.mark.slow
def test_reminders_are_set_once_a_calendar_is_there(house: House) -> None:
    ana = house.person(house.town.ana)
    ana.opens_home()
    house.is_settled()
    assert "You are reminded of what you host" in house.clicks(ana, "Reminders")
    ana.closes()
    assert "Calendar Settings are about a calendar of yours" in house.types(ana, "/daybook settings")
    ana.closes()
    house.sets_up(house.town.ana)
    assert "Minutes before the start" in house.types(ana, "/daybook remind")


def test_words_written_to_daybook_are_answered_there_once(house: House) -> None:
    ana = house.person(house.town.ana)
    ana.writes("agenda fri")
    house.is_settled()
    assert "Your day, Friday 27 November" in " ".join(ana.sees().split())
    content = {"type": "message", "channel_type": "im", "channel": "D1", "user": house.town.ana.id, "text": "agenda"}
    request = deliveries.event(Who(house.town.ana.id, house.town.workspace.id), content)
    before = len(ana.messages)
    house.delivers(request)
    house.delivers(request)
    assert len(ana.messages) == before + 1
    assert ana.messages[-1].only_for is None


def test_words_in_a_thread_are_answered_in_it_and_notes_are_left_alone(house: House) -> None:
    ana = house.person(house.town.ana)
    ana.writes("agenda fri")
    house.is_settled()
    card = ana.messages[-1]
    content = {"type": "message", "channel_type": "im", "channel": card.channel_id, "user": house.town.ana.id}
    told = []
    for words in ("thanks, moved it", "agenda mon"):
        before = len(ana.messages)
        noted = {**content, "text": words, "thread_ts": card.ts}
        house.delivers(deliveries.event(Who(house.town.ana.id, house.town.workspace.id), noted))
        told.append([message.thread_ts for message in ana.messages[before:]])
    assert told == [[], [card.ts]]


def test_sentences_are_answered_like_the_commands_they_mean(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    told = {
        "What's on today?": "Your day, Tuesday 24 November",
        "am I free friday 3pm": "Friday 27 November, 15:00",
        "agenda ana next week": "Your week, 30 November to 6 December",
        "free slots with ana tomorrow afternoon": "Read as *slots me with ana tomorrow*, without “afternoon”",
        "agenda anna tomorrow": "Daybook knows nobody here called anna. Do you mean one of these?",
        "cancel my 3pm": "An appointment is cancelled by *Cancel* on its card",
        "Thanks!": "Gladly.",
    }
    for words, answer in told.items():
        ana.writes(words)
        house.is_settled()
        assert answer in " ".join(ana.sees().split()), words


def test_a_contact_is_booked_by_name_in_the_form_that_opens(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    with house.store.writing() as work:
        workspace = work.workspaces.by_team(house.town.workspace.id)
        assert workspace is not None
        member = work.members.by_slack_ids(workspace.id, [house.town.ana.id])[house.town.ana.id]
        maya = NewContact("maya@ortiz.test", "Maya Ortiz")
        work.contacts.known(actor_of(member, workspace), maya, new_id=uuid5(member.id, "maya"))
        work.commit()
    ana.writes("book maya thursday 15:00")
    house.is_settled()
    opened = house.clicks(ana, "Open Book")
    assert "Maya Ortiz" in opened
    assert "Thu 26 Nov, 15:00-15:30" in opened
    ana.closes(all_of_them=True)
    assert "Maya Ortiz" in house.types(ana, "/daybook book maya thursday 15:00")
    ana.closes(all_of_them=True)
    assert "Daybook knows no contact and no colleague called maja. Do you mean one of these?" in house.types(
        ana, "/daybook book maja thursday 15:00"
    )
    ana.closes(all_of_them=True)


def test_a_window_opens_by_the_button_that_is_answered(house: House) -> None:
    ana = house.person(house.town.ana)
    ana.writes("triggers")
    house.is_settled()
    assert "Triggers open in a window." in ana.sees()
    house.clicks(ana, "Open Triggers")
    assert ana.modal is not None


def test_every_subcommand_is_a_button_on_home_and_the_reverse(house: House) -> None:
    """The registry that is served, and the Home that is shown."""
    ana = house.person(house.town.ana)
    ana.opens_home()
    house.is_settled()
    assert ana.home is not None
    elements = [
        one
        for block in ana.home.blocks
        for one in [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])]
    ]
    words = {one["value"].partition(" ")[0] for one in elements if one.get("action_id", "").startswith("run:")}
    helped = house.types(ana, "/daybook help everything")
    typed = {part.partition("`")[0].split()[0] for part in helped.split("/daybook ")[1:] if part}
    assert words == {word.strip("`") for word in typed}


def test_a_guest_who_writes_is_refused_kindly(house: House) -> None:
    guest = house.town.slack.people.add_member(house.town.workspace.id, "gus", guest=True)
    person = house.person(guest)
    person.writes("agenda")
    house.is_settled()
    assert "Guests cannot use it." in person.sees()
