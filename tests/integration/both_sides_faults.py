"""What goes wrong between both sides, step by step, and in Daybook's own process."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from bot.domain.calendars import SyncClaim
from bot.domain.effects import EffectClaim
from bot.domain.errors import DaybookError, ProviderDown
from bot.sandbox.google.errors import error_body, rate_limited
from tests.contracts.google_client import ANA
from tests.contracts.two_way_house import BEN
from tests.integration.both_sides_history import Happening
from tests.integration.both_sides_town import BothSides

_PLACES = (
    "event: before insert",
    "event: after insert",
    "event: after patch",
    "event: before remove",
    "event: after remove",
    "event: before taking over",
    "event: after taking over",
    "event: before commit",
    "event: after commit",
    "firing: before it is sent",
    "firing: after it is sent",
)
_CALENDARS = "/calendar/v3/calendars/.*"


class GoingWrong(Happening):
    """Requests fail, messages are lost, processes die, or wake up too late."""

    late: list[SyncClaim]
    late_effects: list[EffectClaim]

    def __init__(self, town: BothSides) -> None:
        super().__init__(town)
        self.late = []
        self.late_effects = []

    @rule()
    def sync_tokens_expire(self) -> None:
        for calendar_id in (ANA, BEN):
            self.town.world.expire_sync_tokens(calendar_id)

    @rule(
        what=st.sampled_from(("500", "403", "412", "lost", "drop", "cut")),
        method=st.sampled_from(("GET", "POST", "PATCH", "DELETE")),
        skip=st.integers(0, 2),
    )
    def requests_fail(self, what: str, method: str, skip: int) -> None:
        if what == "412" and method not in ("PATCH", "DELETE"):
            return
        fault = self.town.world.faults.on(method, _CALENDARS, skip=skip)
        if what in ("lost", "drop"):
            fault.drop(after_commit=what == "lost")
        elif what == "cut":
            fault.cut()
        elif what == "403":
            fault.answer(403, rate_limited())
        else:
            reason = "conditionNotMet" if what == "412" else "backendError"
            fault.answer(int(what), error_body(int(what), reason, "Not now"))

    @rule(is_silent=st.booleans())
    def slack_is_silent(self, is_silent: bool) -> None:
        self.town.roster.silent = is_silent

    @rule(is_lost=st.booleans())
    def a_message_fails(self, is_lost: bool) -> None:
        def fails() -> None:
            self.town.posts.before = self.town.posts.after = _nothing
            raise ProviderDown("Slack does not answer.", is_silent=is_lost)

        if is_lost:
            self.town.posts.after = fails
        else:
            self.town.posts.before = fails

    @rule(what=st.sampled_from(("read", "wait", "deliver", "fire")), commits=st.integers(0, 6))
    def dies_at_a_commit(self, what: str, commits: int) -> None:
        with self.town.mortal(commits=commits):
            getattr(self.town, what)()

    @rule(place=st.sampled_from(_PLACES))
    def dies_at_a_place(self, place: str) -> None:
        with self.town.mortal(place=place):
            self.town.deliver()
            self.town.fire()

    @rule()
    def a_process_falls_asleep_with_claims(self) -> None:
        self.late += self.town.claim()
        self.late_effects += self.town.claim_effects()

    @precondition(lambda self: self.late or self.late_effects)
    @rule(minutes=st.sampled_from((0, 1, 6)))
    def it_wakes_up(self, minutes: int) -> None:
        self.town.clock.pass_by(timedelta(minutes=minutes))
        late, self.late = self.late, []
        for claim in late:
            self.town.sync(claim)
        effects, self.late_effects = self.late_effects, []
        for effect in effects:
            with suppress(DaybookError):
                self.town.deliver_event(effect)


def _nothing() -> None:
    """Everything goes well."""
