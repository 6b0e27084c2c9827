"""Draws a member's Home: published where it would show something else than it does, and only then."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.errors import NotFound, ProviderBusy, ProviderError
from bot.domain.home_turns import HomeTurn, next_look
from bot.domain.people import Actor, Standing, actor_of
from bot.ports import Clock, HomeTabs, Store
from bot.usecases.show_home import ShowHome

PAUSE = timedelta(minutes=1)
"""After which Slack is asked again, where it does not say."""


class DrawHome:
    """Compares what a Home would show with what it does. No transaction is open while Slack is asked."""

    def __init__(self, store: Store, show: ShowHome, tabs: HomeTabs, clock: Clock) -> None:
        self._store = store
        self._show = show
        self._tabs = tabs
        self._clock = clock
        self._pauses: dict[UUID, datetime] = {}

    def __call__(self, actor: Actor, *, shown: str | None = None) -> None:
        """Bring the actor's up to date; `shown` is the state that stands there by Slack's own word, if it said.

        Never raises what Slack says: what the actor did is done, and his Home follows.
        """
        with self._store.writing() as work:
            turn = work.homes.begin(actor, self._clock.now(), shown=shown)
            work.commit()
        self._draw(actor, turn, turn.chosen)

    def of_one_calendar(self, actor: Actor, calendar_id: UUID | None) -> None:
        """Have it show one of his calendars alone, or all again."""
        with self._store.writing() as work:
            turn = work.homes.begin(actor, self._clock.now())
            work.homes.choose(actor, calendar_id)
            work.commit()
        self._draw(actor, turn, calendar_id)

    def paused(self) -> Collection[UUID]:
        """The workspaces for which Slack asked this process to wait, and until later than now."""
        now = self._clock.now()
        return [workspace_id for workspace_id, until in self._pauses.items() if until > now]

    def take_turn(self, turn: HomeTurn) -> bool:
        """A turn that was claimed; False where nothing had to be published, or Slack asked to wait."""
        if turn.workspace_id in self.paused():
            self._give_back(turn)
            return False
        with self._store.reading() as work:
            workspace = work.workspaces.get(turn.workspace_id)
            actor = actor_of(work.members.get(turn.workspace_id, turn.member_id), workspace)
        if actor.standing is not Standing.FULL:
            self._remove(turn)
            return False
        return self._draw(actor, turn, turn.chosen)

    def _draw(self, actor: Actor, turn: HomeTurn, chosen: UUID | None) -> bool:
        """Show it, if it shows something else; False where it does not, or Slack did not take it."""
        home = self._show(actor, chosen)
        state = self._tabs.state_of(home)
        is_new = state != turn.state
        if is_new and turn.workspace_id in self.paused():
            self._give_back(turn)
            return False
        if is_new:
            try:
                self._tabs.publish(home)
            except NotFound:
                self._remove(turn)
                return False
            except ProviderError as error:
                self._put_off(turn, error)
                return False
        now = self._clock.now()
        with self._store.writing() as work:
            work.homes.end(turn, state, look_at=next_look(home, turn, now), now=now, was_published=is_new)
            work.commit()
        return is_new

    def _remove(self, turn: HomeTurn) -> None:
        with self._store.writing() as work:
            work.homes.remove(turn)
            work.commit()

    def _give_back(self, turn: HomeTurn) -> None:
        """Nothing was done: what stands there is known as before, and looked at once Slack takes something again."""
        now = self._clock.now()
        with self._store.writing() as work:
            work.homes.end(turn, turn.state, look_at=self._pauses[turn.workspace_id], now=now, was_published=False)
            work.commit()

    def _put_off(self, turn: HomeTurn, error: ProviderError) -> None:
        now, pause = self._clock.now(), PAUSE
        if isinstance(error, ProviderBusy):
            asked = timedelta(seconds=error.retry_after) if error.retry_after is not None else PAUSE
            pause = max(PAUSE, asked)
            # Slack counts by workspace: nobody else of it would be taken sooner.
            self._pauses[turn.workspace_id] = now + asked
        with self._store.writing() as work:
            work.homes.put_off(turn, now + pause)
            work.commit()
