"""A slash command on its way to the app, and what Slack shows of the answer."""

import json
import math

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.delivery import Courier, Delivery
from bot.sandbox.slack.escaping import escaped
from bot.sandbox.slack.messages import Draft
from bot.sandbox.slack.payloads import Payloads
from bot.sandbox.slack.people import Channel, Member
from bot.sandbox.slack.refusal import Refusal
from bot.sandbox.slack.responding import speak
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.tickets import ResponseUrl


def run_command(
    backend: Backend, courier: Courier, payloads: Payloads, member: Member, channel: Channel, line: str
) -> None:
    """Deliver the command that `member` typed, and show him the answer or what went wrong."""
    command, _, text = line.partition(" ")
    if command not in backend.app.commands:
        _slackbot(backend, channel, member, f"{command} is not a valid command.")
        return
    if backend.app.commands[command]:
        text = escaped(text, backend.people.workspaces[channel.team_id])
    delivery = courier.command(payloads.command(channel, command, text.strip()))
    if not delivery.went_well:
        _slackbot(backend, channel, member, f'{command} failed with the error "{_failure(delivery)}"')
    elif delivery.received.strip():
        _show(backend, channel, member, _given(delivery))


def _failure(delivery: Delivery) -> str:
    if delivery.status is None:
        return "operation_timeout" if delivery.failure == "http_timeout" else "dispatch_failed"
    return "http_service_error" if delivery.status >= 500 else "http_client_error"


def _given(delivery: Delivery) -> Json:
    try:
        given = json.loads(delivery.received)
    except ValueError:
        return {"text": delivery.received.decode(errors="replace")}
    return given if isinstance(given, dict) else {"text": delivery.received.decode(errors="replace")}


def _show(backend: Backend, channel: Channel, member: Member, given: Json) -> None:
    if not given:
        return
    ticket = ResponseUrl("", channel.team_id, member.id, channel.id, None, math.inf)
    try:
        speak(backend, ticket, given)
    except Refusal as refusal:
        backend.problems.add("command", str(refusal))


def _slackbot(backend: Backend, channel: Channel, member: Member, text: str) -> None:
    backend.messages.post(channel, "", Draft(text), only_for=member.id)
