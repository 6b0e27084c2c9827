"""Whether what an appointment has elsewhere can still be written to: accounts break, and are disconnected."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.accounts import Provider
from bot.domain.errors import DaybookError
from bot.domain.people import Member


class Tie(StrEnum):
    """How the account stands through which something is written."""

    WORKS = "works"
    BROKEN = "broken"
    """The provider does not accept it any more; connected again, everything goes on by itself."""
    GONE = "gone"
    """It was disconnected: what is there stays as it is, and nothing is made there."""
    REMOVED = "removed"
    """Its host had the event taken away when he left: nothing is there, and guests were told that it is cancelled."""

    @property
    def is_cut_off(self) -> bool:
        """Whether something has to be connected before anything is written."""
        return self in (Tie.BROKEN, Tie.GONE)


@dataclass(frozen=True, slots=True)
class Ties:
    """Those of an appointment: to the calendar its event is in, and to Zoom.

    `takes_events`: where the event was removed, a calendar is linked in which a new one can be made.
    """

    google: Tie = Tie.WORKS
    zoom: Tie = Tie.WORKS
    takes_events: bool = False


ALL_WORKS = Ties()
GOES_ON = "Then everything goes on by itself."
"""Said of connecting again."""


class ConnectFirst(DaybookError):
    """Trying again is in vain before `owner` has connected the account with `provider` again."""

    def __init__(self, provider: Provider, owner: Member) -> None:
        super().__init__(f"It has to be connected again first. {GOES_ON}")
        self.provider = provider
        self.owner = owner
