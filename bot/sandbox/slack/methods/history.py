"""What was said in a channel, and in the thread under one message."""

from collections.abc import Mapping

from bot.sandbox.slack.messages import Message
from bot.sandbox.slack.methods.call import Call, Method, next_cursor
from bot.sandbox.slack.methods.chat import described
from bot.sandbox.slack.methods.conversations import visible
from bot.sandbox.slack.people import Channel
from bot.sandbox.slack.refusal import Refusal, invalid_arguments
from bot.sandbox.slack.shape import Json

_SCOPE_OF = {"public": "channels:history", "private": "groups:history", "im": "im:history"}
_READING = tuple(_SCOPE_OF.values())
_USUAL_PAGE = 100


def _readable(call: Call) -> Channel:
    channel = visible(call.workspace, call.needed("channel"))
    needed = _SCOPE_OF[channel.kind]
    if needed not in call.backend.app.scopes:
        provided = ",".join(sorted(call.backend.app.scopes))
        raise Refusal("missing_scope", faulty=True, needed=needed, provided=provided)
    if call.workspace.bot.id not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _history(call: Call) -> Json:
    """The newest first; a reply stands under its thread alone."""
    channel = _readable(call)
    oldest, latest = _stamp(call, "oldest", 0.0), _stamp(call, "latest", float("inf"))
    found = [
        message
        for message in reversed(call.backend.messages.of_channel(channel.id))
        if message.thread_ts in (None, message.ts) and oldest < float(message.ts) < latest
    ]
    return _page(call, found, most=999)


def _replies(call: Call) -> Json:
    """The message first, then its thread."""
    channel, root = _readable(call), call.needed("ts")
    thread = [m for m in call.backend.messages.of_channel(channel.id) if root in (m.ts, m.thread_ts)]
    if not thread:
        raise Refusal("thread_not_found")
    return _page(call, thread, most=1000)


def _page(call: Call, found: list[Message], *, most: int) -> Json:
    start, end = call.page(len(found), most)
    end = end if call.text("limit") else min(end, start + _USUAL_PAGE)
    return {
        "messages": [_told(call, message) for message in found[start:end]],
        "has_more": end < len(found),
        "response_metadata": next_cursor(end, len(found)),
    }


def _told(call: Call, message: Message) -> Json:
    """Metadata is told to those alone who ask for it."""
    told = described(call.backend.app, call.workspace, message)
    if not call.flag("include_all_metadata"):
        told.pop("metadata", None)
    return told


def _stamp(call: Call, name: str, default: float) -> float:
    try:
        return float(call.text(name) or default)
    except ValueError:
        raise invalid_arguments(f"invalid {name}") from None


METHODS: Mapping[str, Method] = {
    "conversations.history": Method(_history, _READING),
    "conversations.replies": Method(_replies, _READING),
}
