"""How soon a person sees something, by a real clock and over real HTTP, in a town with its calendars read."""

import time
from collections.abc import Callable
from functools import partial

from bot.sandbox.slack.person import Person
from tests.journeys.browser import Browser
from tests.journeys.house import House
from tests.patience import PATIENCE, in_time


def seconds_until(holds: Callable[[], bool]) -> float:
    """How long it takes until this holds."""
    since = time.monotonic()
    while not holds():
        assert time.monotonic() - since < PATIENCE, "it did not come about"
        time.sleep(0.005)
    return time.monotonic() - since


def on_screen(person: Person) -> tuple[int, bool]:
    return len(person.messages), person.modal is not None


def is_on(person: Person, words: str) -> bool:
    """Whether the latest message that may be read by him alone, and his Home, both hold these words."""
    told = [message for message in person.messages if words in person.reads(message)]
    return bool(told) and person.home is not None and words in person.reads(person.home)


def test_home_and_a_message_name_the_account_within_five_seconds(house: House) -> None:
    ana = house.person(house.town.ana)

    def connects() -> float:
        house.starts_over()
        ana.opens_home()
        with Browser() as browser:
            browser.connects(house.link_for(house.town.ana), house.town.ana.email)
        house.is_settled()
        assert ana.home is not None
        assert "ana@acme.test" not in ana.reads(ana.home)
        ana.clicks("Yes, connect")
        return seconds_until(lambda: is_on(ana, "ana@acme.test"))

    assert in_time(5, connects)


def test_every_command_shows_something_within_a_second(house: House) -> None:
    ana = house.sets_up(house.town.ana)
    helped = house.types(ana, "/daybook help everything")
    words = {part.partition("`")[0].split()[0].strip("`") for part in helped.split("/daybook ")[1:] if part}
    assert {"slots", "week", "digest"} < words

    def taken(command: str) -> float:
        house.is_settled()
        if ana.modal is not None:
            ana.closes(all_of_them=True)
        before = on_screen(ana)
        ana.types(command)
        return seconds_until(lambda: on_screen(ana) != before)

    commands = ["/daybook", "/daybook slots tomorrow", *(f"/daybook {word}" for word in sorted(words))]
    assert [command for command in commands if not in_time(1, partial(taken, command))] == []
