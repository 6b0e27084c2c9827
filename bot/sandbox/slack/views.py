"""Modals, stacked up to three for each person, and the Home tab of each."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from typing import Any

from bot.sandbox.slack.blocks import completed, findings_of
from bot.sandbox.slack.composition import plain
from bot.sandbox.slack.forms import Values, initial_values
from bot.sandbox.slack.identifiers import new_id, view_hash
from bot.sandbox.slack.people import Workspace
from bot.sandbox.slack.pulse import Pulse
from bot.sandbox.slack.refusal import Refusal, invalid_arguments
from bot.sandbox.slack.registration import Registration
from bot.sandbox.slack.shape import Finding, Json, anything, boolean, one_of, record, string

MOST_VIEWS = 3
MOST_BYTES = 250 * 1024

_SHARED = {
    "private_metadata": string(3000, least=0),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
}
_MODAL = record(
    {"type": one_of("modal"), "title": plain(24), "blocks": anything},
    {"submit": plain(24), "close": plain(24), "submit_disabled": boolean, **_SHARED},
)
_HOME = record({"type": one_of("home"), "blocks": anything}, _SHARED)


@dataclasses.dataclass
class View:
    """One view as it stands now; `changed` is the number of its last change."""

    id: str
    team_id: str
    user_id: str
    given: Json
    blocks: list[Json]
    hash: str
    changed: int
    root_id: str
    previous_id: str | None
    values: Values
    # What the form complains about, by block id.
    errors: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def kind(self) -> str:
        """`modal` or `home`."""
        return str(self.given["type"])


def check_view(view: Any) -> Json:
    """Hold a view to Slack's rules and give it back.

    Raises:
        Refusal: it breaks one of them.
    """
    if len(json.dumps(view, ensure_ascii=False).encode()) > MOST_BYTES:
        raise Refusal("view_too_large", faulty=True)
    findings = _findings(view)
    if findings:
        raise invalid_arguments(*(str(finding) for finding in findings))
    checked: Json = view
    return checked


def _findings(view: Any) -> list[Finding]:
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        return [Finding("failed to match all allowed schemas", "/view")]
    whole = _MODAL if view["type"] == "modal" else _HOME
    found = list(whole(view, "/view"))
    if "blocks" in view:
        inside = findings_of(view["blocks"], view["type"], "/view/blocks")
        places = dict.fromkeys("/".join(finding.pointer.split("/")[:4]) for finding in inside)
        found += [Finding("failed to match all allowed schemas", place) for place in places]
        found += inside
    if not found and view["type"] == "modal" and "submit" not in view:
        found += _unsubmittable(view)
    return found


def _unsubmittable(view: Json) -> Iterator[Finding]:
    if any(block["type"] == "input" for block in view["blocks"]):
        yield Finding("must provide `submit` with an `input` block", "/view/submit")


class Views:
    """Every open modal and every Home tab."""

    def __init__(self, pulse: Pulse, clock: Callable[[], float], app: Registration) -> None:
        """Start with nothing open; `clock` gives seconds since 1970."""
        self._pulse = pulse
        self._clock = clock
        self._app = app
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}

    def stack(self, user_id: str) -> list[View]:
        """The open modals of a person, the one on top last."""
        return list(self._stacks.get(user_id, ()))

    def home(self, user_id: str) -> View | None:
        """The Home tab of a person, if anything was published there."""
        return self._homes.get(user_id)

    def open(self, workspace: Workspace, user_id: str, given: Json) -> View:
        """Show a modal, in place of any that are open."""
        with self._pulse:
            view = self._new(workspace, user_id, given)
            self._stacks[user_id] = [view]
            return view

    def push(self, workspace: Workspace, user_id: str, given: Json) -> View:
        """Put a modal on top of the others.

        Raises:
            Refusal: three are open already, or none is.
        """
        with self._pulse:
            below = self._stacks.get(user_id) or []
            if not below:
                raise Refusal("not_found", faulty=True)
            if len(below) >= MOST_VIEWS:
                raise Refusal("push_limit_reached", faulty=True)
            view = self._new(workspace, user_id, given, below[-1])
            below.append(view)
            return view

    def publish(self, workspace: Workspace, user_id: str, given: Json, expected: str | None) -> View:
        """Show this on a person's Home tab, if it still is as `expected`, a hash.

        Raises:
            Refusal: it was changed since.
        """
        with self._pulse:
            shown = self._homes.get(user_id)
            if shown is None:
                shown = self._homes[user_id] = self._new(workspace, user_id, given)
            else:
                self.change(shown, given, expected)
            return shown

    def change(self, view: View, given: Json, expected: str | None) -> None:
        """Show something else in a view, if it still is as `expected`; what was typed stays under its ids.

        Raises:
            Refusal: it was changed since, is of another kind, or its external id is taken.
        """
        with self._pulse:
            if expected is not None and expected != view.hash:
                raise Refusal("hash_conflict")
            if given["type"] != view.kind:
                raise invalid_arguments("view type cannot be changed")
            self._refuse_taken(view.team_id, given, view)
            view.given = given
            view.blocks = completed(given["blocks"])
            view.values = initial_values(view.blocks, view.values)
            view.errors = {}
            view.hash = view_hash(self._clock())
            view.changed = self._pulse.beat()

    def complain(self, view: View, errors: dict[str, str]) -> None:
        """Show these errors on the form, by block id."""
        with self._pulse:
            view.errors = errors
            view.changed = self._pulse.beat()

    def find(self, team_id: str, view_id: str | None, external_id: str | None) -> View:
        """The view with this id, its own or the app's.

        Raises:
            Refusal: there is none, or it was closed.
        """
        for view in self._all():
            named = view.id == view_id if view_id else view.given.get("external_id") == external_id
            if view.team_id == team_id and named:
                return view
        raise Refusal("not_found")

    def close_top(self, user_id: str) -> list[View]:
        """Take the top modal away, and all with it if it says so; gives what was closed, the top first."""
        with self._pulse:
            stack = self._stacks.get(user_id, [])
            number = len(stack) if stack and stack[-1].given.get("clear_on_close") else 1
            return self._take(user_id, number)

    def close_all(self, user_id: str) -> list[View]:
        """Take all modals of a person away; gives them, the top first."""
        with self._pulse:
            return self._take(user_id, MOST_VIEWS)

    def _take(self, user_id: str, number: int) -> list[View]:
        stack = self._stacks.get(user_id, [])
        closed = [stack.pop() for _ in range(min(number, len(stack)))]
        number = self._pulse.beat()
        if stack:
            stack[-1].changed = number
        return closed

    def payload(self, view: View, workspace: Workspace) -> Json:
        """A view as Slack answers with it and delivers it."""
        home = view.kind == "home"
        given = view.given
        title = {"type": "plain_text", "text": "View Title", "emoji": True} if home else given["title"]
        return {
            "id": view.id,
            "team_id": view.team_id,
            "type": view.kind,
            "blocks": view.blocks,
            "private_metadata": given.get("private_metadata", ""),
            "callback_id": given.get("callback_id", ""),
            "state": {"values": view.values},
            "hash": view.hash,
            "title": title,
            "clear_on_close": given.get("clear_on_close", False),
            "notify_on_close": given.get("notify_on_close", False),
            "close": given.get("close"),
            "submit": given.get("submit"),
            "previous_view_id": view.previous_id,
            "root_view_id": view.root_id,
            "app_id": self._app.app_id,
            "external_id": given.get("external_id", ""),
            "app_installed_team_id": workspace.id,
            "bot_id": workspace.bot_id,
        }

    def _new(self, workspace: Workspace, user_id: str, given: Json, below: View | None = None) -> View:
        self._refuse_taken(workspace.id, given)
        view_id = new_id("V")
        blocks = completed(given["blocks"])
        return View(
            view_id,
            workspace.id,
            user_id,
            given,
            blocks,
            view_hash(self._clock()),
            self._pulse.beat(),
            below.root_id if below else view_id,
            below.id if below else None,
            initial_values(blocks),
        )

    def _refuse_taken(self, team_id: str, given: Json, itself: View | None = None) -> None:
        external_id = given.get("external_id")
        others = [view for view in self._all() if view is not itself and view.team_id == team_id]
        if external_id and external_id in [view.given.get("external_id") for view in others]:
            raise Refusal("duplicate_external_id", faulty=True)

    def _all(self) -> list[View]:
        return [*self._homes.values(), *(view for stack in self._stacks.values() for view in stack)]
