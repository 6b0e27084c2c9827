"""Which permissions Daybook was installed without, asked of the stand-in for Slack."""

import pytest
from slack_sdk import WebClient

from bot.clients.slack_permissions import SlackPermissions
from bot.domain.errors import ProviderDown
from tests.contracts.slack_standin_bot import a_house, a_team, with_scopes

ASKED = ["users:read.email", "users:read"]


@pytest.mark.parametrize(
    ("scopes", "missing"), [(["users:read"], {"users:read.email"}), (["users:read", "users:read.email"], set())]
)
def test_what_was_not_granted_is_missing(scopes: list[str], missing: set[str]) -> None:
    with a_house(with_scopes(*scopes)) as house:
        assert SlackPermissions(a_team(house).client).missing(ASKED) == missing


def test_a_slack_that_does_not_answer_is_named() -> None:
    with pytest.raises(ProviderDown):
        SlackPermissions(WebClient("xoxb-1", base_url="http://127.0.0.1:9/api/", retry_handlers=[])).missing(ASKED)
