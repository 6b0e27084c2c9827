"""The journey's next morning: a reminder that comes, one that stays silent, and the question how it went."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.booked_chapter import BookedChapter, card_of
from bot.sandbox.town import BERLIN

_TALK, _CALL = "Roadmap talk", "Contract call"
_SATURDAY = 5


class RemindersChapter(BookedChapter):
    """Ana books two appointments, cancels one of them, and lets the time pass until both would have begun."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        day = next_working_day(self._town.today)
        self._title("Ana books two appointments for the next morning, and cancels the second one")
        self._books(day, "10:00", _TALK, "noor@haddad.test", "Noor Haddad")
        self._books(day, "11:00", _CALL, "ivo@lang.test", "Ivo Lang")
        self._cancels(_CALL)
        self._until(lambda: self._says(_CALL, "Book again"), "the card does not say that it is cancelled")
        self._show("Her cards", self._ana, f"{card_of(self._ana, _TALK)}\n\n{card_of(self._ana, _CALL)}")
        self._remind(day)
        self._stay_silent_and_ask(day)

    def _remind(self, day: date) -> None:
        ana = self._ana
        self._title("Ten minutes before the start Daybook reminds her")
        self._passes_to(day, "9:50")
        ana.waits_for(lambda: self._reminded(_TALK) != "")
        self._show("The demo's clock goes on to 9:50", ana, self._reminded(_TALK))

    def _stay_silent_and_ask(self, day: date) -> None:
        ana = self._ana
        self._title("Of what was cancelled nobody is reminded; of what is over she is asked how it went")
        self._passes_to(day, "10:51")
        ana.waits_for(lambda: self._latest_about(ana, "How did it go") != "")
        self._expect(self._reminded(_CALL) == "", "she was reminded of an appointment that was cancelled")
        self._show("The clock goes on to 10:51", ana, self._latest_about(ana, "How did it go"))
        asked = next(one.ts for one in reversed(ana.messages) if "How did it go" in ana.reads(one))
        ana.clicks("Showed", near="How did it go")
        ana.waits_for(lambda: "showed" in self._reads_at(asked))
        self._show("She clicks [Showed], and the question becomes the answer", ana, self._reads_at(asked))

    def _books(self, day: date, time: str, title: str, address: str, name: str) -> None:
        ana = self._ana
        ana.types(f"/daybook slots 30m {day.isoformat()}")
        ana.waits_for("30 minutes")
        ana.clicks(time)
        ana.waits_for("Time in")
        ana.fills("Contact", address)
        ana.waits_for("Name of the new contact")
        ana.fills("Name of the new contact", name)
        ana.fills("Title", title)
        ana.submits()
        ana.waits_for("Booked:")
        ana.closes(all_of_them=True)
        self._until(lambda: self._says(title, "booked by"), f"there is no card of {title}")

    def _cancels(self, title: str) -> None:
        ana = self._ana
        ana.clicks("Cancel", near=title)
        ana.waits_for("Reason")
        ana.submits()
        ana.waits_for("Cancelled:")
        ana.closes(all_of_them=True)

    def _passes_to(self, day: date, time: str) -> None:
        hour, minute = map(int, time.split(":"))
        at = datetime(day.year, day.month, day.day, hour, minute, 1, tzinfo=ZoneInfo(BERLIN))
        self._passes(max(at - self._clock.now(), timedelta()))

    def _reminded(self, title: str) -> str:
        """The reminder of it, as Ana reads it; nothing where there is none."""
        read = [self._ana.reads(message) for message in self._ana.messages]
        return next((text for text in reversed(read) if title in text and "begins in" in text), "")

    def _reads_at(self, ts: str) -> str:
        """That message, as Ana reads it now."""
        return next((self._ana.reads(message) for message in self._ana.messages if message.ts == ts), "")


def next_working_day(today: date) -> date:
    """The first day after that one on which Ana works."""
    day = today + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return day
