"""A channel gets its digest: set up in it, agreed to by each, posted at its time, and taken back."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.chapter import Chapter
from bot.sandbox.slack.person import Person
from bot.sandbox.town import BERLIN

_CHANNEL = "#sales"
_WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
# Time enough to answer, and not so late that the digest has to say so.
_AHEAD = timedelta(minutes=4)


class DigestChapter(Chapter):
    """Ana sets up a digest of #sales; Ben agrees, it is posted at its time, and he takes his word back."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._set_up()
        self._agree()
        self._post()
        self._take_back()

    def _set_up(self) -> None:
        ana = self._ana
        due = self._clock.now().astimezone(ZoneInfo(BERLIN)) + _AHEAD
        self._title("Ana gives #sales a digest")
        ana.types("/daybook digest", channel=_CHANNEL)
        ana.waits_for("Whose days")
        ana.fills("On these days", _WEEK)
        ana.fills("At", f"{due:%H:%M}")
        ana.fills("Whose days", [self._town.ana.name, self._town.ben.name])
        ana.fills("How much the channel sees", "Titles")
        self._show(f"She types /daybook digest in {_CHANNEL}, and fills it in", ana, self._screen(ana))
        ana.submits()
        ana.waits_for("Saved.")
        told = self._screen(ana)
        self._expect("Ben: was asked" in self._flat(told), "Ben was not asked")
        self._show("She clicks [Save]", ana, told)
        ana.clicks("Preview")
        ana.waits_for("Only you see this")
        seen = self._screen(ana)
        self._expect(
            "Ben was asked and has not answered yet" in self._flat(seen), "the preview does not say who is missing"
        )
        self._show("[Preview]: what would be posted now", ana, seen)
        ana.closes(all_of_them=True)

    def _agree(self) -> None:
        ben = self._ben
        self._title("Ben is asked, and agrees")
        ben.waits_for(lambda: bool(self._latest_about(ben, "would like to show your days")))
        self._show("A direct message", ben, self._latest_about(ben, "would like to show your days"))
        ben.clicks("Agree", near="would like to show your days")
        ben.waits_for(lambda: bool(self._latest_about(ben, "Your days are shown in")))
        self._show("He clicks [Agree]", ben, self._latest_about(ben, "Your days are shown in"))

    def _post(self) -> None:
        cara = self._cara
        self._title("At its time the digest stands in the channel")
        self._passes(_AHEAD)
        cara.waits_for(lambda: bool(self._digest(cara)))
        seen = self._digest(cara)
        for words in ("Ana", "Ben", "Berlin time"):
            self._expect(words in seen, f"{words!r} is not in the digest")
        self._show("The demo's clock goes on by four minutes", cara, seen)

    def _take_back(self) -> None:
        ben = self._ben
        self._title("Ben takes his word back")
        ben.clicks("Stop showing my days", near="Your days are shown in")
        ben.waits_for(lambda: bool(self._latest_about(ben, "Your days are not shown in")))
        self._show("He clicks [Stop showing my days]", ben, self._latest_about(ben, "Your days are not shown in"))
        self._ana.types("/daybook digest", channel=_CHANNEL)
        self._ana.waits_for("Ben: said no")
        self._show("Ana looks at the digest again", self._ana, self._screen(self._ana))
        self._ana.closes(all_of_them=True)

    def _digest(self, person: Person) -> str:
        return self._latest_about(person, "Today at Acme")
