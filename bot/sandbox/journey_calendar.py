"""The journey's beginning: calendars are connected, and everybody asks who is free, and why not."""

from datetime import timedelta

from bot.sandbox.chapter import Chapter, told_day


class CalendarChapter(Chapter):
    """Ana and Ben connect Google Calendar, ask for free times, look at a day, and at their settings."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._connect_ana()
        self._connect_ben()
        self._ask_who_is_free()
        self._look_at_a_day()
        self._ask_why()
        self._change_settings()

    def _connect_ana(self) -> None:
        ana = self._ana
        self._title("Ana connects Google Calendar: five actions from the first word to done")
        ana.types("/daybook")
        self._show("1. Ana types /daybook", ana, ana.waits_for("Connect Google Calendar"))
        link = ana.clicks("Connect Google Calendar")
        page = self._browse(link, self._town.ana.email)
        self._say("2.-3. She clicks [Connect Google Calendar], and allows it at Google. Her browser shows", page)
        self._show("Daybook asks in a direct message", ana, ana.waits_for("Is it yours?"))
        ana.clicks("Yes, connect")
        ana.waits_for("Appointments go to")
        self._show("4. She clicks [Yes, connect]: one form, everything preset", ana, self._screen(ana))
        ana.submits()
        ana.waits_for("Linked calendar")
        self._show("5. She clicks [Done]", ana, self._screen(ana))
        ana.closes(all_of_them=True)
        self._until_read(ana)
        self._show("Ana types /daybook status", ana, ana.sees())

    def _connect_ben(self) -> None:
        ben = self._ben
        self._title("Ben does the same in New York")
        ben.types("/daybook")
        ben.waits_for("Connect Google Calendar")
        self._browse(ben.clicks("Connect Google Calendar"), self._town.ben.email)
        ben.waits_for("Is it yours?")
        ben.clicks("Yes, connect")
        ben.waits_for("Appointments go to")
        ben.submits()
        ben.waits_for("Linked calendar")
        ben.closes(all_of_them=True)
        self._until_read(ben)
        ben.opens_home()
        ben.waits_for(lambda: "one-way" in ben.sees() and "first time" not in ben.sees())
        self._show("Ben opens Daybook's Home", ben, ben.sees())

    def _ask_who_is_free(self) -> None:
        ana, change = self._ana, self._town.change
        self._title(f"Who is free? The clocks change on {told_day(change)} in one of the two zones")
        friday, monday = change - timedelta(days=2), change + timedelta(days=1)
        asked = f"/daybook slots @ana @ben 30m {friday.isoformat()}..{monday.isoformat()}"
        ana.types(asked)
        self._show(f"Ana types {asked}", ana, ana.waits_for("30 minutes"))
        ana.clicks("16:00")
        ana.waits_for("Time in Berlin")
        self._show("She clicks [16:00]: the booking form, with everybody in it", ana, self._screen(ana))
        ana.closes(all_of_them=True)
        asked = f"/daybook slots @ana @cara 30m {monday.isoformat()}"
        ana.types(asked)
        self._show(f"Ana types {asked}", ana, ana.waits_for("nobody can say"))

    def _look_at_a_day(self) -> None:
        ana, ben, friday = self._ana, self._ben, self._town.change - timedelta(days=2)
        self._title("The day, as its owner sees it and as a colleague does")
        ana.types(f"/daybook agenda {friday.isoformat()}")
        ana.waits_for("Kick-off")
        self._show(f"Ana types /daybook agenda {friday.isoformat()}", ana, self._latest(ana))
        ben.types(f"/daybook agenda @ana {friday.isoformat()}")
        ben.waits_for("Ana")
        self._show(f"Ben types /daybook agenda @ana {friday.isoformat()}", ben, self._latest(ben))
        self._expect("Kick-off" not in self._latest(ben), "Ben reads the title of an event of Ana's")

    def _ask_why(self) -> None:
        ana, friday = self._ana, self._town.change - timedelta(days=2)
        self._title("Why is a time not free?")
        asked = f"/daybook why @ana @ben {friday.isoformat()} 15:00"
        ana.types(asked)
        ana.waits_for("not free")
        self._show(f"Ana types {asked}", ana, self._latest(ana))
        ana.clicks("Ignore it in Daybook", near="Kick-off")
        ana.waits_for("Take back")
        self._show("She clicks [Ignore it in Daybook], which changes nothing in Google", ana, self._latest(ana))
        ana.clicks("Take back")
        ana.waits_for("Ignore it in Daybook")

    def _change_settings(self) -> None:
        ana = self._ana
        self._title("Calendar Settings")
        ana.types("/daybook settings")
        ana.waits_for("Linked calendar")
        self._show("Ana types /daybook settings", ana, self._screen(ana))
        ana.clicks("Availability")
        ana.waits_for("Weekly hours")
        self._show("She clicks [Availability]", ana, self._screen(ana))
        ana.closes(all_of_them=True)
