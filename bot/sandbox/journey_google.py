"""The journey's end: what happens in Google shows in Slack, and so does what goes wrong there."""

from datetime import timedelta

from bot.sandbox.chapter import Chapter
from bot.sandbox.google.errors import backend_error


class GoogleChapter(Chapter):
    """An event of somebody else's, an outage of Google's, and an access that is withdrawn."""

    def play(self) -> None:
        """Play it; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        self._change_in_google()
        self._survive_an_outage()
        self._revoke()

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

    def _survive_an_outage(self) -> None:
        ana, google = self._ana, self._town.google
        self._title("Google does not answer for a while")
        google.faults.on(path="/calendar/v3/.*", times=1000).answer(503, backend_error())
        self._sync_now(ana)
        self._show("Ana clicks [Sync now] in the middle of it", ana, self._status(ana))
        monday = self._town.change + timedelta(days=1)
        ana.types(f"/daybook slots @ana 30m {monday.isoformat()}")
        seen = ana.waits_for("30 minutes")
        self._expect("[10:30]" in seen and "[11:00]" not in seen, "what was read before does not hold any more")
        google.faults.clear()
        self._sync_now(ana)
        self._show("Google is back, and she clicks [Sync now] again", ana, self._status(ana))

    def _revoke(self) -> None:
        ana = self._ana
        self._title("Ana withdraws Daybook's access in her Google account")
        self._town.google.revoke(self._town.ana.email)
        ana.types("/daybook status")
        ana.waits_for("Sync now")
        ana.clicks("Sync now")
        ana.waits_for("Google stopped accepting")
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
        self._show("She connects the same account again, and all is as it was", ana, self._status(ana))
