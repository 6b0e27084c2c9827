"""Who the app is, who the members are, and what the workspace is called."""

from collections.abc import Mapping

from bot.sandbox.slack.methods.call import Call, Method, next_cursor
from bot.sandbox.slack.people import Member
from bot.sandbox.slack.refusal import Refusal
from bot.sandbox.slack.shape import Json


def described(member: Member, now: float, *, with_email: bool) -> Json:
    """A member as methods and events tell of him; a deactivated one has no zone and no roles any more."""
    first, _, last = member.real_name.partition(" ")
    profile: Json = {
        "title": "",
        "phone": "",
        "skype": "",
        "real_name": member.real_name,
        "real_name_normalized": member.real_name,
        "display_name": member.display_name,
        "display_name_normalized": member.display_name,
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": "g000000",
        "first_name": first,
        "last_name": last,
        "team": member.team_id,
    }
    if with_email and member.email:
        profile["email"] = member.email
    user: Json = {
        "id": member.id,
        "team_id": member.team_id,
        "name": member.name,
        "deleted": member.deleted,
        "profile": profile,
        "is_bot": member.is_bot,
        "is_app_user": False,
        "updated": int(now),
    }
    if not member.deleted:
        user |= {"color": "9f69e7", "real_name": member.real_name} | _roles(member)
        if member.tz is not None:
            user |= {"tz": member.tz, "tz_label": member.tz, "tz_offset": member.tz_offset(now)}
    if member.is_stranger:
        user["is_stranger"] = True
    return user


def _roles(member: Member) -> Json:
    return {
        "is_admin": member.is_admin,
        "is_owner": member.is_owner,
        "is_primary_owner": False,
        "is_restricted": member.is_restricted,
        "is_ultra_restricted": member.is_ultra_restricted,
    }


def _told(call: Call, member: Member) -> Json:
    with_email = "users:read.email" in call.backend.app.scopes
    return described(member, call.backend.clock(), with_email=with_email)


def _told_with_locale(call: Call, member: Member) -> Json:
    """Nobody's locale is told to who does not ask for it."""
    return _told(call, member) | ({"locale": member.locale} if call.flag("include_locale") else {})


def _auth_test(call: Call) -> Json:
    workspace = call.workspace
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.name,
        "user": workspace.bot.name,
        "team_id": workspace.id,
        "user_id": workspace.bot.id,
        "bot_id": workspace.bot_id,
        "is_enterprise_install": False,
    }


def _info(call: Call) -> Json:
    member = call.workspace.members.get(call.needed("user"))
    if member is None:
        raise Refusal("user_not_found")
    return {"user": _told_with_locale(call, member)}


def _list(call: Call) -> Json:
    members = [m for m in call.workspace.members.values() if not m.is_stranger]
    start, end = call.page(len(members), most=1000)
    return {
        "members": [_told_with_locale(call, member) for member in members[start:end]],
        "cache_ts": int(call.backend.clock()),
        "response_metadata": next_cursor(end, len(members)),
    }


def _by_email(call: Call) -> Json:
    email = call.needed("email").lower()
    for member in call.workspace.members.values():
        if member.email.lower() == email and not member.deleted and not member.is_stranger:
            return {"user": _told(call, member)}
    raise Refusal("users_not_found")


def _team(call: Call) -> Json:
    workspace = call.workspace
    if call.text("team") not in (None, workspace.id):
        raise Refusal("team_not_found")
    return {
        "team": {
            "id": workspace.id,
            "name": workspace.name,
            "domain": workspace.domain,
            "email_domain": f"{workspace.domain}.test",
            "url": f"https://{workspace.domain}.slack.com/",
            "icon": {"image_default": True},
        }
    }


METHODS: Mapping[str, Method] = {
    "auth.test": Method(_auth_test),
    "users.info": Method(_info, ("users:read",)),
    "users.list": Method(_list, ("users:read",)),
    "users.lookupByEmail": Method(_by_email, ("users:read.email",)),
    "team.info": Method(_team, ("team:read",)),
}
