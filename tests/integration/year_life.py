"""The days of a year, drawn from a seed."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.domain.errors import DaybookError
from tests.integration.year_house import Mate
from tests.integration.year_in_daybook import InDaybook
from tests.integration.year_in_google import InGoogle


class Life(InDaybook, InGoogle):
    """What the team and everybody else do, day by day."""

    def goes_on(self, days: int) -> None:
        """So many days, each with what happens on it."""
        for _ in range(days):
            before = len(self.house.google.ledger.entries)
            midnight = datetime.combine(
                self.house.now.date() + timedelta(days=1), datetime.min.time(), self.house.now.tzinfo
            )
            for moment in self._moments(midnight):
                self._reaches(moment)
                self._does(self._drawn())
            self._reaches(midnight)
            self._connects_again()
            self.calls.append(len(self.house.google.ledger.entries) - before)

    def comes_to_rest(self) -> None:
        """Whatever was begun ends, and everybody answers what he is asked."""
        self.house.google.channels.mute(is_mute=False)
        self._connects_again()
        while self.later:
            self._reaches(min(when for when, _ in self.later))
            self._connects_again()
        for _ in range(3):
            for mate in self.house.mates:
                self.answers_fuse(mate)
                self.answers_questions(mate)
                self.answers_invitees(mate)
                self.house.cases.request_sync(mate.actor)
            self.house.runs_until(self.house.now + timedelta(hours=2))

    def _moments(self, midnight: datetime) -> list[datetime]:
        is_weekend = self.house.now.weekday() > 4
        number = self.dice.choice((0, 0, 1) if is_weekend else (1, 2, 3))
        seconds = int((midnight - self.house.now).total_seconds())
        return sorted(self.house.now + timedelta(seconds=self.dice.randrange(seconds)) for _ in range(number))

    def _reaches(self, moment: datetime) -> None:
        while due := sorted((one for one in self.later if one[0] <= moment), key=lambda one: one[0]):
            when, deed = due[0]
            self.later.remove(due[0])
            self.house.runs_until(max(when, self.house.now))
            deed()
        self.house.runs_until(moment)

    def _drawn(self) -> Callable[[Mate], None]:
        deeds = {
            self.books: 30,
            self.moves: 10,
            self.cancels: 6,
            self.settles: 10,
            self.meets: 20,
            self.meets_together: 4,
            self.moves_in_google: 14,
            self.deletes_in_google: 8,
            self.repeats: 4,
            self.moves_one_time: 6,
            self.cancels_one_time: 5,
            self.ends_a_series: 1,
            self.drags_a_copy: 6,
            self.deletes_a_copy: 3,
            self.answers_questions: 8,
            self.answers_invitees: 8,
            self.answers_fuse: 3,
            self.switches: 2,
            self.undoes: 1,
            self.loses_its_token: 2,
            self.google_is_down: 1,
            self.zoom_is_down: 1,
            self.is_revoked: 0.5,
            self.pushes_get_lost: 0.5,
        }
        return self.dice.choices(list(deeds), list(deeds.values()))[0]

    def _does(self, deed: Callable[[Mate], None]) -> None:
        try:
            deed(self.dice.choice(self.house.mates))
        except DaybookError as error:
            self.refused[f"{deed.__name__}: {type(error).__name__}: {error}"] += 1
        else:
            self.done[deed.__name__] += 1
