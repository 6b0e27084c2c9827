"""The journey's middle: Zoom is connected, an appointment is booked, and two people want the same time."""

import re

import httpx

from bot.sandbox.booked_chapter import MAYA, BookedChapter, booking_day, card_of, clock
from bot.sandbox.page_text import page_text
from bot.sandbox.slack.person import Person
from bot.sandbox.zoom.browser import ZoomBrowser
from bot.sandbox.zoom.joining import page_behind


class BookingChapter(BookedChapter):
    """Ana connects Zoom, Ben books her with Maya, and Ben and Cara race for one of her times."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._connect_zoom()
        self._book()
        self._look_outside()
        self._race()

    def _connect_zoom(self) -> None:
        ana, home = self._ana, self._town.ana
        self._title("Ana connects Zoom")
        ana.types("/daybook settings")
        ana.waits_for("Linked calendar")
        ana.clicks("Video Conferencing")
        self._show("1. Calendar Settings > Video Conferencing", ana, ana.waits_for("No Zoom account is connected"))
        ana.clicks("Add New")
        ana.waits_for("Connect Zoom")
        self._show("2. She clicks [Add New]", ana, self._screen(ana))
        link = ana.clicks("Connect Zoom")
        with httpx.Client() as client:
            to_zoom = client.get(link)
            self._expect(to_zoom.is_redirect, "the link does not lead to Zoom")
            zoom = ZoomBrowser(client)
            zoom.opens(to_zoom.headers["Location"])
            self._say("3. [Connect Zoom] opens Zoom's sign-in in her browser", zoom.reads)
            zoom.signs_in(home.email)
            self._say("4. Signed in, she is asked what Daybook may do", zoom.reads)
            page = client.get(zoom.allows())
        self._expect(page.status_code == httpx.codes.OK, f"the page says: {page_text(page.text)}")
        self._say("5. She presses Allow, and Daybook's page says", page_text(page.text))
        ana.closes(all_of_them=True)
        ana.waits_for(lambda: "Is it yours?" in self._latest(ana))
        ana.clicks("Yes, connect")
        ana.waits_for("Zoom is connected")
        self._show("6. She clicks [Yes, connect]", ana, self._screen(ana))
        ana.closes(all_of_them=True)

    def _book(self) -> None:
        ben, day = self._ben, booking_day(self._town)
        self._title("Ben books Ana with somebody new: a slot, a name, Book")
        asked = f"/daybook slots @ana 30m {day}"
        ben.types(asked)
        self._show(f"Ben types {asked}", ben, ben.waits_for("30 minutes"))
        ben.clicks(clock(self._town, "15:00", ben))
        ben.waits_for("Time in New York")
        ben.fills("Contact", "maya@ortiz.test")
        ben.waits_for("Name of the new contact")
        ben.fills("Name of the new contact", "Maya Ortiz")
        ben.fills("Note", "Bring the plans.")
        self._show("He clicks 15:00 of Ana's day, and says who it is with", ben, self._screen(ben))
        ben.submits()
        ben.waits_for("Booked:")
        self._show("He clicks [Book]", ben, self._screen(ben))
        ben.closes(all_of_them=True)

    def _look_outside(self) -> None:
        ana = self._ana
        self._title("What came of it: the card, the event in Google, the meeting in Zoom")
        self._until(lambda: self._says(MAYA, "invitation e-mailed"), "the card does not say that all is done")
        self._show("A card in her messages with Daybook, the same one for life", ana, card_of(ana, MAYA))
        ben = self._ben
        ben.waits_for(lambda: "invitation e-mailed" in " ".join(card_of(ben, MAYA).split()))
        self._show("Ben, who booked it, has a message of his own", ben, card_of(ben, MAYA))
        self._show_outside(MAYA)
        link = ana.clicks("Join Zoom")
        headline, sentence = page_behind(link, self._town.zoom)
        self._expect(headline == MAYA, f"[Join Zoom] leads to {headline}")
        self._say(f"[Join Zoom] leads to {link}, where one would read", f"  *{headline}*\n  {sentence}")

    def _race(self) -> None:
        ben, cara, day = self._ben, self._cara, booking_day(self._town)
        self._title("Ben and Cara want the same time of Ana's, in the same moment")
        for person, contact, title in ((ben, "lee@chen.test", "Ben's pilot"), (cara, "zoe@adler.test", "Cara's pilot")):
            person.types(f"/daybook slots @ana 30m {day}")
            person.waits_for("30 minutes")
            person.clicks(clock(self._town, "11:00", person))
            person.waits_for("Time in")
            person.fills("Contact", contact)
            person.waits_for("Name of the new contact")
            person.fills("Title", title)
            person.fills("Note", "Twenty seats.")
        ben.submits()
        cara.submits()
        for person in (ben, cara):
            self._is_decided(person)
        lost = [person for person in (ben, cara) if "taken a moment ago" in self._screen(person)]
        self._expect(len(lost) == 1, f"{len(lost)} of two lost the race for one time")
        loser, winner = lost[0], cara if lost[0] is ben else ben
        self._show("One has it", winner, self._screen(winner))
        shown = self._screen(loser)
        self._show("The other one loses nothing but the time", loser, shown)
        for typed in ("'s pilot", "Twenty seats.", ".test"):
            self._expect(typed in shown, f"{typed!r} is not on the form any more")
        nearest = re.findall(r"\[(\d+:\d\d)\]", shown.partition("Nearest:")[2].partition("With")[0])
        self._expect(len(nearest) == 3, f"not three nearest: {nearest}")
        loser.clicks(nearest[0])
        loser.waits_for(lambda: "taken a moment ago" not in self._screen(loser))
        loser.submits()
        loser.waits_for("Booked:")
        self._show(f"[{nearest[0]}], [Book]", loser, self._screen(loser))
        for person in (ben, cara):
            person.closes(all_of_them=True)

    def _is_decided(self, person: Person) -> None:
        """Wait until this person knows whether the time is his."""
        ends = ("Booked:", "taken a moment ago")
        person.waits_for(lambda: any(end in self._screen(person) for end in ends))
