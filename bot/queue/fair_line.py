"""Whose work comes next: everybody's in turn, and of nobody more than his share."""

from collections import Counter, OrderedDict, deque
from collections.abc import Callable

NOBODYS = ""
"""Work that no person waits for: it takes its turn like a person's, and has no share of its own."""

Work = Callable[[], None]


class FairLine:
    """What waits, by the one who waits for it. Whoever uses it sees to it that one thread does at a time."""

    def __init__(self, *, room: int, share: int, at_a_time: int) -> None:
        """Take the bounds.

        Args:
            room: how much is taken on, what is being done included.
            share: how much of it may be one person's.
            at_a_time: how much of one person's is done at a time.
        """
        self._room = room
        self._share = share
        self._at_a_time = at_a_time
        self._waiting: OrderedDict[str, deque[Work]] = OrderedDict()
        self._doing: Counter[str] = Counter()
        self.waiting = 0

    def add(self, work: Work, whose: str) -> bool:
        """Put it behind what waits for the same person; False where there is no room for it."""
        own = self._waiting.get(whose)
        taken_on = (len(own) if own else 0) + self._doing[whose]
        if self.waiting + self._doing.total() >= self._room or (whose != NOBODYS and taken_on >= self._share):
            return False
        if own is None:
            own = self._waiting[whose] = deque()
        own.append(work)
        self.waiting += 1
        return True

    def take(self) -> tuple[Work, str] | None:
        """The next, and whose it is; None where nothing waits that may be done now. `done` has to follow."""
        for whose, own in self._waiting.items():
            if whose != NOBODYS and self._doing[whose] >= self._at_a_time:
                continue
            work = own.popleft()
            self.waiting -= 1
            self._doing[whose] += 1
            if own:
                self._waiting.move_to_end(whose)
            else:
                del self._waiting[whose]
            return work, whose
        return None

    def done(self, whose: str) -> None:
        """One of that person's has ended."""
        self._doing[whose] -= 1
        if not self._doing[whose]:
            del self._doing[whose]
