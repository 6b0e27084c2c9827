"""The journey's board call: an outside event lands on an appointment, and Ana moves the appointment out of its way."""

from datetime import date, timedelta

from bot.sandbox.booked_chapter import BookedChapter
from bot.sandbox.held import event_called

_CALL, _TALK = "Board call", "Renewal talk"
# Nothing else of the demo happens on the Friday after the change of clocks.
_AFTER_THE_CHANGE = timedelta(days=5)


class LandingChapter(BookedChapter):
    """Ana books an appointment, somebody puts a call on it in Google, and she is asked what is to move."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        day = self._town.change + _AFTER_THE_CHANGE
        self._books(day)
        self._lands(day)
        self._moves()

    def _books(self, day: date) -> None:
        ana = self._ana
        self._title(f"Ana has an appointment, {_TALK}")
        ana.types(f"/daybook slots 30m {day.isoformat()}")
        ana.waits_for("30 minutes")
        ana.clicks("10:00")
        ana.waits_for("Time in")
        ana.fills("Title", _TALK)
        ana.submits()
        ana.waits_for("Booked:")
        ana.closes(all_of_them=True)
        self._until(lambda: event_called(self._town, _TALK) is not None, "the appointment is not in Google")

    def _lands(self, day: date) -> None:
        ana = self._ana
        self._title("In Google somebody puts a call on top of it: Ana is asked, with both side by side")
        times = {"start": f"{day.isoformat()}T10:00", "end": f"{day.isoformat()}T11:00"}
        self._town.google.put_event(self._town.family, summary=_CALL, **times)
        print(f"\nIn Google, calendar Family: {_CALL}, 10:00-11:00.")
        self._sync_now(ana)
        ana.waits_for(lambda: "now overlaps" in self._flat(self._told()))
        self._show("A message, once", ana, self._told())

    def _moves(self) -> None:
        ana = self._ana
        self._title("She presses one of the times: the appointment moves as by its card")
        ana.clicks("Move to 11:00", near=_CALL)
        ana.waits_for(lambda: "clear of" in self._flat(self._told()))
        self._show("[Move to 11:00]", ana, self._told())
        self._until(lambda: "T11:00" in self._start(), "Google was not told of the new time")

    def _told(self) -> str:
        """The message about the call, as Ana reads it; nothing where there is none."""
        read = [self._ana.reads(message) for message in self._ana.messages if not message.thread_ts]
        return next((text for text in reversed(read) if _CALL in text), "")

    def _start(self) -> str:
        event = event_called(self._town, _TALK)
        return str(event["start"]["dateTime"]) if event else ""
