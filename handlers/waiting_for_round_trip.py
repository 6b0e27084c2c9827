"""Presses that wait for a round trip check: looked at by the clock, so that none of them keeps a thread."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.domain.people import Actor
from bot.domain.round_trips import RoundTripShown
from bot.ports import WorkQueue
from bot.usecases.check_round_trip import ShowRoundTrip
from handlers.presses import Presses

LOOKS_AFTER = 10
"""How often a check that has its answer is looked at, once a second, until its event is removed."""

Then = Callable[[RoundTripShown], None]


@dataclass(slots=True)
class _Press:
    actor: Actor
    then: Then
    looks_left: int = LOOKS_AFTER


class WaitForRoundTrip:
    """Calls back once a member's check has its answer; one press per member waits, the latest.

    A process that ends forgets who waits: the answer is stored, and stands under the status.
    """

    def __init__(self, show: ShowRoundTrip, work: WorkQueue) -> None:
        """Take what tells how the check stands, and the threads that draw."""
        self._show = show
        self._presses = Presses[_Press](work)

    def __call__(self, actor: Actor, then: Then) -> None:
        """Have `then` called on a thread that works."""
        self._presses.put(actor.member_id, _Press(actor, then))

    def look(self) -> None:
        """Look at every press once; a job does it each second."""
        for press in self._presses.all():
            shown = self._show(press.actor)
            if shown is None:
                self._presses.take(press.actor.member_id, press)
            elif shown.has_answer:
                press.looks_left -= 1
                if shown.is_over or press.looks_left <= 0:
                    self._answer(press, shown)

    def _answer(self, press: _Press, shown: RoundTripShown) -> None:
        self._presses.answer(press.actor, press, partial(press.then, shown))
