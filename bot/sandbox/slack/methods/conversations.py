"""Channels: opening a direct message, and what there is to know of a channel."""

from collections.abc import Mapping

from bot.sandbox.slack.methods.call import Call, Method, next_cursor
from bot.sandbox.slack.people import Channel, Workspace
from bot.sandbox.slack.refusal import Refusal
from bot.sandbox.slack.shape import Json

_READING = ("channels:read", "groups:read", "im:read")
_SCOPE_OF = {"public": "channels:read", "private": "groups:read", "im": "im:read"}


def visible(workspace: Workspace, channel_id: str) -> Channel:
    """The channel with this id, as far as the app can see it: others' private ones do not exist.

    Raises:
        Refusal: the app cannot see it.
    """
    channel = workspace.channels.get(channel_id)
    if channel is None or (channel.kind != "public" and workspace.bot.id not in channel.members):
        raise Refusal("channel_not_found")
    return channel


def _readable(call: Call) -> Channel:
    channel = visible(call.workspace, call.needed("channel"))
    needed = _SCOPE_OF[channel.kind]
    if needed not in call.backend.app.scopes:
        provided = ",".join(sorted(call.backend.app.scopes))
        raise Refusal("missing_scope", faulty=True, needed=needed, provided=provided)
    return channel


def described(workspace: Workspace, channel: Channel) -> Json:
    """A channel as methods tell of it."""
    told: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == "im",
        "is_org_shared": False,
        "context_team_id": workspace.id,
    }
    if channel.kind == "im":
        other = next((m for m in channel.members if m != workspace.bot.id), workspace.bot.id)
        return told | {"user": other, "is_user_deleted": workspace.members[other].deleted}
    return told | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_private": channel.kind == "private",
        "is_mpim": False,
        "is_general": channel.name == "general",
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_member": workspace.bot.id in channel.members,
        "creator": channel.creator,
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "previous_names": [],
    }


def _open(call: Call) -> Json:
    workspace = call.workspace
    if channel_id := call.text("channel"):
        return {"channel": {"id": visible(workspace, channel_id).id}}
    users = [user for user in (call.text("users") or "").split(",") if user]
    if not users:
        raise Refusal("users_list_not_supplied", faulty=True)
    if len(users) > 1:
        # An app of one person's calendar has no business with groups; whoever needs them adds them here.
        raise Refusal("too_many_users", faulty=True)
    member = workspace.members.get(users[0])
    if member is None:
        raise Refusal("user_not_found")
    if member.deleted:
        raise Refusal("user_disabled")
    if member.is_bot:
        raise Refusal("cannot_dm_bot", faulty=True)
    channel = call.backend.people.direct(workspace, workspace.bot.id, member.id)
    told = described(workspace, channel) if call.flag("return_im") else {"id": channel.id}
    return {"channel": told}


def _info(call: Call) -> Json:
    channel = _readable(call)
    told = described(call.workspace, channel)
    if call.flag("include_num_members"):
        told["num_members"] = len(channel.members)
    return {"channel": told}


def _members(call: Call) -> Json:
    members = sorted(_readable(call).members)
    start, end = call.page(len(members), most=1000)
    return {"members": members[start:end], "response_metadata": next_cursor(end, len(members))}


METHODS: Mapping[str, Method] = {
    "conversations.open": Method(_open, ("im:write",)),
    "conversations.info": Method(_info, _READING),
    "conversations.members": Method(_members, _READING),
}
