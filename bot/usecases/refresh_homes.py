"""Looks at the Homes that may show something else by now."""

from bot.ports import Clock, Store
from bot.usecases.draw_home import DrawHome
from bot.usecases.each_on_its_own import each_on_its_own


class RefreshHomes:
    """A few at a time: Slack takes about a hundred a minute, and those whom people open come first."""

    def __init__(self, store: Store, draw: DrawHome, clock: Clock, *, limit: int) -> None:
        """`limit` is how many are looked at in one go."""
        self._store = store
        self._draw = draw
        self._clock = clock
        self._limit = limit

    def __call__(self) -> int:
        """How many were published."""
        paused = self._draw.paused()
        with self._store.reading() as work:
            if not work.homes.is_any_due(self._clock.now(), without=paused):
                return 0
        with self._store.writing() as work:
            turns = work.homes.claim_due(self._clock.now(), limit=self._limit, without=paused)
            work.commit()
        # Where drawing fails by a mistake of ours, that turn ends by its lease.
        return each_on_its_own(turns, self._draw.take_turn)
