"""Has a firing that came to nothing done after all, under the id that it had."""

from uuid import UUID

from bot.domain.errors import DaybookError, NotFound
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.ports import Clock, Store
from bot.usecases.own_trigger import own_trigger


class TriggerPaused(DaybookError):
    """A paused trigger does nothing; nothing was changed."""

    def __init__(self, trigger_id: UUID) -> None:
        super().__init__("It is paused: have it go on first. Nothing was changed.")
        self.trigger_id = trigger_id


class RunFiringAgain:
    """*Run again* in the ledger."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def __call__(self, actor: Actor, firing_id: UUID) -> UUID:
        """The id of its trigger. What was done, or waits already, is left as it is.

        Raises `NotFound` unless it is a firing of the actor's own trigger, for what he hosts or as an admin, and
        `TriggerPaused` where it would only be left out.
        """
        require_full_member(actor)
        with self._store.writing() as work:
            firing = work.firings.get(actor, firing_id)
            trigger = own_trigger(work, actor, firing.trigger_id)
            if not actor.is_admin and actor.member_id not in firing.occasion.hosts:
                raise NotFound
            if trigger.is_paused:
                raise TriggerPaused(trigger.id)
            if firing.state.may_run_again:
                work.firings.run_again(firing, self._clock.now())
            work.commit()
        return firing.trigger_id
