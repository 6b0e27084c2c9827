"""What stands at a time that an appointment was to be moved to."""

from dataclasses import dataclass

from bot.domain.intervals import Interval
from bot.domain.people import Member


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another live appointment of one of the hosts.

    Args:
        host: whose it is.
        span: when.
        name: with whom it is, or what it is called; empty where that is not the reader's to know.
    """

    host: Member
    span: Interval
    name: str = ""
