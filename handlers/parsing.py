"""Slack's payloads as interactions, each kind parsed in one place."""

from collections.abc import Callable
from typing import TypeVar

from handlers.interaction import (
    Action,
    Command,
    Fact,
    HomeOpened,
    Interaction,
    Search,
    Shortcut,
    Submission,
    Surface,
    Values,
    ViewRef,
)
from handlers.payload import Payload
from handlers.people import asker_of
from handlers.typed_text import as_typed

I_co = TypeVar("I_co", bound=Interaction, covariant=True)
Parse = Callable[[Payload], I_co]
"""Makes one kind of interaction of a body."""

_SINGLE = (
    "value",
    "selected_date",
    "selected_time",
    "selected_user",
    "selected_conversation",
    "selected_channel",
)
_MANY = ("selected_users", "selected_conversations", "selected_channels")


def parse_command(body: Payload) -> Command:
    """A slash command's form."""
    return Command(
        asker=asker_of(body),
        trigger_id=body.text("trigger_id"),
        response_url=body.text("response_url"),
        channel_id=body.text("channel_id"),
        name=body.text("command"),
        text=as_typed(body.text("text")).strip(),
    )


def parse_action(body: Payload) -> Action:
    """A `block_actions` payload; Slack sends one action in each."""
    action = next(body.elements("actions"), Payload(None))
    view = _view(body)
    return Action(
        asker=asker_of(body),
        surface=_surface(body, view),
        trigger_id=body.text("trigger_id"),
        response_url=body.text("response_url"),
        channel_id=body.text("channel", "id") or body.text("container", "channel_id"),
        view=view,
        action_id=action.text("action_id"),
        value=action.text("value"),
        chosen=_chosen(action),
        values=_values(body.at("view", "state")),
    )


def parse_submission(body: Payload) -> Submission:
    """A `view_submission` payload."""
    view = _view(body) or ViewRef("", "", "", "")
    return Submission(
        asker=asker_of(body),
        surface=Surface.MODAL,
        trigger_id=body.text("trigger_id"),
        view=view,
        callback_id=view.callback_id,
        private_metadata=view.private_metadata,
        values=_values(body.at("view", "state")),
    )


def parse_search(body: Payload) -> Search:
    """A `block_suggestion` payload."""
    view = _view(body)
    return Search(
        asker=asker_of(body),
        surface=_surface(body, view),
        view=view,
        typed=body.text("value"),
    )


def parse_shortcut(body: Payload) -> Shortcut:
    """A global shortcut's payload."""
    return Shortcut(asker=asker_of(body), trigger_id=body.text("trigger_id"), callback_id=body.text("callback_id"))


def parse_home_opened(body: Payload) -> HomeOpened:
    """An `app_home_opened` event."""
    return HomeOpened(
        asker=asker_of(body),
        surface=Surface.HOME,
        channel_id=body.text("event", "channel"),
        view=_view(body.at("event")),
        tab=body.text("event", "tab"),
    )


def parse_fact(body: Payload) -> Fact:
    """A `user_change` or an `app_uninstalled` event."""
    return Fact(asker=asker_of(body))


def _view(body: Payload) -> ViewRef | None:
    view = body.at("view")
    if not view.text("id"):
        return None
    return ViewRef(
        id=view.text("id"),
        hash=view.text("hash"),
        callback_id=view.text("callback_id"),
        private_metadata=view.text("private_metadata"),
        previous_id=view.text("previous_view_id"),
    )


def _surface(body: Payload, view: ViewRef | None) -> Surface:
    if view is None:
        return Surface.CHANNEL
    return Surface.HOME if body.text("view", "type") == "home" else Surface.MODAL


def _values(state: Payload) -> Values:
    held: dict[tuple[str, str], tuple[str, ...]] = {}
    for block_id, block in state.at("values").fields():
        for action_id, element in block.fields():
            held[block_id, action_id] = _chosen(element)
    return Values(held)


def _chosen(element: Payload) -> tuple[str, ...]:
    """What an element holds, whatever its type: the types share no field, but each fills only its own."""
    option = element.text("selected_option", "value")
    if option:
        return (option,)
    options = tuple(option.text("value") for option in element.elements("selected_options"))
    if options:
        return options
    for name in _MANY:
        if people := element.texts(name):
            return people
    return tuple(found for name in _SINGLE if (found := element.text(name)))
