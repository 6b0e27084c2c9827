"""Writes in one transaction what several threads want written just now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

from bot.ports import Store, UnitOfWork

_Asked = TypeVar("_Asked")
_Told = TypeVar("_Told")


class Together(Generic[_Asked, _Told]):
    """One of those who wait writes for all of them; whoever comes meanwhile is written with the next lot.

    When a long sync holds the right to write, many deliveries wait for it: one after the other they would pay
    for a transaction each. Alone, a caller does his own work on his own thread, as if this were not here.
    """

    def __init__(self, store: Store, do: Callable[[UnitOfWork, _Asked], _Told], *, within: float) -> None:
        """`do` writes one thing and says what came of it; a caller waits `within` seconds for the right to write."""
        self._store = store
        self._do = do
        self._within = within
        self._guard = Lock()
        self._is_led = False
        self._waiting: list[_Place[_Asked, _Told]] = []

    def __call__(self, asked: _Asked) -> _Told:
        """What `do` says of this, once it is committed; raises what kept its lot from that, and `Overloaded`."""
        place: _Place[_Asked, _Told] = _Place(asked, monotonic() + self._within)
        place.turn.acquire()
        with self._guard:
            self._waiting.append(place)
            leads = not self._is_led
            self._is_led = True
        if not leads:
            place.turn.acquire()
        if not place.is_over:
            self._lead(place)
        if place.failed is not None:
            raise place.failed
        (told,) = place.told
        return told

    def _lead(self, leader: "_Place[_Asked, _Told]") -> None:
        """Write for oneself, and for those who came until it was one's turn to write."""
        lot: Sequence[_Place[_Asked, _Told]] = [leader]
        try:
            with self._store.writing(within=max(0.0, leader.until - monotonic())) as work:
                lot = self._all_waiting()
                for place in lot:
                    place.told = (self._do(work, place.asked),)
                work.commit()
        except BaseException as error:  # noqa: BLE001 - raised again by each of the lot, all of whom it concerns
            for place in lot:
                place.failed = error
        finally:
            self._hand_on(leader, lot)

    def _all_waiting(self) -> "Sequence[_Place[_Asked, _Told]]":
        with self._guard:
            return tuple(self._waiting)

    def _hand_on(self, leader: "_Place[_Asked, _Told]", lot: "Sequence[_Place[_Asked, _Told]]") -> None:
        """Send the lot on its way, and let the first of those who came too late for it lead."""
        with self._guard:
            # Nobody leaves the line by himself, so that a lot is always its head.
            del self._waiting[: len(lot)]
            following = self._waiting[0] if self._waiting else None
            self._is_led = following is not None
        for place in lot:
            place.is_over = True
            if place is not leader:
                place.turn.release()
        if following is not None:
            following.turn.release()


@dataclass(slots=True, eq=False)
class _Place(Generic[_Asked, _Told]):
    """One caller's, until what he asked for is over."""

    asked: _Asked
    until: float
    turn: Lock = field(default_factory=Lock)
    is_over: bool = False
    told: tuple[_Told, ...] = ()
    failed: BaseException | None = None
