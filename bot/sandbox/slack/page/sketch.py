"""One message or view made ready for the template: what each block and field of it needs to be drawn."""

import base64
import dataclasses
import hashlib
import json
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from bot.sandbox.slack.finding import Surface
from bot.sandbox.slack.forms import field_of, keeps_state
from bot.sandbox.slack.page import markup
from bot.sandbox.slack.page.choices import chosen_values, names, standing_text
from bot.sandbox.slack.page.visitor import Place, Visitor
from bot.sandbox.slack.page.window import key_of
from bot.sandbox.slack.shape import Json
from bot.sandbox.slack.views import View

_INPUTS = {
    "datepicker": "date",
    "timepicker": "time",
    "datetimepicker": "datetime-local",
    "email_text_input": "email",
    "url_text_input": "url",
    "radio_buttons": "radio",
    "checkboxes": "checkbox",
    "file_input": "none",
    "rich_text_input": "lines",
}


@dataclasses.dataclass(frozen=True)
class Choice:
    """One thing to choose from; `label` and `description` are ready to be shown."""

    id: str
    value: str
    label: Markup | str
    description: Markup | str
    group: str
    chosen: bool


@dataclasses.dataclass(frozen=True)
class Field:
    """One element in which something can stand.

    `control` is how it is drawn: `select`, `checkbox`, `radio`, `lines`, `none` or the type of an input. `told_at_once`
    says that the app hears of a change without a submission, `searched` that its choices come by typing.
    """

    id: str
    name: str
    control: str
    choices: Sequence[Choice]
    value: str
    placeholder: str
    told_at_once: bool
    searched: bool
    focused: bool

    @property
    def is_group(self) -> bool:
        """Whether it is several inputs, which have a legend instead of a label."""
        return self.control in ("radio", "checkbox")

    @property
    def groups(self) -> Iterator[tuple[str, list[Choice]]]:
        """The choices under the headings they stand under, empty where there is none."""
        for heading in dict.fromkeys(choice.group for choice in self.choices):
            yield heading, [choice for choice in self.choices if choice.group == heading]


class Sketch:
    """One surface as one visitor sees it."""

    def __init__(self, visitor: Visitor, surface: Surface) -> None:
        """Draw `surface` for `visitor`."""
        self._visitor = visitor
        self._reader = visitor.window.reader()
        self.surface = surface
        self.key = key_of(surface)
        self.id = anchor(self.key)

    def error(self, block_id: str) -> str:
        """What the form complains about at this block; the empty id is the whole form."""
        return self.surface.errors.get(block_id, "") if isinstance(self.surface, View) else ""

    def anchor(self, *parts: str) -> str:
        """An id for an element of the page, the same as long as the parts are."""
        return anchor(self.key, *parts)

    def words(self, text: Json) -> Markup:
        """A text object."""
        return markup.marked(text, self._reader)

    def spoken(self, text: str) -> Markup:
        """The text of a message without blocks."""
        return markup.from_mrkdwn(text, self._reader)

    def rich(self, block: Json) -> Markup:
        """A rich_text block."""
        return markup.rich(block, self._reader)

    def file(self, element: Json) -> str:
        """The file that an image shows, as an address that holds all of it; empty where it shows none."""
        file_id = element.get("slack_file", {}).get("id", "")
        file = self._visitor.files.get(file_id)
        if file is None or file.content is None:
            return ""
        return f"data:image/png;base64,{base64.b64encode(file.content).decode()}"

    def is_field(self, element: Json) -> bool:
        """Whether something can stand in this element."""
        return keeps_state(element)

    def pressing(self, block: Json, element: Json, option: Json | None = None) -> str:
        """The value of the button that presses this one."""
        return json.dumps(["press", block["block_id"], element["action_id"], *([option["value"]] if option else [])])

    def doing(self, verb: str, field: Field) -> str:
        """The value of the button that does something with a field, such as `change`."""
        return json.dumps([verb, *json.loads(field.name)])

    def leading(self, block: Json, element: Json, option: Json | None = None) -> str:
        """Where a link that is a button leads: by way of the page, which lets the app know."""
        pressed = self.pressing(block, element, option)
        return "/open?" + urlencode({"as": self._visitor.member.id, "surface": self.key, "do": pressed})

    def field(self, block: Json, element: Json) -> Field:
        """An element in which something can stand."""
        place: Place = block["block_id"], element["action_id"]
        state = self.surface.values[place[0]][place[1]]
        return Field(
            id=self.anchor(*place),
            name=json.dumps(place),
            control=_control(element),
            choices=self._choices(place, element, chosen_values(state)),
            value=standing_text(state, self._visitor.zone),
            placeholder=element.get("placeholder", {}).get("text", ""),
            told_at_once=block["type"] != "input" or bool(block.get("dispatch_action")),
            searched=element["type"].endswith("external_select"),
            focused=bool(element.get("focus_on_load")),
        )

    def _choices(self, place: Place, element: Json, chosen: Sequence[str]) -> list[Choice]:
        known = names(element, self._visitor.workspace, self._visitor.member)
        choices = [(value, name, "", "") for value, name in known.items()]
        if field_of(element).startswith("selected_option"):
            headings = {
                option["value"]: group["label"]["text"]
                for group in element.get("option_groups", ())
                for option in group["options"]
            }
            for option in self._visitor.options_at(self.surface, place, element):
                described = self.words(option["description"]) if "description" in option else ""
                heading = headings.get(option["value"], "")
                choices.append((option["value"], self.words(option["text"]), described, heading))
        return [
            Choice(self.anchor(*place, value), value, label, description, group, value in chosen)
            for value, label, description, group in choices
        ]


def anchor(*parts: str) -> str:
    """An id for an element of a page: an id of Slack's may hold what none of HTML's can."""
    return "a" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _control(element: Json) -> str:
    kind = element["type"]
    if kind.startswith("multi_"):
        return "checkbox"
    if kind.endswith("_select"):
        return "select"
    if kind == "plain_text_input" and element.get("multiline"):
        return "lines"
    return _INPUTS.get(kind, "text")
