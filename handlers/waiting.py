"""Presses that wait until calendars were read: looked at by the clock, so that none of them keeps a thread."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.domain.connections import Status
from bot.domain.people import Actor
from bot.ports import WorkQueue
from bot.usecases.show_status import ShowStatus
from handlers.presses import Presses

LOOKS = 8
"""How often a waiting press is looked at, once a second, before it is told that reading takes longer."""

Then = Callable[[Status, bool], None]
"""Shows how things stand, and whether something is still being read."""


@dataclass(slots=True)
class _Press:
    actor: Actor
    asked: Status
    then: Then
    looks_left: int = LOOKS


class WaitForSync:
    """Calls back once a member's calendars were read, or after a few seconds; one press per member waits.

    A member's next press takes the place of the one before, so nobody can have more than one in hand.
    """

    def __init__(self, show_status: ShowStatus, work: WorkQueue) -> None:
        """Take what tells how far reading has come, and the threads that draw."""
        self._show_status = show_status
        self._presses = Presses[_Press](work)

    def __call__(self, actor: Actor, asked: Status, then: Then) -> None:
        """Have `then` called on a thread that works, when nothing that was due at `asked` is due any more."""
        self._presses.put(actor.member_id, _Press(actor, asked, then))

    def look(self) -> None:
        """Look at every press once; a job does it each second."""
        for press in self._presses.all():
            press.looks_left -= 1
            latest = self._show_status(press.actor)
            is_reading = latest.is_waiting(press.asked.now)
            if press.looks_left <= 0 or not is_reading:
                self._answer(press, latest, is_reading=is_reading)

    def close(self) -> None:
        """Answer everybody with how things stand; before the threads end that draw it."""
        for press in self._presses.all():
            latest = self._show_status(press.actor)
            self._answer(press, latest, is_reading=latest.is_waiting(press.asked.now))

    def _answer(self, press: _Press, latest: Status, *, is_reading: bool) -> None:
        self._presses.answer(press.actor, press, partial(press.then, latest, is_reading))
