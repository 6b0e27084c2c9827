"""What the chapters about appointments share: whose they are, on which day, and how they are looked at."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.chapter import Chapter
from bot.sandbox.held import event_called, google_told, meetings_called, zoom_told
from bot.sandbox.slack.person import Person
from bot.sandbox.town import BERLIN, Town

MAYA = "Maya Ortiz and Ana"
"""The appointment that most of it happens to."""


class BookedChapter(Chapter):
    """A chapter in which Ana's appointments are looked at in Slack, in Google and in Zoom."""

    def _show_outside(self, title: str) -> None:
        """Print what Google and Zoom hold; each has it once."""
        event, meetings = event_called(self._town, title), meetings_called(self._town, title)
        self._expect(event is not None and len(meetings) == 1, f"{title} is not once in Google and once in Zoom")
        if event is not None:
            self._say("The event, as Google holds it", google_told(self._town, event))
        self._say("The meeting, as Zoom holds it", zoom_told(meetings[0]))

    def _says(self, title: str, words: str) -> bool:
        """Whether Ana's card says this, wherever its lines break."""
        return words in " ".join(card_of(self._ana, title).split())

    def _show_thread(self, title: str) -> None:
        """Print the thread under Ana's card."""
        self._show("The thread under the card", self._ana, thread_of(self._ana, title))


def booking_day(town: Town) -> str:
    """The Wednesday after the change of clocks, on which nothing stands; an ISO date."""
    return (town.change + timedelta(days=3)).isoformat()


def clock(town: Town, time: str, person: Person) -> str:
    """A time of that day in Berlin, as this person's clock shows it."""
    at = datetime.fromisoformat(f"{booking_day(town)}T{time:0>5}").replace(tzinfo=ZoneInfo(BERLIN))
    there = at.astimezone(ZoneInfo(person.member.tz or "UTC"))
    return f"{there.hour}:{there.minute:02}"


def card_of(person: Person, title: str) -> str:
    """The appointment's card, as this person reads it; nothing where there is none yet."""
    read = [person.reads(message) for message in person.messages if not message.thread_ts]
    return next((text for text in reversed(read) if title in text and "booked by" in text), "")


def thread_of(person: Person, title: str) -> str:
    """The lines under the card, oldest first."""
    cards = [each.ts for each in person.messages if title in person.reads(each) and "booked by" in person.reads(each)]
    lines = sorted((each for each in person.messages if each.thread_ts in cards), key=lambda each: each.ts)
    return "\n".join(person.reads(line).partition("\n")[2] for line in lines)
