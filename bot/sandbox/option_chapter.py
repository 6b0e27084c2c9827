"""What the chapters about one-way and two-way share: a day of meetings, Ana's settings, and how both are seen."""

import time
from datetime import timedelta
from typing import Any

from bot.sandbox.chapter import Chapter
from bot.sandbox.town import Town

_LOOKS = 120
_BETWEEN_LOOKS_SECONDS = 0.5


class OptionChapter(Chapter):
    """A chapter in which Ana changes how her calendar syncs."""

    def _put(self, title: str, start: str, end: str, attendees: list[dict[str, Any]]) -> None:
        """A meeting in Ana's calendar in Google, on that day."""
        day = meeting_day(self._town)
        self._town.google.put_event(
            self._town.ana.email,
            summary=title,
            start=f"{day}T{start}",
            end=f"{day}T{end}",
            attendees=attendees,
        )

    def _opens_option(self) -> None:
        """Ana in her settings, with the form of the sync option in front of her."""
        self._ana.types("/daybook settings")
        self._ana.waits_for("Sync option")
        self._ana.clicks("Change", near="Sync option")
        self._ana.waits_for("Under two-way")

    def _until_decided(self) -> None:
        """Look at her settings until every event is decided; they stay open."""
        ana = self._ana
        for _ in range(_LOOKS):
            if ana.modal is not None:
                ana.closes(all_of_them=True)
            ana.types("/daybook settings")
            ana.waits_for("Sync option")
            if "Everything is decided" in self._flat(self._screen(ana)):
                return
            time.sleep(_BETWEEN_LOOKS_SECONDS)
        self._expect(False, f"the events were not decided in time:\n{self._screen(ana)}")

    def _agenda(self, *wanted: str) -> str:
        """Ana's agenda of that day, as soon as all of this stands in it."""
        ana, seen = self._ana, ""
        for _ in range(_LOOKS):
            ana.types(f"/daybook agenda {meeting_day(self._town)}")
            ana.waits_for("Your day")
            seen = self._latest_about(ana, "Your day")
            if all(words in seen for words in wanted):
                return seen
            time.sleep(_BETWEEN_LOOKS_SECONDS)
        self._expect(False, f"not all of {wanted} is in the agenda:\n{seen}")
        return seen

    def _people(self) -> str:
        """The workspace's contacts, as Ana finds them; the list stays open."""
        self._ana.types("/daybook contacts")
        self._ana.waits_for("[New contact]")
        return self._screen(self._ana)


def meeting_day(town: Town) -> str:
    """The Thursday after the change of clocks, on which Google's meetings stand; an ISO date."""
    return (town.change + timedelta(days=4)).isoformat()


def invited(town: Town, *people: tuple[str, str, str]) -> list[dict[str, Any]]:
    """Ana, who said yes, and others by address, name and answer, as Google lists them."""
    ana = {"email": town.ana.email, "self": True, "responseStatus": "accepted"}
    others = [{"email": email, "displayName": name, "responseStatus": answer} for email, name, answer in people]
    return [ana, *others]
