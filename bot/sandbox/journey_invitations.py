"""The journey two-way: a trigger fires, Ana hears of a decline and is asked about strangers, and all is undone."""

from datetime import timedelta

from bot.sandbox.journey_two_way import NOOR
from bot.sandbox.option_chapter import OptionChapter, invited, meeting_day

_TEXT = "New meeting: {contact} with {host}, {when}"
_SAID = "New meeting:"


class InvitationsChapter(OptionChapter):
    """What happens in Google from now on, and the way back."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._make_a_trigger()
        self._fire()
        self._hear_of_a_decline()
        self._answer_about_strangers()
        self._undo()

    def _make_a_trigger(self) -> None:
        ana = self._ana
        self._title("A trigger: whenever Ana is booked, tell #sales")
        ana.types("/daybook triggers")
        ana.waits_for("No triggers yet")
        ana.clicks("New trigger")
        ana.waits_for("Booked where")
        ana.fills("When", ["Booked"])
        ana.fills("Channel", "#sales")
        ana.fills("Text", _TEXT)
        ana.fills("Name", "Tell sales")
        self._show("/daybook triggers, [New trigger]", ana, self._screen(ana))
        ana.submits()
        ana.waits_for("is on.")
        self._show("She clicks [Save]", ana, self._screen(ana))
        ana.closes(all_of_them=True)

    def _fire(self) -> None:
        ana, cara = self._ana, self._cara
        self._title("The trigger fires for a new meeting, and for nothing older")
        # Google tells whole seconds: what was made in that of the trigger counts as older.
        self._passes(timedelta(seconds=1))
        self._put("Kick-off with Noor", "15:00", "15:30", invited(self._town, NOOR))
        print("\nIn Google: Kick-off with Noor, 15:00-15:30. Nobody presses a button: Google tells Daybook by itself.")
        self._until(lambda: bool(self._posted()), "the trigger did not fire")
        self._show("In #sales", cara, self._latest_about(cara, _SAID))
        self._expect("Noor Haddad with Ana" in self._posted()[0], "it fired for something else")
        ana.types("/daybook triggers")
        ana.waits_for("fired 1 time")
        ana.clicks("Open", near="Tell sales")
        ana.waits_for("What it did")
        self._show("[Open] beside the trigger, in Ana's list", ana, self._screen(ana))
        ana.closes(all_of_them=True)

    def _hear_of_a_decline(self) -> None:
        ana = self._ana
        self._title("A contact will not come: Ana is told, and nothing is changed for it")
        self._until(lambda: self._latest_about(ana, "declined *Demo*") != "", "Ana is not told")
        self._show("A direct message", ana, self._latest_about(ana, "declined *Demo*"))

    def _answer_about_strangers(self) -> None:
        ana, asked = self._ana, "are no contacts yet"
        self._title("Two strangers, one question, one answer")
        self._until(lambda: self._latest_about(ana, asked) != "", "Ana is not asked")
        self._show("A direct message", ana, self._latest_about(ana, asked))
        ana.clicks("Never for spam.test", near="joe@spam.test")
        nobody = "There is nobody left to decide about here"
        ana.waits_for(lambda: self._latest_about(ana, nobody) != "")
        self._show("She clicks [Never for spam.test], and agrees", ana, self._latest_about(ana, nobody))

    def _undo(self) -> None:
        ana = self._ana
        self._title("Back to one-way: undo takes away what the switches made, and nothing else")
        ana.types("/daybook settings")
        ana.waits_for("Undo")
        ana.clicks("Undo")
        ana.waits_for("adds unknown invitees, triggers on) again")
        self._show("Calendar Settings, [Undo]: the last change first", ana, self._screen(ana))
        ana.clicks("Undo")
        ana.waits_for("*Ana* is one-way again")
        told = self._screen(ana)
        self._show("[Undo] once more", ana, told)
        self._expect("1 contact was removed" in self._flat(told), "Noor Haddad was not removed")
        self._expect("Pia Lund stays: edited since" in self._flat(told), "it is not told that Pia Lund stays")
        ana.closes(all_of_them=True)
        seen = self._people()
        self._show("Ana types /daybook contacts", ana, seen)
        self._expect("Pia Lund" in seen and "Maya Ortiz" in seen, "a contact is gone who was to stay")
        self._expect("Noor Haddad" not in seen and "spam.test" not in seen, "a contact is there who was to go")
        ana.closes(all_of_them=True)
        seen = self._agenda("grey  Demo", "grey  Quarter review", "grey  Team lunch", "grey  Kick-off with Noor")
        self._show(f"Ana types /daybook agenda {meeting_day(self._town)}", ana, seen)
        self._expect(len(self._posted()) == 1, "the trigger fired again")

    def _posted(self) -> list[str]:
        """What the trigger said in #sales."""
        return [text for text in map(self._cara.reads, self._cara.messages) if _SAID in text]
