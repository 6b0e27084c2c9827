"""Looks at the Homes that may show something else by now."""

from bot.ports import Clock, Store
from bot.usecases.draw_home import DrawHome


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
        with self._store.reading() as work:
            if not work.homes.is_any_due(self._clock.now()):
                return 0
        with self._store.writing() as work:
            turns = work.homes.claim_due(self._clock.now(), limit=self._limit)
            work.commit()
        # Whose drawing fails by a mistake of ours keeps nobody else waiting: his turn ends by its lease.
        failed: list[Exception] = []
        published = 0
        for turn in turns:
            try:
                published += self._draw.take_turn(turn)
            except Exception as error:  # noqa: BLE001 - raised below, once the others had their turn
                failed.append(error)
        if failed:
            raise failed[0]
        return published
