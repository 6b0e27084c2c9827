"""Ana's Home, and words instead of commands."""

from bot.sandbox.chapter import Chapter


class HomeChapter(Chapter):
    """Ana opens Home, writes to Daybook, and opens a window by the button that it answers with."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._title("Home, and words")
        ana = self._ana
        ana.opens_home()
        # It may still show what it did when she was there last.
        ana.waits_for("one-way")
        home = ana.home
        self._expect(home is not None, "nothing was published on Home")
        if home is not None:
            self._show("Ana opens Home", ana, ana.reads(home))
        ana.writes(f"slots {self._ben.member.real_name.split()[0].lower()} 30m tomorrow")
        ana.waits_for("30 minutes")
        self._show("Ana writes to Daybook, without a slash", ana, self._latest_about(ana, "30 minutes"))
        ana.writes("triggers")
        ana.waits_for("in a window")
        ana.clicks("Open Triggers")
        ana.waits_for(lambda: ana.modal is not None)
        ana.closes(all_of_them=True)
