"""Why events do not show as somebody expects: everything that the checks look at, gathered."""

from contextlib import suppress
from dataclasses import replace

from bot.domain.connections import Status
from bot.domain.diagnosis import LOOK_AHEAD, READS_ADDRESSES, Diagnosis, Evidence, count_coming, diagnose
from bot.domain.errors import ProviderError
from bot.domain.intervals import Interval
from bot.domain.people import Actor
from bot.domain.permissions import require_full_member
from bot.domain.wall_time import epoch
from bot.ports import Clock, Permissions, Store
from bot.usecases.show_status import MOST_NAMED, status_of


class Diagnose:
    """Everything about the actor's own connections, and nobody else's."""

    def __init__(self, store: Store, permissions: Permissions, clock: Clock) -> None:
        self._store = store
        self._permissions = permissions
        self._clock = clock

    def __call__(self, actor: Actor) -> Diagnosis:
        """Walk the checks; what cannot be asked just now is not held against anybody."""
        require_full_member(actor)
        now = self._clock.now()
        fortnight = Interval(epoch(now), epoch(now + LOOK_AHEAD))
        with self._store.reading() as work:
            status = status_of(work, actor, now)
            evidence = Evidence(
                replace(status, unreadable=work.events.unreadable(actor, limit=MOST_NAMED)),
                count_coming(work.events.agenda(actor, fortnight)),
                work.push_channels.refusals(actor),
                sum(one.failed for one in work.triggers.all(actor) if one.trigger.owner_id == actor.member_id),
                round_trip=work.round_trips.of(actor),
            )
        return diagnose(replace(evidence, missing_scopes=self._missing(status)))

    def _missing(self, status: Status) -> frozenset[str]:
        """Slack is asked where it matters: who is on an event is nobody's question under one-way."""
        if status.wants_contacts:
            with suppress(ProviderError):
                return self._permissions.missing([READS_ADDRESSES])
        return frozenset()
