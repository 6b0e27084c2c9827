"""Home as somebody sees it over a day, and words written to Daybook: over real HTTP, with every publication counted."""

from datetime import timedelta

from bot.domain.home_turns import LOOK_EVERY
from bot.sandbox.slack.person import Person
from tests.integration import deliveries
from tests.integration.deliveries import Who
from tests.journeys.house import House


def published(house: House) -> int:
    return len(house.town.slack.ledger.matching("POST", "/api/views.publish"))


def shows(person: Person, words: str) -> bool:
    return person.home is not None and words in person.reads(person.home)


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


def test_reminders_are_set_once_a_calendar_is_there(house: House) -> None:
    ana = house.person(house.town.ana)
    ana.opens_home()
    house.is_settled()
    assert "Reminders need a calendar or a booking. Connect Google Calendar first." in house.clicks(ana, "Reminders")
    ana.closes()
    house.sets_up(house.town.ana)
    assert "• Availability" in house.types(ana, "/daybook remind")


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
