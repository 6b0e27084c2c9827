"""People as Slack's `users.info` and `users.lookupByEmail` describe them."""

import logging
import re
from collections.abc import Collection, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.domain.errors import AddressesWithheld, NotAllowed, ProviderDown
from bot.domain.people import Profile, Standing

_UNKNOWN_PERSON = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
_NO_ZONE = "UTC"
_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
# What is amiss with one address.
_NO_ADDRESS = frozenset({"invalid_arguments", "invalid_email"})
_NO_SCOPE = "missing_scope"
# With these the next address would fare no better; with what else there is, it may.
_NO_MORE = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "accesslimited",
        "access_denied",
        "account_inactive",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "invalid_auth",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
        "two_factor_setup_required",
    }
)

_SLACKBOT = "USLACKBOT"
_log = logging.getLogger(__name__)


class SlackDirectory:
    """A `Directory` over the Web API."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def profile(self, slack_user_id: str, team_id: str) -> Profile:
        """The person, judged from the workspace `team_id`.

        Raises `NotAllowed` for a person whom Slack does not show us, and `ProviderDown` when it does not answer.
        """
        try:
            user = self._client.users_info(user=slack_user_id, include_locale=True)["user"]
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
            is_app=_is_app(user),
            locale=locale_of(user),
        )

    def colleagues(self, emails: Collection[str], team_id: str) -> Mapping[str, bool]:
        """Whether addresses are those of full members of the workspace `team_id`, as far as Slack answered.

        When it has had enough, Slack answers about none of the rest. Raises `AddressesWithheld` without the scope
        `users:read.email`.
        """
        found: dict[str, bool] = {}
        for email in emails:
            try:
                user = self._client.users_lookupByEmail(email=email)["user"]
            except SlackApiError as error:
                reason = error.response.get("error", "")
                if reason in _UNKNOWN_PERSON or reason in _NO_ADDRESS:
                    found[email] = False
                    continue
                _log.warning("Slack does not say whose an address is (%s); its events wait", reason)
                if reason == _NO_SCOPE:
                    raise AddressesWithheld from error
                if reason in _NO_MORE:
                    return found
                continue
            except (SlackRequestError, OSError):
                _log.warning("Slack could not be asked whose addresses these are; their events wait")
                return found
            found[email] = standing_of(user, team_id) is Standing.FULL
        return found


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


def locale_of(user: Mapping[str, object]) -> str:
    """The name of the language that the person has Slack speak, such as `en-US`; empty where Slack tells none."""
    locale = user.get("locale")
    return locale if isinstance(locale, str) and _LOCALE.fullmatch(locale) else ""


def standing_of(user: Mapping[str, object], team_id: str) -> Standing:
    """What a person is to the workspace `team_id`, from Slack's user object; bots are nobody's colleague."""
    if user.get("deleted"):
        return Standing.DEACTIVATED
    if user.get("is_stranger") or _is_app(user) or not _belongs(user, team_id):
        return Standing.EXTERNAL
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Standing.GUEST
    return Standing.FULL


def _is_app(user: Mapping[str, object]) -> bool:
    """Slackbot says of itself that it is no bot."""
    return bool(user.get("is_bot")) or user.get("id") == _SLACKBOT


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
