"""Saying something: to everybody in a channel or to one person in it, changing it and taking it back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.sandbox.slack.blocks import completed, findings_of
from bot.sandbox.slack.files import require_none
from bot.sandbox.slack.messages import Draft, Message
from bot.sandbox.slack.methods.call import Call, Method
from bot.sandbox.slack.methods.conversations import visible
from bot.sandbox.slack.people import Channel, Workspace
from bot.sandbox.slack.refusal import Problems, Refusal, invalid_arguments, invalid_blocks
from bot.sandbox.slack.registration import Registration
from bot.sandbox.slack.shape import Json

MOST_CHARACTERS = 40_000
MOST_OF_AN_EDIT = 4000
"""Bytes of the text of an edit; what is posted may be longer."""
MOST_OF_ALL_BLOCKS = 13_200
"""Characters of all blocks of a message as Slack keeps them: with ids, and all that stands around the texts.

No page of Slack's names it, only people whom it refused (slackapi/bolt-js, issues 2509 and 2867). Through a response
URL the same is taken.
"""
_PRIVATELY = "chat.postEphemeral"
_EDITING = "chat.update"


def checked_draft(text: str | None, blocks: Any, problems: Problems, where: str, *, complete: bool = True) -> Draft:
    """What is to be said, held to Slack's rules; `complete` where nothing is there yet that could stay.

    Raises:
        Refusal: it breaks one of them.
    """
    if blocks is not None:
        if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
            raise Refusal("invalid_blocks_format", faulty=True)
        if findings := findings_of(blocks, "message"):
            raise invalid_blocks(findings)
    if text is not None and len(text) > MOST_CHARACTERS:
        raise Refusal("msg_too_long", faulty=True)
    if not text and not blocks and (complete or (text is None and blocks is None)):
        raise Refusal("no_text", faulty=True)
    if blocks and not text:
        problems.add(where, "blocks without `text`: a notification and a screen reader have nothing to say")
    return Draft(text, blocks)


def described(app: Registration, workspace: Workspace, message: Message) -> Json:
    """A message as methods answer with it and interactions deliver it."""
    told: Json = {
        "type": "message",
        "user": message.user_id,
        "ts": message.ts,
        "team": workspace.id,
        "text": message.text,
        "blocks": message.blocks,
    }
    if message.user_id == workspace.bot.id:
        told |= {"bot_id": workspace.bot_id, "app_id": app.app_id}
    if message.thread_ts is not None:
        told["thread_ts"] = message.thread_ts
    if message.metadata is not None:
        told["metadata"] = message.metadata
    if message.edited_ts is not None:
        told["edited"] = {"user": message.user_id, "ts": message.edited_ts}
    return told


def _draft(call: Call, where: str, *, complete: bool = True) -> Draft:
    try:
        blocks = call.structure("blocks")
    except ValueError:
        raise Refusal("invalid_blocks_format", faulty=True) from None
    if call.arguments.get("attachments"):
        raise invalid_arguments("attachments are legacy, and this stand-in has none of them")
    draft = checked_draft(call.text("text"), blocks, call.backend.problems, where, complete=complete)
    if where == _EDITING and len((draft.text or "").encode()) > MOST_OF_AN_EDIT:
        raise Refusal("msg_too_long", faulty=True)
    if draft.blocks and _length(draft.blocks) > MOST_OF_ALL_BLOCKS:
        raise Refusal("msg_blocks_too_long", faulty=True)
    if where == _PRIVATELY:
        require_none(draft.blocks)
    call.backend.files.require_shown(call.workspace.id, draft.blocks)
    return Draft(draft.text, draft.blocks, _metadata(call), call.text("thread_ts"))


def _length(blocks: Sequence[Json]) -> int:
    return len(json.dumps(completed(blocks), ensure_ascii=False, separators=(",", ":")))


def _metadata(call: Call) -> Json | None:
    try:
        metadata = call.structure("metadata")
    except ValueError:
        raise Refusal("invalid_metadata_format", faulty=True) from None
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise Refusal("invalid_metadata_format", faulty=True)
    if not isinstance(metadata.get("event_payload"), dict) or set(metadata) > {"event_type", "event_payload"}:
        raise Refusal("invalid_metadata_schema", faulty=True)
    return metadata


def _destination(call: Call) -> Channel:
    workspace, named = call.workspace, call.needed("channel")
    if named in workspace.members:
        return _direct(call, named)
    if named.startswith("#"):
        named = next((c.id for c in workspace.channels.values() if c.name == named[1:]), named)
    channel = visible(workspace, named)
    if channel.is_archived:
        raise Refusal("is_archived")
    if workspace.bot.id not in channel.members and "chat:write.public" not in call.backend.app.scopes:
        raise Refusal("not_in_channel")
    if channel.kind == "im" and not call.backend.app.messages_tab:
        raise Refusal("messages_tab_disabled", faulty=True)
    return channel


def _direct(call: Call, user_id: str) -> Channel:
    member = call.workspace.members[user_id]
    if not call.backend.app.messages_tab:
        raise Refusal("messages_tab_disabled", faulty=True)
    if member.is_bot or member.deleted:
        raise Refusal("channel_not_found")
    return call.backend.people.direct(call.workspace, call.workspace.bot.id, user_id)


def _post(call: Call) -> Json:
    channel = _destination(call)
    draft = _draft(call, "chat.postMessage")
    if draft.thread_ts and call.backend.messages.find(channel.id, draft.thread_ts) is None:
        raise Refusal("thread_not_found")
    message = call.backend.messages.post(channel, call.workspace.bot.id, draft)
    told = described(call.backend.app, call.workspace, message)
    return {"channel": channel.id, "ts": message.ts, "message": told}


def _post_ephemeral(call: Call) -> Json:
    channel = visible(call.workspace, call.needed("channel"))
    user_id = call.needed("user")
    if channel.is_archived:
        raise Refusal("is_archived")
    if call.workspace.bot.id not in channel.members:
        raise Refusal("not_in_channel")
    if user_id not in channel.members:
        raise Refusal("user_not_in_channel")
    draft = _draft(call, _PRIVATELY)
    message = call.backend.messages.post(channel, call.workspace.bot.id, draft, only_for=user_id)
    return {"message_ts": message.ts}


def _own(call: Call, refused: str) -> Message:
    channel = visible(call.workspace, call.needed("channel"))
    message = call.backend.messages.find(channel.id, call.needed("ts"))
    # What only one person sees is no message to these methods.
    if message is None or message.only_for is not None:
        raise Refusal("message_not_found")
    if message.user_id != call.workspace.bot.id:
        raise Refusal(refused, faulty=True)
    return message


def _update(call: Call) -> Json:
    message = _own(call, "cant_update_message")
    call.backend.messages.edit(message, _draft(call, _EDITING, complete=False))
    told = described(call.backend.app, call.workspace, message)
    return {"channel": message.channel_id, "ts": message.ts, "text": message.text, "message": told}


def _delete(call: Call) -> Json:
    message = _own(call, "cant_delete_message")
    call.backend.messages.remove(message)
    return {"channel": message.channel_id, "ts": message.ts}


_WRITING = ("chat:write",)
METHODS: Mapping[str, Method] = {
    "chat.postMessage": Method(_post, _WRITING),
    "chat.postEphemeral": Method(_post_ephemeral, _WRITING),
    "chat.update": Method(_update, _WRITING),
    "chat.delete": Method(_delete, _WRITING),
}
