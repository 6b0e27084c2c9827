"""What the team of the demo does, step by step, and what has to come of it."""

from datetime import date, timedelta

import httpx

from bot.sandbox.google.browser import consent
from bot.sandbox.google.errors import backend_error
from bot.sandbox.page_text import page_text
from bot.sandbox.slack.person import Person
from bot.sandbox.town import Town

WIDTH = 100


class NotAsTold(Exception):
    """Something on a screen, or missing from it, that the journey says otherwise."""


class Journey:
    """The journey through the parts that there are; every step prints what its person sees."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._ana = town.slack.person(town.ana.id)
        self._ben = town.slack.person(town.ben.id)

    def play(self) -> None:
        """Play it all; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._connect_ana()
        self._connect_ben()
        self._ask_who_is_free()
        self._look_at_a_day()
        self._ask_why()
        self._change_settings()
        self._change_in_google()
        self._survive_an_outage()
        self._revoke()
        self._check_problems()

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
        self._title(f"Who is free? The clocks change on {_told(change)} in one of the two zones")
        friday, monday = change - timedelta(days=2), change + timedelta(days=1)
        asked = f"/daybook slots @ana @ben 30m {friday.isoformat()}..{monday.isoformat()}"
        ana.types(asked)
        self._show(f"Ana types {asked}", ana, ana.waits_for("30 minutes"))
        ana.clicks("16:00")
        ana.waits_for(lambda: ana.modal is not None and "Friday" in self._screen(ana))
        self._show("She clicks [16:00] to see what is there", ana, self._screen(ana))
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

    def _survive_an_outage(self) -> None:
        ana, google = self._ana, self._town.google
        self._title("Google does not answer for a while")
        google.faults.on(path="/calendar/v3/.*", times=1000).answer(503, backend_error())
        self._sync_now(ana)
        self._show("Ana clicks [Sync now] in the middle of it", ana, self._latest(ana))
        monday = self._town.change + timedelta(days=1)
        ana.types(f"/daybook slots @ana 30m {monday.isoformat()}")
        seen = ana.waits_for("30 minutes")
        self._expect("[10:30]" in seen and "[11:00]" not in seen, "what was read before does not hold any more")
        google.faults.clear()
        self._sync_now(ana)
        self._show("Google is back, and she clicks [Sync now] again", ana, self._latest(ana))

    def _change_in_google(self) -> None:
        ana, day = self._ana, self._town.change + timedelta(days=1)
        self._title("Somebody puts an event into Ana's calendar in Google")
        asked = f"/daybook slots @ana 30m {day.isoformat()}"
        ana.types(asked)
        before = ana.waits_for("[11:00]")
        self._show(f"Before: Ana types {asked}", ana, before)
        start, end = f"{day.isoformat()}T11:00", f"{day.isoformat()}T12:00"
        self._town.google.put_event(self._town.ana.email, summary="Board call", start=start, end=end)
        print("\nIn Google: Board call, 11:00-12:00.")
        self._sync_now(ana)
        ana.types(asked)
        after = ana.waits_for("30 minutes")
        self._show("After [Sync now]: she asks again, and 11:00 is gone", ana, after)
        self._expect("[10:30]" in after and "[11:00]" not in after, "11:00 is offered although Board call is there")

    def _revoke(self) -> None:
        ana = self._ana
        self._title("Ana withdraws Daybook's access in her Google account")
        self._town.google.revoke(self._town.ana.email)
        ana.types("/daybook status")
        ana.waits_for("Sync now")
        ana.clicks("Sync now")
        ana.waits_for("Google stopped accepting", seconds=20)
        self._show("At the next sync Daybook tells her, once", ana, self._latest_about(ana, "Google stopped accepting"))
        monday = self._town.change + timedelta(days=1)
        ana.types(f"/daybook slots @ana 30m {monday.isoformat()}")
        ana.waits_for("30 minutes")
        self._show("What was known still blocks, and the answer says how old it is", ana, self._latest(ana))
        ana.types("/daybook connect")
        ana.waits_for("Connect Google Calendar")
        self._browse(ana.clicks("Connect Google Calendar"), self._town.ana.email)
        ana.waits_for("Is it yours?")
        ana.clicks("Yes, connect")
        ana.waits_for("Appointments go to")
        ana.closes(all_of_them=True)
        self._until_read(ana)
        self._show("She connects the same account again, and all is as it was", ana, self._latest(ana))

    def _sync_now(self, person: Person) -> None:
        person.types("/daybook status")
        person.waits_for("Sync now")
        person.clicks("Sync now")
        person.waits_for("Reading")
        person.waits_for(lambda: "Reading" not in self._latest(person), seconds=15)

    def _until_read(self, person: Person) -> None:
        """Press *Sync now*, which waits, until every calendar was read."""
        for _ in range(3):
            self._sync_now(person)
            seen = self._latest(person)
            self._expect("cannot be read" not in seen, f"a calendar cannot be read:\n{seen}")
            if "first time" not in seen:
                return
        raise NotAsTold("the calendars were not read in time")

    def _browse(self, link: str, address: str) -> str:
        """The browser's part: the link, Google's consent, and Daybook's page after it."""
        with httpx.Client() as browser:
            to_google = browser.get(link)
            self._expect(to_google.is_redirect, "the link does not lead to Google")
            back = consent(browser, to_google.headers["Location"], account=address)
            page = browser.get(back)
        self._expect(page.status_code == 200, f"the page says: {page_text(page.text)}")
        return page_text(page.text)

    def _check_problems(self) -> None:
        problems = self._town.slack.problems.all
        self._expect(not problems, f"Slack would have complained: {problems}")

    def _expect(self, holds: bool, otherwise: str) -> None:
        if not holds:
            raise NotAsTold(otherwise)

    def _latest(self, person: Person) -> str:
        return person.reads(person.messages[-1])

    def _latest_about(self, person: Person, words: str) -> str:
        return next(text for text in map(person.reads, reversed(person.messages)) if words in text)

    def _screen(self, person: Person) -> str:
        return person.reads(person.modal) if person.modal is not None else person.sees()

    def _title(self, text: str) -> None:
        print(f"\n{'=' * WIDTH}\n{text}\n{'=' * WIDTH}")

    def _show(self, what: str, person: Person, seen: str) -> None:
        self._say(f"{what}. {person.member.real_name} sees", seen)

    def _say(self, what: str, seen: str) -> None:
        print(f"\n{what}:\n\n{seen}")


def _told(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
