"""What the team of the demo does, chapter by chapter, and what has to come of it."""

from collections.abc import Sequence

from bot.sandbox.chapter import Chapter, NotAsTold
from bot.sandbox.digest_chapter import DigestChapter
from bot.sandbox.home_chapter import HomeChapter
from bot.sandbox.journey_booking import BookingChapter
from bot.sandbox.journey_calendar import CalendarChapter
from bot.sandbox.journey_changes import ChangesChapter
from bot.sandbox.journey_google import GoogleChapter
from bot.sandbox.journey_invitations import InvitationsChapter
from bot.sandbox.journey_two_way import TwoWayChapter
from bot.sandbox.landing_chapter import LandingChapter
from bot.sandbox.passing import PassingClock
from bot.sandbox.reminder_chapter import RemindersChapter
from bot.sandbox.town import Town
from bot.sandbox.troubleshooting_chapter import TroubleshootingChapter
from bot.sandbox.week_chapter import WeekChapter

CHAPTERS: Sequence[type[Chapter]] = (
    CalendarChapter,
    BookingChapter,
    # Daybook asks and tells about Google's meetings in its own time, in which appointments are changed.
    TwoWayChapter,
    ChangesChapter,
    InvitationsChapter,
    HomeChapter,
    LandingChapter,
    TroubleshootingChapter,
    GoogleChapter,
    DigestChapter,
    # It lets days pass.
    RemindersChapter,
    WeekChapter,
)


class Journey:
    """The journey through the parts that there are; every step prints what its person sees."""

    def __init__(self, town: Town, clock: PassingClock, chapters: Sequence[type[Chapter]] = CHAPTERS) -> None:
        """Play it in this town, by this clock; each chapter goes on where those before it ended."""
        self._town = town
        self._clock = clock
        self._chapters = chapters

    def play(self) -> None:
        """Play it all; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        for chapter in self._chapters:
            chapter(self._town, self._clock).play()
        problems = self._town.slack.problems.all
        if problems:
            raise NotAsTold(f"Slack would have complained: {problems}")
