"""A question about free time as a button carries it: in the words that a person would type."""

import re
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.answers import SlotsFound
from bot.domain.availability import Mode
from bot.domain.errors import NotFound
from bot.domain.slots_request import SlotsRequest
from bot.domain.wall_time import zone_named
from bot.domain.when import When

MOST_PEOPLE = 30
# Ends the action ids of what is pressed on an answer that shows all times of a day: so does the answer that follows.
WHOLE_DAY = "whole"
_SLOT_REF = re.compile(
    r"(?P<start>[0-9]{1,10}) (?P<minutes>[1-9][0-9]{0,2}) (?P<mode>all|any)(?P<members>(?: [UW][A-Z0-9]+){1,30})"
)


@dataclass(frozen=True, slots=True)
class SlotRef:
    """One start that was asked about: `start` in epoch seconds, `members` as Slack ids."""

    start: int
    minutes: int
    mode: Mode
    members: tuple[str, ...]

    def value(self) -> str:
        """What a button carries."""
        return " ".join((str(self.start), str(self.minutes), self.mode, *self.members))


def slot_ref(value: str) -> SlotRef:
    """What a pressed button carried; raises `NotFound` for what no button of ours carries."""
    found = _SLOT_REF.fullmatch(value)
    if found is None:
        raise NotFound
    return SlotRef(int(found["start"]), int(found["minutes"]), Mode(found["mode"]), tuple(found["members"].split()))


def words_of(request: SlotsRequest) -> str:
    """The request as text that reads as the same request."""
    people = [f"<@{member}>" for member in request.members]
    length = [f"{request.minutes}m"] if request.minutes else []
    return " ".join([*people, request.mode, *length, *([request.when] if request.when else [])])


def settled(found: SlotsFound) -> SlotsRequest:
    """What was asked with nothing left open, so that it means the same tomorrow: `today` is a date."""
    return SlotsRequest(
        members=tuple(member.slack_user_id for member in found.members),
        mode=found.request.mode,
        minutes=found.minutes,
        when=_absolute(found.when, found.zone),
    )


def _absolute(when: When, zone: str) -> str:
    here = zone_named(zone)
    if when.at is not None:
        at = when.at.astimezone(here)
        return f"{at.date().isoformat()} {at.hour}:{at.minute:02}"
    first = when.start.astimezone(here).date()
    last = (when.end - timedelta(seconds=1)).astimezone(here).date()
    return first.isoformat() if first == last else f"{first.isoformat()}..{last.isoformat()}"
