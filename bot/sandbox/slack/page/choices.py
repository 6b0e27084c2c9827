"""What an element offers to choose from, and what stands in it once a form came back."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.slack.choosing import NoSuchChoice
from bot.sandbox.slack.composition import offered
from bot.sandbox.slack.forms import entry, field_of
from bot.sandbox.slack.people import Member, Workspace
from bot.sandbox.slack.shape import Json

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_SLACKBOT = "USLACKBOT"
_LOCAL = "%Y-%m-%dT%H:%M"


def humans(workspace: Workspace) -> list[Member]:
    """The people of a workspace who are there."""
    return [m for m in workspace.members.values() if not (m.is_bot or m.deleted or m.id == _SLACKBOT)]


def offers(element: Json, state: Mapping[str, Any], found: Sequence[Json]) -> list[Json]:
    """Every option of an element: its own, those that were `found` by typing, and those chosen before."""
    chosen = [state.get("selected_option"), *state.get("selected_options", ())]
    options: dict[str, Json] = {}
    for option in (*offered(element), *found, *(one for one in chosen if one)):
        options.setdefault(option["value"], option)
    return list(options.values())


def names(element: Json, workspace: Workspace, member: Member) -> dict[str, str]:
    """The members or channels that an element lets this member choose, by id; none where it offers options."""
    field = field_of(element)
    if field.startswith("selected_user"):
        people = humans(workspace)
        others = [m for m in workspace.members.values() if not m.deleted and m not in people]
        return {m.id: f"@{m.name}" for m in (*people, *others)}
    if field.startswith(("selected_conversation", "selected_channel")):
        seen = [c for c in workspace.channels.values() if c.kind == "public" or member.id in c.members]
        return {c.id: f"#{c.name}" for c in seen if c.kind != "im"}
    return {}


def chosen_values(state: Mapping[str, Any]) -> list[str]:
    """What stands in a choice, as a form would send it."""
    for field, standing in state.items():
        if field.startswith("selected_") and standing is not None:
            several = standing if isinstance(standing, list) else [standing]
            return [str(one["value"] if isinstance(one, dict) else one) for one in several]
    return []


def standing_text(state: Mapping[str, Any], zone: str) -> str:
    """What stands in an element that is typed into or picked, as its input holds it."""
    if state["type"] == "datetimepicker":
        seconds = state.get("selected_date_time")
        return "" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone)):{_LOCAL}}"
    if state["type"] == "rich_text_input":
        return _plain_text(state.get("rich_text_value") or {})
    return str(state.get("value") or state.get("selected_date") or state.get("selected_time") or "")


def entered(element: Json, given: Sequence[str], options: Sequence[Json], known: Mapping[str, str], zone: str) -> Json:
    """What stands in `element` after a form brought `given` for it.

    Args:
        element: a block element that keeps state.
        given: the values of its inputs, none where nothing is chosen.
        options: everything that can be chosen, where it offers options.
        known: everything that can be chosen, where it offers members or channels.
        zone: in which a date and time are meant.

    Raises:
        NoSuchChoice: it does not offer that.
    """
    field, values = field_of(element), [value for value in given if value]
    if field == "files":
        return entry(element, [])
    if field.startswith("selected_option"):
        chosen: list[Any] = [_option(value, options) for value in values]
    elif field.startswith(("selected_user", "selected_conversation", "selected_channel")):
        chosen = [_known(value, known) for value in values]
    else:
        chosen = [_typed(field, value.replace("\r\n", "\n"), zone) for value in values]
    if not field.endswith("s"):
        return entry(element, chosen[0] if chosen else None)
    most = element.get("max_selected_items", len(chosen))
    if len(chosen) > most:
        raise NoSuchChoice(f"at most {most} can be chosen here")
    return entry(element, chosen)


def _option(value: str, options: Sequence[Json]) -> Json:
    for option in options:
        if option["value"] == value:
            return option
    raise NoSuchChoice("what was chosen is no longer offered")


def _known(value: str, known: Mapping[str, str]) -> str:
    if value not in known:
        raise NoSuchChoice("whoever was chosen is no longer there")
    return value


def _typed(field: str, value: str, zone: str) -> Any:
    try:
        if field == "selected_date_time":
            return int(datetime.strptime(value, _LOCAL).replace(tzinfo=ZoneInfo(zone)).timestamp())
        if field == "selected_date":
            return date.fromisoformat(value).isoformat()
    except ValueError:
        raise NoSuchChoice(f"{value!r} is no date") from None
    if field == "selected_time" and not _TIME.fullmatch(value):
        raise NoSuchChoice(f"{value!r} is no time of day")
    if field == "rich_text_value":
        section = {"type": "rich_text_section", "elements": [{"type": "text", "text": value}]}
        return {"type": "rich_text", "elements": [section]}
    return value


def _plain_text(rich_text: Json) -> str:
    return "".join(run.get("text", "") for part in rich_text.get("elements", ()) for run in part.get("elements", ()))
