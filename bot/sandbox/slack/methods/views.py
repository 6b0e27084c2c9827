"""Modals and Home tabs: opening, pushing, changing and publishing them."""

from collections.abc import Mapping

from bot.sandbox.slack.methods.call import Call, Method
from bot.sandbox.slack.refusal import Refusal, invalid_arguments
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.views import View, check_view


def _view(call: Call, kind: str | None = None) -> Json:
    call.arguments.get("view") or call.needed("view")
    try:
        view = check_view(call.structure("view"))
    except ValueError:
        raise invalid_arguments("failed to match all allowed schemas [json-pointer:/view]") from None
    if kind is not None and view["type"] != kind:
        raise invalid_arguments(f"must be a {kind} view [json-pointer:/view/type]")
    call.backend.files.require_shown(call.workspace.id, view["blocks"])
    return view


def _told(call: Call, view: View) -> Json:
    return {"view": call.backend.views.payload(view, call.workspace)}


def _open(call: Call) -> Json:
    # The trigger first: a view that is refused for its blocks has used it up all the same.
    trigger = call.backend.tickets.exchange(call.needed("trigger_id"), call.workspace.id)
    given = _view(call, "modal")
    if call.backend.views.stack(trigger.user_id):
        call.backend.problems.add("views.open", "a modal is open already; views.push goes on top of it")
    return _told(call, call.backend.views.open(call.workspace, trigger.user_id, given))


def _push(call: Call) -> Json:
    trigger = call.backend.tickets.exchange(call.needed("trigger_id"), call.workspace.id)
    given = _view(call, "modal")
    views = call.backend.views
    if trigger.view_id not in [view.id for view in views.stack(trigger.user_id)]:
        # Only something done within an open modal lets an app put another on top of it.
        raise Refusal("invalid_trigger_id", faulty=True)
    return _told(call, views.push(call.workspace, trigger.user_id, given))


def _update(call: Call) -> Json:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if view_id and external_id:
        raise invalid_arguments("Cannot provide both `view_id` and `external_id`")
    if not view_id and not external_id:
        raise invalid_arguments("Must provide either `view_id` or `external_id`")
    given = _view(call)
    view = call.backend.views.find(call.workspace.id, view_id, external_id)
    call.backend.views.change(view, given, call.text("hash"))
    return _told(call, view)


def _publish(call: Call) -> Json:
    if not call.backend.app.home_tab:
        raise Refusal("not_enabled", faulty=True)
    user_id = call.needed("user_id")
    given = _view(call, "home")
    member = call.workspace.members.get(user_id)
    if member is None or member.is_bot or member.deleted:
        raise invalid_arguments("invalid `user_id`")
    return _told(call, call.backend.views.publish(call.workspace, user_id, given, call.text("hash")))


METHODS: Mapping[str, Method] = {
    "views.open": Method(_open),
    "views.push": Method(_push),
    "views.update": Method(_update),
    "views.publish": Method(_publish),
}
