"""The journey goes two-way: what will change is told first, then Google's meetings are appointments with contacts."""

from datetime import timedelta

from bot.sandbox.google.errors import Resource
from bot.sandbox.option_chapter import OptionChapter, invited, meeting_day

NOOR = ("noor@haddad.test", "Noor Haddad", "accepted")
PIA = ("pia@lund.test", "Pia Lund", "accepted")
_MAYA = ("maya@ortiz.test", "Maya Ortiz", "accepted")
_STRANGERS = (("joe@spam.test", "Joe Vance", "accepted"), ("jil@spam.test", "Jil Marsh", "needsAction"))
_ROOM = {"email": "room-1@resource.calendar.google.com", "displayName": "Blue room", "resource": True}
# What was made in the second of the switch counts as made after it.
_A_SECOND = timedelta(seconds=1)
# So long the question about strangers waits for others to ask about.
_WAIT = timedelta(minutes=1, seconds=1)


class TwoWayChapter(OptionChapter):
    """Ana looks at what two-way would change, switches, works with the contacts, and wants to be asked about more."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._fill_a_day()
        self._preview()
        self._switch()
        self._look_at_the_day()
        self._look_at_contacts()
        self._ask_from_now_on()
        self._hear_from_google()

    def _fill_a_day(self) -> None:
        ben, cara = ((one.email, one.real_name, "accepted") for one in (self._town.ben, self._town.cara))
        self._put("Demo", "10:00", "10:30", invited(self._town, NOOR, ben))
        self._put("Quarter review", "11:00", "12:00", [*invited(self._town, PIA), _ROOM])
        self._put("Team lunch", "13:00", "13:30", invited(self._town, ben, cara))
        self._put("Follow-up", "14:00", "14:30", invited(self._town, _MAYA))
        self._title("Ana's own meetings in Google, one-way: they block time, and that is all")
        print("\nIn Google: four meetings, with people from outside and with colleagues.")
        self._sync_now(self._ana)
        self._passes(_A_SECOND)
        seen = self._agenda("grey  Demo", "grey  Quarter review", "grey  Team lunch", "grey  Follow-up")
        self._show(f"After [Sync now]: Ana types /daybook agenda {meeting_day(self._town)}", self._ana, seen)

    def _preview(self) -> None:
        ana = self._ana
        self._title("Two-way? What will change is told first")
        self._opens_option()
        self._show("Calendar Settings, [Change] beside *Sync option*", ana, self._screen(ana))
        ana.fills("Sync option", "Two-way")
        ana.submits()
        ana.waits_for("Switching *Ana* from one-way to two-way")
        told = self._screen(ana)
        self._show("She chooses *Two-way*, and clicks [Next]", ana, told)
        for words in (
            "3 of them appointments",
            "2 contacts are added",
            "2 colleagues and 1 room are left out",
            "No trigger fires for anything that exists now",
        ):
            self._expect(words in self._flat(told), f"{words!r} is not told beforehand")

    def _switch(self) -> None:
        ana = self._ana
        ana.submits()
        ana.waits_for("is two-way (adds unknown invitees, triggers on) now")
        self._until_decided()
        told = self._screen(ana)
        self._show("She clicks [Switch]; her settings a moment later", ana, told)
        self._expect("2 contacts were added" in self._flat(told), "not as many contacts as were told")
        ana.closes(all_of_them=True)

    def _look_at_the_day(self) -> None:
        self._title("The same day, two-way: blue with contacts, teal without")
        seen = self._agenda("blue  Demo", "blue  Quarter review", "teal  Team lunch", "blue  Follow-up")
        self._show(f"Ana types /daybook agenda {meeting_day(self._town)}", self._ana, seen)

    def _look_at_contacts(self) -> None:
        ana = self._ana
        self._title("Who became a contact, and what was kept of them")
        seen = self._people()
        for name in ("Maya Ortiz", "Noor Haddad", "Pia Lund"):
            self._expect(name in seen, f"{name} is no contact")
        self._expect("Ben" not in seen and "Blue room" not in seen, "somebody became a contact who is none")
        self._show("Ana types /daybook contacts", ana, seen)
        ana.clicks("Open", near="Pia Lund")
        ana.waits_for("Quarter review")
        self._show("[Open] beside Pia Lund", ana, self._screen(ana))
        ana.clicks("Edit")
        ana.waits_for("Phone")
        ana.fills("Tags", "client")
        ana.submits()
        ana.waits_for("Saved.")
        self._show("[Edit]: she gives her a tag", ana, self._screen(ana))
        ana.closes(all_of_them=True)

    def _ask_from_now_on(self) -> None:
        ana = self._ana
        self._title("From now on Ana wants to be asked about people whom nobody knows")
        self._opens_option()
        ana.fills("Under two-way: unknown invitees", "Ask me")
        ana.submits()
        ana.waits_for("Changing *Ana* to two-way (asks about unknown invitees")
        self._show("*Sync option*, *Ask me*, [Next]", ana, self._screen(ana))
        ana.submits()
        ana.waits_for("asks about unknown invitees, triggers on) now")
        self._until_decided()
        ana.closes(all_of_them=True)

    def _hear_from_google(self) -> None:
        ana = self._town.ana.email
        self._title("A contact declines in Google, and strangers invite Ana")
        self._put("Amazing offer", "16:00", "16:30", invited(self._town, *_STRANGERS))
        declined = (*NOOR[:2], "declined")
        self._town.google.change_event(ana, self._demo()["id"], attendees=invited(self._town, declined))
        print(
            "\nIn Google: Noor Haddad declines the demo; and there is an invitation with two people whom nobody knows."
        )
        self._sync_now(self._ana)
        seen = self._agenda("teal  Amazing offer", "Noor Haddad (declined)")
        self._show("After [Sync now], Ana's agenda", self._ana, seen)
        self._passes(_WAIT)
        print(
            "\nThe demo's clock goes on by a minute: so long Daybook waits, to ask about everybody new in one message."
        )

    def _demo(self) -> Resource:
        kept = self._town.google.calendars[self._town.ana.email].events.values()
        return next(event.fields for event in kept if event.fields.get("summary") == "Demo")
