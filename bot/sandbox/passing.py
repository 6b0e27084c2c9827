"""The clock of the demo, which can be put forward where somebody would have to wait."""

from datetime import UTC, datetime, timedelta

_SEEN = timedelta(minutes=1)


class PassingClock:
    """The time of this machine, and what the journey let go by on top of it."""

    def __init__(self) -> None:
        """Begin with the machine's own time."""
        self._gone_by = timedelta()

    def now(self) -> datetime:
        """This moment there, aware, in UTC."""
        return datetime.now(UTC) + self._gone_by

    @property
    def is_ahead(self) -> bool:
        """Whether it is so far from the machine's own time that somebody sees it."""
        return self._gone_by >= _SEEN

    def passes(self, time: timedelta) -> None:
        """Let so much time go by at once."""
        self._gone_by += time
