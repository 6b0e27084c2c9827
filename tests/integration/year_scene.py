"""What whoever acts in a year needs: the house, dice, and what he made before."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.domain.appointments import Appointment
from bot.domain.effects import EffectKind
from bot.domain.wall_time import epoch
from tests.integration.year_house import House, Mate

_GUESTS = 40


@dataclass
class Put:
    """An event that somebody made in Google, in each of these calendars."""

    event_id: str
    places: list[str]
    repeats: bool


@dataclass
class Scene:
    """One seed's year so far; `refused` counts what Daybook said no to, and why."""

    house: House
    seed: int
    dice: random.Random = field(init=False)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    puts: list[Put] = field(default_factory=list)
    booked: list[tuple[Mate, Appointment]] = field(default_factory=list)
    later: list[tuple[datetime, Callable[[], None]]] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)
    away: set[UUID] = field(default_factory=set)
    made: int = 0

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)

    def _afterwards(self, pause: timedelta, deed: Callable[[], None]) -> None:
        self.later.append((self.house.now + pause, deed))

    def _number(self) -> int:
        self.made += 1
        return self.made

    def _guest(self) -> str:
        return f"guest{self.dice.randrange(_GUESTS)}"

    def _some_time(self, mate: Mate, minutes: int = 60) -> tuple[str, str]:
        """Some time in the next three weeks, on the wall in his zone."""
        today = self.house.now.astimezone(ZoneInfo(mate.zone)).replace(tzinfo=None)
        day = today + timedelta(days=self.dice.randrange(1, 21))
        start = day.replace(hour=self.dice.randrange(1, 22), minute=self.dice.choice((0, 30)), second=0, microsecond=0)
        return start.isoformat("T", "minutes"), (start + timedelta(minutes=minutes)).isoformat("T", "minutes")

    def _copy(self, appointment: Appointment) -> tuple[str, str] | None:
        with self.house.store.reading() as work:
            link = work.remote_links.of(appointment.id).get(EffectKind.EVENT)
        if link is None or link.container not in self.house.google.calendars:
            return None
        event = self.house.google.calendars[link.container].events.get(link.remote_id)
        return (link.container, link.remote_id) if event is not None and not event.cancelled else None

    def _known(self) -> list[tuple[Mate, Appointment]]:
        """Those of the last weeks, as they are now."""
        with self.house.store.reading() as work:
            told = [(who, work.appointments.known(one.id)) for who, one in self.booked[-40:]]
        return [(who, one) for who, one in told if one is not None]

    def _live(self) -> tuple[Mate, Appointment] | None:
        now = epoch(self.house.now)
        live = [(who, one) for who, one in self._known() if one.is_live and one.span.start > now]
        return self.dice.choice(live) if live else None
