"""Answers that an app gives through a response URL."""

import json

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.files import require_none
from bot.sandbox.slack.messages import Draft, Message
from bot.sandbox.slack.methods.chat import checked_draft
from bot.sandbox.slack.refusal import Refusal
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.tickets import ResponseUrl

_FIELDS = frozenset(
    {
        "text",
        "blocks",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "metadata",
        "attachments",
        "unfurl_links",
        "unfurl_media",
        "mrkdwn",
        "parse",
        "link_names",
    }
)


def respond(backend: Backend, path: str, body: bytes) -> None:
    """Do what the app asks for at the response URL with this path.

    Raises:
        Refusal: the URL is used up or unknown, or what is to be said breaks a rule.
    """
    with backend.pulse:
        ticket = backend.tickets.answer(path)
        speak(backend, ticket, _given(body))


def speak(backend: Backend, ticket: ResponseUrl, given: Json) -> None:
    """Say, replace or take back what `given` describes, where the ticket is good for it.

    Raises:
        Refusal: what is to be said breaks a rule.
    """
    if unknown := sorted(set(given) - _FIELDS):
        backend.problems.add("response_url", f"unknown fields: {', '.join(unknown)}")
    original = _original(backend, ticket)
    if given.get("delete_original"):
        if original is not None:
            backend.messages.remove(original)
        return
    draft = checked_draft(given.get("text"), given.get("blocks"), backend.problems, "response_url")
    require_none(draft.blocks)
    if given.get("replace_original") and original is not None:
        _replace(backend, original, draft)
        return
    _say(backend, ticket, draft, given)


def _say(backend: Backend, ticket: ResponseUrl, draft: Draft, given: Json) -> None:
    kind = given.get("response_type", "ephemeral")
    if kind not in ("ephemeral", "in_channel"):
        backend.problems.add("response_url", f"response_type {kind} is taken for ephemeral")
    workspace = backend.people.workspaces[ticket.team_id]
    channel = workspace.channels[ticket.channel_id]
    said = Draft(draft.text, draft.blocks, given.get("metadata"), given.get("thread_ts"))
    only_for = None if kind == "in_channel" else ticket.user_id
    backend.messages.post(channel, workspace.bot.id, said, only_for)


def _replace(backend: Backend, original: Message, draft: Draft) -> None:
    # Unlike chat.update, this leaves nothing of what stood there.
    whole = Draft(draft.text or "", draft.blocks or [])
    backend.messages.edit(original, whole)


def _original(backend: Backend, ticket: ResponseUrl) -> Message | None:
    if ticket.message_ts is None:
        return None
    return backend.messages.find(ticket.channel_id, ticket.message_ts)


def _given(body: bytes) -> Json:
    try:
        given = json.loads(body)
    except ValueError:
        raise Refusal("invalid_payload", faulty=True) from None
    if not isinstance(given, dict):
        raise Refusal("invalid_payload", faulty=True)
    return given
