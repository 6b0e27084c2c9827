"""What the team of the demo does, chapter by chapter, and what has to come of it."""

from bot.sandbox.chapter import NotAsTold
from bot.sandbox.journey_booking import BookingChapter
from bot.sandbox.journey_calendar import CalendarChapter
from bot.sandbox.journey_changes import ChangesChapter
from bot.sandbox.journey_google import GoogleChapter
from bot.sandbox.town import Town

_CHAPTERS = (CalendarChapter, BookingChapter, ChangesChapter, GoogleChapter)


class Journey:
    """The journey through the parts that there are; every step prints what its person sees."""

    def __init__(self, town: Town) -> None:
        """Play it in this town."""
        self._town = town

    def play(self) -> None:
        """Play it all; raises `NotAsTold`, or `CannotDo` where a button is missing."""
        for chapter in _CHAPTERS:
            chapter(self._town).play()
        problems = self._town.slack.problems.all
        if problems:
            raise NotAsTold(f"Slack would have complained: {problems}")
