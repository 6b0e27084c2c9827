"""What a modal does with the answer to its submission."""

from collections.abc import Callable, Mapping

from bot.sandbox.slack.backend import Backend
from bot.sandbox.slack.delivery import Delivery
from bot.sandbox.slack.people import Workspace
from bot.sandbox.slack.refusal import Refusal
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.views import View, check_view

# Where a complaint is about the whole form.
WHOLE = ""
TROUBLE = "We had some trouble connecting. Try again?"


class _Unusable(Exception):
    """The app's answer cannot be followed."""


def settle(backend: Backend, workspace: Workspace, view: View, delivery: Delivery) -> None:
    """Follow the app's answer to the submission of `view`; one that cannot be followed shows as trouble."""
    with backend.pulse:
        if not delivery.went_well:
            backend.views.complain(view, {WHOLE: TROUBLE})
            return
        try:
            _follow(backend, workspace, view, delivery)
        except (Refusal, _Unusable) as problem:
            backend.views.complain(view, {WHOLE: TROUBLE})
            backend.problems.add("view_submission", str(problem))


def _follow(backend: Backend, workspace: Workspace, view: View, delivery: Delivery) -> None:
    answer = delivery.answer()
    if answer is None:
        if delivery.received.strip() not in (b"", b"{}"):
            raise _Unusable("the answer is neither empty nor an object")
        _close(backend, workspace, view, {})
        return
    doing = _ACTIONS.get(answer.get("response_action", ""))
    if doing is None:
        raise _Unusable(f"unknown response_action {answer.get('response_action')!r}")
    doing(backend, workspace, view, answer)


def _close(backend: Backend, _workspace: Workspace, view: View, _answer: Json) -> None:
    # While the app thought, it or the person may have closed it already.
    if view in backend.views.stack(view.user_id):
        backend.views.close_top(view.user_id)


def _clear(backend: Backend, _workspace: Workspace, view: View, _answer: Json) -> None:
    backend.views.close_all(view.user_id)


def _update(backend: Backend, _workspace: Workspace, view: View, answer: Json) -> None:
    backend.views.change(view, check_view(answer.get("view")), None)


def _push(backend: Backend, workspace: Workspace, view: View, answer: Json) -> None:
    backend.views.push(workspace, view.user_id, check_view(answer.get("view")))


def _errors(backend: Backend, _workspace: Workspace, view: View, answer: Json) -> None:
    errors = answer.get("errors")
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise _Unusable("errors are to be an object of block ids and messages")
    if strangers := sorted(set(errors) - inputs):
        raise _Unusable(f"errors for what is no input block of the view: {', '.join(strangers)}")
    if not all(isinstance(message, str) and message.strip() for message in errors.values()):
        raise _Unusable("an error without words")
    backend.views.complain(view, errors)


_ACTIONS: Mapping[str, Callable[[Backend, Workspace, View, Json], None]] = {
    "clear": _clear,
    "update": _update,
    "push": _push,
    "errors": _errors,
}
