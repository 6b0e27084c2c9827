"""People as Slack describes them, in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.errors import ProviderDown
from bot.domain.people import Member, Profile


@dataclass
class FakeDirectory:
    """Implements `ports.Directory`: by Slack id, those of whom it tells; of nobody else it says anything.

    `apps` are the ids of those who are none of them people.
    """

    people: Mapping[str, Member]
    asked: list[str] = field(default_factory=list)
    apps: frozenset[str] = frozenset()

    def profile(self, slack_user_id: str, team_id: str) -> Profile:
        self.asked.append(slack_user_id)
        member = self.people.get(slack_user_id)
        if member is None:
            raise ProviderDown(f"Slack does not say who {slack_user_id} is.")
        is_app = slack_user_id in self.apps
        return Profile(slack_user_id, member.name, member.zone, member.standing, member.is_admin, member.locale, is_app)
