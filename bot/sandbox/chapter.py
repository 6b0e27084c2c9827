"""What every part of the journey does: act, look, print what a person sees, and insist that it is as told."""

import time
from collections.abc import Callable
from datetime import date, timedelta

import httpx

from bot.sandbox.google.browser import consent
from bot.sandbox.page_text import page_text
from bot.sandbox.passing import PassingClock
from bot.sandbox.slack.person import WAIT_SECONDS, Person
from bot.sandbox.town import Town

WIDTH = 100
AHEAD = (
    "The demo's clock goes ahead from here on, for Daybook and Google. Slack's page keeps the time of this machine,\n"
    'so Slack may call "tomorrow" what Daybook says begins in ten minutes.'
)
_PAUSE_SECONDS = 0.05


class NotAsTold(Exception):
    """Something on a screen, or missing from it, that the journey says otherwise."""


class Chapter:
    """A part of the journey; every step prints what its person sees."""

    def __init__(self, town: Town, clock: PassingClock) -> None:
        """Begin with the town as the parts before have left it, and with the clock that it goes by."""
        self._town = town
        self._clock = clock
        self._ana = town.slack.person(town.ana.id)
        self._ben = town.slack.person(town.ben.id)
        self._cara = town.slack.person(town.cara.id)

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        raise NotImplementedError

    def _sync_now(self, person: Person) -> None:
        person.types("/daybook status")
        person.waits_for("Sync now")
        person.clicks("Sync now")
        person.waits_for("Reading")
        person.waits_for(lambda: "Reading" not in self._status(person))

    def _until_read(self, person: Person) -> None:
        """Press *Sync now*, which waits, until every calendar was read."""
        for _ in range(3):
            self._sync_now(person)
            seen = self._status(person)
            self._expect("cannot be read" not in seen, f"a calendar cannot be read:\n{seen}")
            if "first time" not in seen:
                return
        raise NotAsTold("the calendars were not read in time")

    def _browse(self, link: str, address: str) -> str:
        """The browser's part: the link, Google's consent, and Daybook's page after it."""
        with httpx.Client() as browser:
            to_google = browser.get(link)
            self._expect(to_google.is_redirect, "the link does not lead to Google")
            back = consent(browser, to_google.headers["Location"], account=address)
            page = browser.get(back)
        self._expect(page.status_code == 200, f"the page says: {page_text(page.text)}")
        return page_text(page.text)

    def _expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            raise NotAsTold(otherwise)

    def _latest(self, person: Person) -> str:
        return person.reads(person.messages[-1])

    def _latest_about(self, person: Person, words: str) -> str:
        return next((text for text in map(person.reads, reversed(person.messages)) if words in text), "")

    def _status(self, person: Person) -> str:
        """The answer to *Sync now*, which other messages may have followed."""
        return self._latest_about(person, "(linked, ")

    def _screen(self, person: Person) -> str:
        return person.reads(person.modal) if person.modal is not None else person.sees()

    def _flat(self, seen: str) -> str:
        """What is on a screen, wherever its lines break."""
        return " ".join(seen.replace("│", " ").split())

    def _passes(self, time: timedelta) -> None:
        """Let so much time go by at once; said the first time that anybody sees it."""
        was_ahead = self._clock.is_ahead
        self._clock.passes(time)
        if self._clock.is_ahead and not was_ahead:
            print(f"\n{AHEAD}")

    def _title(self, text: str) -> None:
        print(f"\n{'=' * WIDTH}\n{text}\n{'=' * WIDTH}")

    def _show(self, what: str, person: Person, seen: str) -> None:
        self._say(f"{what}. {person.member.real_name} sees", seen)

    def _say(self, what: str, seen: str) -> None:
        print(f"\n{what}:\n\n{seen}")

    def _until(self, holds: Callable[[], bool], otherwise: str) -> None:
        """Wait for what nobody's screen shows."""
        until = time.monotonic() + WAIT_SECONDS
        while not holds():
            self._expect(time.monotonic() < until, otherwise)
            time.sleep(_PAUSE_SECONDS)


def told_day(day: date) -> str:
    """`Sunday 14 March 2027`."""
    return f"{day:%A} {day.day} {day:%B %Y}"
