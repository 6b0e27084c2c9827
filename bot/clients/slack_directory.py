"""People as Slack's `users.info` describes them."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.domain.errors import NotAllowed, ProviderDown
from bot.domain.people import Profile, Standing

_UNKNOWN_PERSON = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
_NO_ZONE = "UTC"


class SlackDirectory:
    """A `Directory` over the Web API."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def profile(self, slack_user_id: str, team_id: str) -> Profile:
        """The person, judged from the workspace `team_id`.

        Raises `NotAllowed` for a person whom Slack does not show us, and `ProviderDown` when it does not answer.
        """
        try:
            user = self._client.users_info(user=slack_user_id)["user"]
        except SlackApiError as error:
            if error.response["error"] in _UNKNOWN_PERSON:
                raise NotAllowed("Slack does not know this person here. Nothing was done.") from error
            raise ProviderDown("Slack did not say who is asking. Nothing was done; try again in a minute.") from error
        except (SlackRequestError, OSError) as error:
            raise ProviderDown("Slack could not be reached. Nothing was done; try again in a minute.") from error
        return Profile(
            slack_user_id=slack_user_id,
            name=_name(user),
            zone=zone_of(user),
            standing=standing_of(user, team_id),
            is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        )


def zone_of(user: Mapping[str, object]) -> str:
    """The person's IANA zone; UTC for bots and guests, who may have none, and for one that this machine lacks."""
    zone = user.get("tz")
    if not isinstance(zone, str) or not zone:
        return _NO_ZONE
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _NO_ZONE
    return zone


def standing_of(user: Mapping[str, object], team_id: str) -> Standing:
    """What a person is to the workspace `team_id`, from Slack's user object; bots are nobody's colleague."""
    if user.get("deleted"):
        return Standing.DEACTIVATED
    if user.get("is_stranger") or user.get("is_bot") or not _belongs(user, team_id):
        return Standing.EXTERNAL
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.FULL


def _belongs(user: Mapping[str, object], team_id: str) -> bool:
    """On Enterprise Grid a person belongs to several workspaces, named in `enterprise_user.teams`."""
    if user.get("team_id") == team_id:
        return True
    organisation = user.get("enterprise_user")
    teams = organisation.get("teams") if isinstance(organisation, Mapping) else None
    return isinstance(teams, list) and team_id in teams


def _name(user: Mapping[str, object]) -> str:
    profile = user.get("profile")
    shown = profile if isinstance(profile, Mapping) else {}
    for name in (shown.get("display_name"), user.get("real_name"), shown.get("real_name"), user.get("name")):
        if isinstance(name, str) and name.strip():
            return name.strip()
    return "Somebody"
