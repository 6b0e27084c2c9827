"""Tells from a payload who acted, and for which workspace."""

from bot.usecases.resolve_actor import Asker
from handlers.payload import Payload


def asker_of(body: Payload) -> Asker:
    """The person and the workspaces concerned, as Slack names them.

    In a channel shared with another organisation the person's own team differs from the one that Daybook is
    installed in; whoever cannot be placed gets empty ids, which no workspace answers to.
    """
    home = _own_team(body)
    return Asker(
        user_id=_user(body),
        team_id=home,
        installed_team_id=_installed_team(body) or home,
        enterprise_id=body.text("enterprise", "id") or body.text("enterprise_id"),
    )


def _user(body: Payload) -> str:
    return (
        body.text("user", "id")
        or body.text("user_id")
        or body.text("event", "user")
        or body.text("event", "user", "id")
    )


def _own_team(body: Payload) -> str:
    return (
        body.text("user", "team_id")
        or body.text("event", "user", "team_id")
        or body.text("event", "user_team")
        or body.text("event", "team")
        or body.text("team", "id")
        or body.text("team_id")
    )


def _installed_team(body: Payload) -> str:
    for authorization in body.elements("authorizations"):
        return authorization.text("team_id")
    return body.text("view", "app_installed_team_id") or body.text("team", "id") or body.text("team_id")
