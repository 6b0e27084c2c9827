"""A messenger of alerts that remembers what it said to whom."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain.cards import PostedCard
from bot.domain.firings import FailedTrigger
from bot.domain.landings import BatchShown
from bot.domain.nudges import DueNudge
from bot.domain.people import Member


class Killed(BaseException):
    """The process ends here."""


@dataclass
class RecordingAlerts:
    """Implements `ports.AlertMessages` and `ports.LandingMessages`; the next of `refusals` is raised instead.

    `reminded` holds the member's Slack id, the address and whether it was the last; `failed` the owner's, and how often
    which trigger failed; `posted` and `updated` what hosts were shown.
    """

    reminded: list[tuple[str, str, bool]] = field(default_factory=list)
    failed: list[tuple[str, tuple[tuple[str, int], ...]]] = field(default_factory=list)
    posted: list[BatchShown] = field(default_factory=list)
    updated: list[tuple[PostedCard, BatchShown]] = field(default_factory=list)
    refusals: list[BaseException] = field(default_factory=list)

    def still_broken(self, member: Member, due: DueNudge, *, is_last: bool, zone: str) -> None:
        self._refuse()
        self.reminded.append((member.slack_user_id, due.account.address, is_last))

    def triggers_failed(self, owner: Member, failed: Sequence[FailedTrigger]) -> None:
        self._refuse()
        self.failed.append((owner.slack_user_id, tuple((one.trigger.name, one.failed) for one in failed)))

    def post(self, shown: BatchShown) -> PostedCard:
        self._refuse()
        self.posted.append(shown)
        return PostedCard(f"D-{shown.host.slack_user_id}", str(len(self.posted)))

    def update(self, posted: PostedCard, shown: BatchShown) -> None:
        self._refuse()
        self.updated.append((posted, shown))

    def _refuse(self) -> None:
        if self.refusals:
            raise self.refusals.pop(0)
