"""What becomes of appointments: moved here and in Google, without Zoom for a while, held, offered, cancelled."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.booked_chapter import MAYA, BookedChapter, booking_day, card_of, clock, thread_of
from bot.sandbox.google.errors import Resource
from bot.sandbox.held import event_called, meetings_called
from bot.sandbox.town import BERLIN
from bot.sandbox.zoom.errors import error_body


class ChangesChapter(BookedChapter):
    """Maya's appointment moves, and is cancelled in the end; others come without a link, on hold, or by an offer."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._reschedule()
        self._move_in_google()
        self._book_without_zoom()
        self._hold()
        self._offer()
        self._cancel()

    def _reschedule(self) -> None:
        ana = self._ana
        before = self._held()
        self._title("Ana reschedules: the same meeting, the same link")
        ana.clicks("Reschedule", near=MAYA)
        ana.waits_for("Time in Berlin")
        ana.fills("Time in Berlin", "15:30")
        ana.waits_for("15:30-16:00")
        self._show("[Reschedule] on the card", ana, self._screen(ana))
        ana.submits()
        ana.waits_for("Moved:")
        self._show("[Move it]", ana, self._screen(ana))
        ana.closes(all_of_them=True)
        self._until(lambda: "T15:30" in self._held()["start"]["dateTime"], "Google was not told of the new time")
        self._until(lambda: "Moved by Ana" in thread_of(ana, MAYA), "the thread does not tell of the move")
        self._until(lambda: not self._says(MAYA, "not e-mailed yet"), "the card is not up to date")
        self._show_outside(MAYA)
        after = self._held()
        self._expect((before["id"], before["location"]) == (after["id"], after["location"]), "it is another meeting")

    def _move_in_google(self) -> None:
        ana, event, day = self._ana, self._held(), booking_day(self._town)
        self._title("Ana drags the event to another time in Google: the appointment follows")
        times = {"start": f"{day}T16:00", "end": f"{day}T16:30"}
        self._town.google.change_event(self._town.ana.email, event["id"], **times)
        print("\nIn Google: 16:00-16:30.")
        self._sync_now(ana)
        self._until(lambda: "in Google" in thread_of(ana, MAYA), "the appointment did not follow")
        self._until(lambda: self._zoom_start() == "16:00", "Zoom did not follow")
        self._until(lambda: self._says(MAYA, "16:00 - 16:30"), "the card did not follow")
        self._show("The card", ana, card_of(ana, MAYA))
        self._show_thread(MAYA)
        self._show_outside(MAYA)

    def _book_without_zoom(self) -> None:
        ana, ben, title = self._ana, self._ben, "Outage drill"
        self._title("Zoom does not answer: the booking stands, and the link follows by itself")
        self._town.zoom.faults.on(path="/v2/.*", times=1000).answer(503, error_body(5000, "Service unavailable."))
        self._opens_form("9:30")
        ben.fills("Contact", "kim@park.test")
        ben.waits_for("Name of the new contact")
        ben.fills("Title", title)
        ben.submits()
        ben.waits_for("Booked:")
        ben.closes(all_of_them=True)
        self._until(lambda: self._says(title, "has not taken this"), "the card says nothing of the outage")
        self._show("The card, while Zoom is down", ana, card_of(ana, title))
        self._town.zoom.faults.clear()
        # What Zoom refused may appear there all the same for a while, and is waited for before it is made anew.
        self._until(lambda: self._says(title, "Join Zoom"), "the link did not follow")
        self._until(lambda: self._says(title, "invitation e-mailed"), "Google does not have it")
        self._show("Zoom is back; a while later, by itself", ana, card_of(ana, title))
        self._show_outside(title)

    def _hold(self) -> None:
        ana, ben, title = self._ana, self._ben, "Budget talk"
        self._title("Ben holds a time, and confirms it")
        self._opens_form("13:00")
        ben.fills("Contact", "Maya Ortiz")
        ben.waits_for("Invite by e-mail")
        ben.fills("Title", title)
        ben.fills("Options", ["Invite by e-mail", "Only hold it for 30 minutes"])
        ben.waits_for("[Hold]")
        ben.submits()
        ben.waits_for("Held:")
        self._show("He ticks *Only hold it*, and clicks [Hold]", ben, self._screen(ben))
        ben.closes(all_of_them=True)
        self._until(lambda: self._says(title, "Confirm"), "there is no card for the hold")
        self._until(lambda: event_called(self._town, title) is not None, "the hold is not in Google")
        self._show("The card of a hold", ana, card_of(ana, title))
        self._expect(not meetings_called(self._town, title), "a hold has a meeting already")
        ana.clicks("Confirm", near=title)
        self._until(lambda: self._says(title, "invitation e-mailed"), "it was not confirmed")
        self._show("Ana clicks [Confirm]", ana, card_of(ana, title))
        self._show_outside(title)

    def _offer(self) -> None:
        ana, cara, day = self._ana, self._cara, booking_day(self._town)
        self._title("Ana offers three times in #sales, and Cara is first")
        ana.types(f"/daybook slots 30m {day}", channel="#sales")
        ana.waits_for("Offer three in channel")
        ana.clicks("Offer three in channel")
        cara.waits_for(lambda: "Take it" in self._latest(cara))
        self._show("She clicks [Offer three in channel]", cara, self._latest(cara))
        offered = re.findall(r"(\d+:\d\d) - .*Take it", self._latest(cara))
        self._expect(len(offered) == 3, f"not three times are offered: {offered}")
        cara.clicks("Take it", near=f" {offered[0]} Berlin")
        cara.waits_for(lambda: self._latest_about(cara, "has taken") != "")
        self._show("She clicks [Take it], and the others are gone", ana, self._latest_about(ana, "has taken"))

    def _cancel(self) -> None:
        ana = self._ana
        event_id = self._held()["id"]
        self._title("Ana cancels: who hears of it is said beforehand")
        ana.clicks("Cancel", near=MAYA)
        ana.waits_for("Reason")
        ana.fills("Reason", "The plans are not ready.")
        self._show("[Cancel] on the card", ana, self._screen(ana))
        ana.submits()
        ana.waits_for("Cancelled:")
        self._show("[Cancel it]", ana, self._screen(ana))
        ana.closes(all_of_them=True)
        self._until(lambda: not meetings_called(self._town, MAYA), "the meeting is still there in Zoom")
        self._until(lambda: event_called(self._town, MAYA) is None, "the event is still there in Google")
        self._until(lambda: self._says(MAYA, "[Book again]"), "the card is not up to date")
        mails = [f"{mail.kind} to {mail.to}" for mail in self._town.google.mails if mail.event_id == event_id]
        self._say("Google has no event any more, and Zoom no meeting. Mailed in all", "\n".join(mails))
        self._show("The card stays, for the record", ana, card_of(ana, MAYA))
        self._show_thread(MAYA)

    def _opens_form(self, time: str) -> None:
        """Ben with the form for a time of Ana's."""
        self._ben.types(f"/daybook slots @ana 30m {booking_day(self._town)}")
        self._ben.waits_for("30 minutes")
        self._ben.clicks(clock(self._town, time, self._ben))
        self._ben.waits_for("Time in")

    def _held(self) -> Resource:
        event = event_called(self._town, MAYA)
        self._expect(event is not None, "the event is not in Google")
        return event or {}

    def _zoom_start(self) -> str:
        """When the meeting starts in Zoom, by the clock of Berlin."""
        at = datetime.fromisoformat(meetings_called(self._town, MAYA)[0]["start_time"])
        return f"{at.astimezone(ZoneInfo(BERLIN)):%H:%M}"
