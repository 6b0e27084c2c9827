"""What the stand-in keeps: people, and the meetings that they host."""

import dataclasses
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

INSTANT, SCHEDULED, NO_FIXED_TIME = 1, 2, 3
_KEPT_AFTERWARDS = timedelta(days=30)


@dataclasses.dataclass(frozen=True)
class Person:
    """A user of Zoom; `locked` are settings that his account holds for all of his meetings."""

    id: str
    account_id: str
    email: str
    name: str
    zone: str
    pmi: int
    created_at: datetime
    may_host: bool = True
    locked: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Meeting:
    """One meeting. `start` is None for one without a fixed time; `duration` is in minutes.

    `password` is what a guest types, empty for none, and `pwd` what a link carries instead of it.
    """

    id: int
    uuid: str
    host_id: str
    type: int
    topic: str
    agenda: str
    start: datetime | None
    duration: int
    zone: str
    password: str = dataclasses.field(repr=False)
    pwd: str = dataclasses.field(repr=False)
    settings: Mapping[str, Any]
    created_at: datetime
    source: str

    @property
    def end(self) -> datetime | None:
        """When it is over; None for one without a fixed time."""
        return None if self.start is None else self.start + timedelta(minutes=self.duration)

    def expired(self, now: datetime) -> bool:
        """Whether Zoom has forgotten it: thirty days after its end, or after it was made."""
        return (self.end or self.created_at) + _KEPT_AFTERWARDS < now


def is_meeting_id(text: str) -> bool:
    """Whether a text may be the id of a meeting."""
    return bool(re.fullmatch(r"\d{1,15}", text, re.ASCII))
