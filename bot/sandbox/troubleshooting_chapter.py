"""The journey asks why something does not show: the checks, a missing event found, and how fast changes arrive."""

from bot.sandbox.chapter import Chapter

_MISSING = "Pottery class"


class TroubleshootingChapter(Chapter):
    """Ana looks for an event that leaves her time open, measures the round trip, and asks a question in words."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._look_at_the_checks()
        self._find_the_event()
        self._measure()
        self._ask()

    def _look_at_the_checks(self) -> None:
        ana = self._ana
        self._title("Events not syncing?")
        day = self._town.change.isoformat()
        self._town.google.put_event(
            ana.member.email,
            summary=_MISSING,
            start=f"{day}T18:00",
            end=f"{day}T19:00",
            transparency="transparent",
        )
        print(f"\nIn Google: {_MISSING}, 18:00-19:00, shown as Free.")
        self._sync_now(ana)
        seen = ana.waits_for("Checked and found right")
        self._show("After [Sync now]", ana, self._latest_about(ana, "Checked and found right"))
        self._expect("An event is missing" in seen, "the way to a missing event is not offered")

    def _find_the_event(self) -> None:
        ana = self._ana
        ana.clicks("An event is missing")
        ana.waits_for("In which calendar")
        ana.fills("Day", self._town.change.isoformat())
        ana.submits()
        ana.waits_for(_MISSING)
        seen = self._screen(ana)
        self._show("She clicks [An event is missing], chooses the day, and clicks [Compare]", ana, seen)
        self._expect("It is Free in Google" in self._flat(seen), "it is not said why the event leaves its time open")
        ana.closes(all_of_them=True)

    def _measure(self) -> None:
        ana = self._ana
        ana.types("/daybook status")
        ana.waits_for("Check the round trip")
        ana.clicks("Check the round trip")
        ana.waits_for("A check event is in Google")
        self._show("She clicks [Check the round trip]", ana, self._latest_about(ana, "A check event is in Google"))
        # Google sends word of it within seconds; the clock is left alone, because it is what measures.
        ana.waits_for("The check came back")
        self._show("Moments later", ana, self._latest_about(ana, "The check came back"))
        left = [
            event
            for event in self._town.google.calendars[ana.member.email].events.values()
            if event.fields.get("summary") == "Daybook check" and not event.cancelled
        ]
        self._expect(not left, "the event of the check is still in Google")

    def _ask(self) -> None:
        ana = self._ana
        ana.types("/daybook help can I change the option later")
        ana.waits_for("Can I change the option later?")
        self._show("She types /daybook help can I change the option later", ana, self._latest(ana))
